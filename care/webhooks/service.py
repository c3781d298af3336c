"""Who wants to be told of what: adds webhooks, turns them off and on, tries one."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.webhooks import kind, outbox
from care.webhooks.address import AddressError, Network, read_url
from care.webhooks.kind import KindError
from care.webhooks.model import Webhook, WebhookDelivery
from care.webhooks.recording import body
from care.webhooks.sentences import sentence
from care.webhooks.signature import new_secret

_LONGEST_NAME = 64


class WebhookError(ValueError):
    """It can't be done so; `field` is name, url or kinds, the text a Chinese sentence."""

    def __init__(self, field: str, told: str) -> None:
        super().__init__(told)
        self.field = field


def add(
    session: Session,
    name: str,
    url: str,
    kinds: Iterable[str],
    *,
    allowed: Sequence[Network],
    by: str,
    now: datetime,
) -> tuple[Webhook, str]:
    """A webhook that is on, and its secret, to be shown this once. Raises WebhookError."""
    name = name.strip()
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise WebhookError("name", sentence("name_bad"))
    if session.scalar(select(Webhook.id).where(Webhook.name == name)) is not None:
        raise WebhookError("name", sentence("name_taken", name=name))
    try:
        where, wanted = read_url(url, allowed), kind.read(kinds)
    except AddressError as error:
        raise WebhookError("url", sentence(error.kind)) from error
    except KindError as error:
        told = {"word": error.word, "topics": "、".join(kind.TOPICS)}
        why = sentence("kind_bad", **told) if error.word else sentence("no_kinds")
        raise WebhookError("kinds", why) from error
    secret = new_secret()
    row = Webhook(name=name, url=where, secret=secret, kinds=wanted, made_at=now, made_by=by)
    session.add(row)
    session.flush()
    return row, secret


def turn_off(webhook: Webhook, *, by: str, now: datetime) -> None:
    """By hand."""
    outbox.turn_off(webhook, "by_hand", by=by, now=now)


def try_out(session: Session, webhook: Webhook, now: datetime) -> WebhookDelivery:
    """Puts down a message that tells of nothing, to see whether it arrives."""
    message = f"test_{secrets.token_hex(8)}"
    row = WebhookDelivery(
        webhook_id=webhook.id,
        message=message,
        kind=kind.TEST,
        subject=message,
        body=body(kind.TEST, now, {}),
        made_at=now,
        due_at=now,
    )
    session.add(row)
    session.flush()
    return row


def find(session: Session, name: str) -> Webhook | None:
    """By its name."""
    return session.scalar(select(Webhook).where(Webhook.name == name))


def every(session: Session) -> list[Webhook]:
    """The latest first."""
    return list(session.scalars(select(Webhook).order_by(Webhook.id.desc())))
