"""Who may share a number: on a landline those of one household, on a mobile telephone nobody."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.model import Elder
from care.elders.number import is_mobile
from care.elders.reading import Values
from care.elders.service import kept
from care.elders.sounding import sound_key

MOST = 4
"""Records of a landline; more are no household but a house, which has a switchboard."""
_TELL_APART = ("birth_date", "birth_year", "identity")


class TakenError(RuntimeError):
    """Another record has this number: `field` is phone or identity, `elder_id` whose it is."""

    def __init__(self, field: str, elder_id: int) -> None:
        super().__init__(f"{field} is in record {elder_id}")
        self.field, self.elder_id = field, elder_id


def place(session: Session, values: Values, own: Elder | None) -> int:
    """The `phone_nth` of a record that says `values`, or of `own` once it says so. Raises
    TakenError."""
    phone = values["phone"]
    if own is not None and own.phone == phone:
        return own.phone_nth
    query = select(Elder).where(Elder.phone == phone, Elder.id != (own.id if own else 0))
    others = list(session.scalars(query.order_by(Elder.phone_nth)))
    told = {**(said_of(own) if own else {}), **values}
    taken = in_the_way(told, [kept(session, each) for each in others])
    if taken is not None:
        raise TakenError("phone", taken.id)
    return max((each.phone_nth for each in others), default=0) + 1


def in_the_way(values: Values, others: Sequence[Elder]) -> Elder | None:
    """Of those who have the number of `values` already: who must have it alone, or may be the same
    person."""
    if others and (is_mobile(values["phone"]) or len(others) >= MOST):
        return others[0]
    return next((each for each in others if same_person(values, said_of(each))), None)


def same_person(one: Values, other: Values) -> bool:
    """Whether two who have one number may be the same: the names sound alike, and neither birth nor
    identity number differ."""
    if sound_key(one.get("name") or "") != sound_key(other.get("name") or ""):
        return False
    told = ((one.get(name), other.get(name)) for name in _TELL_APART)
    return all(mine == theirs for mine, theirs in told if mine and theirs)


def said_of(elder: Elder) -> Values:
    """What of a record tells one person from another."""
    return {name: getattr(elder, name) for name in ("name", *_TELL_APART)}
