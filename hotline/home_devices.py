"""Devices of a running process: their routes, the receiver of home units, and who goes quiet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import structlog
from fastapi import APIRouter
from pydantic import ValidationError

from care.clock import Clock
from care.devices.gate import Gate, forget_nonces
from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.devices.silence import look
from care.settings import SettingsError, problems
from care.storage.engine import Sessions
from console.api.alarms import build_router
from hotline.job import Job
from voice.line.leg import LineError
from voice.line.scaip.codes import Codes
from voice.line.scaip.receiver import Receiver
from voice.line.scaip.settings import ScaipSettings

log = structlog.get_logger(__name__)

EVERY = 30.0
"""Seconds between two looks at who went quiet."""


class DeviceSettings(Protocol):
    """What of the settings is needed here (`care.settings`)."""

    @property
    def data(self) -> Path: ...

    @property
    def device_key(self) -> Path: ...

    @property
    def scaip(self) -> dict[str, Any]:
        """`voice.line.scaip.settings`; empty: nobody listens."""
        ...


@dataclass(frozen=True)
class HomeDevices:
    """Part of the web's lifespan. Whatever of it can't work, the hotline does."""

    router: APIRouter
    receiver: Receiver | None
    watch: Job
    """Listens, or tries to, and looks who went quiet."""
    checks: dict[str, Callable[[], bool]]
    """For the health page."""

    def stop(self) -> None:
        """Waits for alarms that are being kept. After the rounds, which would listen again."""
        if self.receiver is not None:
            self.receiver.stop()


def build_devices(settings: DeviceSettings, sessions: Sessions, clock: Clock) -> HomeDevices:
    """Raises DataFileError and SettingsError for what the data and the settings hold."""
    kinds, keys = Kinds.load(settings.data), DeviceKeys(settings.device_key)
    codes = Codes.load(settings.data, kinds)
    gate = Gate(sessions, keys, kinds, clock)
    checks = {"devices": keys.is_usable}
    receiver = None
    if settings.scaip:
        receiver = Receiver(
            _checked(settings.scaip),
            sessions=sessions,
            keys=keys,
            kinds=kinds,
            codes=codes,
            clock=clock,
        )
        checks["scaip"] = receiver.is_listening
    listening_since = clock()

    def watch() -> None:
        nonlocal listening_since
        listening_since = min(listening_since, clock())  # it may have been set back
        if receiver is not None and not receiver.is_listening():
            _listen(receiver)
        look(sessions, kinds, clock(), listening_since)
        forget_nonces(sessions, clock())

    router = build_router(sessions, gate, kinds, clock)
    return HomeDevices(router, receiver, Job("devices", EVERY, watch), checks)


def _listen(receiver: Receiver) -> None:
    try:
        receiver.start()
    except LineError as error:
        log.error("home units are not listened to", why=str(error))


def _checked(values: dict[str, Any]) -> ScaipSettings:
    try:
        return ScaipSettings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(f"[scaip] in hotline.toml: {problems(error)}") from error
