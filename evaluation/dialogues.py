"""Holds the test dialogues with a running assistant, end to end."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date

from evaluation.chat import Answer, Chat, Reply
from evaluation.dialogue_file import Dialogue, Phrases, Turn
from evaluation.expectations import failures, joined, plain
from evaluation.figures import CitedText, Known, invented
from evaluation.placeholders import MissingReferenceError, Placeholders
from evaluation.server import AnswerError

MOST_ANSWERS = 12
"""A form that asks more often than this goes round in circles."""


@dataclass
class Result:
    """How one dialogue went."""

    dialogue: Dialogue
    transcript: list[tuple[str, Answer]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """In words, with the turn (1-based) that showed them; empty when all is well."""
    invented: int = 0
    """How many replies had a figure that nothing accounts for."""

    @property
    def passed(self) -> bool:
        return not self.problems


def hold(
    dialogue: Dialogue, chat: Chat, *, phrases: Phrases, cited: CitedText, today: date
) -> Result:
    """One dialogue with a caller nobody has met before; goes on after a failure, to show it all."""
    talk = _Talk(dialogue, chat, phrases, cited, today)
    for number, turn in enumerate(dialogue.turns, start=1):
        try:
            talk.take(number, turn)
        except (MissingReferenceError, AnswerError) as error:
            talk.result.problems.append(f"turn {number}: {error}")
            break
    return talk.result


class _Talk:
    def __init__(
        self, dialogue: Dialogue, chat: Chat, phrases: Phrases, cited: CitedText, today: date
    ) -> None:
        self.result = Result(dialogue)
        self._chat, self._phrases, self._cited = chat, phrases, cited
        self._known = Known()
        self._backed: set[str] = set()
        self._blanks = Placeholders(dialogue.name, today)
        self._sender = f"eval-{secrets.token_hex(8)}"

    def take(self, number: int, turn: Turn) -> None:
        problems: list[str] = []
        told_ref = False
        if turn.say is not None:
            told_ref = self._say(self._blanks.fill(turn.say), problems)
        else:
            told_ref = self._fill(turn, problems)
        answer = self.result.transcript[-1][1]
        problems += failures(turn.expect, answer, self._blanks, self._phrases, told_ref=told_ref)
        self.result.problems += [f"turn {number}: {problem}" for problem in problems]

    def _say(self, text: str, problems: list[str]) -> bool:
        """Says one thing and looks at the figures; True when a reference was told."""
        self._known.hear(text)
        answer = self._chat(self._sender, text)
        self.result.transcript.append((text, answer))
        told = self._blanks.capture(joined(answer))
        if told and self._blanks.ref:
            self._known.assign(self._blanks.ref)
        for reply in answer.replies:
            problems += self._figure_problems(reply)
        return told

    def _figure_problems(self, reply: Reply) -> list[str]:
        if reply.text in self._backed:
            return []  # said before, in the same words
        try:
            wrong = invented(reply.text, reply.cites, self._known, self._cited)
        except KeyError as error:
            return [f"cites {error}, which doesn't exist"]
        if not wrong:
            self._backed.add(reply.text)
            return []
        self.result.invented += 1
        return [f"figures nothing accounts for: {', '.join(wrong)} in '{reply.text}'"]

    def _fill(self, turn: Turn, problems: list[str]) -> bool:
        answers = dict(turn.fill or {})
        given: set[str] = set()
        told = False
        for _ in range(MOST_ANSWERS):
            heard = joined(self.result.transcript[-1][1])
            if self._ended(turn, heard):
                return told
            asked = self._asked(answers)
            if asked is None:
                problems.append(f"neither done ({turn.until}) nor asking for any of {[*answers]}")
                return told
            if asked in given:
                problems.append(f"asks twice for {asked}")
                return told
            given.add(asked)
            told = self._say(self._blanks.fill(answers[asked]), problems)
        problems.append(f"still not done after {MOST_ANSWERS} answers")
        return told

    def _ended(self, turn: Turn, heard: str) -> bool:
        until = turn.until or ""
        if until in self._phrases:
            return self._phrases.found(until, self._last())
        return re.search(until, heard) is not None

    def _last(self) -> str:
        """The last reply: it asks, while those before it answer and note."""
        replies = self.result.transcript[-1][1].replies
        return plain(replies[-1].text) if replies else ""

    def _asked(self, answers: dict[str, str]) -> str | None:
        question = self._last()
        return next((key for key in answers if self._phrases.found(f"asks_{key}", question)), None)
