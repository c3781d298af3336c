"""Sealed files: encrypted piece by piece while they grow, so that a file cut anywhere is readable.

    magic 8 | key id 8 | salt 16 | pieces…      piece: length 4, big-endian | AES-256-GCM text, tag

Each file has a key of its own (HKDF-SHA256 of the installation's key and the salt, RFC 5869). The
nonce of a piece is its number and whether it is the last, so that pieces can't be moved, left out
or added (the STREAM construction: Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015).
"""

import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from care.calls.keys import ID_BYTES, Key, Keyring
from care.calls.sentences import sentence

_MAGIC = b"12349S1\n"
_SALT = 16
_HEAD = len(_MAGIC) + ID_BYTES + _SALT
_LENGTH = struct.Struct(">I")
_NONCE = struct.Struct(">3xQ?")
_TAG = 16
_LONGEST = 1 << 24
"""Octets of a piece; a longer one is not ours."""


class SealedError(RuntimeError):
    """A sealed file can't be opened; the text is a Chinese sentence that says what to do."""


class Ending(StrEnum):
    """How far a sealed file could be read."""

    WHOLE = "whole"
    CUT = "cut"
    """Still being written, or its writer was killed: all pieces that are there are genuine."""
    DAMAGED = "damaged"
    """After what could be read comes something that nobody sealed."""


@dataclass(frozen=True)
class Content:
    """What was sealed, up to where it is genuine."""

    octets: bytes
    ending: Ending


class SealedWriter:
    """Writes a new file, 0600. Every piece that was written survives the end of the process."""

    def __init__(self, path: Path, key: Key) -> None:
        """Raises OSError, also when there is such a file already."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb", buffering=0)
        self._head = _MAGIC + key.id + secrets.token_bytes(_SALT)
        self._cipher = _cipher(key, self._head)
        self._count = 0
        self._put(self._head)

    def write(self, octets: bytes) -> None:
        """One piece. Raises OSError."""
        for begin in range(0, len(octets), _LONGEST // 2):
            self._piece(octets[begin : begin + _LONGEST // 2], last=False)

    def close(self) -> None:
        """Marks the file as whole and waits for the disk; a second time does nothing."""
        if self._file.closed:
            return
        try:
            self._piece(b"", last=True)
            os.fsync(self._file.fileno())
        finally:
            self._file.close()

    def abandon(self) -> None:
        """Lets go of the file as it is."""
        self._file.close()

    def _piece(self, octets: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_NONCE.pack(self._count, last), octets, self._head)
        self._count += 1
        self._put(_LENGTH.pack(len(sealed)) + sealed)

    def _put(self, octets: bytes) -> None:
        while octets:
            octets = octets[self._file.write(octets) :]


def read_sealed(path: Path, keys: Keyring) -> Content:
    """Everything that is genuine from the beginning on. Raises SealedError."""
    octets = _read(path)
    if len(octets) < _HEAD or not octets.startswith(_MAGIC):
        raise SealedError(sentence("not_sealed", name=path.name))
    head = octets[:_HEAD]
    key_id = head[len(_MAGIC) : len(_MAGIC) + ID_BYTES]
    key = keys.find(key_id)
    if key is None:
        told = {"name": path.name, "id": key_id.hex(), "path": keys.path}
        raise SealedError(sentence("wrong_key", **told))
    pieces: list[bytes] = []
    ending = Ending.CUT
    for piece in _pieces(octets, _cipher(key, head), head):
        if isinstance(piece, Ending):
            ending = piece
        else:
            pieces.append(piece)
    if ending == Ending.DAMAGED and not pieces:
        raise SealedError(sentence("damaged", name=path.name))
    return Content(b"".join(pieces), ending)


def _pieces(octets: bytes, cipher: AESGCM, head: bytes) -> Iterator[bytes | Ending]:
    """The pieces, and how they end unless they just break off."""
    at, count = _HEAD, 0
    while at + _LENGTH.size <= len(octets):
        (length,) = _LENGTH.unpack_from(octets, at)
        sealed = octets[at + _LENGTH.size : at + _LENGTH.size + length]
        if not _TAG <= length <= _LONGEST:
            yield Ending.DAMAGED
            return
        if len(sealed) < length:
            return
        at += _LENGTH.size + length
        piece = _open(cipher, count, sealed, head)
        if piece is None:
            whole = _open(cipher, count, sealed, head, last=True) == b"" and at == len(octets)
            yield Ending.WHOLE if whole else Ending.DAMAGED
            return
        yield piece
        count += 1


def _open(
    cipher: AESGCM, count: int, sealed: bytes, head: bytes, *, last: bool = False
) -> bytes | None:
    try:
        return cipher.decrypt(_NONCE.pack(count, last), sealed, head)
    except InvalidTag:
        return None


def _cipher(key: Key, head: bytes) -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=32, salt=head[-_SALT:], info=head)
    return AESGCM(derive.derive(key.secret))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SealedError(sentence("file_missing", name=path.name)) from error
    except OSError as error:
        raise SealedError(sentence("file_not_readable", name=path.name)) from error
