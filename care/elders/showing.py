"""The fields of a record as people read them; what they read can be typed in again."""

from collections.abc import Callable

from care.elders.lists import own_lists
from care.elders.model import Elder

_SEXES = {"female": "女", "male": "男"}
_RESIDENCES = {"rural": "农村", "urban": "城镇"}


def attribute(name: str) -> Callable[[Elder], str]:
    """A text as it is."""
    return lambda elder: getattr(elder, name) or ""


def several(name: str) -> Callable[[Elder], str]:
    """独居、失能, in the order of the list."""

    def show(elder: Elder) -> str:
        terms = own_lists().of(name)
        return "、".join(terms.in_order(getattr(elder, name)) if terms else ())

    return show


def birth(elder: Elder) -> str:
    """The day, or the year alone."""
    if elder.birth_date is not None:
        return elder.birth_date.isoformat()
    return str(elder.birth_year or "")


def sex(elder: Elder) -> str:
    """女 or 男."""
    return _SEXES.get(elder.sex or "", "")


def residence(elder: Elder) -> str:
    """农村 or 城镇."""
    return _RESIDENCES.get(elder.residence or "", "")


def hukou(elder: Elder) -> str:
    """Whether it is here."""
    return {"local": "是", "nonlocal": "否"}.get(elder.hukou or "", "")


def pension(elder: Elder) -> str:
    """Whether they draw one."""
    return {True: "是", False: "否", None: ""}[elder.pension]
