"""The account's access token, from the platform when nobody has one that is good."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import structlog

from bot.channels.wechat.trouble import PlatformError, Trouble
from care.clock import Clock
from care.storage.engine import Sessions
from care.storage.readable import Readable
from care.wechat import token as tokens
from care.wechat.settings import WechatSettings

_PATIENCE = 15.0
"""Seconds to wait for the process that is fetching one."""
_LOOK = 0.1
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Tokens(Readable):
    """Used from any thread of any process on the same database."""

    sessions: Sessions
    settings: WechatSettings
    http: httpx.Client
    clock: Clock
    wait: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    owner: str = field(default_factory=lambda: secrets.token_hex(8))

    def get(self) -> str:
        """A token that is good. Raises PlatformError."""
        with self.reading() as session:
            token = tokens.fresh(session, self.settings.appid, self.clock())
        if token is not None:
            return token
        began = self.monotonic()
        while True:
            with self.sessions.begin() as session:
                held = tokens.look(session, self.settings.appid, self.owner, self.clock())
            if held.renew:
                return self._renew(held)
            if held.token:
                return held.token
            if self.monotonic() - began > _PATIENCE:
                raise PlatformError(Trouble.BUSY)
            self.wait(_LOOK)

    def reject(self, token: str) -> None:
        """The platform refused it before its time."""
        with self.sessions.begin() as session:
            tokens.rejected(session, self.settings.appid, token)

    def _renew(self, held: tokens.Held) -> str:
        try:
            token, lasts = self._fetch(force=False)
            if token == held.rejected:
                # The platform gives the same one until its end, though it refused it.
                token, lasts = self._fetch(force=True)
        except PlatformError as error:
            with self.sessions.begin() as session:
                tokens.given_up(session, self.settings.appid, self.owner)
            log.warning("no new token", trouble=error.trouble.value, code=error.code)
            if held.token:  # renewed early: the old one is still good for minutes
                return held.token
            raise
        with self.sessions.begin() as session:
            until = self.clock() + lasts
            tokens.renewed(session, self.settings.appid, self.owner, token, good_until=until)
        return token

    def _fetch(self, *, force: bool) -> tuple[str, timedelta]:
        body = {
            "grant_type": "client_credential",
            "appid": self.settings.appid,
            "secret": self.settings.secret.get_secret_value(),
            "force_refresh": force,
        }
        try:
            answer: Any = self.http.post("/cgi-bin/stable_token", json=body).json()
        except (httpx.HTTPError, ValueError) as error:
            raise PlatformError(Trouble.BUSY) from error
        if not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str):
            code = answer.get("errcode") if isinstance(answer, dict) else None
            # Also a refusal: an address or a secret that somebody has yet to put right.
            raise PlatformError(Trouble.BUSY, code if isinstance(code, int) else None)
        return answer["access_token"], timedelta(seconds=int(answer.get("expires_in", 7200)))
