"""The shapes of sentences, from `data/turn/sentences.yml`."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from care.data_files import DATA, load_model
from care.language.lexicon import EXACT, SAID, load_words
from voice.turn.data_file import Patterns, Strict

_CHOICES = frozenset(
    ("meal", "diet", "service", "residence", "hukou", "pension", "ability", "category", "region")
)
"""Kinds of words that a question after one of a few things is answered with."""

_PARTICLES = "[啊呀吧呢嘛哈呗了噢哦喔嘞哩呐哪诶欸喽的哇啦]*"
_AFTER = "(?:谢谢你?|就行|就好|就可以|就成|这个|那个|那种)?"
_NOT_SAID = re.compile(r"[\W_]")


class _File(Strict):
    hesitations: Patterns
    murmurs: Patterns
    half: Patterns
    inside: Patterns
    whole_address: Patterns
    yes_no: Patterns
    closed: Patterns
    question: Patterns
    request: Patterns
    urgent: Patterns
    closing: Patterns
    moment: Patterns
    no_moment: Patterns


@dataclass(frozen=True)
class Sentences:
    """What a text is looked at with; each pattern matches where its name says."""

    before: re.Pattern[str]
    """Hesitations at the beginning."""
    murmurs: frozenset[str]
    """Signs of which a murmur is made."""
    half: re.Pattern[str]
    """The end of a half sentence."""
    inside: re.Pattern[str]
    """The end of something that goes on with an address, a name or a number."""
    whole_address: re.Pattern[str]
    """The end of an address."""
    yes_no: re.Pattern[str]
    """A whole answer."""
    closed: re.Pattern[str]
    """A whole text."""
    question: re.Pattern[str]
    """Anywhere."""
    request: re.Pattern[str]
    """Anywhere."""
    urgent: re.Pattern[str]
    """Anywhere."""
    closing: re.Pattern[str]
    """The end of a sentence."""
    moment: re.Pattern[str]
    """Anywhere."""
    no_moment: re.Pattern[str]
    """Anywhere."""
    choice: re.Pattern[str]
    """The end of an answer that names one of a few things."""

    def plain(self, text: str) -> str:
        """`text` without punctuation, blanks and the hesitations before it."""
        return self.before.sub("", said(text))


def said(text: str) -> str:
    """`text` without punctuation and blanks."""
    return _NOT_SAID.sub("", text)


@lru_cache(maxsize=4)
def sentences(data: Path = DATA) -> Sentences:
    """Reads the data folder once; raises DataFileError and PlainFileError."""
    file = load_model(data / "turn" / "sentences.yml", _File)
    choices = {
        word.text
        for word in load_words(data)
        if word.kind in _CHOICES and word.mode in (SAID, EXACT)
    }
    named = "|".join(map(re.escape, sorted(choices, key=len, reverse=True)))
    return Sentences(
        before=re.compile(rf"^(?:{'|'.join(file.hesitations)})+(?=.)"),
        murmurs=frozenset("".join(file.murmurs)),
        half=_at_end(file.half),
        inside=_at_end(file.inside),
        whole_address=re.compile(rf"(?:{'|'.join(file.whole_address)}){_PARTICLES}$"),
        yes_no=_several(file.yes_no),
        closed=_whole(file.closed),
        question=_anywhere(file.question),
        request=re.compile(rf"(?:{'|'.join(_open(each) for each in file.request)}){_PARTICLES}$"),
        urgent=_anywhere(file.urgent),
        closing=_at_end(file.closing),
        moment=_anywhere(file.moment),
        no_moment=_anywhere(file.no_moment),
        choice=re.compile(rf"(?:{named}){_AFTER}{_PARTICLES}$"),
    )


def _whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(f'(?:{each})' for each in patterns)}){_PARTICLES}")


def _several(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Also two of them in a breath: 对,就这样. Callers look at short texts only."""
    one = "|".join(f"(?:{each})" for each in patterns)
    return re.compile(rf"(?:(?:{one}){_PARTICLES}){{1,3}}")


def _at_end(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})$")


def _anywhere(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _open(pattern: str) -> str:
    return f"(?:{pattern.removesuffix('$')})"
