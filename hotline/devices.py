"""`hotline devices`: what stands in the homes, and its keys."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from care.clock import Clock, system_clock
from care.data_files import DATA
from care.devices.sentences import sentence
from care.storage.engine import Sessions
from hotline.refusal import refusing, tell


def devices_app(
    sessions: Callable[[], Sessions],
    key_file: Callable[[], Path],
    out: Console,
    clock: Clock = system_clock,
    data: Path = DATA,
) -> typer.Typer:
    """The commands on one installation; what they need is opened when they need it."""
    app = typer.Typer(
        no_args_is_help=True, help="Pendants, detectors and apps: add, list, new key, retire."
    )
    commands = _Commands(sessions, key_file, out, clock, data)
    app.command("add")(commands.add)
    app.command("list")(commands.list)
    app.command("new-key")(commands.new_key)
    app.command("retire")(commands.retire)
    return app


@dataclass(frozen=True)
class _Commands:
    sessions: Callable[[], Sessions]
    key_file: Callable[[], Path]
    out: Console
    clock: Clock
    data: Path

    def add(
        self,
        ref: Annotated[str, typer.Argument(help="What the device calls itself, e.g. P-1001.")],
        kind: Annotated[str, typer.Option(help="Of data/devices/kinds.yml.")] = "button",
        *,
        phone: Annotated[str | None, typer.Option(help="The elder's, to whom it belongs.")] = None,
        name: Annotated[str | None, typer.Option(help="Which of those who share it.")] = None,
        place: Annotated[str | None, typer.Option(help="Where help goes, if not there.")] = None,
        controller: Annotated[str | None, typer.Option(help="Its SCAIP controller id.")] = None,
        minutes: Annotated[
            int | None,
            typer.Option(min=1, max=10_080, help="The longest silence that is normal."),
        ] = None,
    ) -> None:
        """Add a device; its key is shown once."""
        from care.devices import service
        from care.devices.keys import DeviceKeys
        from care.devices.kind import Kinds

        interval = timedelta(minutes=minutes) if minutes else None
        with self._refusing(), self.sessions().begin() as session:
            device, secret = service.add(
                session, DeviceKeys(self.key_file()), Kinds.load(self.data),
                ref=ref, kind=kind, now=self.clock(), controller=controller,
                phone=phone, name=name, place=place, interval=interval,
            )  # fmt: skip
        tell(self.out, sentence("added", ref=device.ref))
        tell(self.out, secret)

    def list(self) -> None:
        """All devices."""
        from care.devices import service
        from care.devices.kind import Kinds

        with self.sessions()() as session:
            found = service.everything(session)
        if not found:
            tell(self.out, sentence("no_devices"))
            return
        kinds, table = Kinds.load(self.data), Table("编号", "种类", "主机号", "最近消息", "状态")
        for device in found:
            heard = f"{device.last_seen_at:%m-%d %H:%M}"
            state = "停用" if device.retired_at else "没有消息" if device.quiet_alarm else "正常"
            name = kinds.of(device.kind).name
            table.add_row(device.ref, name, device.controller or "", heard, state)
        self.out.print(table)

    def new_key(self, ref: str) -> None:
        """Give a device another key; the old one is refused from now on."""
        from care.devices import service
        from care.devices.keys import DeviceKeys

        with self._refusing(), self.sessions().begin() as session:
            device, secret = service.new_key(session, DeviceKeys(self.key_file()), ref)
        tell(self.out, sentence("new_key", ref=device.ref))
        tell(self.out, secret)

    def retire(self, ref: str) -> None:
        """End a device: nothing that it sends is accepted any more."""
        from care.devices import service

        with self._refusing(), self.sessions().begin() as session:
            service.retire(session, ref, self.clock())
        tell(self.out, sentence("retired", ref=ref))

    def _refusing(self) -> AbstractContextManager[None]:
        from care.devices.keys import DeviceKeyError
        from care.devices.service import DeviceError

        return refusing(self.out, DeviceError, DeviceKeyError)
