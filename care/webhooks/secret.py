"""What a webhook's messages are signed with: its secret, and for a day those that it replaced."""

from datetime import datetime, timedelta

from care.webhooks.model import Webhook
from care.webhooks.signature import new_secret

OVERLAP = timedelta(days=1)
"""In which a receiver changes from one secret to the next."""
_EARLIER = 2
"""Secrets that sign beside the present one: whoever renewed twice, because the first page was
closed too soon, has not cut off a receiver that knows neither."""


def renew(webhook: Webhook, now: datetime) -> str:
    """Another secret, to be shown this once. Those before it sign too until OVERLAP is over."""
    webhook.secrets_before = " ".join(in_use(webhook, now)[:_EARLIER])
    webhook.before_until = now + OVERLAP
    webhook.secret = new_secret()
    return webhook.secret


def in_use(webhook: Webhook, now: datetime) -> tuple[str, ...]:
    """The newest first."""
    over = webhook.before_until is None or webhook.before_until <= now
    before = "" if over else webhook.secrets_before or ""
    return (webhook.secret, *before.split())
