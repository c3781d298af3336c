"""Messages in encrypted mode: AES-256-CBC, with the account's appid inside.

The cipher and the layout are wechatpy's; a second implementation checks them in the tests.
"""

import base64
import binascii
import secrets
import string
import struct
from dataclasses import dataclass
from datetime import datetime

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.channels.wechat import signature
from bot.channels.wechat.xml import cdata

_SIGNS = string.ascii_letters + string.digits


class EnvelopeError(ValueError):
    """It can't be opened, or is another account's."""


class _Cipher(PrpCrypto):  # type: ignore[misc]  # wechatpy has no types
    def get_random_string(self) -> str:
        """What makes two equal messages differ; wechatpy's own can be guessed."""
        return "".join(secrets.choice(_SIGNS) for _ in range(16))


@dataclass(frozen=True)
class Envelope:
    """Opens and closes what goes between the platform and one account."""

    appid: str
    token: str
    aes_key: str
    """EncodingAESKey: 43 letters and digits."""

    def open(self, encrypted: str) -> str:
        """The XML inside; check the signature over `encrypted` first. Raises EnvelopeError."""
        try:
            _check_layout(encrypted)
            opened: str = self._cipher().decrypt(encrypted, self.appid)
        except InvalidAppIdException as error:
            raise EnvelopeError("the message is for another account") from error
        except (ValueError, struct.error, IndexError) as error:
            raise EnvelopeError("the message can't be decrypted: check aes_key") from error
        return opened

    def close(self, xml: str, nonce: str, now: datetime) -> str:
        """The XML of the envelope around `xml`, signed."""
        encrypted = self._cipher().encrypt(xml, self.appid).decode("ascii")
        timestamp = str(int(now.timestamp()))
        signed = signature.sign(self.token, timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt>{cdata(encrypted)}</Encrypt>"
            f"<MsgSignature>{cdata(signed)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
        )

    def _cipher(self) -> _Cipher:
        return _Cipher(base64.b64decode(self.aes_key + "="))


def _check_layout(encrypted: str) -> None:
    try:
        octets = base64.b64decode(encrypted, validate=True)
    except binascii.Error as error:
        raise ValueError("no Base64") from error
    if not octets or len(octets) % 16:
        raise ValueError("no whole blocks")
