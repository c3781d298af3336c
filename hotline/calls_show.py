"""`hotline calls list` and `show`: who called, the picture, and every event in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from care.calls.kind import AFTERWARDS, SPOKEN
from care.calls.model import Call, CallEvent, CallRecording
from hotline.calls_lane import Item
from hotline.calls_picture import clock, draw
from hotline.calls_words import LANES, CallWords, Lane


@dataclass(frozen=True)
class Shown:
    """All that is known of a call."""

    call: Call
    events: Sequence[CallEvent]
    recordings: Sequence[CallRecording]
    elder: str | None
    """The elder's name."""


def show_list(calls: Sequence[Call], words: CallWords, out: Console) -> None:
    """One line a call, newest first."""
    say = words.words
    table = Table(
        say.ref, say.started, say.direction, say.caller, say.talked, say.ended, say.consent
    )
    for call in calls:
        table.add_row(
            call.ref,
            f"{call.started_at:%m-%d %H:%M:%S}",
            words.directions.get(call.direction, call.direction),
            number(call.caller, words, full=False),
            _talked(call, words),
            _why(call, words),
            words.consents.get(call.consent, call.consent),
        )
    out.print(table)


def show(shown: Shown, words: CallWords, out: Console, *, full: bool, scale: float | None) -> None:
    """Head, picture, events and recordings; the number and the name in full only when asked."""
    out.print(_head(shown, words, full=full))
    during = [event for event in shown.events if event.kind not in AFTERWARDS]
    lanes = _lanes(shown.call, during, words)
    seconds = _length(shown.call, during)
    out.print(draw(lanes, seconds, words, out.width, scale))
    out.print(_events(shown, words))
    if shown.recordings:
        out.print(_recordings(shown, words))


def number(phone: str | None, words: CallWords, *, full: bool) -> str:
    """138****0001; of what is shorter than a mobile number only the last two digits."""
    if phone is None:
        return words.words.withheld
    if full:
        return printable(phone)
    if phone.isascii() and phone.isdigit() and len(phone) >= 11:
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    return "*" * max(len(phone) - 2, 2) + (phone[-2:] if len(phone) > 4 else "")


def printable(text: str) -> str:
    """Without control characters, which could redraw the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _head(shown: Shown, words: CallWords, *, full: bool) -> Table:
    call, say = shown.call, words.words
    name = shown.elder and (shown.elder if full else shown.elder[0] + "*" * (len(shown.elder) - 1))
    rang = _seconds(call.started_at, call.answered_at)
    grid = Table.grid(padding=(0, 2))
    for label, value in (
        (say.ref, call.ref),
        (say.direction, f"{words.directions.get(call.direction, call.direction)} {call.channel}"),
        (say.caller, number(call.caller, words, full=full)),
        (say.elder, printable(name) if name else say.unknown),
        (say.started, f"{call.started_at:%Y-%m-%d %H:%M:%S}"),
        (say.rang, say.not_answered if rang is None else f"{rang:.1f} s"),
        (say.talked, _talked(call, words)),
        (say.ended, _why(call, words)),
        (say.consent, words.consents.get(call.consent, call.consent)),
    ):
        grid.add_row(Text(label, "bold"), Text(value))
    return grid


def _lanes(call: Call, during: list[CallEvent], words: CallWords) -> dict[Lane, list[Item]]:
    lanes: dict[Lane, list[Item]] = {lane: [] for lane in LANES}
    for index, event in enumerate(during, 1):
        look = words.look(event.kind)
        text = printable(str(event.detail.get("text") or ""))
        lasted = event.detail.get("seconds")
        seconds = float(lasted) if lasted and look.lane != "decisions" else 0.0
        label = text or look.label
        if not seconds:
            label = f"{index} {label}"
        start = (event.at - call.started_at).total_seconds()
        lanes[look.lane].append(Item(max(start, 0.0), seconds, label, words.style(event.kind)))
    return lanes


def _length(call: Call, during: list[CallEvent]) -> float:
    ends = [
        (event.at - call.started_at).total_seconds() + _lasting(event, call) for event in during
    ]
    return max([1.0, *ends, _seconds(call.started_at, call.ended_at) or 0.0]) + 0.001


def _lasting(event: CallEvent, call: Call) -> float:
    """Seconds; a bar can't reach beyond the end of the call."""
    if event.kind not in SPOKEN or call.ended_at is not None:
        return 0.0
    return float(event.detail.get("seconds") or 0.0)


def _events(shown: Shown, words: CallWords) -> Table:
    say = words.words
    table = Table("", say.time, say.lane, say.event, say.text, say.confidence, box=None)
    during = [event for event in shown.events if event.kind not in AFTERWARDS]
    for index, event in enumerate(during, 1):
        at = clock((event.at - shown.call.started_at).total_seconds(), 2)
        table.add_row(str(index), at, *_told(event, words))
    for event in shown.events:
        if event.kind in AFTERWARDS:
            table.add_row("", f"{event.at:%m-%d %H:%M}", *_told(event, words), style="dim")
    return table


def _told(event: CallEvent, words: CallWords) -> tuple[Text, Text, Text, Text]:
    look = words.look(event.kind)
    after = event.kind in AFTERWARDS
    lane = words.words.afterwards if after else words.lanes[look.lane].label
    rest = {key: value for key, value in event.detail.items() if key not in {"text", "confidence"}}
    parts = [_detail(key, value, words) for key, value in rest.items()]
    if event.kind in SPOKEN:
        parts.insert(0, str(event.detail.get("text", words.words.forgotten)))
    sure = event.detail.get("confidence")
    return (
        Text(lane),
        Text(look.label, words.style(event.kind)),
        Text(printable("  ".join(parts))),
        Text("" if sure is None else f"{sure:.2f}" if isinstance(sure, float | int) else "?"),
    )


def _detail(key: str, value: object, words: CallWords) -> str:
    name = words.details.get(key, key)
    if isinstance(value, float):
        return f"{name} {value:.2f}"
    told = str(value)
    return f"{name} {words.endings.get(told) or words.consents.get(told) or told}"


def _recordings(shown: Shown, words: CallWords) -> Table:
    say = words.words
    open_state = say.going_on if shown.call.ended_at is None else say.broken_off
    table = Table(say.recordings, say.lane, say.started, say.talked, "", box=None)
    for row in shown.recordings:
        state = open_state if row.seconds is None else say.broken_off if row.problem else ""
        if row.deleted_at:
            state = f"{say.deleted} {row.deleted_at:%Y-%m-%d}"
        length = "?" if row.seconds is None else clock(row.seconds, 1)
        speaker = words.speakers.get(row.speaker, row.speaker)
        table.add_row(Text(row.path), speaker, f"{row.started_at:%H:%M:%S}", length, state)
    return table


def _talked(call: Call, words: CallWords) -> str:
    if call.answered_at is None:
        return words.words.not_answered
    seconds = _seconds(call.answered_at, call.ended_at)
    return words.words.going_on if seconds is None else clock(seconds)


def _why(call: Call, words: CallWords) -> str:
    if call.ended_at is None:
        return words.words.going_on
    return words.endings.get(call.why or "", printable(call.why or words.words.unknown))


def _seconds(begin: datetime, end: datetime | None) -> float | None:
    return None if end is None else (end - begin).total_seconds()
