"""Encryption of single columns: what a stolen database or its backup must not tell.

    key id 8 | AES-256-SIV (RFC 5297) of the text               where rows are found by the value
    key id 8 | nonce 16 | AES-256-SIV with the nonce             where they are not

Without a nonce equal texts give equal octets: `==`, `IN` and UNIQUE work in SQL, and whoever has
the file alone learns which rows share a value, and nothing else. Each column has a key of its own
(HKDF-SHA256 of the installation's key and the column's name), so values can't be moved between
columns.
"""

import secrets
from functools import lru_cache
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, Engine, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from care.calls.keys import ID_BYTES, KeyFileError, Keyring, open_keyring
from care.elders.sentences import sentence

_NONCE = 16
_AT = "_12349_seal"
"""Name of the attribute of an engine's dialect: bound values meet the dialect, and no session."""

log = structlog.get_logger(__name__)


class SealError(RuntimeError):
    """A value can't be sealed or opened; the text is a Chinese sentence that says what to do."""


class Seal:
    """The keys of one installation's sealed columns."""

    def __init__(self, path: Path) -> None:
        """Reads nothing yet: a file that can't be used stops records, and not the hotline."""
        self._path = path
        self._ring: Keyring | None = None

    def keys(self) -> Keyring:
        """The secret file, made with 0600 if there is none. Raises SealError, and tries anew the
        next time: somebody may have mended it.
        """
        if self._ring is None:
            try:
                self._ring = open_keyring(self._path)
            except KeyFileError as error:
                raise SealError(sentence("key_file", path=self._path)) from error
        return self._ring

    def is_usable(self) -> bool:
        """For the health page."""
        try:
            self.keys()
        except SealError:
            return False
        return True

    def seal(self, text: str, column: str, *, findable: bool) -> bytes:
        """The value as it is stored, under the newest key. Raises SealError."""
        key = self.keys().current
        cipher = _cipher(key.secret, column)
        if findable:
            return key.id + cipher.encrypt(text.encode(), None)
        nonce = secrets.token_bytes(_NONCE)
        return key.id + nonce + cipher.encrypt(text.encode(), [nonce])

    def open(self, sealed: bytes, column: str, *, findable: bool) -> str:
        """The value. Raises SealError when its key is missing or somebody changed the octets."""
        key = self.keys().find(sealed[:ID_BYTES])
        if key is None:
            told = {"id": sealed[:ID_BYTES].hex(), "path": self._path}
            raise SealError(sentence("key_gone", **told))
        at = ID_BYTES if findable else ID_BYTES + _NONCE
        nonce = None if findable else [sealed[ID_BYTES:at]]
        try:
            return _cipher(key.secret, column).decrypt(sealed[at:], nonce).decode()
        except (InvalidTag, ValueError) as error:
            raise SealError(sentence("spoiled")) from error


class Sealed(TypeDecorator[str]):
    """A text that the database never sees.

    Reading a value that can't be opened gives an empty text and a line in the log, so that an
    alarm is raised all the same; `Seal.open` is for whoever must not go on without it.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str, *, findable: bool = False) -> None:
        """`column`: "table.column"; never changes, or nothing can be read any more."""
        super().__init__()
        self.column, self.findable = column, findable

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return _seal_of(dialect).seal(value, self.column, findable=self.findable)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        try:
            return _seal_of(dialect).open(bytes(value), self.column, findable=self.findable)
        except SealError:
            log.error("a sealed value can't be opened", column=self.column)
            return ""


def give_seal(engine: Engine, path: Path) -> None:
    """Sealed columns of this engine use the secret file at `path`."""
    setattr(engine.dialect, _AT, Seal(path))


def seal_of(bind: Engine | Connection) -> Seal:
    """What `give_seal` gave. Raises SealError when nobody did."""
    return _seal_of(bind.dialect)


def _seal_of(dialect: Dialect) -> Seal:
    seal = getattr(dialect, _AT, None)
    if not isinstance(seal, Seal):
        raise SealError(sentence("no_key"))
    return seal


@lru_cache(maxsize=64)
def _cipher(secret: bytes, column: str) -> AESSIV:
    info = b"12349 column " + column.encode()
    return AESSIV(HKDF(algorithm=SHA256(), length=64, salt=None, info=info).derive(secret))
