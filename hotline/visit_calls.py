"""The assistant's calls for visits, in the running process."""

import socket
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.conversation import Conversation
from bot.visit.errand import VisitErrand
from bot.visit.visitor import Visitor
from care.clock import Clock
from care.settings import Settings
from care.visits import calling
from care.visits.calling import Due
from care.visits.findings import Findings
from care.visits.outcome import Settling
from care.visits.rules import Rules
from care.visits.state import Result
from care.visits.window import Calls
from voice.call.machine import Other
from voice.call.placed import Placed, Stage
from voice.call.setting import Purpose
from voice.line.leg import Failed, LineError

_FAILED = {
    Failed.BUSY: Result.BUSY,
    Failed.NO_ANSWER: Result.NO_ANSWER,
    Failed.DECLINED: Result.DECLINED,
    Failed.UNREACHABLE: Result.UNREACHABLE,
}


class Telephones(Protocol):
    """What of `hotline.telephone.Telephone` is needed here."""

    def is_listening(self) -> bool:
        """Whether the line is open."""
        ...

    def place(self, target: str, purpose: Purpose, ring: float) -> Placed:
        """Raises LineError."""
        ...


@dataclass
class VisitCalls:
    """Telephones elders, and sees to what comes of it. For one thread; its state is in the
    database, but for the calls that are going on."""

    telephone: Telephones
    conversation: Conversation
    visitor: Visitor
    settling: Settling
    clock: Clock
    process: str
    _going: dict[int, Placed] = field(default_factory=dict)
    _started: bool = False

    def tick(self) -> None:
        """Ends what is over, and calls whoever is due."""
        now = self.clock()
        self._settle(now)
        while self.telephone.is_listening():
            with self.settling.sessions.begin() as session:
                due = calling.next_call(session, self.settling.calls, self.process, now)
            if due is None:
                return
            self._call(due, now)

    def _settle(self, now: datetime) -> None:
        for call_id, placed in list(self._going.items()):
            if placed.stage in {Stage.FAILED, Stage.OVER}:
                self.settling.settle(call_id, _failed(placed), now)
                del self._going[call_id]
        with self.settling.reading() as session:
            left = calling.cut_off(session, self.process, now, starts=not self._started)
        self._started = True
        for call_id in left:
            if call_id not in self._going:
                self.settling.settle(call_id, None, now)

    def _call(self, due: Due, now: datetime) -> None:
        script, calls = self.visitor.script, self.settling.calls
        errand = VisitErrand(self.visitor, self.settling.sessions, self.clock, due)
        purpose = Purpose(
            opening=script.opening.format(name=due.name),
            expects="confirmed",
            message=script.machine,
            talker=replace(self.conversation, errands=(errand,), questions=()),
        )
        try:
            self._going[due.call_id] = self.telephone.place(due.phone, purpose, calls.ring)
        except LineError:
            self.settling.settle(due.call_id, Result.UNREACHABLE, now)


def _failed(placed: Placed) -> Result | None:
    """Why nobody was spoken with; None: somebody was."""
    if placed.stage is Stage.FAILED:
        return _FAILED[placed.why or Failed.UNREACHABLE]
    if placed.reached is Other.MACHINE:
        return Result.MACHINE
    # Who hangs up before it is clear whether they are a person pressed the call away.
    return None if placed.reached is Other.PERSON else Result.DECLINED


def build_visit_calls(
    settings: Settings, conversation: Conversation, telephone: Telephones
) -> VisitCalls:
    """Nothing rings yet. Raises DataFileError."""
    data = settings.data
    rules = Rules.load(data)
    return VisitCalls(
        telephone,
        conversation,
        Visitor.load(frozenset(rules.phone.needs), data),
        Settling(conversation.sessions, rules, Calls.load(data), Findings.load(data)),
        conversation.clock,
        f"{socket.gethostname()}:{settings.port}",
    )
