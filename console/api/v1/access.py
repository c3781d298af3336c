"""Who may do what: a key in the header, its scopes, and how often it may ask."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from care.api_keys import keys
from care.api_keys.keys import Caller
from care.api_keys.scope import Scope
from care.api_keys.sentences import Sentences
from care.clock import Clock
from care.storage.engine import Sessions
from care.storage.readable import Readable
from console.api.v1.problems import ProblemError
from console.limits import SenderLimit

SECONDS = 10
"""Of the windows in which requests are counted."""
_OF_ADDRESS, _OF_KEY, _WRITES = 300, 100, 30
"""Requests in a window; the first also of those without a good key, the last of those that write.
"""
_READS = frozenset({"GET", "HEAD"})

_bearer = HTTPBearer(auto_error=False, description="hotline api-key create NAME --scope …")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True)
class Access(Readable):
    """The parts that every route works with."""

    sessions: Sessions
    clock: Clock
    sentences: Sentences
    addresses: SenderLimit = field(default_factory=lambda: SenderLimit(_OF_ADDRESS, SECONDS))
    keys: SenderLimit = field(default_factory=lambda: SenderLimit(_OF_KEY, SECONDS))
    writes: SenderLimit = field(default_factory=lambda: SenderLimit(_WRITES, SECONDS))

    def needs(self, *scopes: Scope) -> Callable[[Request, Credentials], Caller]:
        """A dependency: a key with one of these scopes, or with any where none is named."""

        def caller(request: Request, given: Credentials) -> Caller:
            self._hold(self.addresses, request.client.host if request.client else "")
            if given is None:
                raise _unknown("no_key", self.sentences.no_key)
            with self.sessions.begin() as session:
                found = keys.find(session, given.credentials, self.clock())
                if found is None:
                    raise _unknown("bad_key", self.sentences.bad_key)
                self._hold(self.keys, str(found.key_id))
                if request.method not in _READS:
                    self._hold(self.writes, str(found.key_id))
                if scopes and not found.scopes & set(scopes):
                    told = self.sentences.no_scope.format(scope=scopes[0].value)
                    raise ProblemError(403, "no_scope", told)
                path, method = request.url.path, request.method
                keys.keep_request(session, found, path, self.clock(), method)
            return found

        return caller

    def _hold(self, limit: SenderLimit, sender: str) -> None:
        if not limit.allows(sender):
            told = self.sentences.too_fast.format(seconds=SECONDS)
            raise ProblemError(429, "too_fast", told, {"Retry-After": str(SECONDS)})


def _unknown(code: str, sentence: str) -> ProblemError:
    return ProblemError(401, code, sentence, {"WWW-Authenticate": "Bearer"})
