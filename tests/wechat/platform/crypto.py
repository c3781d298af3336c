"""The platform's side of the encrypted mode, written from its documentation with `cryptography`
alone: a second implementation beside the one that the hotline uses."""

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

_BLOCK_BITS = 256
"""The documentation pads to 32 octets, though AES has blocks of 16."""


def sign(*parts: str) -> str:
    """SHA-1 over the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - their choice


def seal(xml: str, appid: str, aes_key: str) -> str:
    """16 random octets, length (big endian), message, appid; padded, encrypted, in Base64."""
    octets = xml.encode()
    plain = secrets.token_bytes(16) + len(octets).to_bytes(4, "big") + octets + appid.encode()
    padder = PKCS7(_BLOCK_BITS).padder()
    encryptor = _cipher(aes_key).encryptor()
    padded = padder.update(plain) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def unseal(encrypted: str, appid: str, aes_key: str) -> str:
    """The message inside. Raises ValueError for what isn't sealed for this account."""
    decryptor = _cipher(aes_key).decryptor()
    padded = decryptor.update(base64.b64decode(encrypted)) + decryptor.finalize()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    plain = unpadder.update(padded) + unpadder.finalize()
    length = int.from_bytes(plain[16:20], "big")
    if plain[20 + length :].decode() != appid:
        raise ValueError("sealed for another account")
    return plain[20 : 20 + length].decode()


def _cipher(aes_key: str) -> Cipher[CBC]:
    key = base64.b64decode(aes_key + "=")
    return Cipher(AES(key), CBC(key[:16]))
