"""Signed so that another implementation of Standard Webhooks takes it."""

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from care.webhooks.signature import SecretError, new_secret, signed

IDS = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=64)
MOMENTS = st.integers(0, 2**33)
BODIES = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(IDS, MOMENTS, BODIES)
def test_both_sign_alike(message: str, at: int, body: str) -> None:
    secret = new_secret()
    moment = datetime.fromtimestamp(at, timezone.utc)
    theirs = Webhook(secret).sign(msg_id=message, timestamp=moment, data=body)
    assert signed([secret], message, at, body) == {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": theirs,
    }


def test_whoever_knows_one_of_several_secrets_takes_it() -> None:
    moment = datetime.now(timezone.utc)
    several = [new_secret() for _ in range(3)]
    headers = signed(several, "order_1", int(moment.timestamp()), "{}")
    for each in several:
        assert Webhook(each).verify("{}", headers) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify("{}", headers)


def test_secrets_are_long_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(20)}) == 20
    assert len(new_secret()) == len("whsec_") + 44


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_密", "whsec_a"])
def test_nothing_is_signed_with_what_is_no_secret(secret: str) -> None:
    with pytest.raises(SecretError):
        signed([secret], "order_1", 1, "{}")
