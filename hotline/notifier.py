"""The notices of a running process: settings, channels, and the telephone among them."""

import time
from collections.abc import Callable
from typing import Protocol

from care.clock import Clock
from care.notices.channels import make_channels
from care.notices.dispatch import Dispatch
from care.notices.settings import NoticeSettings
from care.storage.engine import Sessions
from voice.call.machine import Other
from voice.call.placed import Placed, Stage
from voice.call.setting import Purpose

RING = 40.0
"""Seconds that somebody is rung, who may have to find their glasses."""
_LOOK = 0.2
"""Seconds between two looks at how far a call is."""


class NotToldError(RuntimeError):
    """Nobody picked up, or only a machine did; it has the words, and somebody else is told too."""


class Telephones(Protocol):
    """What of `hotline.telephone.Telephone` is needed here."""

    def place(self, target: str, purpose: Purpose, ring: float) -> Placed:
        """Raises LineError."""
        ...


class OurTelephone:
    """The hotline's telephone as `care.notices.calling.Phone`."""

    def __init__(
        self,
        telephone: Telephones,
        wait: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`wait` and `monotonic` are a test's own time, or this machine's."""
        self._telephone, self._wait, self._monotonic = telephone, wait, monotonic

    def call(self, number: str, spoken: str) -> "TheirCall":
        """See `Phone`; an answering machine gets the same words."""
        placed = self._telephone.place(number, Purpose(opening=spoken, message=spoken), RING)
        return TheirCall(placed, self._wait, self._monotonic)


class TheirCall:
    """One call under way (`care.notices.calling.Ringing`)."""

    def __init__(
        self, placed: Placed, wait: Callable[[float], None], monotonic: Callable[[], float]
    ) -> None:
        self._placed, self._wait, self._monotonic = placed, wait, monotonic

    def result(self, timeout: float | None = None) -> None:
        """Returns when a person was told. Raises NotToldError, and TimeoutError.

        Who hangs up before it is clear what they are has picked up: they know that we called.
        """
        began = self._monotonic()
        while self._placed.stage in (Stage.RINGING, Stage.TALKING):
            if timeout is not None and self._monotonic() - began > timeout:
                raise TimeoutError
            self._wait(_LOOK)
        if self._placed.stage is Stage.FAILED or self._placed.reached is Other.MACHINE:
            raise NotToldError


def build_notifier(
    settings: NoticeSettings, sessions: Sessions, clock: Clock, telephone: Telephones | None
) -> Dispatch:
    """The notifier of this process; without a telephone nobody is called."""
    phone = OurTelephone(telephone) if telephone else None
    return Dispatch(settings, make_channels(settings, clock, phone), sessions, clock)
