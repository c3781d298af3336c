"""The words of `data/satisfaction/words.yml`, and what an answer to the question says."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from care.data_files import DATA, load_model
from care.language.numerals import DIGIT_OF

_POINTS = re.compile(rf"(?:打|给|评|得)?\s*(?P<number>[1-5{''.join(DIGIT_OF)}])\s*(?:分|颗?星)")
_BARE = re.compile(rf"(?P<number>[1-5{''.join(DIGIT_OF)}])")
_AROUND = (
    "，。,.!！?？、的了啊呀吧呢嘛哦噢嗯呃我对觉得感觉挺就是都做得服务饭菜他们这次给您你谢师傅 "
)
_LONGEST = 30
"""Characters; whoever says more tells of something that a person should hear."""


@dataclass(frozen=True)
class Heard:
    """What an elder said about an order that is done."""

    score: int | None
    """1 to 5; None when they say that nothing was done."""


class Words(BaseModel):
    """Every sentence and every word."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: str
    ask_later: str
    """With the next conversation."""
    ask_unsure: str
    """As `ask`, where nothing but the worker's word says that it was done."""
    ask_later_unsure: str
    good: list[str]
    fair: list[str]
    bad: list[str]
    not_done: list[str]
    scores: dict[int, list[str]]
    weak: frozenset[str]
    not_done_words: list[str]
    done_words: frozenset[str]
    """That it was done, and nothing about how."""
    how_was_it: str
    """Said to that."""

    @classmethod
    def load(cls, data: Path = DATA) -> "Words":
        """Reads the data folder; a bad file raises DataFileError."""
        return load_model(data / "satisfaction" / "words.yml", cls)

    @classmethod
    def own(cls) -> "Words":
        """The project's own."""
        return _own()

    def hear(self, text: str, *, asked_just_now: bool) -> Heard | None:
        """What normalised `text` says of how it was; None when it is about something else.

        Nothing but the judgement may be said: "满意是满意，就是来晚了" is for a person.
        `asked_just_now`: the question was the last thing said, so that a mere 好 is an answer.
        """
        said = text.strip()
        if not said or len(said) > _LONGEST:
            return None
        if any(word in said for word in self.not_done_words):
            return Heard(None) if asked_just_now else None
        if number := _POINTS.search(said):
            rest = said[: number.start()] + said[number.end() :]
            return self._number(number["number"], rest)
        if asked_just_now and (bare := _BARE.fullmatch(said.strip(_AROUND))):
            return self._number(bare["number"], "")
        found = [
            (len(word), score, word)
            for score, words in self.scores.items()
            for word in words
            if word in said and (asked_just_now or word not in self.weak)
        ]
        if not found:
            return None
        _, score, word = max(found)
        return Heard(score) if not said.replace(word, "", 1).strip(_AROUND) else None

    def is_done(self, text: str) -> bool:
        """Whether normalised `text` says that it was done, and no more."""
        return text.strip(" ,.!?。，！？啊呀啦") in self.done_words

    def answer(self, heard: Heard) -> list[str]:
        """What is said then, to be filled with the score."""
        if heard.score is None:
            return self.not_done
        return self.good if heard.score >= 4 else self.fair if heard.score == 3 else self.bad

    def _number(self, sign: str, rest: str) -> Heard | None:
        score = int(sign) if sign.isdigit() else DIGIT_OF.get(sign, 0)
        plain = not rest.strip(_AROUND + "满意")
        return Heard(score) if 1 <= score <= 5 and plain else None


@cache
def _own() -> Words:
    return Words.load()
