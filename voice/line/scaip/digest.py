"""Asks a unit for its password, and checks it: Digest (RFC 7616, with MD5 for units of 2014).

SCAIP wants every sender authenticated, and the address of a datagram proves nothing. A nonce is
ours by its own signature, so nothing is kept before somebody knows a password; each count of a
nonce works once, for a digest doesn't cover the body: a copy of it could carry another alarm.
"""

import hashlib
import hmac
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

LIFE = 300.0
"""Seconds that a nonce is good for."""
_MOST_USED = 20_000

_PART = re.compile(r'([A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.){0,512})"|([^",\s]{1,512}))')
_COUNT = re.compile(r"[0-9A-Fa-f]{8}")
_HASHES: dict[str, str] = {"MD5": "md5", "SHA-256": "sha256"}
"""MD5 first: many units (and sipp) look at the first challenge only, and know no other. Keys of 160
random bits can't be guessed under either.
"""


@dataclass(frozen=True)
class Credentials:
    """An Authorization header."""

    parts: dict[str, str]

    @property
    def user(self) -> str:
        """Who it says it is."""
        return self.parts.get("username", "")


def credentials(header: str) -> Credentials | None:
    """None for what is no Digest."""
    scheme, _, rest = header.partition(" ")
    if scheme.lower() != "digest" or len(rest) > 4096:
        return None
    return Credentials({name.lower(): quoted or bare for name, quoted, bare in _PART.findall(rest)})


class Digest:
    """Of one receiver; used from several threads. Another process doesn't know its nonces."""

    def __init__(self, realm: str, clock: Callable[[], float]) -> None:
        """`clock` is monotonic, so that no clock that is set back gives a nonce a second life."""
        self.realm = realm
        self._clock, self._key = clock, secrets.token_bytes(32)
        self._used: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._lock = threading.Lock()

    def challenges(self, *, stale: bool = False) -> tuple[tuple[str, str], ...]:
        """The headers of a 401."""
        nonce = self._nonce()
        asked = f'Digest realm="{self.realm}", nonce="{nonce}", qop="auth"'
        again = ", stale=true" if stale else ""
        return tuple(("WWW-Authenticate", f"{asked}, algorithm={name}{again}") for name in _HASHES)

    def is_fresh(self, found: Credentials) -> bool:
        """Whether the nonce is ours and young; if not, the unit is asked again and no harm done."""
        made, _, rest = found.parts.get("nonce", "").partition(".")
        random, _, signed = rest.partition(".")
        expected = self._signed(f"{made}.{random}")
        if not hmac.compare_digest(signed.encode(), expected.encode()):
            return False
        return 0 <= self._clock() - int(made, 16) / 1000 <= LIFE

    def matches(self, found: Credentials, method: str, password: str) -> bool:
        """Whether it knows the password."""
        part = found.parts.get
        name = _HASHES.get(part("algorithm", "MD5").upper())
        nonce, count = part("nonce", ""), part("nc", "")
        if name is None or part("qop") != "auth" or not _COUNT.fullmatch(count):
            return False
        if part("realm") != self.realm:
            return False

        def digest(*parts: str) -> str:
            return hashlib.new(name, ":".join(parts).encode(), usedforsecurity=False).hexdigest()

        # The address isn't compared with the request's: proxies rewrite it, and there is one of us.
        secret = digest(found.user, self.realm, password)
        what = digest(method, part("uri", ""))
        expected = digest(secret, nonce, count, part("cnonce", ""), "auth", what)
        return hmac.compare_digest(expected.encode(), part("response", "").lower().encode())

    def is_first_use(self, found: Credentials) -> bool:
        """Whether this count of this nonce is new. A unit that counts badly is asked again."""
        used = (found.parts.get("nonce", ""), found.parts.get("nc", "").lower())
        with self._lock:
            if used in self._used:
                return False
            self._used[used] = None
            if len(self._used) > _MOST_USED:
                self._used.popitem(last=False)
        return True

    def _nonce(self) -> str:
        claimed = f"{int(self._clock() * 1000):x}.{secrets.token_hex(8)}"
        return f"{claimed}.{self._signed(claimed)}"

    def _signed(self, claimed: str) -> str:
        return hmac.new(self._key, claimed.encode(), hashlib.sha256).hexdigest()[:32]
