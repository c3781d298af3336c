"""The people whom a provider sends: who they are, and what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.elders.number import national
from care.operators.name import display_name
from care.providers.history import note
from care.providers.model import Worker, WorkerCertificate
from care.providers.refused import RefusedError


@dataclass(frozen=True)
class Fit:
    """A worker, and what they lack for a service on some day."""

    worker: Worker
    lacks: tuple[str, ...]
    """Certificates that they don't have, or that have run out by then."""


def add(
    session: Session, provider_id: int, name: str, phone: str, *, by: str, now: datetime
) -> Worker:
    """A new worker. Raises RefusedError of this package or, for a name, of care.operators."""
    number = national(phone)
    if number is None:
        raise RefusedError("phone_bad")
    worker = Worker(provider_id=provider_id, name=display_name(name), phone=number)
    session.add(worker)
    session.flush()
    note(session, provider_id, "worker", by=by, now=now, text=worker.name)
    return worker


def certify(
    session: Session,
    worker: Worker,
    kind: str,
    expires: date | None,
    *,
    known: Iterable[str],
    by: str,
    now: datetime,
) -> None:
    """Keeps what the worker showed; a second one of the kind replaces the first.

    `known`: the names of `data/catalogue/needs.yml`. Raises RefusedError for another.
    """
    if kind not in known:
        raise RefusedError("need_unknown", name=kind)
    session.merge(WorkerCertificate(worker_id=worker.id, kind=kind, expires=expires))
    text = f"{worker.name} {kind}{f' 到 {expires}' if expires else ''}"
    note(session, worker.provider_id, "certificate", by=by, now=now, text=text)


def set_active(session: Session, worker: Worker, active: bool, *, by: str, now: datetime) -> None:
    """They no longer work there, or do again."""
    if worker.active != active:
        worker.active = active
        text = f"{worker.name} {'在岗' if active else '离开'}"
        note(session, worker.provider_id, "worker", by=by, now=now, text=text)


def of(session: Session, provider_id: int, *, active: bool = False) -> list[Worker]:
    """A provider's workers by name; `active`: only who works there now."""
    query = select(Worker).where(Worker.provider_id == provider_id)
    if active:
        query = query.where(Worker.active)
    return list(session.scalars(query.order_by(Worker.active.desc(), Worker.name)))


def certificates(session: Session, workers: Iterable[Worker]) -> dict[int, list[WorkerCertificate]]:
    """What each worker can show, by their number."""
    found: dict[int, list[WorkerCertificate]] = {worker.id: [] for worker in workers}
    query = select(WorkerCertificate).where(WorkerCertificate.worker_id.in_(found))
    for row in session.scalars(query.order_by(WorkerCertificate.kind)):
        found[row.worker_id].append(row)
    return found


def fits(session: Session, provider_id: int, needs: Iterable[str], on: date) -> list[Fit]:
    """Everybody who works there now, those who may do it on that day first."""
    workers = of(session, provider_id, active=True)
    shown = certificates(session, workers)
    found = [
        Fit(
            worker,
            tuple(
                need for need in needs if not any(_counts(c, need, on) for c in shown[worker.id])
            ),
        )
        for worker in workers
    ]
    return sorted(found, key=lambda fit: len(fit.lacks))


def _counts(certificate: WorkerCertificate, need: str, on: date) -> bool:
    return certificate.kind == need and (certificate.expires is None or certificate.expires >= on)
