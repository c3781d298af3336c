"""A small town for orders: providers with contracts and places, an elder, and time that is told."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from care.clock import SHANGHAI
from care.elders.model import Elder
from care.orders import service as orders
from care.orders.model import Order
from care.orders.steps import Act
from care.orders.wish import Wish
from care.providers.model import (
    Provider,
    ProviderArea,
    ProviderCapacity,
    ProviderContract,
    ProviderService,
)
from care.providers.slot import Slot
from care.storage.engine import Sessions
from tests.conftest import NOW

REGION = "阿拉善左旗"
TODAY = NOW.date()
MONDAY = TODAY + timedelta(days=2)
"""The day after tomorrow: NOW is a Saturday."""
HAIRCUT = Wish(
    "理发", MONDAY, "东关小区3号楼", "王桂兰", "13800000001", at=time(9, 0), region=REGION
)
LUNCH = Wish("午餐", MONDAY, "东关小区3号楼", "王桂兰", "13800000001", count=2, region=REGION)


@dataclass
class Time:
    """A clock that goes only where a test puts it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        """Lets so much time go by."""
        self.now += timedelta(**span)


def provider(session: Session, name: str, *services: str, places: int = 5) -> int:
    """One under contract, with so many places in each slot for all its services together."""
    row = Provider(name=name, phone="04831234567", created_at=NOW)
    session.add(row)
    session.flush()
    session.add(ProviderArea(provider_id=row.id, region=REGION))
    session.add(
        ProviderContract(
            provider_id=row.id, number="1", begins=date(2026, 1, 1), ends=date(2027, 12, 31)
        )
    )
    session.add_all(ProviderService(provider_id=row.id, service=each) for each in services)
    session.add_all(
        ProviderCapacity(provider_id=row.id, service="", weekday=day, slot=slot.value, count=places)
        for day in range(7)
        for slot in Slot
    )
    session.flush()
    return row.id


def elder(
    session: Session,
    *,
    region: str = REGION,
    born: date = date(1940, 1, 1),
    phone: str = "13800000001",
) -> int:
    """王桂兰, 86."""
    row = Elder(name="王桂兰", phone=phone, region=region, birth_date=born)
    session.add(row)
    session.flush()
    return row.id


def place(session: Session, wish: Wish = HAIRCUT, now: datetime = NOW) -> Order:
    """An order without a conversation."""
    return orders.place(session, wish, conversation_id=None, now=now)


def act(now: datetime = NOW, by: str = "康乐") -> Act:
    """Somebody does something now."""
    return Act(by, now, "test")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment in this town."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def stored(sessions: Sessions, order_id: int) -> Order:
    """The order as the database has it."""
    with sessions() as session:
        return session.get_one(Order, order_id)
