"""Puts down what webhooks are to be told, in the transaction in which it happened.

Whatever becomes of the process, what is committed is told, and what is rolled back isn't. What is
put down says which and what, not who and where: whoever may know more asks the REST API.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select

from care.storage.codes import having
from care.webhooks.kind import TOPICS, whole
from care.webhooks.model import Webhook, WebhookDelivery


@dataclass(frozen=True)
class Happened:
    """One row of an append-only table, as far as it is told."""

    key: int
    """Of what it happened to."""
    event: int
    """Its own number."""
    kind: str


def record(connection: Connection, topic: str, key: str, event: Any) -> None:
    """For every webhook that wants it; nothing for topics that nobody outside is told of.

    `event`: the row that was stored; in a topic that is told, it has an id, a kind and a moment.
    """
    if topic in TOPICS:
        record_all(connection, topic, [Happened(int(key), event.id, event.kind)], event.at)


def is_told(connection: Connection, topic: str, kinds: Iterable[str]) -> bool:
    """Whether any webhook wants one of these."""
    return bool(_wanting(connection, topic, kinds))


def record_all(
    connection: Connection,
    topic: str,
    events: Sequence[Happened],
    at: datetime,
    *,
    in_bulk: bool = False,
) -> None:
    """As `record`, for rows of one moment. `in_bulk`: they may wait for what is told one by one."""
    wanting = _wanting(connection, topic, {event.kind for event in events})
    rows = [
        {
            "webhook_id": webhook,
            "message": f"{topic}_{event.event}",
            "kind": f"{topic}.{event.kind}",
            "subject": f"{topic}/{event.key}",
            "body": body(f"{topic}.{event.kind}", at, {"id": event.key, "event": event.event}),
            "made_at": at,
            "due_at": at,
            "in_bulk": in_bulk,
        }
        for webhook, kinds in wanting
        for event in events
        if kinds & {whole(topic), f"{topic}.{event.kind}"}
    ]
    if rows:
        connection.execute(insert(WebhookDelivery), rows)


def _wanting(
    connection: Connection, topic: str, kinds: Iterable[str]
) -> Sequence[Row[int, frozenset[str]]]:
    """Webhooks that are on, each with all that it wants."""
    names = (whole(topic), *(f"{topic}.{kind}" for kind in kinds))
    wants = or_(*(having(Webhook.kinds, name) for name in names))
    query = select(Webhook.id, Webhook.kinds).where(Webhook.off_at.is_(None), wants)
    return connection.execute(query).all()


def body(kind: str, at: datetime, data: dict[str, int]) -> str:
    """As Standard Webhooks has it: type, timestamp, data."""
    content = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(content, separators=(",", ":"))
