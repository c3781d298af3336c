"""What is said after an alarm is on disk: help is being arranged, then one question at a time.

A pure state machine: no clock, no database, no dialogue server. The alarm ends only by a person's
hand, so nothing that the caller says ends the talk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.emergency.answers import Answers
from bot.emergency.detector import Detector
from bot.emergency.emergency import CATEGORIES, Emergency
from bot.emergency.facts import Heard, hear, is_precise
from bot.emergency.script import CategoryScript, Lines, Question, load_lines
from bot.emergency.speech import Speech
from bot.emergency.state import FollowUp, Known, Step
from bot.wants_person import wants_person
from care.language.entity import Entity

__all__ = ["FollowUp", "Known", "Script", "Step", "is_worse"]

_ASKED_MOST = 2
_REMARKS = (
    ("identity", "identity"),
    ("booking", "later"),
    ("afraid", "comfort"),
)
"""What is answered in a word before the talk goes on: id in answers.yml, remark in prompts.yml."""

_SLOTS = {"place": "place", "person": "person_name", "phone": "phone"}
"""What the dialogue calls a fact, so that the ears are set for it."""


@dataclass(frozen=True)
class Script:
    """Leads the talk; made once, then used from any thread."""

    lines: Lines
    answers: Answers
    detector: Detector

    @classmethod
    def load(cls, folder: Path, detector: Detector) -> "Script":
        """Reads `prompts.yml` and `answers.yml` in `data/emergency/`; raises DataFileError."""
        return cls(
            load_lines(folder / "prompts.yml"), Answers.load(folder / "answers.yml"), detector
        )

    def start(self, emergency: Emergency, known: Known) -> Step:
        """The first words after the alarm is committed, and the first question."""
        learnt = {"place": known.place, "person": known.person, "phone": known.phone}
        state = FollowUp(
            category=emergency.category,
            severity=emergency.severity,
            third_person=emergency.third_person,
            reported=(emergency.category,),
            learnt={fact: value for fact, value in learnt.items() if value},
            answered=() if known.place else ("place_known",),
        )
        speech = Speech(self.lines, state)
        speech.remark("opening" if state.third_person else self._category(state).opening)
        self._advise(speech, state, emergency)
        return self._ask_on(speech, state, {})

    def advance(self, state: FollowUp, text: str, entities: Sequence[Entity]) -> Step:
        """Takes one utterance (normalised) and says what comes next."""
        found = self.detector.detect(text)
        worse = found if found and is_worse(found, state) else None
        said = self.answers.read(text)
        if found is not None:
            said -= {"false_alarm"}  # 我没事,是我老伴摔倒了
            state = replace(state, quiet=False)
        heard = self._hear(state, text, entities, said, worse)
        state = _with(state, heard)
        if heard.facts and "false_alarm" not in said:
            state = replace(state, quiet=False)
        if worse is not None:
            return self._go_worse(state, heard, worse)
        speech = Speech(self.lines, state)
        if not text.strip():
            speech.remark("silence")
            return speech.step(state)
        if wants_person(text):
            speech.remark("person")
            return replace(self._ask_on(speech, state, heard.facts), wants_person=True)
        if "false_alarm" in said:
            speech.remark("false_alarm")
            state = replace(state, quiet=True, waiting=None)
            return replace(speech.step(state, heard.facts), caller_says_false_alarm=True)
        return self._go_on(speech, state, heard, said)

    def located(self, state: FollowUp, place: str) -> Step:
        """A device told where they are: nobody need ask or confirm it."""
        answered = (*state.answered, "place_known", "place", "place_lost")
        learnt = {**state.learnt, "place": place}
        state = replace(state, learnt=learnt, answered=tuple(dict.fromkeys(answered)), quiet=False)
        speech = Speech(self.lines, state)
        speech.remark("acknowledged")
        return self._ask_on(speech, state, {"place": place})

    def expects(self, state: FollowUp) -> str | None:
        """The slot behind the question that is open; `confirmed` for a yes or no."""
        question = self.lines.questions.get(state.waiting or "")
        if question is None:
            return None
        if question.values or question.id == "place_known":
            return "confirmed"
        return _SLOTS.get(question.fact)

    def _go_on(self, speech: Speech, state: FollowUp, heard: Heard, said: frozenset[str]) -> Step:
        warned = self._after_no(speech, state, heard)
        remark = next((remark for name, remark in _REMARKS if name in said), None)
        if "status" in said:
            speech.remark(self._category(state).status)
        elif remark:
            speech.remark(remark)
        elif heard.facts and not warned:
            speech.remark("acknowledged")
        elif state.waiting and "repeat" not in said and not heard.answered:
            speech.remark("not_understood")
        return self._ask_on(speech, state, heard.facts)

    def _go_worse(self, state: FollowUp, heard: Heard, worse: Emergency) -> Step:
        graver = worse.severity < state.severity or state.category == "help"
        before = CATEGORIES.index(worse.category) < CATEGORIES.index(state.category)
        state = replace(
            state,
            reported=(*state.reported, worse.category),
            quiet=False,
            category=worse.category if graver or before else state.category,
            severity=min(worse.severity, state.severity),
            third_person=worse.third_person,
        )
        speech = Speech(self.lines, state)
        speech.remark("worse")
        self._advise(speech, state, worse)
        return replace(self._ask_on(speech, state, heard.facts), worse=worse)

    def _ask_on(self, speech: Speech, state: FollowUp, facts: dict[str, str]) -> Step:
        """Puts the next question, or stays with the caller when there is none."""
        question = None if state.quiet else self._next(state)
        if question is not None:
            times = state.asked.get(question.id, 0)
            wording = question.wordings(other=state.third_person)[times]
            speech.say(wording.replace("{place}", state.learnt.get("place", "")))
            state = replace(
                state, waiting=question.id, asked={**state.asked, question.id: times + 1}
            )
        else:
            state = replace(state, waiting=None)
            self._stay(speech, state, facts)
        return speech.step(state, facts)

    def _stay(self, speech: Speech, state: FollowUp, facts: dict[str, str]) -> None:
        """Everything is asked: one more piece of advice now and then, and company."""
        if speech.replies and not facts:
            return
        script = self._category(state)
        told, later = state.said.get(script.calm, 0), script.later
        if not speech.replies and not state.quiet and told < len(later):
            speech.say(later[told])
        speech.remark(script.calm)

    def _advise(self, speech: Speech, state: FollowUp, emergency: Emergency) -> None:
        script = self.lines.categories[emergency.category]
        rules = dict.fromkeys(each.partition(":")[0] for each in emergency.evidence)
        special = [name for rule in rules if (name := f"advice_{rule}") in self.lines.says]
        if script.id != "help" or not special:
            for text in script.advice_other if state.third_person else script.advice:
                speech.say(text)
        for name in special:
            speech.remark(name)
        speech.say(script.call_other if state.third_person and script.call_other else script.call)

    def _after_no(self, speech: Speech, state: FollowUp, heard: Heard) -> bool:
        """Advice that a no calls for (他没有呼吸了); True if any was given."""
        for name in heard.denied:
            question = self.lines.questions[name]
            text = question.say_after_no if state.third_person else question.say_after_no_self
            if text:
                return speech.say(text)
        return False

    def _hear(
        self,
        state: FollowUp,
        text: str,
        entities: Sequence[Entity],
        said: frozenset[str],
        worse: Emergency | None,
    ) -> Heard:
        waiting = self.lines.questions.get(state.waiting or "")
        if waiting and waiting.open and waiting.fact != "detail" and (worse or wants_person(text)):
            waiting = None  # 我胸口疼 is no answer to "where are you?"
        questions = [self.lines.questions[name] for name in self._category(state).questions]
        heard = hear(
            text,
            entities,
            said=said,
            waiting=waiting,
            questions=questions,
            learnt=state.learnt,
        )
        if waiting and waiting.id == "place_known":
            return _about_known_place(heard, text, said)
        return heard

    def _next(self, state: FollowUp) -> Question | None:
        for name in self._questions(state):
            question = self.lines.questions[name]
            settled = name in state.answered or state.asked.get(name, 0) >= _ASKED_MOST
            if not settled and not _needless(question, state):
                return question
        return None

    def _questions(self, state: FollowUp) -> list[str]:
        names: list[str] = []
        for name in self._category(state).questions:
            if self.lines.questions[name].fact == "place" and state.learnt.get("place"):
                names.append("place_known")
            if name == "place_lost" and state.third_person:
                names.append("place")
            names.append(name)
        return names

    def _category(self, state: FollowUp) -> CategoryScript:
        return self.lines.categories[state.category]


def is_worse(found: Emergency, state: FollowUp) -> bool:
    """Whether this has to be reported beside what is known already."""
    if found.severity < state.severity:
        return True
    if found.category in state.reported or found.category == "help":
        return False
    return found.severity <= state.severity or state.category == "help"


def _needless(question: Question, state: FollowUp) -> bool:
    """Known from the start or told unasked; a place counts only once it is precise or confirmed."""
    if question.fact in ("person", "phone"):
        return question.fact in state.learnt
    return False


def _about_known_place(heard: Heard, text: str, said: frozenset[str]) -> Heard:
    """The answer to "are you at …?": a yes settles the place, a no opens it, 在公园 corrects it."""
    facts, answered = dict(heard.facts), list(heard.answered)
    if "yes" in said:
        answered += ["place_known", "place", "place_lost"]
    elif "no" in said or text.startswith("不"):
        answered.append("place_known")
        facts["detail"] = ";".join(filter(None, (facts.get("detail"), "不在登记的地址")))
    _, found, place = text.partition("在")
    if found and place and "place" not in facts and "yes" not in said and not said:
        facts["place"] = place
        answered += ["place_known", "place"] if is_precise(place) else ["place_known"]
    return replace(heard, facts=facts, answered=tuple(answered))


def _with(state: FollowUp, heard: Heard) -> FollowUp:
    answered = tuple(dict.fromkeys((*state.answered, *heard.answered)))
    waiting = None if state.waiting in heard.answered else state.waiting
    learnt = {**state.learnt, **heard.facts}
    return replace(state, learnt=learnt, answered=answered, waiting=waiting)
