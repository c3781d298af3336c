"""What came of each sentence: how soon an answer, how soon silence, how soon an alarm."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.calls.caller import Recorded, Said
from benchmarks.calls.dialogues import Kind
from benchmarks.calls.spans import Span, loud_since, spans
from benchmarks.calls.timeline import Timeline

_HANDED = 0.05
"""Seconds by which sound may be heard before the note that it was handed to the line."""
_ALARM = 8.0
"""Seconds after the words in which an alarm still belongs to them."""
_SILENT = 0.6
"""Seconds that the other side may still sound into the end of what interrupts it."""


@dataclass(frozen=True)
class Alarmed:
    """Seconds; the alarm is in the database at `kept`."""

    after_words: float
    """From the last sound of the emergency words until it is kept; below 0: before they ended."""
    after_partial: float
    """From the partial text that held them until it is kept."""
    raised: float
    """From that text until the moment that the alarm itself bears."""


@dataclass(frozen=True)
class Turn:
    """One sentence, and what followed; seconds after its last sound."""

    text: str
    kind: Kind
    first: float | None
    """Until anything of ours sounds; None: nothing did, or we were talking already."""
    answer: float | None
    """The same until the answer itself: what was said to fill the silence doesn't count."""
    longest_silence: float = 0.0
    """While it was our turn: before the answer, or inside it."""
    stopped: float | None = None
    """From the beginning of a sentence that interrupts us until we were silent."""
    interrupts: bool = False
    talked_into: bool = False
    """We spoke while the caller did, uninvited."""
    alarm: Alarmed | None = None


def turns(recorded: Recorded, timeline: Timeline | None) -> list[Turn]:
    """All of a call; without a timeline there is neither filler nor alarm."""
    ends = [said.began for said in recorded.said[1:]] + [recorded.over]
    heard = spans(recorded.ear.times, recorded.ear.loud)
    return [
        _turn(recorded, said, until, heard, timeline)
        for said, until in zip(recorded.said, ends, strict=True)
    ]


def _turn(
    recorded: Recorded, said: Said, until: float, heard: Sequence[Span], timeline: Timeline | None
) -> Turn:
    into = [each for each in heard if each.end > said.began and each.start <= said.ended]
    after = [each for each in heard if said.ended < each.start < until]
    last = max((each.end for each in into), default=None)
    talks_on = last is not None and last > said.ended + _SILENT
    first = None if talks_on or not after else after[0].start - said.ended
    return Turn(
        text=said.text,
        kind=said.kind,
        first=first,
        answer=None if first is None else _answer(recorded, said, until, first, timeline),
        longest_silence=_silence(said, after),
        stopped=last - said.began if said.interrupts and last and not talks_on else None,
        interrupts=said.interrupts,
        talked_into=talks_on or (bool(into) and not said.interrupts),
        alarm=_alarm(said, timeline) if said.kind is Kind.EMERGENCY and timeline else None,
    )


def _answer(
    recorded: Recorded, said: Said, until: float, first: float, timeline: Timeline | None
) -> float | None:
    """After the fillers, where there were any."""
    if timeline is None or not timeline.of("filler", said.ended, until):
        return first
    begun = timeline.of("speaks", said.ended, until)
    if not begun:
        return None
    since = begun[0].at + float(str(begun[0].detail.get("behind", 0.0))) - _HANDED
    sounds = [at for at in loud_since(recorded.ear.times, recorded.ear.loud, since) if at < until]
    return sounds[0] - said.ended if sounds else None


def _silence(said: Said, after: Sequence[Span]) -> float:
    if not after:
        return 0.0
    gaps = (later.start - earlier.end for earlier, later in pairwise(after))
    return max(after[0].start - said.ended, *gaps, 0.0)


def _alarm(said: Said, timeline: Timeline) -> Alarmed | None:
    until = said.ended + _ALARM
    partial = timeline.of("alarm", said.began, until)
    kept = timeline.of("alarm_kept", said.began, until)
    raised = [at for at in timeline.raised if said.began <= at < until]
    if not partial or not kept or not raised:
        return None
    return Alarmed(kept[0].at - said.ended, kept[0].at - partial[0].at, raised[0] - partial[0].at)
