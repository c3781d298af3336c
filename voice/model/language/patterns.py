"""Sentences that the data has too few of: numbers, telephones, dates, money, addresses, names.

Made from `data/speech/zh-compact/lm/patterns.yml` with a seed, so that each run makes the same.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from care.data_files import DataFileError, load_models, read_yaml
from care.language.numerals import in_words

_HOLE = re.compile(r"\{([a-z_]+)\}")
_DIGITS = "零幺二三四五六七八九"
_TWO_OF = re.compile(
    "(?<![零幺一二三四五六七八九十百千第周期拜])二(?=[份个次回顿样张件瓶斤盒层口位点块毛])"
)
_TWO_HUNDRED = re.compile("二(?=[百千万])")
"""Both 二百 and 两百 are said; of things there are always 两."""

Maker = Callable[[random.Random], str]
"""Says a number of one kind."""


class Pattern(BaseModel):
    """One kind of sentence: `share` of all, made by filling the holes of one of `say`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    share: float = Field(gt=0)
    say: tuple[str, ...] = Field(min_length=1)


class Patterns:
    """All patterns with the lists that fill their holes."""

    def __init__(self, path: Path, *, places: tuple[str, ...], names: "Names") -> None:
        self._kinds = load_models(path, Pattern, "patterns")
        lists = read_yaml(path).get("lists", {})
        self._lists = {name: tuple(str(word) for word in words) for name, words in lists.items()}
        self._lists["place"] = places
        self._names = names
        known = set(self._lists) | set(_MAKERS) | {"name", "given", "surname"}
        used = [text for kind in self._kinds for text in kind.say]
        used += [word for words in self._lists.values() for word in words]
        for text in used:
            for hole in _HOLE.findall(text):
                if hole not in known:
                    raise DataFileError(path, 1, f"'{{{hole}}}' is neither a list nor a number")

    def make(self, count: int, seed: int = 12349) -> list[str]:
        """`count` sentences; the same for the same seed."""
        chance = random.Random(seed)  # noqa: S311 - sentences to learn from, no secret
        kinds = chance.choices(self._kinds, [kind.share for kind in self._kinds], k=count)
        return [self._fill(chance.choice(kind.say), chance) for kind in kinds]

    def _fill(self, text: str, chance: random.Random) -> str:
        while match := _HOLE.search(text):
            text = text[: match.start()] + self._hole(match[1], chance) + text[match.end() :]
        text = _TWO_OF.sub("两", text)
        return _TWO_HUNDRED.sub("两", text) if chance.random() < 0.5 else text

    def _hole(self, name: str, chance: random.Random) -> str:
        if name in _MAKERS:
            return _MAKERS[name](chance)
        if name in ("name", "given", "surname"):
            return self._names.make(name, chance)
        return chance.choice(self._lists[name])


class Names:
    """People's names: a surname and one or two characters, so that any name gets a share."""

    def __init__(self, path: Path) -> None:
        content = read_yaml(path)
        self._common: list[str] = content["surnames"]
        self._rare: list[str] = content["rare_surnames"]
        self._given = "".join(content["given"])
        self._mongolian: list[str] = content["mongolian"]

    def make(self, part: str, chance: random.Random) -> str:
        """A whole `name`, a `surname` or a `given` name."""
        if part == "name" and chance.random() < 0.08:
            return chance.choice(self._mongolian)
        # The list is roughly by frequency: the first surnames are those of most people.
        place = int(len(self._common) * chance.random() ** 1.7)
        surname = chance.choice(self._rare) if chance.random() < 0.06 else self._common[place]
        given = "".join(
            chance.choice(self._given) for _ in range(1 if chance.random() < 0.2 else 2)
        )
        return {"name": surname + given, "surname": surname, "given": given}[part]


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(_DIGITS) for _ in range(count))


def _in(low: int, high: int, step: int = 1) -> Maker:
    return lambda chance: in_words(chance.randrange(low, high + 1, step))


def _small(chance: random.Random) -> str:
    """Mostly small: house numbers, amounts."""
    return in_words(int(1 + 300 * chance.random() ** 3))


_MAKERS: dict[str, Maker] = {
    "mobile": lambda chance: "幺" + chance.choice("三四五六七八九") + _digits(chance, 9),
    "landline": lambda chance: (
        "零" + _digits(chance, chance.choice((2, 3))) + _digits(chance, chance.choice((7, 8)))
    ),
    "digits": lambda chance: _digits(chance, chance.choice((3, 4, 4, 6, 8, 18))),
    "year": lambda chance: (
        "一九" + "".join(chance.choice("零一二三四五六七八九") for _ in range(2))
    ),
    "door": lambda chance: (
        chance.choice("一二三四五六七八九") + "零" + chance.choice("一二三四五六")
    ),
    "age": _in(58, 103),
    "hour": _in(1, 12),
    "minute": _in(5, 55, 5),
    "day": _in(1, 31),
    "month": _in(1, 12),
    "tens": _in(10, 990, 10),
    "hundreds": _in(100, 9900, 50),
    "amount": _in(1, 9999),
    "pressure": _in(90, 200, 5),
    "few": _in(1, 20),
    "number": _small,
}
