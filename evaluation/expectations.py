"""Whether an answer means what a dialogue expects of it."""

import re
import unicodedata
from collections.abc import Iterator

from care.language.numerals import amount
from evaluation.chat import Answer
from evaluation.dialogue_file import Expect, Phrases
from evaluation.placeholders import Placeholders

_NUMERAL = "[一二三四五六七八九十]+"
_DAY = re.compile(rf"(\d+|{_NUMERAL})月(\d+|{_NUMERAL})[日号]")
_BLANK = re.compile(r"\s+")
_GROUPED_PHONE = re.compile(r"(\d{3})-(\d{4})-(\d{4})")
FORBIDDEN = ("必威", "None", "utter_", "Traceback", "null", "{", "}")
"""Never part of anything that a caller reads."""


def joined(answer: Answer) -> str:
    """All replies as one plain text."""
    return plain("\n".join(reply.text for reply in answer.replies))


def plain(text: str) -> str:
    """Without blanks, signs in their common width, dates as 11月23号, telephone numbers whole."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    return _GROUPED_PHONE.sub(r"\1\2\3", _DAY.sub(_written_day, text))


def _written_day(found: re.Match[str]) -> str:
    month, day = amount(found[1]), amount(found[2])
    return f"{month}月{day}号" if month and day else found[0]


def failures(
    expect: Expect, answer: Answer, blanks: Placeholders, phrases: Phrases, *, told_ref: bool
) -> list[str]:
    """What is wrong with `answer`, in words; empty when nothing is."""
    text = joined(answer)
    return [
        *_words(expect, text, blanks),
        *_meaning(expect, text, phrases),
        *_flags(expect, answer),
        *(["tells no order reference"] if expect.ref and not told_ref else []),
        *([f"'{word}' reached the caller" for word in FORBIDDEN if word in text]),
        *([] if answer.replies else ["says nothing"]),
    ]


def _words(expect: Expect, text: str, blanks: Placeholders) -> Iterator[str]:
    for choice in (expect.any_of, expect.and_any_of):
        wanted = [blanks.fill(word) for word in choice]
        if wanted and not any(word in text for word in wanted):
            yield f"says none of {wanted}"
    for word in map(blanks.fill, expect.all_of):
        if word not in text:
            yield f"doesn't say '{word}'"
    for word in map(blanks.fill, expect.none_of):
        if word in text:
            yield f"says '{word}'"
    if expect.regex and not re.search(blanks.fill(expect.regex), text):
        yield f"says nothing like '{expect.regex}'"


def _meaning(expect: Expect, text: str, phrases: Phrases) -> Iterator[str]:
    for name in expect.like:
        if not phrases.found(name, text):
            yield f"isn't {name}"
    if expect.like_any and not any(phrases.found(name, text) for name in expect.like_any):
        yield f"is none of {list(expect.like_any)}"
    for name in expect.unlike:
        if phrases.found(name, text):
            yield f"is {name}"


def _flags(expect: Expect, answer: Answer) -> Iterator[str]:
    for name, wanted, found in (
        ("emergency", expect.emergency, answer.flags.emergency),
        ("handover", expect.handover, answer.flags.handover),
        ("alarm_ref", expect.alarm, answer.alarm_ref is not None),
    ):
        if wanted is not None and wanted != found:
            yield f"{name} is {found}"
    if expect.sources and not any(reply.sources for reply in answer.replies):
        yield "names no source"
