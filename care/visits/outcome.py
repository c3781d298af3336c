"""What comes of a call: the ledger, call-backs, alarms, or somebody who has to go there.

Alarms are raised first and know their call, so a process that is killed in between raises none
twice and loses none: whoever settles the call next does the rest.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.alarms.state import CLOSED
from care.conversations import service as conversations
from care.desk import callbacks
from care.elders import consent
from care.elders.consent import Consent
from care.elders.contact import contacts
from care.elders.model import Elder
from care.elders.service import by_phone
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.visits.calling import answered
from care.visits.findings import Finding, Findings
from care.visits.model import Visit, VisitAnswer, VisitCall, VisitEvent
from care.visits.rules import Rules, lives
from care.visits.sentences import Sentences
from care.visits.state import How, Result, State, Why
from care.visits.talking import latest
from care.visits.window import Calls

ASSISTANT = "assistant"
SOURCE = "visits"
"""Of the alarms that are raised here."""
_BY_PHONE = "电话"
"""How a consent was withdrawn, where the assistant heard it."""


@dataclass(frozen=True)
class Settling(Readable):
    """Made once."""

    sessions: Sessions
    rules: Rules
    calls: Calls
    findings: Findings

    def settle(self, call_id: int, failed: Result | None, now: datetime) -> None:
        """Ends a call. `failed`: why nobody was spoken with; None: somebody picked up, and what
        they said tells the rest. A second time does nothing."""
        with self.sessions() as session:
            known = self._look(session, call_id, failed)
        if known is None:
            return
        for report in self._reports(known):
            alarms.raise_(self.sessions, report, now)
        with self.sessions.begin() as session:
            self._write(session, known, now)

    def _look(self, session: Session, call_id: int, failed: Result | None) -> "_Known | None":
        call = session.get_one(VisitCall, call_id)
        if call.result is not None:
            return None
        visit = session.get_one(Visit, call.visit_id)
        elder = session.get_one(Elder, visit.elder_id)
        told = [each for each in latest(session, visit.id).values() if each.call_id == call_id]
        result = failed or self._result(session, call, elder)
        why = self._why(session, visit, call, result)
        return _Known(call, visit, elder, told, result, why)

    def _result(self, session: Session, call: VisitCall, elder: Elder) -> Result:
        if _alarm_in(session, call, elder):
            return Result.ALARM
        if call.outcome in {Result.NOT_THEM, Result.REFUSED}:
            return Result(call.outcome)
        whole = answered(session, call.visit_id) >= set(self.rules.phone.needs)
        return Result.FINISHED if whole else Result.UNFINISHED

    def _why(self, session: Session, visit: Visit, call: VisitCall, result: Result) -> Why | None:
        """Why somebody has to go there after this call; None: nobody, or not yet."""
        if result is Result.FINISHED or visit.state != State.PLANNED:
            return None
        if result in {Result.REFUSED, Result.ALARM}:
            return Why(result.value)
        query = select(VisitCall.result).where(
            VisitCall.visit_id == visit.id, VisitCall.result.is_not(None)
        )
        results = {*(Result(each) for each in session.scalars(query) if each), result}
        if self._tries(session, visit) < self.calls.tries:
            return None
        if results & {Result.UNFINISHED, Result.NOT_THEM}:
            return Why.UNFINISHED
        return Why.NO_ANSWER if any(each.in_vain for each in results) else Why.UNREACHABLE

    def _tries(self, session: Session, visit: Visit) -> int:
        query = select(func.count()).where(VisitCall.visit_id == visit.id)
        return session.scalar(query) or 0

    def _reports(self, known: "_Known") -> list[alarms.Report]:
        """Alarms of what nobody cried for help with: silence, or somebody who doesn't eat."""
        found = []
        grave = [(f, answer) for f, answer in self._told(known.told) if f.alarm is not None]
        if grave:
            text = "、".join(f"{finding.label}（{answer.said}）" for finding, answer in grave)
            severity = min(finding.alarm or 3 for finding, _ in grave)
            said = Sentences.say("alarm_found", found=text)
            found.append(self._report(known, "help", severity, said, f"call-{known.call.id}"))
        rule = self.rules.alarm
        lonely = lives(known.elder.situations, known.elder.ability) & rule.situations
        if known.why is Why.NO_ANSWER and lonely:
            said = Sentences.say("alarm", tries=self.calls.tries)
            reference = f"visit-{known.visit.id}"
            found.append(self._report(known, rule.category, rule.severity, said, reference))
        return found

    def _report(
        self, known: "_Known", category: str, severity: int, said: str, reference: str
    ) -> alarms.Report:
        elder = known.elder
        return alarms.Report(
            category=category,
            severity=severity,
            said=said,
            person=elder.name,
            phone=elder.phone,
            place=elder.address,
            elder_id=elder.id,
            source=SOURCE,
            reference=reference,
            by=ASSISTANT,
            how="phone",
        )

    def _told(self, told: Collection[VisitAnswer]) -> list[tuple[Finding, VisitAnswer]]:
        found = ((self.findings.find(row.question, row.finding), row) for row in told)
        return [(finding, row) for finding, row in found if finding is not None]

    def _write(self, session: Session, known: "_Known", now: datetime) -> None:
        call = session.get_one(VisitCall, known.call.id, with_for_update=True)
        if call.result is not None:  # somebody else was quicker
            return
        call.result, call.ended_at = known.result, now
        visit = session.get_one(Visit, known.visit.id)
        _event(session, visit, now, "called", known.result)
        if call.outcome == Result.REFUSED:  # they were told so, alarm or not: never again
            told = {"how": _BY_PHONE, "by": ASSISTANT}
            consent.say(session, visit.elder_id, Consent.VISITS, given=False, now=now, **told)
        if known.result is Result.FINISHED and visit.state == State.PLANNED:
            visit.state, visit.done_at, visit.done_how = State.DONE, now, How.PHONE
            _event(session, visit, now, State.DONE, How.PHONE)
        elif known.why is not None:
            visit.in_person = known.why
            _event(session, visit, now, "in_person", known.why)
        self._tell_desk(session, known, now)

    def _tell_desk(self, session: Session, known: "_Known", now: datetime) -> None:
        elder = known.elder
        items = [
            Sentences.say(
                "callback_item",
                label=self.findings.label(row.question),
                finding=finding.label,
                said=row.said,
            )
            for finding, row in self._told(known.told)
            if finding.desk
        ]
        about = None
        if items:
            about = Sentences.say("callback", found="；".join(items))
        elif known.result is Result.NOT_THEM and len(by_phone(session, elder.phone)) < 2:
            about = Sentences.say("callback_not_them")
        if about is not None:
            number = known.call.conversation_id
            wish = callbacks.Wish(elder.phone, about, now, elder.name, number)
            callbacks.make(session, wish, by=ASSISTANT, now=now)
        near = contacts(session, elder.id) if known.why is Why.NO_ANSWER else []
        if near:
            about = Sentences.say("contact", name=elder.name, tries=self.calls.tries)
            wish = callbacks.Wish(near[0].phone, about, now, near[0].name)
            callbacks.make(session, wish, by=ASSISTANT, now=now)


@dataclass(frozen=True)
class _Known:
    """All that decides on one call."""

    call: VisitCall
    visit: Visit
    elder: Elder
    told: Collection[VisitAnswer]
    """In this call."""
    result: Result
    why: Why | None


def _alarm_in(session: Session, call: VisitCall, elder: Elder) -> bool:
    """Whether an alarm was raised in the talk, or is open: then the talk was about it."""
    number = call.conversation_id
    if number is None:  # their first words were a cry for help, and the visit heard none of them
        row = conversations.of_sender(session, f"tel:{elder.phone}", channel="phone")
        number = row.id if row else None
    if number is None:
        return False
    raised = select(Alarm.id).where(
        Alarm.conversation_id == number,
        or_(Alarm.raised_at >= call.started_at, Alarm.state != CLOSED),
    )
    return session.scalar(raised.limit(1)) is not None


def _event(session: Session, visit: Visit, now: datetime, kind: str, note: str) -> None:
    session.add(VisitEvent(visit_id=visit.id, at=now, kind=kind, by=ASSISTANT, note=note))
