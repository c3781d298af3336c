"""What waits for webhooks: taken by one sender, tried for a day, each subject in its order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from care.webhooks.model import FAILED, SENT, WAITING, Webhook, WebhookDelivery
from care.webhooks.secret import in_use

HELD = timedelta(minutes=3)
"""How long a sender may be silent until it is taken for dead: longer than any attempt."""
GIVE_UP = timedelta(days=1)
"""From the first attempt."""
_FIRST_PAUSE, _LONGEST_PAUSE = 5, 3600
"""Seconds."""
_PORTION = 1000
"""Deliveries that are forgotten in one transaction."""


@dataclass(frozen=True)
class Parcel:
    """One message, and what is needed to send it."""

    number: int
    """Of its delivery."""
    attempt: int
    url: str
    secrets: tuple[str, ...]
    """The newest first; each signs."""
    message: str
    body: str


class DeliveryError(LookupError):
    """There is no such delivery, or it can't be sent again; the text names a sentence."""


def is_due(session: Session, now: datetime) -> bool:
    """Whether `take` would find something. Only reads."""
    return session.scalar(_next(now)) is not None


def take(session: Session, owner: str, now: datetime) -> Parcel | None:
    """The next message that is due and that nobody sends. A webhook gets one at a time, and of one
    subject none before those that happened earlier.
    """
    number = session.scalar(_next(now).with_for_update(skip_locked=True, key_share=True))
    if number is None:
        return None
    row = session.get_one(WebhookDelivery, number)
    if row.held_until is not None and row.held_until > now:  # between the look and the lock
        return None
    webhook = session.get_one(Webhook, row.webhook_id)
    row.owner, row.held_until, row.attempts = owner, now + HELD, row.attempts + 1
    row.began_at = row.began_at or now
    return Parcel(row.id, row.attempts, webhook.url, in_use(webhook, now), row.message, row.body)


def sent(session: Session, parcel: Parcel, owner: str, answer: str, now: datetime) -> None:
    """It was taken."""
    found = _mine(session, parcel, owner)
    if found is not None:
        row, webhook = found
        _end(row, SENT, answer, now)
        webhook.took_at, webhook.rests_until = now, None


def missed(
    session: Session,
    parcel: Parcel,
    owner: str,
    answer: str,
    now: datetime,
    *,
    wait: timedelta,
    rests: bool,
) -> None:
    """It was not: again after `wait`, until a day is over. A webhook that took nothing at all
    meanwhile is turned off. `rests`: nothing else is tried before then.
    """
    found = _mine(session, parcel, owner)
    if found is None:
        return
    row, webhook = found
    began = row.began_at or now
    if now - began >= GIVE_UP:
        _end(row, FAILED, answer, now)
        if webhook.took_at is None or webhook.took_at < began:
            turn_off(webhook, "silent", by="job", now=now)
        return
    row.owner = row.held_until = None
    row.answer, row.due_at = answer, now + wait
    if rests:
        webhook.rests_until = row.due_at


def gone(session: Session, parcel: Parcel, owner: str, answer: str, now: datetime) -> None:
    """The receiver says that it is there no more (410): nothing is sent to it from now on."""
    found = _mine(session, parcel, owner)
    if found is not None:
        row, webhook = found
        _end(row, FAILED, answer, now)
        turn_off(webhook, "gone", by="job", now=now)


def pause(attempt: int, chance: float) -> timedelta:
    """After an attempt, from 1, that failed: 5 s, 10 s, … up to an hour, a fifth more or less, so
    that not all come back at once. `chance`: from 0 to 1.
    """
    seconds = min(_FIRST_PAUSE * 2 ** min(attempt - 1, 20), _LONGEST_PAUSE)
    return timedelta(seconds=seconds * (0.8 + 0.4 * chance))


def resend(session: Session, number: int, now: datetime, *, of: int | None = None) -> None:
    """Once more, as if it had never been tried. `of`: the webhook that it has to belong to.
    Raises DeliveryError."""
    row = session.get(WebhookDelivery, number, with_for_update=True)
    if row is None or of not in (None, row.webhook_id):
        raise DeliveryError("no_delivery")
    if session.get_one(Webhook, row.webhook_id).off_at is not None:
        raise DeliveryError("is_off")
    if row.state == WAITING and row.held_until is not None and row.held_until > now:
        return
    for name, value in _anew(now).items():
        setattr(row, name, value)


def turn_off(webhook: Webhook, why: str, *, by: str, now: datetime) -> None:
    """Nothing is put down for it and nothing sent; what waits goes on waiting."""
    if webhook.off_at is None:
        webhook.off_at, webhook.off_by, webhook.off_why = now, by[:64], why


def turn_on(session: Session, webhook: Webhook, now: datetime) -> None:
    """What waits is tried anew, for another day."""
    webhook.off_at = webhook.off_by = webhook.off_why = webhook.rests_until = None
    tried = (
        WebhookDelivery.webhook_id == webhook.id,
        WebhookDelivery.state == WAITING,
        WebhookDelivery.attempts > 0,
    )
    session.execute(update(WebhookDelivery).where(*tried).values(_anew(now)))


def latest(session: Session, webhook_id: int, *, most: int) -> list[WebhookDelivery]:
    """The newest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    return list(session.scalars(query.order_by(WebhookDelivery.id.desc()).limit(most)))


def counts(session: Session) -> dict[int, dict[str, int]]:
    """How many wait and how many were given up, by webhook and state."""
    query = select(WebhookDelivery.webhook_id, WebhookDelivery.state, func.count())
    wanted = query.where(WebhookDelivery.state != SENT)
    found: dict[int, dict[str, int]] = {}
    for webhook, state, count in session.execute(
        wanted.group_by(WebhookDelivery.webhook_id, WebhookDelivery.state)
    ):
        found.setdefault(webhook, {})[state] = count
    return found


def forget(session: Session, before: datetime) -> bool:
    """Deletes some of what was over by then, and of what waited by then for a webhook that is off;
    whether there is more: alarms must not wait behind a hundred thousand.
    """
    off = select(Webhook.id).where(Webhook.off_at < before)
    waits = (WebhookDelivery.state == WAITING) & WebhookDelivery.webhook_id.in_(off)
    old = or_(WebhookDelivery.ended_at < before, waits & (WebhookDelivery.made_at < before))
    found = session.scalars(select(WebhookDelivery.id).where(old).limit(_PORTION)).all()
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(found)))
    return len(found) == _PORTION


def _next(now: datetime) -> Select[int]:
    """Of every webhook that is on, not resting and not being told something, the first delivery:
    looked for by each webhook's index, or a night's hundred thousand would be gone through.
    """
    first, before, other = (aliased(WebhookDelivery) for _ in range(3))
    oldest = (  # of its subject; as a value, which PostgreSQL finds by the index without statistics
        select(func.min(before.id))
        .where(
            before.webhook_id == first.webhook_id,
            before.state == WAITING,
            before.subject == first.subject,
        )
        .correlate(first)
        .scalar_subquery()
    )
    is_busy = exists().where(other.webhook_id == Webhook.id, other.held_until > now)
    first_of_it = (
        select(first.id)
        .where(
            first.webhook_id == Webhook.id,
            first.state == WAITING,
            first.due_at <= now,
            first.id == oldest,
        )
        .order_by(first.in_bulk, first.due_at, first.id)
        .limit(1)
        .correlate(Webhook)
        .scalar_subquery()
    )
    return (
        select(WebhookDelivery.id)
        .select_from(Webhook)
        .join(WebhookDelivery, WebhookDelivery.id == first_of_it)
        .where(
            Webhook.off_at.is_(None),
            or_(Webhook.rests_until.is_(None), Webhook.rests_until <= now),
            ~is_busy,
        )
        .order_by(WebhookDelivery.in_bulk, WebhookDelivery.due_at, WebhookDelivery.id)
        .limit(1)
    )


def _mine(session: Session, parcel: Parcel, owner: str) -> tuple[WebhookDelivery, Webhook] | None:
    """Unless somebody else took it for abandoned."""
    row = session.get(WebhookDelivery, parcel.number, with_for_update=True)
    if row is None or row.owner != owner or row.state != WAITING:
        return None
    return row, session.get_one(Webhook, row.webhook_id)


def _end(row: WebhookDelivery, state: str, answer: str, now: datetime) -> None:
    row.state, row.answer, row.ended_at = state, answer[:32], now
    row.owner = row.held_until = None


def _anew(now: datetime) -> dict[str, object]:
    """A delivery's columns before its first attempt."""
    none = dict.fromkeys(("began_at", "owner", "held_until", "ended_at"))
    return {"state": WAITING, "due_at": now, "attempts": 0, **none}
