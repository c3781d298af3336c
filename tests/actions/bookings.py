"""What callers say when they book."""

from care.orders.model import Order
from tests.actions.driver import Talk

MEAL = "给我订后天中午两份软食,送到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"
SERVICE = "后天上午九点来理发,到东关小区三号楼二单元501,我叫王桂兰,电话13800000001"


def placed_meal(talk: Talk, wish: str = MEAL) -> Order:
    """The meal, ordered and confirmed."""
    return _placed(talk, wish, "order_meal")


def placed_service(talk: Talk, wish: str = SERVICE) -> Order:
    """The service, booked and confirmed."""
    return _placed(talk, wish, "book_service")


def _placed(talk: Talk, wish: str, intent: str) -> Order:
    before = {order.id for order in talk.open_orders()}
    assert talk.say(wish, intent).read_back
    talk.say("对", "affirm")
    [order] = [order for order in talk.open_orders() if order.id not in before]
    return order
