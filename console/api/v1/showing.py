"""Rows as they are shown to a key: names and numbers masked without the scope for them."""

from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.desk.number import masked
from care.elders.model import Elder
from care.orders.model import Order
from console.api.v1.shapes import OrderItem, Person


def shown_person(row: Elder, caller: Caller) -> Person:
    """One record."""
    person = Person.model_validate(row)
    person.situations.sort()
    person.categories.sort()
    if Scope.NAMES not in caller.scopes:
        person.name, person.phone = _surname(row.name), masked(row.phone)
    return person


def shown_order(row: Order, caller: Caller) -> OrderItem:
    """One order."""
    order = OrderItem.model_validate(row)
    if Scope.NAMES not in caller.scopes:
        order.person = _surname(row.person)
    return order


def _surname(name: str) -> str:
    """王**: enough to talk about somebody whose id both sides know."""
    return name[:1] + "**"
