"""The one service that every channel calls: an utterance comes in, what to say goes out."""

from dataclasses import dataclass, replace
from functools import cached_property

import structlog

from bot.dialogue import Dialogue, DialogueUnavailableError, Said
from bot.emergency.response import EmergencyResponse
from bot.errand import Errand
from bot.incoming import Incoming
from bot.pending import yes_or_no
from bot.prompts import Prompts
from bot.question import Question, ask_one
from bot.record import Record
from bot.reply import Answer, Reply
from bot.understanding import Understandings
from bot.wants_person import wants_person, without_refusal
from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.clock import Clock
from care.conversations import service as conversations
from care.conversations.model import Conversation as ConversationRow
from care.handovers import service as handovers
from care.language.normalise import normalise
from care.language.typeset import typeset
from care.storage.engine import Sessions

__all__ = ["Conversation", "Incoming"]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Conversation:
    """Handles utterances of all callers; every collaborator comes in, so that tests can choose."""

    sessions: Sessions
    dialogue: Dialogue
    emergency: EmergencyResponse
    prompts: Prompts
    clock: Clock
    understandings: Understandings | None = None
    """Keeps what the dialogue engine made of each utterance, where somebody will look at it."""
    errands: tuple[Errand, ...] = ()
    """What is settled without the dialogue engine; the first that knows a matter has it."""
    questions: tuple[Question, ...] = ()
    """What may be asked once the caller's own concern is answered; the first that has something."""

    @cached_property
    def _record(self) -> Record:
        return Record(self.sessions, self.clock)

    def handle(self, incoming: Incoming) -> Answer:
        """Stores the utterance, sees to emergencies first, and answers. Never raises for a dialogue
        engine that is away; a database that is away is an error, since nothing may be lost."""
        text = normalise(incoming.text)
        row, utterance_id = self._record.store(incoming)
        if not _has_words(text):
            return self._answer(row, self._prompt("nothing_heard", row), incoming)
        alarm = self.emergency.respond(row, incoming, text, self.clock())
        taken_over = self._record.is_taken_over(row)
        if alarm is not None:
            asked = "asked" if wants_person(text) else None
            if asked:
                self._record.request_person(row, asked)
            # An operator who talks with the caller must not be talked over, but a new alarm
            # gets its first advice at once.
            silent = taken_over and not alarm.raised
            replies = () if silent else alarm.replies
            return self._answer(row, Said(replies, asked, expects=alarm.expects), incoming)
        if taken_over:
            return self._answer(row, Said(()), incoming)
        said = self._converse(row, incoming, text)
        answer = self._answer(row, said, incoming)
        if self.understandings and said.heard is not None:
            self.understandings.later(row, utterance_id, said.heard)
        return answer

    def overhear(self, incoming: Incoming) -> None:
        """Keeps what was said to a person instead of the assistant, and sees to emergencies in it;
        nothing is answered. Raises as `handle`."""
        text = normalise(incoming.text)
        row, utterance_id = self._record.store(incoming)
        if not _has_words(text):
            return
        self.emergency.respond(row, incoming, text, self.clock())
        if self.understandings:
            self.understandings.overheard(row, utterance_id, text)

    def notice(self, incoming: Incoming) -> bool:
        """Raises an alarm on words that are still being spoken; True when it is on disk anew.

        The utterance itself is to follow through `handle`, which says what there is to say.
        """
        found = self.emergency.detector.detect(normalise(incoming.text))
        if found is None:
            return False
        row = self._record.open(incoming)
        return self.emergency.notice(row, incoming, found, self.clock())

    def raise_for_silence(self, incoming: Incoming) -> Answer:
        """Somebody said something alarming and then nothing more: an alarm, and a person.

        `incoming.text` tells the operators so.
        """
        row, now = self._record.open(incoming), self.clock()
        alarm = self._record.open_alarm(row)
        if alarm is None:
            response = self.emergency.raise_unspecified(row, incoming, now)
            said = Said(response.replies, "silence", expects=response.expects)
        else:
            report = alarms.Report(
                alarm.category,
                alarm.severity,
                incoming.text,
                row.id,
                person=alarm.person,
                phone=alarm.phone,
                place=alarm.place,
                elder_id=alarm.elder_id,
            )
            alarms.raise_(self.sessions, report, now)
            said = Said((), "silence")
        self._record.request_person(row, "silence")
        return self._answer(row, said, incoming)

    def locate(self, incoming: Incoming, place: str) -> Answer | None:
        """The caller's own device tells where they are: an open alarm gets the place, and the
        questions go on. None when there is no alarm: then `incoming` is yet to be handled."""
        row = self._record.open(incoming)
        alarm = self._record.open_alarm(row)
        if alarm is None:
            return None
        row, _ = self._record.store(incoming)
        found = self.emergency.locate(alarm, incoming, place, self.clock())
        replies = () if self._record.is_taken_over(row) else found.replies
        return self._answer(row, Said(replies, expects=found.expects), incoming)

    def _converse(self, row: ConversationRow, incoming: Incoming, text: str) -> Said:
        settled = self._settle_pending(row, incoming, text)
        if settled is not None:
            return settled
        for errand in self.errands:
            done = errand.settle(row, incoming, text)
            if done is not None:
                return done
        if wants_person(text):
            waiting = self._record.request_person(row, "asked")
            name = "handover_waiting" if waiting else "handover_asked"
            return replace(self._prompt(name, row), handover="asked")
        rest = without_refusal(text)  # the classifier hears 不用转人工 as a wish for a person
        if rest == "":
            return self._prompt("handover_declined", row)
        try:
            said = self.dialogue.say(row.dialogue_id, rest or text)
        except DialogueUnavailableError as error:
            log.warning("dialogue unavailable", reason=str(error))
            self._record.request_person(row, "failure")
            return replace(self._prompt("handover_failure", row), handover="failure")
        if said.handover:
            self._record.request_person(row, said.handover)
        if said.offers:
            self._record.set_pending(row, said.offers)
        return said

    def _settle_pending(self, row: ConversationRow, incoming: Incoming, text: str) -> Said | None:
        """The answer to a question of our own that stood open, or None when it's something else."""
        if row.pending is None:
            return None
        asked, answer = row.pending, yes_or_no(text)
        self._record.set_pending(row, None)
        if answer is None:
            return None
        if asked == "emergency":
            if answer == "yes":
                raised = self.emergency.raise_unspecified(row, incoming, self.clock())
                return Said(raised.replies, expects=raised.expects)
            return self._prompt("emergency_declined", row)
        if answer == "yes":
            self._record.request_person(row, "unanswered")
            return replace(self._prompt("handover_asked", row), handover="unanswered")
        return self._prompt("handover_declined", row)

    def _answer(self, row: ConversationRow, said: Said, incoming: Incoming) -> Answer:
        now = self.clock()
        with self.sessions.begin() as session:
            for reply in said.replies:
                conversations.record(
                    session, conversation=row, speaker="assistant", text=reply.text, now=now
                )
            alarm = alarms.open_alarm(session, row.id)
            handover = handovers.open_handover(session, row.id)
            if said.settled and alarm is None and handover is None:
                asked = ask_one(self.questions, session, row, said.replies, now)
                if asked is not None:
                    said = replace(
                        said, replies=(*said.replies, Reply(asked.text)), expects=asked.expects
                    )
            replies = tuple(replace(reply, text=typeset(reply.text)) for reply in said.replies)
            if incoming.receipt:
                incoming.receipt.answered(session, replies)
        return Answer(
            replies,
            emergency=alarm is not None,
            handover=handover is not None,
            alarm_ref=_ref(alarm),
            expects=said.expects,
            asked_person=said.handover is not None,
            ends=said.ends,
            offered=said.offers,
        )

    def _prompt(self, name: str, row: ConversationRow) -> Said:
        variants: list[str] = getattr(self.prompts, name)
        last = self._record.last_reply(row)
        fresh = [text for text in variants if text != last]
        return Said((Reply((fresh or variants)[0]),))


def _ref(alarm: Alarm | None) -> str | None:
    return alarm.ref if alarm else None


def _has_words(text: str) -> bool:
    return any(sign.isalnum() for sign in text)
