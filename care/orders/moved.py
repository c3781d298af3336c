"""Where an order goes whose address was changed."""

from dataclasses import replace

from care.canteens.way import DELIVERY
from care.elders.lists import own_lists
from care.orders.model import Order
from care.orders.wish import Wish


def moved(wish: Wish, order: Order) -> Wish:
    """`wish`, to which `order` is changed, with its region read anew from another address.

    An address that names none, or tells the old one more or less exactly, leaves it as it was.
    """
    goes_on = wish.place == order.place or wish.region != order.region or wish.way != DELIVERY
    regions = own_lists().regions
    named = None if goes_on else regions.named_in(wish.place)
    if named is None:
        return wish
    if order.region in regions.path(named.name) or named.name in regions.path(order.region or ""):
        return wish
    return replace(wish, region=named.name)
