"""Puts down what webhooks are to be told, in the transaction in which it happened.

Whatever becomes of the process, what is committed is told, and what is rolled back isn't. What is
put down says which and what, not who and where: whoever may know more asks the REST API.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, literal, or_, select

from care.storage.codes import having
from care.webhooks.kind import TOPICS, whole
from care.webhooks.model import WAITING, Webhook, WebhookDelivery


def record(connection: Connection, topic: str, key: str, event: Any) -> None:
    """For every webhook that wants it; nothing for topics that nobody outside is told of.

    `event`: the row that was stored; in a topic that is told, it has an id, a kind and a moment.
    """
    if topic not in TOPICS:
        return
    told = f"{topic}.{event.kind}"
    wants = or_(having(Webhook.kinds, whole(topic)), having(Webhook.kinds, told))
    values = {
        WebhookDelivery.message: f"{topic}_{event.id}",
        WebhookDelivery.kind: told,
        WebhookDelivery.subject: f"{topic}/{key}",
        WebhookDelivery.body: body(told, event.at, {"id": int(key), "event": event.id}),
        WebhookDelivery.made_at: event.at,
        WebhookDelivery.due_at: event.at,
        WebhookDelivery.attempts: 0,
        WebhookDelivery.state: WAITING,
    }
    told_to = select(
        Webhook.id, *(literal(value, column.type) for column, value in values.items())
    ).where(Webhook.off_at.is_(None), wants)
    columns = [WebhookDelivery.webhook_id, *values]
    connection.execute(insert(WebhookDelivery).from_select(columns, told_to))


def body(kind: str, at: datetime, data: dict[str, int]) -> str:
    """As Standard Webhooks has it: type, timestamp, data."""
    content = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(content, separators=(",", ":"))
