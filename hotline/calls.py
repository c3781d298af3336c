"""`hotline calls`: the records that calls leave."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.clock import Clock, system_clock
from care.data_files import DATA
from care.storage.engine import Sessions
from hotline.refusal import refuse, refusing, tell

Name = Annotated[str, typer.Option("--by", help="Your name; it is kept in the record.")]


@dataclass(frozen=True)
class Store:
    """Where recordings are, and how long they stay."""

    folder: Path
    keys: Path
    """The secret file."""
    days: int


def calls_app(
    sessions: Callable[[], Sessions],
    store: Callable[[], Store],
    out: Console,
    clock: Clock = system_clock,
    data: Path = DATA,
) -> typer.Typer:
    """The commands on one installation; both are opened when a command needs them."""
    app = typer.Typer(no_args_is_help=True, help="Calls: list them, show one, hear one.")
    commands = _Commands(sessions, store, out, clock, data)
    app.command("list")(commands.list)
    app.command("show")(commands.show)
    app.command("play")(commands.play)
    app.command("expire")(commands.expire)
    app.command("new-key")(commands.new_key)
    return app


@dataclass(frozen=True)
class _Commands:
    sessions: Callable[[], Sessions]
    store: Callable[[], Store]
    out: Console
    clock: Clock
    data: Path

    def list(
        self, count: Annotated[int, typer.Option("-n", min=1, help="How many of the last.")] = 20
    ) -> None:
        """The last calls, newest first."""
        from care.calls import service
        from care.calls.sentences import sentence
        from hotline.calls_show import show_list
        from hotline.calls_words import load_call_words

        with self.sessions()() as session:
            found = service.recent(session, count)
        if not found:
            tell(self.out, sentence("no_calls"))
            return
        show_list(found, load_call_words(self.data), self.out)

    def show(
        self,
        ref: str,
        full: Annotated[bool, typer.Option(help="Number and name in full; needs --by.")] = False,
        by: Name = "",
        scale: Annotated[
            float | None, typer.Option(min=0.02, max=60, help="Seconds a column.")
        ] = None,
    ) -> None:
        """One call drawn on an axis of time, with every decision."""
        from care.calls import recordings, service
        from care.calls.kind import Kind
        from care.calls.sentences import sentence
        from care.elders.model import Elder
        from hotline.calls_show import Shown, show
        from hotline.calls_words import load_call_words

        if full and not by.strip():
            raise self._stop(sentence("no_name"))
        try:
            with self.sessions().begin() as session:
                call = service.find(session, ref)
                if full:
                    service.note(session, call.id, Kind.VIEWED, {"by": by.strip()}, self.clock())
                elder = session.get(Elder, call.elder_id) if call.elder_id else None
                shown = Shown(
                    call,
                    service.events(session, call.id),
                    recordings.of_call(session, call.id),
                    elder.name if elder else None,
                )
        except service.CallNotFoundError as error:
            raise self._stop(sentence("no_call", ref=ref)) from error
        show(shown, load_call_words(self.data), self.out, full=full, scale=scale)

    def play(
        self,
        ref: str,
        out_file: Annotated[Path, typer.Option("-o", "--out", help="The WAV file to write.")],
        by: Name,
    ) -> None:
        """The recordings of one call as a WAV file: the elder left, the others right."""
        from care.calls import recordings, service
        from care.calls.keys import KeyFileError, read_keyring
        from care.calls.kind import Kind
        from care.calls.sealed import SealedError
        from care.calls.sentences import sentence
        from hotline.calls_play import PlayError, play, playable

        if not by.strip():
            raise self._stop(sentence("no_name"))
        at = self.store()
        try:
            # The name is on disk before anything can be heard, and no lock is held meanwhile.
            with self.sessions().begin() as session:
                call = service.find(session, ref)
                there = playable(call, recordings.of_call(session, call.id))
                service.note(session, call.id, Kind.PLAYED_BACK, {"by": by.strip()}, self.clock())
            for line in play(there, at.folder, read_keyring(at.keys), out_file):
                tell(self.out, line)
        except service.CallNotFoundError as error:
            raise self._stop(sentence("no_call", ref=ref)) from error
        except (PlayError, SealedError, KeyFileError) as error:
            raise self._stop(str(error)) from error

    def expire(
        self,
        days: Annotated[
            int | None, typer.Option(min=1, help="Instead of the setting recording_days.")
        ] = None,
    ) -> None:
        """Delete recordings, and forget words, that are older than the setting allows."""
        from care.calls.retention import expire
        from care.calls.sentences import sentence

        at = self.store()
        most = days or at.days
        done = expire(self.sessions(), at.folder, self.clock(), most)
        tell(self.out, sentence("expired", files=done.files, calls=done.calls, days=most))
        if done.stuck:
            raise self._stop(sentence("not_deleted", files=done.stuck, path=at.folder))

    def new_key(self) -> None:
        """Encrypt recordings from the next start on with a new key; old ones stay readable."""
        from care.calls.keys import KeyFileError, rotate
        from care.calls.sentences import sentence

        with refusing(self.out, KeyFileError):
            ring = rotate(self.store().keys)
        tell(self.out, sentence("new_key", id=ring.current.id.hex(), path=ring.path))

    def _stop(self, text: str) -> typer.Exit:
        return typer.Exit(refuse(self.out, text))
