"""A million elders with names as common as in life, written as fast as PostgreSQL takes them."""

import random
from collections.abc import Iterator
from functools import cache

from sqlalchemy import Engine, text

from care.data_files import DATA, read_yaml
from care.elders.lists import own_lists
from care.elders.number import home_part
from care.elders.sounding import sound_key
from care.storage.seal import Seal, seal_of

_SEED = 12349
_COLUMNS = (
    "name, sound, phone, phone_home, birth_year, region, address, situations, categories, "
    "allergies, state"
)


def phone_of(number: int) -> str:
    """Every fifth has a landline alone."""
    return f"0483{5_000_000 + number // 5}" if number % 5 == 0 else f"139{number:08}"


def fill(engine: Engine, count: int) -> None:
    """Through COPY, sealed as the application seals; then what autovacuum would do in time."""
    seal = seal_of(engine)
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 - a connection that is open
        with driver.cursor().copy(f"COPY elders ({_COLUMNS}) FROM STDIN") as copy:
            for row in _rows(seal, count):
                copy.write_row(row)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE elders"))


def names(count: int) -> Iterator[str]:
    """Common surnames and given names come often: the first of a list a hundred times the last."""
    chance = random.Random(_SEED)  # noqa: S311 - the same people in every run
    lists = read_yaml(DATA / "lexicon" / "names.yml")
    surnames = [each for each in lists["surnames"] if len(each) == 1]
    given = sorted(set("".join(lists["given"])))
    chance.shuffle(given)
    surname_weights = [1 / (rank + 10) for rank in range(len(surnames))]
    given_weights = [1 / (rank + 20) for rank in range(len(given))]
    for _each in range(count):
        first = chance.choices(surnames, surname_weights)[0]
        yield first + "".join(chance.choices(given, given_weights, k=chance.choice((1, 2, 2, 2))))


def _rows(seal: Seal, count: int) -> Iterator[tuple[object, ...]]:
    key = cache(sound_key)
    regions = [each.name for each in own_lists().regions if each.level != "province"]
    chance = random.Random(_SEED)  # noqa: S311
    for number, name in enumerate(names(count)):
        phone = phone_of(number)
        home = home_part(phone)
        yield (
            name,
            key(name),
            seal.seal(phone, "elders.phone", findable=True),
            home and seal.seal(home, "elders.phone_home", findable=True),
            chance.randint(1924, 1966),
            chance.choice(regions),
            seal.seal(f"幸福小区{number}号", "elders.address", findable=False),
            chance.choice(("", "、独居、", "、失能、独居、", "、空巢、")),
            "",
            "",
            "active",
        )
