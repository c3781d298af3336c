"""A long answer in parts: nobody remembers a minute of speech."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voice.spoken.form import spoken
from voice.synthesis.clause import SPEECH
from voice.synthesis.clauses import sentences
from voice.turn.pace_words import pace_words
from voice.turn.sentences import said

_PARTICLES = "吧啊呀呢嘛哈呗了噢哦"
_LONGEST = 16
"""Syllables of an answer to 要我接着说吗; a longer text says something else."""


@dataclass(frozen=True)
class Part:
    """What is said in one go."""

    text: str
    more: bool
    """Whether to ask afterwards if the caller wants the rest."""


def parts(texts: Sequence[str]) -> tuple[Part, ...]:
    """The replies of one answer, as written, in parts of about twelve seconds.

    Sentences stay whole. A small rest is told at once, since asking would take as long.
    """
    words = pace_words()
    told: list[str] = []
    lengths: list[int] = []
    for sentence in _sentences(texts):
        length = syllables(sentence)
        if told and lengths[-1] + length <= words.part:
            told[-1] += sentence
            lengths[-1] += length
        else:
            told.append(sentence)
            lengths.append(length)
    while len(told) > 1 and lengths[-1] < words.rest:
        last, length = told.pop(), lengths.pop()
        told[-1] += last
        lengths[-1] += length
    return tuple(Part(text, place + 1 < len(told)) for place, text in enumerate(told))


def wants_more(text: str) -> bool | None:
    """The answer to 要我接着说吗; None when the caller says something else instead."""
    words = pace_words()
    if _is_nothing_but(words.enough, text):
        return False
    return True if _is_nothing_but(words.go_on, text) else None


def syllables(text: str) -> int:
    """How many are spoken of a text as written: 1200元 has six."""
    return len(SPEECH.findall(spoken(text)))


def _is_nothing_but(phrases: tuple[str, ...], text: str) -> bool:
    either = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    plain = said(text)
    plain = plain.lstrip("嗯那") or plain[:1]
    if len(plain) > _LONGEST:
        return False
    one = rf"(?:{either})[{_PARTICLES}]*"
    return re.fullmatch(rf"(?:{one})+", plain) is not None


def _sentences(texts: Sequence[str]) -> list[str]:
    return [sentence for text in texts for sentence in sentences(text)]
