"""What a provider's people may see of an order, and the steps that they take with it.

Before an order is accepted nobody sees whose it is or where exactly; afterwards only the office
and the worker who goes, and until it is done.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.clock import Clock
from care.elders import code as service_codes
from care.operators import refused as desk
from care.operators import throttle
from care.operators.throttle import Limit
from care.orders import life
from care.orders.life import Act
from care.orders.model import Order
from care.orders.state import ACCEPTED, UNDER_WAY
from care.orders.steps import BY_CODE, locked
from care.providers import workers
from care.providers.refused import RefusedError
from care.providers.signed_in import ProviderPerson
from care.storage.engine import Sessions

HOW = "provider"
"""By which way a step came, in the order's course."""
TRIES = Limit(4, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1))
"""Of codes for one order: its own reference has four digits."""
MOST_TEXT = 300


def one(session: Session, who: ProviderPerson, order_id: int) -> Order:
    """An order that they may see. Raises RefusedError: another provider's isn't there at all."""
    order = session.get(Order, order_id)
    if order is None or order.provider_id != who.provider_id:
        raise RefusedError("not_found")
    if not who.office and order.worker_id != who.worker_id:
        raise RefusedError("not_found")
    return order


def shows_person(order: Order) -> bool:
    """Whether name, number and address are the provider's business now."""
    return order.state in (ACCEPTED, UNDER_WAY)


def accept(
    session: Session,
    who: ProviderPerson,
    order_id: int,
    worker_id: int | None,
    *,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Takes an offer, with who goes if that is known already. Raises RefusedError and what
    care.orders.life raises."""
    _office(who)
    if worker_id is not None:
        _check_worker(session, who, one(session, who, order_id), worker_id, catalogue)
    act = Act(who.name, now, HOW)
    life.accept(session, order_id, act, provider_id=who.provider_id, worker_id=worker_id)


def refuse(
    session: Session, who: ProviderPerson, order_id: int, reason: str, *, now: datetime
) -> None:
    """Doesn't take it, or can't after all. Raises as `accept`."""
    _office(who)
    if not (why := reason.strip()[:MOST_TEXT]):
        raise RefusedError("reason_missing")
    life.refuse(session, order_id, Act(who.name, now, HOW, why), provider_id=who.provider_id)


def assign(
    session: Session,
    who: ProviderPerson,
    order_id: int,
    worker_id: int,
    *,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Says who goes. Raises as `accept`."""
    _office(who)
    _check_worker(session, who, one(session, who, order_id), worker_id, catalogue)
    act = Act(who.name, now, HOW)
    life.assign(session, order_id, act, provider_id=who.provider_id, worker_id=worker_id)


def start(sessions: Sessions, who: ProviderPerson, order_id: int, typed: str, clock: Clock) -> None:
    """Begins, with the elder's service code scanned or typed, or with the number that the elder
    was told when they ordered. Raises as `accept`."""
    now = clock()
    key = _count_try(sessions, order_id, now)
    with sessions.begin() as session:
        order = locked(session, order_id)
        one(session, who, order_id)
        check_day(order, now)
        if not _is_code(session, order, typed):
            raise RefusedError("code_wrong")
        throttle.forget(session, key)
        life.start(session, order_id, Act(who.name, now, BY_CODE), provider_id=who.provider_id)


def is_shown(
    sessions: Sessions, who: ProviderPerson, order_id: int, typed: str, clock: Clock
) -> bool:
    """Whether the elder's service code was scanned or typed at the end; False where nothing was.

    The order's number isn't enough: the worker knows it since the beginning. Raises RefusedError
    for a wrong code.
    """
    if not typed.strip():
        return False
    key = _count_try(sessions, order_id, clock())
    with sessions.begin() as session:
        if not _is_elders(session, one(session, who, order_id), typed):
            raise RefusedError("end_code_wrong")
        throttle.forget(session, key)
    return True


def finish(
    session: Session,
    who: ProviderPerson,
    order_id: int,
    note: str,
    *,
    shown: bool,
    now: datetime,
) -> Order:
    """Ends it, with what there is to say about it; `shown`: with the elder's code (`is_shown`).
    Raises as `accept`."""
    one(session, who, order_id)
    act = Act(who.name, now, BY_CODE if shown else HOW, note.strip()[:MOST_TEXT])
    return life.finish(session, order_id, act, provider_id=who.provider_id)


def nobody_there(
    session: Session, who: ProviderPerson, order_id: int, note: str, *, now: datetime
) -> Order:
    """The elder didn't open: the desk is to look, for something may have happened."""
    check_day(one(session, who, order_id), now)
    said = f"老人不在：{note.strip()}"[:MOST_TEXT]
    return life.no_show(session, order_id, Act(who.name, now, HOW, said))


def check_day(order: Order, now: datetime) -> None:
    """Raises RefusedError for one of a later day."""
    if order.on > now.date():
        raise RefusedError("too_early", day=f"{order.on.month}月{order.on.day}日")


def _office(who: ProviderPerson) -> None:
    if not who.office:
        raise RefusedError("office_only")


def _check_worker(
    session: Session, who: ProviderPerson, order: Order, worker_id: int, catalogue: Catalogue
) -> None:
    service = catalogue.find(order.service)
    needs = service.needs if service else ()
    found = workers.fits(session, who.provider_id, needs, order.on)
    fit = next((each for each in found if each.worker.id == worker_id), None)
    if fit is None:
        raise RefusedError("worker_missing")
    if fit.lacks:
        raise RefusedError("worker_unfit", name=fit.worker.name, needs="、".join(fit.lacks))


def _count_try(sessions: Sessions, order_id: int, now: datetime) -> str:
    key = throttle.name_key(f"code of order {order_id}")
    try:
        throttle.count_try(sessions, ((key, TRIES),), now)
    except desk.RefusedError as error:
        raise RefusedError("code_locked", **error.details) from error
    return key


def _is_code(session: Session, order: Order, typed: str) -> bool:
    return typed.strip() == order.ref or _is_elders(session, order, typed)


def _is_elders(session: Session, order: Order, typed: str) -> bool:
    elder = service_codes.by_code(session, typed)
    return elder is not None and elder.id == order.elder_id
