"""Who does what was ordered, by their names."""

from sqlalchemy.orm import Session

from care.orders.model import Order
from care.providers.model import Provider, Worker


def names(session: Session, order: Order) -> tuple[str | None, str | None]:
    """The provider's and the worker's; None for what isn't settled."""
    provider = session.get(Provider, order.provider_id) if order.provider_id else None
    worker = session.get(Worker, order.worker_id) if order.worker_id else None
    return (provider.name if provider else None, worker.name if worker else None)
