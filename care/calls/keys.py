"""The secret file of the recordings' keys: made with 0600 on first use, rotated, never replaced.

One key a line, `id base64`, oldest first; recordings that are made now use the last.
"""

import base64
import binascii
import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from care.calls.sentences import sentence

KEY_BYTES = 32
ID_BYTES = 8


class KeyFileError(RuntimeError):
    """The secret file can't be used; the text is a Chinese sentence that says what to do."""


@dataclass(frozen=True)
class Key:
    """One secret of AES-256."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Tells keys apart, and nothing of the secret: 8 octets of its SHA-256."""
        return hashlib.sha256(b"12349 recordings " + self.secret).digest()[:ID_BYTES]


@dataclass(frozen=True)
class Keyring:
    """All keys of an installation."""

    path: Path
    keys: tuple[Key, ...] = field(repr=False)

    @property
    def current(self) -> Key:
        """For what is recorded now."""
        return self.keys[-1]

    def find(self, key_id: bytes) -> Key | None:
        """The key of a recording that exists."""
        return next((key for key in self.keys if key.id == key_id), None)


def open_keyring(path: Path) -> Keyring:
    """Reads the secret file, made first if there is none. Raises KeyFileError."""
    if not path.exists():
        _make(path)
    return read_keyring(path)


def read_keyring(path: Path) -> Keyring:
    """Reads the secret file; refuses one that others may read. Raises KeyFileError."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFileError(sentence("key_readable_by_others", path=path))
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(sentence("key_not_readable", path=path)) from error
    keys = tuple(
        _key(line, number, path)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    )
    if not keys:
        raise KeyFileError(sentence("key_missing", path=path))
    return Keyring(path, keys)


def rotate(path: Path) -> Keyring:
    """Adds a new key, which is current from now on; older recordings stay readable.

    A process that runs goes on with the key that it read when it started. Raises KeyFileError.
    """
    before = open_keyring(path)
    content = "".join(map(_line, (*before.keys, _new_key())))
    _write(path, content, replace=True)
    return read_keyring(path)


def _make(path: Path) -> None:
    _write(path, _line(_new_key()), replace=False)


def _write(path: Path, content: str, *, replace: bool) -> None:
    """The whole content or nothing, on disk before a recording depends on it."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(content)
                file.flush()
                os.fsync(descriptor)
            if replace:
                draft.replace(path)
            else:
                _link(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise KeyFileError(sentence("key_not_writable", path=path)) from error


def _link(draft: Path, path: Path) -> None:
    # Of two processes that start at once, one makes the key and both use it.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _new_key() -> Key:
    return Key(secrets.token_bytes(KEY_BYTES))


def _line(key: Key) -> str:
    return f"{key.id.hex()} {base64.b64encode(key.secret).decode('ascii')}\n"


def _key(line: str, number: int, path: Path) -> Key:
    name, _, secret = line.partition(" ")
    try:
        key = Key(base64.b64decode(secret.strip(), validate=True))
    except (binascii.Error, ValueError) as error:
        raise KeyFileError(sentence("key_spoiled", path=path, line=number)) from error
    if len(key.secret) != KEY_BYTES or key.id.hex() != name:
        raise KeyFileError(sentence("key_spoiled", path=path, line=number))
    return key
