"""From a detected emergency to what is said: the alarm is on disk first (promise 1)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.emergency.detector import Detector
from bot.emergency.emergency import Emergency
from bot.emergency.follow_up import FollowUp, Known, Script, Step, is_worse
from bot.reply import Reply
from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.conversations.model import Conversation
from care.conversations.service import start_afresh
from care.elders.household import all_names, shared_address
from care.elders.service import by_phone
from care.language.extractor import Extractor
from care.orders.service import last_of_conversation
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.wechat.binding import family_of, themselves


class Caller(Protocol):
    """What a channel knows of who speaks."""

    @property
    def text(self) -> str:
        """The utterance as it came."""

    @property
    def caller_phone(self) -> str | None:
        """The calling number, where the channel vouches for it."""


@dataclass(frozen=True)
class Response:
    """What to say in an emergency."""

    replies: tuple[Reply, ...]
    raised: bool
    """A new alarm was raised by this utterance."""
    expects: str | None = None
    """The slot behind the question at the end of the replies."""


@dataclass(frozen=True)
class EmergencyResponse(Readable):
    """Detects, raises and asks on; needs the database and nothing else."""

    sessions: Sessions
    detector: Detector
    extractor: Extractor
    script: Script

    def respond(
        self, row: Conversation, caller: Caller, text: str, now: datetime
    ) -> Response | None:
        """Replies when an alarm is raised or open; None when there is no emergency.

        `text` is normalised.
        """
        found = self.detector.detect(text)
        alarm, other = self._open(row, found, now)
        if alarm is not None:
            state = _state(alarm)
            if state.early and not state.last:
                return self._begin(row, alarm, caller, found, now)
            # the talk after an alarm listens for worse by itself
            return self._answer(self._go_on(alarm, state, caller, text, now), raised=False)
        return self._raise(row, caller, found, now, other) if found else None

    def notice(self, row: Conversation, caller: Caller, found: Emergency, now: datetime) -> bool:
        """Raises an alarm on words that are still being spoken; True when it tells something new.

        What to say comes with `respond`, which is to follow with the whole utterance.
        """
        alarm, other = self._open(row, found, now)
        if alarm is None:
            alarm = self._report(row, caller, found, self._known(row, caller, found, other), now)
            state = FollowUp(found.category, found.severity, third_person=found.third_person)
            state = replace(state, reported=self._told(other, now))
        else:
            state = _state(alarm)
            if found.category in state.early or not is_worse(found, state):
                return False
            alarm = self._report_more(alarm, caller, found, now)
        state = replace(state, early=(*state.early, found.category))
        with self.sessions.begin() as session:
            alarms.note_follow_up(session, alarm.id, state.to_json())
        return True

    def raise_unspecified(self, row: Conversation, caller: Caller, now: datetime) -> Response:
        """The caller said yes to "do you need help at once"."""
        return self._raise(row, caller, Emergency.unspecified(caller.text), now)

    def locate(self, alarm: Alarm, caller: Caller, place: str, now: datetime) -> Response:
        """The open alarm's place, as the caller's device told it; the talk goes on."""
        step = self.script.located(_state(alarm), place)
        self._keep(alarm, caller, step, now)
        return self._answer(step, raised=False)

    def _open(
        self, row: Conversation, found: Emergency | None, now: datetime
    ) -> tuple[Alarm | None, Alarm | None]:
        """The open alarm that the words belong to, or else the one that they are new beside."""
        with self.reading() as session:
            alarm = alarms.open_alarm(session, row.id)
            if alarm is None or found is None:
                return alarm, None
            new = alarms.is_another(session, alarm, found.category, found.severity, now)
        return (None, alarm) if new else (alarm, None)

    def _told(self, other: Alarm | None, now: datetime) -> tuple[str, ...]:
        """What an earlier alarm told in the same talk: said again, it is nothing new."""
        if other is None:
            return ()
        with self.reading() as session:
            over = alarms.is_over(session, other, now)
        return () if over else (other.category, *_state(other).reported)

    def _raise(
        self,
        row: Conversation,
        caller: Caller,
        found: Emergency,
        now: datetime,
        other: Alarm | None = None,
    ) -> Response:
        known = self._known(row, caller, found, other)
        told = self._told(other, now)
        alarm = self._report(row, caller, found, known, now)
        step = _also(self.script.start(found, known), told)
        with self.sessions.begin() as session:
            alarms.note_follow_up(session, alarm.id, step.state.to_json())
        return self._answer(step, raised=True)

    def _begin(
        self,
        row: Conversation,
        alarm: Alarm,
        caller: Caller,
        found: Emergency | None,
        now: datetime,
    ) -> Response:
        """The first words after an alarm that was raised before the utterance was whole."""
        found = found or Emergency.of_alarm(alarm.category, alarm.severity)
        if found.severity < alarm.severity:
            self._report_more(alarm, caller, found, now)
        step = self.script.start(found, self._known(row, caller, found, alarm))
        step = _also(step, _state(alarm).reported)
        self._keep(alarm, caller, step, now)
        return self._answer(step, raised=True)

    def _report(
        self, row: Conversation, caller: Caller, found: Emergency, known: Known, now: datetime
    ) -> Alarm:
        report = alarms.Report(
            category=found.category,
            severity=found.severity,
            said=caller.text,
            conversation_id=row.id,
            person=known.person,
            phone=known.phone,
            place=known.place,
            elder_id=known.elder_id,
        )
        alarm = alarms.raise_(self.sessions, report, now)
        with self.sessions.begin() as session:
            # A booking that was under way is not taken up again, not even after the alarm.
            start_afresh(session, row.id)
        return alarm

    def _report_more(self, alarm: Alarm, caller: Caller, found: Emergency, now: datetime) -> Alarm:
        """Something graver, or something else, beside what the open alarm tells already."""
        report = alarms.Report(found.category, found.severity, caller.text, alarm.conversation_id)
        return alarms.raise_(self.sessions, report, now)

    def _go_on(
        self, alarm: Alarm, state: FollowUp, caller: Caller, text: str, now: datetime
    ) -> Step:
        step = self.script.advance(state, text, self.extractor.extract(text))
        self._keep(alarm, caller, step, now)
        if step.worse and step.worse.category not in state.early:
            self._report_more(alarm, caller, step.worse, now)
        return step

    def _keep(self, alarm: Alarm, caller: Caller, step: Step, now: datetime) -> None:
        with self.sessions.begin() as session:
            alarms.add_said(
                session,
                session.merge(alarm),
                said=caller.text,
                facts=step.facts,
                follow_up=replace(step.state, early=()).to_json(),
                false_alarm=step.caller_says_false_alarm,
                now=now,
            )

    def _answer(self, step: Step, *, raised: bool) -> Response:
        replies = tuple(Reply(text) for text in step.replies)
        return Response(replies, raised, self.script.expects(step.state))

    def _known(
        self, row: Conversation, caller: Caller, found: Emergency, earlier: Alarm | None = None
    ) -> Known:
        """Who and where: from the calling number, the one elder whom a relative cries for, an order
        of this conversation, or what an earlier alarm of the same person learnt."""
        with self.reading() as session:
            order = last_of_conversation(session, row.id)
            elders = by_phone(session, caller.caller_phone) if caller.caller_phone else ()
            if len(elders) > 1 and (own := themselves(session, [row.id]).get(row.id)):
                elders = (own,)
            phone = caller.caller_phone
            if not elders and found.third_person and len(theirs := family_of(session, row.id)) == 1:
                elders, phone = theirs, theirs[0].phone
        if elders:
            place, person = shared_address(elders), all_names(elders)
            one = elders[0].id if len(elders) == 1 else None
            return Known(place=place, person=person, phone=phone, elder_id=one)
        if earlier and earlier.place and _state(earlier).third_person == found.third_person:
            phone = earlier.phone or phone
            return Known(earlier.place, earlier.person, phone, earlier.elder_id)
        if order:
            return Known(place=order.place, person=order.person, phone=order.phone)
        return Known(phone=caller.caller_phone)


def _state(alarm: Alarm) -> FollowUp:
    # Without a stored state the process died between the alarm and its first question.
    # A person at the desk may raise one of a category that no words lead to.
    kind = Emergency.of_alarm(alarm.category, alarm.severity).category
    return FollowUp.from_json(alarm.follow_up or {"category": kind, "severity": alarm.severity})


def _also(step: Step, told: tuple[str, ...]) -> Step:
    """The step with what was told of the caller before."""
    reported = tuple(dict.fromkeys((*told, *step.state.reported)))
    return replace(step, state=replace(step.state, reported=reported))
