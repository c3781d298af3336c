"""Those who share a number, in words: whoever answers may be any of them."""

from collections.abc import Sequence

from care.elders.model import Elder

_LONGEST = 64
"""Characters: what an alarm and an order have for a name."""


def all_names(elders: Sequence[Elder]) -> str:
    """王桂兰、李建国."""
    return "、".join(each.name for each in elders)[:_LONGEST]


def shared_address(elders: Sequence[Elder]) -> str | None:
    """The address that all have who have one; None where they differ."""
    addresses = {each.address for each in elders if each.address}
    return addresses.pop() if len(addresses) == 1 else None
