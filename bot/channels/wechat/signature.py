"""Whether a request came from the platform, and lately.

Source: WeChat's guide to receiving messages: SHA-1 over the sorted token, timestamp and nonce, in
encrypted mode with the encrypted body beside them.
"""

import hmac
import re
from datetime import datetime, timedelta

from wechatpy.utils import WeChatSigner

WINDOW = timedelta(minutes=5)
"""How far the platform's clock may be from ours; a request that is older is a replay."""
_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)


class SignatureError(ValueError):
    """The request isn't the platform's, or isn't of now. The text says which."""


def sign(token: str, timestamp: str, nonce: str, *encrypted: str) -> str:
    """40 hex digits."""
    signer = WeChatSigner()
    signer.add_data(token, timestamp, nonce, *encrypted)
    signature: str = signer.signature
    return signature


def check(
    signature: str, token: str, timestamp: str, nonce: str, *encrypted: str, now: datetime
) -> None:
    """Raises SignatureError. (wechatpy's own check compares in a time that tells how far the
    signs agree, and takes a request of any age.)"""
    expected = sign(token, timestamp, nonce, *encrypted)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise SignatureError("the signature is wrong")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise SignatureError("the timestamp is no number")
    if abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
        raise SignatureError("the request is too old, or this machine's clock is wrong")
