"""`/wechat`: what the platform of WeChat sends to the official account."""

from typing import Annotated

import structlog
from fastapi import APIRouter, HTTPException, Query, Request, Response, status
from starlette.background import BackgroundTask

from bot.channels.wechat import message, passive, signature, xml
from bot.channels.wechat.envelope import Envelope, EnvelopeError
from bot.channels.wechat.inbox import Inbox
from bot.channels.wechat.message import MessageError
from bot.channels.wechat.signature import SignatureError
from bot.channels.wechat.xml import XmlError
from care.clock import Clock
from care.wechat.settings import WechatSettings

PATH = "/wechat"
Sign = Annotated[str, Query(max_length=64)]

log = structlog.get_logger(__name__)


def build_router(settings: WechatSettings, inbox: Inbox, clock: Clock) -> APIRouter:
    """Both routes of the account's address."""
    router = APIRouter(include_in_schema=False)
    token, aes_key = settings.token.get_secret_value(), settings.aes_key.get_secret_value()
    envelope = Envelope(settings.appid, token, aes_key) if aes_key else None

    @router.get(PATH)
    def check_address(
        signature_: Annotated[str, Query(alias="signature", max_length=64)],
        timestamp: Sign,
        nonce: Sign,
        echostr: Annotated[str, Query(max_length=512)],
    ) -> Response:
        """Proves to the platform that the address is ours."""
        _signed(signature_, token, timestamp, nonce, clock=clock)
        return Response(echostr, media_type="text/plain")

    @router.post(PATH)
    async def receive(
        request: Request,
        timestamp: Sign,
        nonce: Sign,
        signature_: Annotated[str, Query(alias="signature", max_length=64)] = "",
        msg_signature: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        """A message or an event."""
        text = await _text(request)
        try:
            if envelope is None:
                _signed(signature_, token, timestamp, nonce, clock=clock)
            else:
                # In compatible mode the plain text stands beside it: what isn't sealed isn't read.
                encrypted = xml.fields(text).get("Encrypt", "")
                _signed(msg_signature, token, timestamp, nonce, encrypted, clock=clock)
                text = envelope.open(encrypted)
            found = message.parse(text)
        except (XmlError, EnvelopeError) as error:
            log.warning("no message of WeChat", reason=str(error))
            raise HTTPException(status.HTTP_400_BAD_REQUEST) from error
        except MessageError as error:
            # Theirs, and new to us. An error would be shown to whoever wrote: "out of order".
            log.warning("a message of WeChat that we can't read", reason=str(error))
            return Response(passive.NOTHING, media_type="text/xml")
        reply = await inbox.reply(found, request.is_disconnected)
        if reply.number is None:
            return Response(reply.text, media_type="text/xml")
        answer = envelope.close(reply.text, nonce, clock()) if envelope else reply.text
        then = BackgroundTask(inbox.delivered, reply.number)
        return Response(answer, media_type="text/xml", background=then)

    return router


def _signed(
    given: str, token: str, timestamp: str, nonce: str, *encrypted: str, clock: Clock
) -> None:
    try:
        signature.check(given, token, timestamp, nonce, *encrypted, now=clock())
    except SignatureError as error:
        log.warning("not from WeChat", reason=str(error))
        raise HTTPException(status.HTTP_403_FORBIDDEN) from error


async def _text(request: Request) -> str:
    try:
        return (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST) from error
