"""`/wechat/page`: the elders' page inside WeChat, signed in through the account.

The platform tells who has opened it (OAuth 2, `snsapi_base`: no question to the user, nothing but
the openid). What is written there belongs to the same conversation as what is written to the
account. The cookie is the only way in: nobody can name somebody else.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response, status
from fastapi.responses import PlainTextResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from bot.channels.wechat.answering import CHANNEL, Answering
from bot.channels.wechat.api import Api
from bot.channels.wechat.menu import PAGE
from bot.channels.wechat.sentences import Sentences
from bot.channels.wechat.trouble import PlatformError
from care.changes.hub import Hub
from care.clock import Clock
from care.storage.engine import Sessions
from care.wechat.settings import WechatSettings
from care.wechat.users import SENDER
from console.api.chat import ChatResponse, Text, respond
from console.api.chat_live import LiveRequest, Places, events
from console.elder_page import elder_page
from console.limits import SenderLimit, TooFastError

SIGNED_IN = "/wechat/signed-in"
CHAT = "/wechat/chat"
_LASTS = timedelta(hours=12)
"""Until the platform is asked again who it is; nobody notices."""
_STATE_LASTS = 600
"""Seconds."""
log = structlog.get_logger(__name__)


class Written(BaseModel):
    """What the page sends. It also sends a sender's name, which counts for nothing here."""

    model_config = ConfigDict(extra="ignore", strict=True)

    text: Text


class Follows(BaseModel):
    """What the page knows already."""

    model_config = ConfigDict(extra="ignore", strict=True)

    after: int | None = Field(None, ge=0)


@dataclass(frozen=True)
class Page:
    """What the routes need."""

    settings: WechatSettings
    api: Api
    answering: Answering
    says: Sentences
    sessions: Sessions
    hub: Hub
    clock: Clock

    @property
    def is_secure(self) -> bool:
        """Whether elders reach it by HTTPS, as they should."""
        return self.settings.page_url is not None and self.settings.page_url.scheme == "https"

    def sealed(self, openid: str) -> str:
        """The cookie's value: openid, when it ends, and that we wrote it."""
        ends = int((self.clock() + _LASTS).timestamp())
        return f"{openid}.{ends}.{self._signature(openid, ends)}"

    def opened(self, cookie: str) -> str | None:
        """The openid of a cookie that is ours and of now."""
        openid, _, rest = cookie.partition(".")
        ends, _, signature = rest.partition(".")
        if not ends.isascii() or not ends.isdecimal():
            return None
        right = hmac.compare_digest(self._signature(openid, int(ends)), signature)
        return (
            openid
            if right and datetime.fromtimestamp(int(ends), self.clock().tzinfo) > (self.clock())
            else None
        )

    def _signature(self, openid: str, ends: int) -> str:
        key = b"page:" + self.settings.secret.get_secret_value().encode()
        return hmac.new(key, f"{openid}.{ends}".encode(), hashlib.sha256).hexdigest()


def build_router(page: Page) -> APIRouter:
    """Page, sign-in, and the two routes that the page talks with."""
    router = APIRouter(include_in_schema=False)
    chat_limit, live_limit, places = SenderLimit(), SenderLimit(count=10, seconds=10), Places()
    signed_in, state_name = _names(page)

    def openid_of(request: Request) -> str:
        openid = page.opened(request.cookies.get(signed_in, ""))
        if openid is None:
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, page.says.page_try_again)
        return openid

    @router.get(PAGE)
    def show(request: Request) -> Response:
        if page.opened(request.cookies.get(signed_in, "")) is not None:
            return elder_page(request, api=CHAT)
        if page.settings.page_url is None:
            return _sentence(page.says.page_open_in_wechat, status.HTTP_404_NOT_FOUND)
        state = secrets.token_urlsafe(24)
        response = RedirectResponse(_authorize(page.settings, state), status.HTTP_303_SEE_OTHER)
        _keep(response, page, state_name, state, _STATE_LASTS)
        return response

    @router.get(SIGNED_IN)
    async def come_back(
        request: Request,
        code: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{8,128}$")],
        state: Annotated[str, Query(max_length=64)],
    ) -> Response:
        # Without the same state somebody else's sign-in could be slipped to this browser.
        kept = request.cookies.get(state_name, "")
        if not kept or not hmac.compare_digest(kept.encode(), state.encode()):
            return _sentence(page.says.page_try_again, status.HTTP_403_FORBIDDEN)
        try:
            openid = await run_in_threadpool(page.api.openid_of, code)
        except PlatformError as error:
            log.warning("nobody is signed in", trouble=error.trouble.value, code=error.code)
            return _sentence(page.says.page_try_again, status.HTTP_502_BAD_GATEWAY)
        response = RedirectResponse(PAGE, status.HTTP_303_SEE_OTHER)
        _keep(response, page, signed_in, page.sealed(openid), int(_LASTS.total_seconds()))
        response.delete_cookie(state_name)
        return response

    @router.post(CHAT)
    def chat(openid: Annotated[str, Depends(openid_of)], written: Written) -> ChatResponse:
        if not chat_limit.allows(openid):
            raise TooFastError
        incoming = page.answering.incoming(openid, written.text)
        return respond(page.answering.conversation.handle(incoming))

    @router.post(CHAT + "/live")
    async def live(openid: Annotated[str, Depends(openid_of)], follows: Follows) -> Response:
        if not live_limit.allows(openid):
            raise TooFastError
        asked = LiveRequest(sender_id=SENDER + openid, after=follows.after)
        return EventSourceResponse(
            events(page.sessions, page.hub, places, asked, CHANNEL), send_timeout=10.0
        )

    return router


def _authorize(settings: WechatSettings, state: str) -> str:
    query = urlencode(
        {
            "appid": settings.appid,
            "redirect_uri": str(settings.page_url).rstrip("/") + SIGNED_IN,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
    )  # in this order: the platform's documentation asks for it
    base = str(settings.open_url).rstrip("/")
    return f"{base}/connect/oauth2/authorize?{query}#wechat_redirect"


def _names(page: Page) -> tuple[str, str]:
    prefix = "__Host-" if page.is_secure else ""
    return f"{prefix}wechat", f"{prefix}wechat-state"


def _keep(response: Response, page: Page, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, secure=page.is_secure, httponly=True, samesite="lax", path="/"
    )


def _sentence(text: str, code: int) -> Response:
    return PlainTextResponse(text, code, headers={"Cache-Control": "no-store"})
