"""What a unit's request does: the alarm is committed, then the reply says so."""

from collections.abc import Callable

from care.alarms.model import Alarm
from care.alarms.service import remark
from care.clock import Clock
from care.devices.heard import hear
from care.devices.kind import Kinds
from care.devices.model import Device
from care.devices.reports import Event, known, report
from care.devices.sentences import sentence
from care.devices.service import by_controller
from care.storage.engine import Sessions
from voice.line.scaip.codes import Codes
from voice.line.scaip.message import Kind, Reply, Request, Status

_TAKES_INTERVALS = "001"
_LONGEST_INTERVAL = 24 * 60
"""Minutes: a home that nobody hears of for a day is too long."""
_DUPLEX = 1


class Answering:
    """One for the process; blocks, so it runs in threads."""

    def __init__(
        self, sessions: Sessions, kinds: Kinds, codes: Codes, clock: Clock, *, voice: bool
    ) -> None:
        """`voice`: whether units are asked to call after an alarm."""
        self._sessions, self._kinds, self._codes = sessions, kinds, codes
        self._clock, self._voice = clock, voice

    def answer(self, request: Request, sender: Device | None) -> Reply:
        """The reply; whatever it says was done is on disk. `sender` is who proved to be it,
        None where units need no password. A database that fails raises.
        """
        with self._sessions() as session:
            device = by_controller(session, request.cid)
        if device is None or (sender is not None and sender.id != device.id):
            # The unit then tries whoever else it knows.
            return Reply(request.ref, Status.NOT_TREATED)
        with self._sessions.begin() as session:
            hear(session, device, self._kinds, self._clock())
        return self._takers()[request.mty](device, request)

    def _takers(self) -> dict[Kind, Callable[[Device, Request], Reply]]:
        return {
            Kind.MESSAGE: self._message,
            Kind.INFORMATION: self._information,
            Kind.RESET: self._reset,
            Kind.HEARTBEAT: self._heartbeat,
        }

    def _message(self, device: Device, request: Request) -> Reply:
        if self._codes.needs_nobody(request):
            return Reply(request.ref, Status.OK)
        event = self._codes.event(request)
        report(self._sessions, device, self._kinds, event, self._clock())
        return Reply(request.ref, Status.OK, mre=self._media(request, event))

    def _information(self, device: Device, request: Request) -> Reply:
        """More about an alarm; about one that we don't have, it is the alarm."""
        alarm = self._known(device, request)
        if alarm is None:
            return self._message(device, request)
        event = self._codes.event(request)
        said = " ".join(filter(None, (event.fault, event.text, event.place, *event.facts.values())))
        self._remark(alarm, said or "…")
        return Reply(request.ref, Status.OK, mre=self._media(request, event))

    def _reset(self, device: Device, request: Request) -> Reply:
        """The unit gave up; the alarm stays, for only a person ends it."""
        alarm = self._known(device, request)
        if alarm is not None:
            name = self._kinds.of(device.kind).name
            self._remark(alarm, sentence("reset", name=name, ref=device.ref))
        return Reply(request.ref, Status.OK)

    def _heartbeat(self, device: Device, request: Request) -> Reply:
        if request.hbo != _TAKES_INTERVALS or not device.interval:
            return Reply(request.ref, Status.OK)
        minutes = min(max(1, device.interval // 60), _LONGEST_INTERVAL)
        return Reply(request.ref, Status.OK, hbi=minutes)

    def _known(self, device: Device, request: Request) -> Alarm | None:
        with self._sessions() as session:
            return known(session, device, request.ref, self._clock())

    def _remark(self, alarm: Alarm, text: str) -> None:
        with self._sessions.begin() as session:
            remark(session, alarm.ref, by="device", text=text, now=self._clock(), how="scaip")

    def _media(self, request: Request, event: Event) -> int | None:
        """A voice for whoever pressed the button; none where nobody is to be spoken with."""
        speaks = not any(way.startswith("no-voice") for way in request.crd)
        return _DUPLEX if self._voice and speaks and event.fault is None else None
