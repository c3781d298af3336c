"""Reads one row of a menu, a dish, from what somebody typed."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from care.canteens.sentences import sentence
from care.canteens.terms import diets
from care.elders.lists import own_lists
from care.providers.slot import MEALS

AHEAD = 60
"""Days for which menus may be known."""
_LONGEST_NAME = 32
_BETWEEN = re.compile(r"[、,，;；/\s]+")
_NOTHING = {"无", "没有"}
_PRICE = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)元?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")

Typed = dict[str, str]
"""What a row says, by the names of `FIELDS`."""

FIELDS = {
    "on": "日期",
    "meal": "哪一顿",
    "name": "菜名",
    "price": "价钱（元）",
    "diets": "适合",
    "allergens": "含过敏物",
}
"""Columns of a sheet, by name and head."""


@dataclass(frozen=True)
class ReadDish:
    """A row that can be kept."""

    on: date
    meal: str
    name: str
    price: int | None
    """In 分."""
    diets: frozenset[str]
    allergens: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One row, with what is wrong in it."""

    number: int
    """In Excel."""
    typed: Typed
    dish: ReadDish | None = None
    problems: dict[str, str] = field(default_factory=dict)
    """Sentences by column; empty where there is a dish."""


def read_rows(
    rows: Collection[tuple[int, Typed]], served: Collection[str], today: date
) -> list[Row]:
    """Each row by itself, and against those before it. `served`: the meals of the canteen."""
    seen: dict[tuple[date, str, str], int] = {}
    found = []
    for number, typed in rows:
        row = _read(number, typed, served, today)
        dish = row.dish
        first = seen.setdefault((dish.on, dish.meal, dish.name), number) if dish else number
        if first != number:
            row = Row(number, typed, None, {"name": sentence("row_twice", row=first)})
        found.append(row)
    return found


def _read(number: int, typed: Typed, served: Collection[str], today: date) -> Row:
    problems: dict[str, str] = {}
    on = _date(typed.get("on", ""))
    meal, name = typed.get("meal", "").strip(), " ".join(typed.get("name", "").split())
    if on is None:
        problems["on"] = sentence("row_date")
    elif on < today:
        problems["on"] = sentence("row_past")
    elif on > today + timedelta(days=AHEAD):
        problems["on"] = sentence("row_far", most=AHEAD)
    if meal not in served:
        known = meal in MEALS
        problems["meal"] = sentence("row_not_served", meal=meal) if known else sentence("row_meal")
    if not 0 < len(name) <= _LONGEST_NAME:
        problems["name"] = sentence("row_name")
    price = _price(typed.get("price", ""))
    if price is None and typed.get("price", "").strip():
        problems["price"] = sentence("row_price")
    words = diets()
    suits, strange = _split(typed.get("diets", ""), words.by_word)
    if strange:
        problems["diets"] = sentence("row_diet", word=strange, words="、".join(words.names))
    allergies = own_lists().allergies
    known_as = {word: each.code for each in allergies.entries for word in (each.code, *each.said)}
    inside, strange = _split(typed.get("allergens", ""), known_as)
    if strange:
        names = "、".join(allergies.codes)
        problems["allergens"] = sentence("row_allergen", word=strange, words=names)
    if problems or on is None:
        return Row(number, typed, None, problems)
    return Row(number, typed, ReadDish(on, meal, name, price, suits, inside))


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _price(text: str) -> int | None:
    found = _PRICE.fullmatch(text.strip())
    return int(Decimal(found[1]) * 100) if found else None


def _split(text: str, known: dict[str, str]) -> tuple[frozenset[str], str]:
    """What the words name, and the first that names nothing."""
    words = [word for word in _BETWEEN.split(text) if word and word not in _NOTHING]
    strange = next((word for word in words if word not in known), "")
    return frozenset(known[word] for word in words if word in known), strange[:16]
