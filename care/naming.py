"""Words for codes, as data files give them."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

Names = TypeVar("Names", bound=Mapping[Any, str])


def complete(names: Names, codes: Iterable[str]) -> Names:
    """The same names; raises ValueError where a code has none."""
    if missing := [code for code in codes if not names.get(code)]:
        raise ValueError(f"no word for {', '.join(missing)}")
    return names
