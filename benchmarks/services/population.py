"""A hundred thousand elders, as varied as the rules can tell apart."""

import random
from collections.abc import Iterator
from datetime import date

from sqlalchemy import insert

from care.data_files import DATA
from care.elders.lists import own_lists
from care.elders.model import ACTIVE, Elder
from care.regions.region import Regions
from care.storage.engine import Sessions

_AT_ONCE = 10_000
_SEED = 12349


def fill(sessions: Sessions, count: int) -> None:
    """Every fact at random, and unknown for a part: more kinds of people than a real city has."""
    rows = _rows(count)
    for start in range(0, count, _AT_ONCE):
        portion = [next(rows) for _each in range(min(_AT_ONCE, count - start))]
        with sessions.begin() as session:
            session.execute(insert(Elder).execution_options(render_nulls=True), portion)


def _rows(count: int) -> Iterator[dict[str, object]]:
    chance = random.Random(_SEED)  # noqa: S311 - the same people in every run
    lists = own_lists()
    places = [each for each in Regions.load(DATA / "regions.yml") if each.level != "province"]
    regions = [each.name for each in places]
    situations, categories = lists.situations.codes, lists.categories.codes
    for number in range(count):
        born = date(chance.randint(1924, 1966), chance.randint(1, 12), chance.randint(1, 28))
        yield {
            "name": "王秀英",
            "sound": "wang xiu ying",
            "phone": f"139{number:08}",
            "birth_date": born,
            "birth_year": born.year,
            "region": chance.choice(regions),
            "situations": frozenset(chance.sample(situations, chance.choice((0, 0, 1, 2)))),
            "categories": frozenset(chance.sample(categories, chance.choice((0, 0, 0, 1)))),
            "hukou": chance.choice((None, "local", "local", "nonlocal")),
            "residence": chance.choice((None, "rural", "urban")),
            "pension": chance.choice((None, True, False)),
            "ability": chance.choice((None, None, 0, 1, 2, 3, 4)),
            "allergies": frozenset(),
            "state": ACTIVE,
        }
