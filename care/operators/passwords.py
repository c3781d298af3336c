"""Hashes and checks passwords with Argon2id."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = 2
"""Hashes computed at a time: each takes 64 MiB and a core, and strangers can ask for them."""


class Passwords:
    """Argon2id with the second recommendation of RFC 9106 (64 MiB, 3 passes, 4 lanes)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = self._hasher.hash("nobody's password")

    def hash(self, password: str) -> str:
        """The password as it is kept: PHC string, salt included."""
        with self._turns:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether `password` made `kept`; for None the same work is done, and the answer is no."""
        with self._turns:
            try:
                self._hasher.verify(kept or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None
