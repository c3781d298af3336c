"""Leads a visit by telephone: a pure state machine, words come in, a step goes out.

It knows neither the telephone nor the database nor the time. Emergencies, a wish for a person,
silence and pace are the call's, as in every call; what comes here is what is left.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bot.visit.heard import Ears, Heard
from bot.visit.script import Question, Script
from bot.visit.talk import OPENING, Answered, Step, Talk
from bot.who_it_is import who_it_is
from care.data_files import DATA
from care.visits.findings import UNCLEAR, Findings
from care.visits.state import Result

_ASIDES_MOST = 2
"""Questions back (你是谁?) that aren't counted as an answer that wasn't understood."""
_MOST = 300
"""Characters of an answer that are kept."""
_IT_IS = {"yes": "them", "good": "them", "fair": "them", "no": "not them"}

_AWAY = re.compile(r"不在|出去|出门|住院|睡|[去过]世|走了|没了")
"""Who isn't there can't be called to the telephone."""


@dataclass(frozen=True)
class Visitor:
    """Made once, then used from any thread."""

    script: Script
    ears: Ears
    findings: Findings
    needs: frozenset[str]
    """Questions that must have an answer for the visit to count."""

    @classmethod
    def load(cls, needs: frozenset[str], data: Path = DATA) -> "Visitor":
        """Reads `visits/` of the data folder. Raises DataFileError."""
        findings = Findings.load(data)
        return cls(Script.load(findings, data), Ears.load(findings, data), findings, needs)

    def advance(self, talk: Talk, text: str) -> Step:
        """Takes one utterance (normalised) and says what comes next."""
        question = self.script.question(talk.asked)
        means = question.meaning(again=talk.again) if question else _IT_IS
        heard = self.ears.read(text, talk.asked, means)
        told = self._told(talk, question, heard, text)
        talk = self._with(talk, told)
        if talk.result is not None:
            step = self._after_the_end(talk, heard, told)
        elif talk.asked == OPENING and (speaks := self._who_speaks(talk, heard, text)):
            step = self._fetch(talk) if speaks == "housemate" else self._next(talk, "")
        elif (result := self._stops(talk, heard)) is not None:
            step = self._end(talk, result)
        elif question is None:
            step = self._opened(talk, heard)
        else:
            step = self._asked(talk, question, heard, told)
            if question.id in step.talk.settled - talk.settled:
                told = (*told, Answered(question.id, UNCLEAR, text[:_MOST]))
        return replace(step, answers=told)

    def _told(
        self, talk: Talk, question: Question | None, heard: Heard, text: str
    ) -> tuple[Answered, ...]:
        """What this utterance found out."""
        found = {
            code: finding
            for code, finding in heard.findings.items()
            if code != OPENING and (code == talk.asked or self._is_news(talk, code, finding))
        }
        if question and talk.result is None:
            if talk.detail and not heard.intents:
                found.setdefault(question.id, question.bare or UNCLEAR)
            elif heard.general == "yes" and question.bare == found.get(question.id):
                del found[question.id]  # they have to tell what it is
            elif question.id == "wellbeing" and question.id not in found and found:
                # 睡不着 is an answer to "how are you", too.
                whole = all(self._is_good(code, finding) for code, finding in found.items())
                found[question.id] = "well" if whole else "so_so"
        return tuple(Answered(code, finding, text[:_MOST]) for code, finding in found.items())

    def _is_news(self, talk: Talk, code: str, finding: str) -> bool:
        return code not in talk.clear or not self._is_good(code, finding)

    def _is_good(self, code: str, finding: str) -> bool:
        known = self.findings.find(code, finding)
        return known is not None and known.good

    def _for_desk(self, each: Answered) -> bool:
        known = self.findings.find(each.question, each.finding)
        return known is not None and known.desk

    def _with(self, talk: Talk, told: tuple[Answered, ...]) -> Talk:
        codes = {each.question for each in told}
        return replace(
            talk,
            settled=talk.settled | codes,
            clear=talk.clear | codes,
            desk=talk.desk or any(map(self._for_desk, told)),
        )

    def _who_speaks(
        self, talk: Talk, heard: Heard, text: str
    ) -> Literal["elder", "housemate"] | None:
        """Which of those who share the telephone picked up, where they say so: the elder, or one
        who may call them."""
        if not talk.others or "refuses" in heard.intents or _AWAY.search(text):
            return None
        if "housemate" in heard.intents:
            return "housemate"
        named = who_it_is(text, dict(enumerate((talk.name, *talk.others)))).elder
        if named is None or "not_them" in heard.intents:
            return None
        return "housemate" if named else "elder"

    def _fetch(self, talk: Talk) -> Step:
        if talk.fetched:
            return self._end(talk, Result.NOT_THEM)
        return Step(replace(talk, fetched=True), self.script.fetch.format(name=talk.name))

    def _stops(self, talk: Talk, heard: Heard) -> Result | None:
        """How the talk ends by what they want, if it does."""
        if "refuses" in heard.intents:
            return Result.REFUSED
        if talk.asked == OPENING:
            gone = "not_them" in heard.intents or heard.findings.get(OPENING) == "not them"
            if gone and "who" not in heard.intents:
                return Result.NOT_THEM
        if heard.intents & {"later", "goodbye"}:
            return self._result(talk)
        return None

    def _result(self, talk: Talk) -> Result:
        return Result.FINISHED if self.needs <= talk.clear else Result.UNFINISHED

    def _end(self, talk: Talk, result: Result) -> Step:
        script = self.script
        if result is Result.REFUSED:
            say = script.end_refused
        elif result is Result.NOT_THEM:
            say = script.end_not_them
        elif talk.desk:
            say = script.end_told
        else:
            whole = all(each.id in talk.settled for each in script.questions)
            say = script.end if whole else script.end_early
        return Step(replace(talk, result=result), say)

    def _opened(self, talk: Talk, heard: Heard) -> Step:
        name_again = self.script.opening_again.format(name=talk.name)
        if "who" in heard.intents and talk.asides < _ASIDES_MOST:
            return Step(replace(talk, asides=talk.asides + 1), self.script.who + name_again)
        it_is = OPENING in heard.findings or "here" in heard.intents or talk.settled
        if it_is or talk.again:
            return self._next(talk, "")
        return Step(replace(talk, again=True), name_again)

    def _asked(
        self, talk: Talk, question: Question, heard: Heard, told: tuple[Answered, ...]
    ) -> Step:
        if question.id in talk.settled:
            return self._next(talk, self._ack(talk, told))
        if heard.general == "yes" and question.detail and not talk.detail:
            return Step(replace(talk, detail=True), question.detail)
        if heard.intents & {"who", "not_recorded"} and talk.asides < _ASIDES_MOST:
            aside = self.script.who if "who" in heard.intents else self.script.not_recorded
            wording = question.again if talk.again else question.asks
            return Step(replace(talk, asides=talk.asides + 1), aside + wording)
        if talk.again:
            unclear = replace(talk, settled=talk.settled | {question.id})
            return self._next(unclear, self._ack(talk, told))
        gently = self._ack(talk, told) if told else self.script.repeat_gently
        return Step(replace(talk, again=True), gently + question.again)

    def _next(self, talk: Talk, ack: str) -> Step:
        """The next question, or the end."""
        left = (each for each in self.script.questions if each.id not in talk.settled)
        question = next(left, None)
        if question is None:
            return self._end(talk, self._result(talk))
        asked = replace(talk, asked=question.id, again=False, detail=False)
        return Step(asked, ack + question.asks)

    def _ack(self, talk: Talk, told: tuple[Answered, ...]) -> str:
        """A word on the gravest of what was told."""
        if not told:
            return self.script.noted[len(talk.settled) % len(self.script.noted)]
        gravest = min(
            told,
            key=lambda each: (self._is_good(each.question, each.finding), not self._for_desk(each)),
        )
        return self.script.ack(gravest.question, gravest.finding, len(talk.settled))

    def _after_the_end(self, talk: Talk, heard: Heard, told: tuple[Answered, ...]) -> Step:
        """They say something more before we hang up."""
        if told:
            return Step(talk, self._ack(talk, told) + self.script.welcome)
        if heard.intents or heard.general:
            return Step(talk, self.script.welcome)
        return Step(talk, "", strange=True)
