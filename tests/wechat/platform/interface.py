"""The platform's HTTP interface: what the hotline asks of it."""

import asyncio
import secrets
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse

from tests.wechat.platform.account import Account, ApiError


def build_interface(account: Account, openid_of_browser: str = "o-browser") -> FastAPI:
    """`openid_of_browser`: who is signed in, whoever's browser asks."""
    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(_router(account, openid_of_browser))

    @app.exception_handler(ApiError)
    async def refuse(_request: Request, error: ApiError) -> Response:
        return JSONResponse({"errcode": error.code, "errmsg": error.message})

    return app


async def _hang(request: Request, account: Account, openid: str) -> None:
    """Until whoever asks is gone."""
    account.hang(openid)
    while not await request.is_disconnected():
        await asyncio.sleep(0.02)


def _router(account: Account, openid_of_browser: str) -> APIRouter:
    router = APIRouter()
    ok = {"errcode": 0, "errmsg": "ok"}

    @router.post("/cgi-bin/stable_token")
    async def stable_token(request: Request) -> dict[str, Any]:
        body = await request.json()
        token, lasts = account.stable_token(
            body["appid"], body["secret"], force=body.get("force_refresh", False)
        )
        return {"access_token": token, "expires_in": lasts}

    @router.post("/cgi-bin/message/custom/send")
    async def send(request: Request, access_token: str) -> dict[str, Any]:
        account.check(access_token)
        body = await request.json()
        kind = body["msgtype"]
        content = body[kind]["content" if kind == "text" else "media_id"]
        openid = body["touser"]
        breaks = account.breaks.pop(openid, None)
        if breaks == "before":
            await _hang(request, account, openid)
        else:
            account.send(openid, kind, content)
        if breaks == "after":
            await _hang(request, account, openid)
        return ok

    @router.post("/cgi-bin/message/template/send")
    async def template(request: Request, access_token: str) -> dict[str, Any]:
        account.check(access_token)
        body = await request.json()
        account.template(body["touser"], body["template_id"], body["data"])
        return {**ok, "msgid": 1}

    @router.post("/cgi-bin/media/upload")
    async def upload(access_token: str, type: str, media: UploadFile) -> dict[str, Any]:
        account.check(access_token)
        octets = await media.read()
        if type == "voice" and len(octets) > 2 * 1024 * 1024:
            raise ApiError(45001, "media size out of limit")
        return {"type": type, "media_id": account.keep(type, octets), "created_at": 1}

    @router.get("/cgi-bin/media/get")
    async def media(access_token: str, media_id: str) -> Response:
        account.check(access_token)
        if media_id not in account.media:
            raise ApiError(40007, "invalid media_id")
        kind, octets = account.media[media_id]
        return Response(octets, media_type=f"audio/{kind}")

    @router.post("/cgi-bin/menu/create")
    async def menu(request: Request, access_token: str) -> dict[str, Any]:
        account.check(access_token)
        account.menu = await request.json()
        return ok

    @router.get("/connect/oauth2/authorize")
    async def authorize(redirect_uri: str, state: str, appid: str, scope: str) -> Response:
        if appid != account.appid or scope != "snsapi_base":
            raise ApiError(10003, "redirect_uri domain is inconsistent")
        code = secrets.token_urlsafe(16)
        account.codes[code] = openid_of_browser
        return RedirectResponse(f"{redirect_uri}?code={code}&state={state}", 302)

    @router.get("/sns/oauth2/access_token")
    async def sign_in(appid: str, secret: str, code: str) -> dict[str, Any]:
        if appid != account.appid or secret != account.secret:
            raise ApiError(40125, "invalid appsecret")
        if code not in account.codes:
            raise ApiError(40029, "invalid code")
        return {
            "access_token": "user", "expires_in": 7200, "refresh_token": "r",
            "openid": account.codes.pop(code), "scope": "snsapi_base",
        }  # fmt: skip

    return router
