"""The whole measurement: our answers, the plain stack's, and how many calls hold."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.calls.calling import Callers, Calls, processor_time
from benchmarks.calls.dialogues import Dialogues
from benchmarks.calls.figures import (
    NEVER,
    Answers,
    Wait,
    answers,
    dead_air,
    delays,
    unanswered,
    wait,
    waits,
)
from benchmarks.calls.ladder import Rung, next_rung
from benchmarks.calls.plain import plain_stack
from benchmarks.calls.timeline import of_call, read_timelines
from benchmarks.calls.turns import Turn, turns
from care.storage.engine import open_engine, open_sessions
from evaluation.calls.voices import CallersVoice
from evaluation.system import System, whole_system

TELEPHONES = 2
"""Elders who call at the same time while answers are measured: one for each core."""
WHOLE = 700.0
"""Seconds that everything may take; the ladder ends before that."""
_SIDE = 250.0
"""Seconds for the answers of one stack at most; on an idle machine 200 are enough."""
_RUNG = 60.0
"""Seconds of one rung."""
_SETTLES = 3.0
"""Seconds between two measurements, for what is still being written."""
_SETTINGS = {"HOTLINE_CALLS_LIMIT": "64"}


class MeasuringError(RuntimeError):
    """The calls didn't come about."""


@dataclass(frozen=True)
class Results:
    """All figures."""

    ours: Answers
    plain: Answers
    stopped: Wait | None
    """From the beginning of an interruption until we are silent; None: nobody interrupted."""
    not_stopped: int
    alarm_after_words: Wait | None
    """From the end of the emergency words; None: no alarm was raised."""
    alarm_after_partial: Wait | None
    alarm_raised: Wait | None
    """From that partial text until the moment that the alarm bears."""
    no_alarm: int
    """Emergencies without an alarm."""
    rungs: list[Rung]
    busy_ours: float
    busy_plain: float
    load_ours: float
    load_plain: float
    ours_turns: list[Turn]
    plain_turns: list[Turn]


def measure(dialogues: Dialogues, voice: CallersVoice, console: Console) -> Results:
    """Takes about eleven minutes. Raises ServerError, MeasuringError."""
    until = time.monotonic() + WHOLE
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-") as name,
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed} turns"),
            TimeElapsedColumn(),
            console=console,
        ) as progress,
    ):
        bar = progress.add_task("the system starts", total=None)
        with whole_system(telephone=True, settings=_SETTINGS) as system:
            callers = Callers(dialogues, voice, Path(name), lambda: progress.advance(bar))

            def doing(what: str, turns: int) -> None:
                progress.reset(bar, description=what, total=turns)

            try:
                return asyncio.run(_measure(system, dialogues, callers, doing, until))
            except (TimeoutError, ValueError) as error:  # no telephone starts, or nobody answers
                raise MeasuringError(str(error) or "no call came about") from error


async def _measure(
    system: System,
    dialogues: Dialogues,
    callers: Callers,
    doing: Callable[[str, int], None],
    until: float,
) -> Results:
    every = range(len(dialogues))
    total = sum(len(dialogues.talk(number)) for number in every)
    doing("our answers", total)
    worked = processor_time(system.pid)
    calls = await callers.make(system.sip_port, every, TELEPHONES, _SIDE)
    worked = processor_time(system.pid) - worked
    await asyncio.sleep(_SETTLES)
    ours = _turns(calls, system)
    rungs = [_rung(TELEPHONES, calls, ours, worked)]
    doing("the plain stack's answers", total)
    with plain_stack(system.rasa) as port:
        plain_calls = await callers.make(port, every, TELEPHONES, _SIDE)
    plain = [turn for recorded in plain_calls.recorded for turn in turns(recorded, None)]
    number = len(dialogues)
    while (count := next_rung(rungs)) and time.monotonic() + _RUNG + _SETTLES < until:
        numbers = range(number, number + count)
        number += count
        doing(f"{count} calls at once", sum(len(dialogues.talk(each)) for each in numbers))
        worked = processor_time(system.pid)
        loaded = await callers.make(system.sip_port, numbers, count, _RUNG - 12)
        worked = processor_time(system.pid) - worked
        await asyncio.sleep(_SETTLES)
        rungs.append(_rung(count, loaded, _turns(loaded, system), worked))
    interrupting = [turn for turn in ours if turn.interrupts]
    alarms = [turn.alarm for turn in ours if turn.alarm]
    return Results(
        ours=answers(ours),
        plain=answers(plain, never=None),
        stopped=waits(turn.stopped for turn in interrupting),
        not_stopped=sum(turn.stopped is None for turn in interrupting),
        alarm_after_words=waits(alarm.after_words for alarm in alarms),
        alarm_after_partial=waits(alarm.after_partial for alarm in alarms),
        alarm_raised=waits(alarm.raised for alarm in alarms),
        no_alarm=sum(turn.kind == "emergency" and turn.alarm is None for turn in ours),
        rungs=rungs,
        busy_ours=calls.busy.share,
        busy_plain=plain_calls.busy.share,
        load_ours=calls.busy.load,
        load_plain=plain_calls.busy.load,
        ours_turns=ours,
        plain_turns=plain,
    )


def _turns(calls: Calls, system: System) -> list[Turn]:
    """With what our side noted of them."""
    shift = time.monotonic() - time.time()

    def clock(moment: datetime) -> float:
        return moment.timestamp() + shift

    engine = open_engine(system.database_url)
    try:
        timelines = read_timelines(open_sessions(engine), clock)
    finally:
        engine.dispose()
    return [
        turn
        for recorded in calls.recorded
        for turn in turns(recorded, of_call(timelines, recorded.dialled))
    ]


def _rung(count: int, calls: Calls, found: list[Turn], worked: float) -> Rung:
    return Rung(
        calls=count,
        first=wait(delays(found) or [NEVER]),
        answer=wait(delays(found, itself=True) or [NEVER]),
        unanswered=unanswered(found) + calls.not_answered,
        dead_air=dead_air(found),
        load=calls.busy.load,
        busy=calls.busy.share,
        cores=worked / max(1.0, calls.seconds),
    )
