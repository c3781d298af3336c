"""What sort of answer is waited for."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from care.data_files import DATA, DataFileError, load_models
from voice.turn.data_file import Strict


class Expectation(StrEnum):
    """The answer to the question that was asked last."""

    ANYTHING = "anything"
    YES_NO = "yes_no"
    DIGITS = "digits"
    """A telephone number."""
    REFERENCE = "reference"
    """The four digits of an order."""
    AMOUNT = "amount"
    """How many, or how old."""
    DATE = "date"
    TIME = "time"
    ADDRESS = "address"
    NAME = "name"
    CHOICE = "choice"
    """One of a few things, such as a meal."""
    LIST = "list"
    """Any number of a few things, such as what somebody doesn't eat."""

    @classmethod
    def of_slot(cls, slot: str | None, data: Path = DATA) -> "Expectation":
        """What the question after a slot gets; anything where nothing is asked, or nobody knows.

        Raises DataFileError.
        """
        return _load(data).get(slot, cls.ANYTHING) if slot else cls.ANYTHING


class _Entry(Strict):
    expects: Expectation
    slots: tuple[str, ...]


@lru_cache(maxsize=4)
def _load(data: Path) -> dict[str, Expectation]:
    path = data / "turn" / "expectations.yml"
    found: dict[str, Expectation] = {}
    for entry in load_models(path, _Entry):
        for slot in entry.slots:
            if slot in found:
                raise DataFileError(path, 1, f"the slot '{slot}' stands there twice")
            found[slot] = entry.expects
    return found


def known_slots(data: Path = DATA) -> frozenset[str]:
    """The slots that the file names; raises DataFileError."""
    return frozenset(_load(data))
