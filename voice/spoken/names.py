"""Surnames that are read otherwise than the everyday word: 单女士 is Shàn, 单位 stays dān."""

import re
from collections.abc import Iterator
from functools import lru_cache

from care.data_files import DATA, read_yaml
from voice.spoken.pronunciation import pronunciation
from voice.spoken.syllable import Word
from voice.spoken.words import is_word

_TITLE = (
    r"(?:先生|女士|大爷|大妈|大娘|大叔|大婶|大姐|大哥|奶奶|爷爷|阿姨|叔叔|伯伯|老师|师傅|同志|小姐|"
    r"老人家|老太太|老先生|院长|主任|经理|站长)"
)
_DOCTOR = r"(?:医生|大夫|护士)"
_GIVEN = r"[\u4e00-\u9fff]"


def surnames(clause: str) -> Iterator[tuple[int, Word]]:
    """Position and syllables of every surname of `clause` that is read in its own way."""
    known = pronunciation().surnames
    found: set[int] = set()
    for pattern in _patterns():
        for match in pattern.finditer(clause):
            if match.start(1) not in found:
                found.add(match.start(1))
                yield match.start(1), known[match[1]].syllables
    name = clause[:2] if clause[:2] in known else clause[:1]
    if name in known and not known[name].verb and 0 not in found and _is_name(clause, name):
        yield 0, known[name].syllables


def _is_name(clause: str, surname: str) -> bool:
    """A clause of nothing but a name (单桂芳), as when an order is read back."""
    given = clause[len(surname) :]
    if len(given) not in (1, 2) or any(sign not in _given_signs() for sign in given):
        return False
    return not is_word(clause) and not is_word(clause[:2])


@lru_cache(maxsize=1)
def _given_signs() -> frozenset[str]:
    """What given names are made of, from the lexicon that hears names."""
    return frozenset("".join(read_yaml(DATA / "lexicon" / "names.yml")["given"]))


@lru_cache(maxsize=1)
def _patterns() -> tuple["re.Pattern[str]", ...]:
    known = pronunciation().surnames
    every = "|".join(sorted(known, key=len, reverse=True))
    nouns = "|".join(name for name, entry in known.items() if not entry.verb)
    start = r"(?:^|(?<=[是给和请找向跟叫姓由帮到让问对]))"
    return (
        re.compile(rf"(?:我叫|名叫|叫做|姓名是?|贵姓|免贵姓|姓|联系人是?|老人叫|本人)({every})"),
        re.compile(rf"{start}({every})(?={_GIVEN}{{0,2}}{_TITLE})"),
        re.compile(rf"{start}({nouns})(?={_GIVEN}{{0,2}}{_DOCTOR})"),
        re.compile(rf"(?:^|(?<=[是叫]))[小老]({nouns})(?=$|{_TITLE})"),
    )
