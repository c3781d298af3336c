"""`hotline alarms`: what a person does with alarms from the command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.alarms import chain, life
from care.alarms import service as alarms
from care.alarms.figures import figures
from care.alarms.ladder import Ladder
from care.alarms.model import Alarm
from care.alarms.outcome import Outcome
from care.alarms.sentences import Sentences
from care.alarms.words import Words
from care.clock import SHANGHAI, Clock, system_clock
from care.data_files import DATA
from care.storage.engine import Sessions
from hotline.alarms_show import show_alarm, show_figures, show_list
from hotline.refusal import refuse, tell

HOW = "cli"
By = Annotated[str, typer.Option("--by", help="Your name; it is kept with the step.")]


def alarms_app(
    sessions: Callable[[], Sessions],
    out: Console,
    clock: Clock = system_clock,
    data: Path = DATA,
) -> typer.Typer:
    """The commands on one installation; its database is opened when a command needs it."""
    app = typer.Typer(
        no_args_is_help=True, help="Alarms: list them, work them, check their course."
    )
    commands = _Commands(sessions, out, clock, data)
    app.command("list")(commands.list)
    app.command("show")(commands.show)
    app.command("acknowledge")(commands.acknowledge)
    app.command("dispatch")(commands.dispatch)
    app.command("arrive")(commands.arrive)
    app.command("close")(commands.close)
    app.command("figures")(commands.figures)
    app.command("verify")(commands.verify)
    return app


@dataclass(frozen=True)
class _Commands:
    sessions: Callable[[], Sessions]
    out: Console
    clock: Clock
    data: Path

    def list(self) -> None:
        """Every alarm that no person has closed."""
        with self.sessions()() as session:
            found = alarms.open_alarms(session)
        if not found:
            tell(self.out, self._sentences.none_open)
            return
        show_list(found, self._words, self.out, self.clock())

    def show(self, ref: str) -> None:
        """One alarm, and its course with who did what, when and how."""
        with self._refusing(), self.sessions()() as session:
            alarm = alarms.find(session, ref)
            events = alarms.events(session, alarm)
        show_alarm(alarm, events, self._words, Ladder.load(self.data), self.out)

    def acknowledge(self, ref: str, by: By) -> None:
        """Take an alarm: everybody sees that you have it in hand."""
        with self._refusing():
            self._named(by)
            with self.sessions().begin() as session:
                alarm = life.acknowledge(session, ref, by=by, now=self.clock(), how=HOW)
            self._done(alarm)

    def dispatch(
        self, ref: str, by: By, responder: Annotated[str, typer.Option(help="Who goes there.")]
    ) -> None:
        """Somebody is on the way."""
        with self._refusing():
            self._named(by)
            self._named(responder)
            with self.sessions().begin() as session:
                now = self.clock()
                alarm = life.dispatch(session, ref, by=by, responder=responder, now=now, how=HOW)
            self._done(alarm)

    def arrive(
        self, ref: str, by: By, note: Annotated[str, typer.Option(help="What they found.")] = ""
    ) -> None:
        """They are with the person."""
        with self._refusing():
            self._named(by)
            with self.sessions().begin() as session:
                alarm = life.arrive(session, ref, by=by, now=self.clock(), how=HOW, note=note)
            self._done(alarm)

    def close(
        self,
        ref: str,
        by: By,
        reason: Annotated[str, typer.Option(help="How it ended.")],
        outcome: Annotated[
            str, typer.Option(help="For the statistics: " + ", ".join(o.value for o in Outcome))
        ] = Outcome.HELPED.value,
    ) -> None:
        """End an alarm; your name and the reason are kept."""
        known = [each.value for each in Outcome]
        with self._refusing():
            self._named(by)
            if not reason.strip():
                raise self._stop(self._sentences.no_reason)
            if outcome not in known:
                said = self._sentences.no_outcome.format(outcome=outcome, known="、".join(known))
                raise self._stop(said)
            with self.sessions().begin() as session:
                alarm = life.close(
                    session,
                    ref,
                    by=by,
                    reason=reason,
                    now=self.clock(),
                    outcome=Outcome(outcome),
                    how=HOW,
                )
            self._done(alarm)

    def figures(
        self,
        since: Annotated[str, typer.Option(help="2026-11-01 or 2026-11-01T08:00.")] = "",
        until: Annotated[str, typer.Option(help="Before this moment; without: now.")] = "",
        days: Annotated[int, typer.Option(min=1, help="Back from now, without --since.")] = 7,
    ) -> None:
        """How quickly alarms were acknowledged, against the goals, and how they ended."""
        now = self.clock()
        end = self._moment(until) if until else now
        start = self._moment(since) if since else end - timedelta(days=days)
        if start >= end:
            raise self._stop(self._sentences.no_period)
        with self.sessions()() as session:
            found = figures(session, start, end, now)
        show_figures(found, start, end, self._words, self.out)

    def verify(
        self, since: Annotated[str, typer.Option(help="A mark that an earlier check gave.")] = ""
    ) -> None:
        """Check that nobody changed, took out or put in anything of what happened."""
        try:
            mark = chain.Mark.parse(since) if since else None
        except ValueError as error:
            raise self._stop(self._sentences.bad_mark) from error
        found = chain.verify(self.sessions(), mark)
        says = self._sentences
        if found.broken and found.broken.event_id:
            event, ref, problem = (
                found.broken.event_id,
                found.broken.alarm_ref,
                found.broken.problem,
            )
            said = says.broken.format(event=event, ref=ref, problem=problem, events=found.events)
            raise self._stop(said)
        if found.broken:
            ref, problem = found.broken.alarm_ref, found.broken.problem
            raise self._stop(says.broken_state.format(ref=ref, problem=problem))
        if found.end is None:
            tell(self.out, says.whole_empty)
            return
        tell(self.out, says.whole.format(events=found.events, mark=found.end))

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """What doesn't go is said in a sentence."""
        says = self._sentences
        try:
            yield
        except alarms.AlarmNotFoundError as error:
            raise self._stop(says.not_found.format(ref=error.ref)) from error
        except alarms.AlarmTakenError as error:
            raise self._stop(says.taken.format(ref=error.ref, by=error.by)) from error
        except alarms.AlarmStateError as error:
            state = self._words.states[error.state]
            raise self._stop(says.wrong_state.format(ref=error.ref, state=state)) from error

    def _named(self, name: str) -> None:
        if not 0 < len(name.strip()) <= life.LONGEST_NAME:
            raise self._stop(self._sentences.no_name)

    def _moment(self, written: str) -> datetime:
        try:
            moment = datetime.fromisoformat(written)
        except ValueError as error:
            raise self._stop(self._sentences.no_period) from error
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)

    def _done(self, alarm: Alarm) -> None:
        state = self._words.states[alarm.state]
        tell(self.out, self._sentences.done.format(ref=alarm.ref, state=state))

    @property
    def _words(self) -> Words:
        return Words.load(self.data)

    @property
    def _sentences(self) -> Sentences:
        return Sentences.load(self.data)

    def _stop(self, text: str) -> typer.Exit:
        return typer.Exit(refuse(self.out, text))
