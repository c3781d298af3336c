"""Keys of devices: derived from one secret file, never stored.

A stolen database then holds nothing to sign with, a backup of it neither; and what checks a
signature needs the secret itself, which a hash wouldn't give back. Encrypting random keys in the
database would protect as much, with a nonce and a ciphertext to look after in addition.
"""

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from care.calls.keys import KeyFileError, Keyring, open_keyring
from care.devices.model import Device
from care.devices.sentences import sentence

SECRET_BYTES = 20
"""160 bits, as many as fill 32 letters of base32 without padding."""


class DeviceKeyError(RuntimeError):
    """The secret file can't be used; the text is a Chinese sentence that says what to do."""


@dataclass(frozen=True)
class KeyBasis:
    """What a device's key is made from, as its row keeps it."""

    key_id: str
    salt: str


class DeviceKeys:
    """Of one installation."""

    def __init__(self, path: Path) -> None:
        """Reads nothing yet: a file that can't be used stops devices, and not the hotline."""
        self._path = path
        self._ring: Keyring | None = None

    def open(self) -> Keyring:
        """The secret file, made with 0600 if there is none. Raises DeviceKeyError, and tries anew
        the next time: somebody may have mended it.
        """
        if self._ring is None:
            try:
                self._ring = open_keyring(self._path)
            except KeyFileError as error:
                raise DeviceKeyError(sentence("key_file", path=self._path)) from error
        return self._ring

    def is_usable(self) -> bool:
        """For the health page."""
        try:
            self.open()
        except DeviceKeyError:
            return False
        return True

    def new(self) -> KeyBasis:
        """A key that no other device has, from the newest line. Raises DeviceKeyError."""
        return KeyBasis(self.open().current.id.hex(), secrets.token_hex(16))

    def secret(self, device: Device) -> str:
        """The key as it is typed into the device: 32 letters and digits. Raises DeviceKeyError
        when its line is gone from the secret file.
        """
        key = self.open().find(bytes.fromhex(device.key_id))
        if key is None:
            raise DeviceKeyError(sentence("key_file", path=self._path))
        derive = HKDF(
            algorithm=SHA256(),
            length=SECRET_BYTES,
            salt=bytes.fromhex(device.salt),
            info=b"12349 device " + device.ref.encode(),
        )
        return base64.b32encode(derive.derive(key.secret)).decode("ascii")
