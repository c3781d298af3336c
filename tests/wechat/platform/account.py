"""What the platform knows: one official account, its users, what they are owed and were told."""

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST_OCTETS = 2048
_HOURS_48 = 48 * 3600.0
_MINUTE = 60.0


@dataclass(frozen=True)
class Told:
    """One thing that a user sees."""

    by: str
    """passive, service, template or user."""
    kind: str
    text: str
    at: float


@dataclass
class User:
    """One who follows the account."""

    openid: str
    follows: bool = True
    wrote_at: float | None = None
    after_message: int = 0
    """Customer-service messages that the last message still allows."""
    clicked_at: float | None = None
    after_click: int = 0
    shown: list[Told] = field(default_factory=list)


class ApiError(Exception):
    """A return code that isn't 0."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Account:
    """Counts and refuses as the documentation says. `clock` in seconds."""

    def __init__(
        self,
        *,
        appid: str = "wx0123456789abcdef",
        secret: str = "0" * 32,
        token: str = "sandbox",  # noqa: S107 - nobody is kept out by it
        aes_key: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.appid, self.secret, self.token, self.aes_key = appid, secret, token, aes_key
        self.clock = clock
        self.name = "gh_0123456789ab"
        self.users: dict[str, User] = {}
        self.media: dict[str, tuple[str, bytes]] = {}
        self.menu: dict[str, Any] | None = None
        self.fetched = 0
        """How often a token was asked for."""
        self.forced = 0
        self.failing: deque[int] = deque()
        """Return codes of the next calls, to see what is done about them."""
        self.refusing: deque[int] = deque()
        """The same of the next that ask for a token."""
        self.breaks: dict[str, str] = {}
        """Whom a message is about to go to when the connection breaks: `before` or `after` the
        platform has taken it."""
        self.hangs: set[str] = set()
        """Of these, who it has come to."""
        self.codes: dict[str, str] = {}
        """Of people who are being signed in: code, openid."""
        self.token_lasts = 7200
        self._tokens: dict[str, float] = {}
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)

    def user(self, openid: str) -> User:
        """Somebody who follows."""
        with self._lock:
            return self.users.setdefault(openid, User(openid))

    def wrote(self, openid: str) -> None:
        """Five messages within 48 hours."""
        user = self.user(openid)
        user.wrote_at, user.after_message = self.clock(), 5

    def clicked(self, openid: str) -> None:
        """Three within a minute."""
        user = self.user(openid)
        user.clicked_at, user.after_click = self.clock(), 3

    def show(self, openid: str, by: str, kind: str, text: str) -> None:
        """The user sees it."""
        with self._lock:
            self.user(openid).shown.append(Told(by, kind, text, self.clock()))
            self._news.notify_all()

    def hang(self, openid: str) -> None:
        """A call hangs that was to tell somebody something."""
        with self._lock:
            self.hangs.add(openid)
            self._news.notify_all()

    def wait_for(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Whether it holds within so many seconds; looked at whenever somebody is told
        something."""
        with self._news:
            return self._news.wait_for(holds, seconds)

    def answers(self, openid: str) -> list[str]:
        """What the account said to somebody, in order."""
        return [told.text for told in self.user(openid).shown if told.by != "user"]

    # --- the interface -------------------------------------------------------------------------

    def stable_token(self, appid: str, secret: str, *, force: bool) -> tuple[str, int]:
        """The same one until five minutes before its end, unless forced."""
        if appid != self.appid:
            raise ApiError(40013, "invalid appid")
        if secret != self.secret:
            raise ApiError(40125, "invalid appsecret")
        with self._lock:
            if self.refusing:
                raise ApiError(self.refusing.popleft(), "injected")
            self.fetched += 1
            now = self.clock()
            newest = next(reversed(self._tokens), None)
            if force:
                self.forced += 1
                self._tokens.clear()
            elif newest is not None and self._tokens[newest] - now > 300:
                return newest, int(self._tokens[newest] - now)
            token = secrets.token_urlsafe(32)
            self._tokens[token] = now + self.token_lasts
            return token, self.token_lasts

    def spoil_tokens(self) -> None:
        """As when somebody resets the secret: none is good any more."""
        with self._lock:
            self._tokens = dict.fromkeys(self._tokens, self.clock() - 1)

    def check(self, token: str) -> None:
        """Raises ApiError for a token that isn't good, and what a test wants to fail."""
        with self._lock:
            if self.failing:
                code = self.failing.popleft()
                if code:
                    raise ApiError(code, "injected")
            if token not in self._tokens:
                raise ApiError(40001, "invalid credential, access_token is invalid")
            if self._tokens[token] <= self.clock():
                raise ApiError(42001, "access_token expired")

    def send(self, openid: str, kind: str, content: str) -> None:
        """A customer-service message. Raises ApiError."""
        with self._lock:
            if openid not in self.users:
                raise ApiError(40003, "invalid openid")
            user = self.users[openid]
            if not user.follows:
                raise ApiError(43004, "require subscribe")
            if kind == "text" and len(content.encode()) > MOST_OCTETS:
                raise ApiError(45002, "content size out of limit")
            if kind == "voice" and content not in self.media:
                raise ApiError(40007, "invalid media_id")
            self._spend(user)
            self.show(openid, "service", kind, content)

    def template(self, openid: str, template_id: str, data: dict[str, Any]) -> None:
        """A template message, which counts for nothing."""
        if not self.user(openid).follows:
            raise ApiError(43004, "require subscribe")
        words = "；".join(str(each["value"]) for each in data.values())
        self.show(openid, "template", template_id, words)

    def keep(self, kind: str, octets: bytes) -> str:
        """A media id."""
        number = secrets.token_urlsafe(24)
        self.media[number] = (kind, octets)
        return number

    def _spend(self, user: User) -> None:
        now = self.clock()
        in_window = user.wrote_at is not None and now < user.wrote_at + _HOURS_48
        in_minute = user.clicked_at is not None and now < user.clicked_at + _MINUTE
        if not in_window and not in_minute:
            raise ApiError(45015, "response out of time limit or subscription is canceled")
        # As strict as the documentation can be read: a message counts against both.
        left = max(user.after_message if in_window else 0, user.after_click if in_minute else 0)
        if left <= 0:
            raise ApiError(45047, "out of response count limit")
        user.after_message -= 1
        user.after_click -= 1
