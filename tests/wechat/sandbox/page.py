"""The sandbox's page: a chat as in WeChat, with the account's menu below it."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from tests.wechat.platform.account import Account
from tests.wechat.platform.delivery import Delivery

HERE = Path(__file__).resolve().parent
HEADERS = {"Content-Security-Policy": "default-src 'self'; media-src 'self'"}
PEOPLE = {"o-elder-wang": "王桂兰（老人）", "o-daughter-li": "李红（女儿）", "o-stranger": "陌生人"}
_Openid = Annotated[str, Field(pattern=r"^o-[a-z-]{1,40}$")]


class Written(BaseModel):
    """What a user does."""

    openid: _Openid
    text: str = ""
    key: str = ""
    event: str = ""
    latitude: float = 38.8379
    longitude: float = 105.6683
    label: str = ""


def build_page(account: Account, delivery: Delivery) -> APIRouter:
    """Everything that the page asks for."""
    router = APIRouter()

    @router.get("/")
    def page() -> Response:
        return FileResponse(HERE / "sandbox.html", headers=HEADERS)

    @router.get("/sandbox/{name}.{kind}")
    def file(name: str, kind: str) -> Response:
        if (name, kind) not in {("sandbox", "js"), ("sandbox", "css")}:
            raise HTTPException(404)
        return FileResponse(HERE / f"{name}.{kind}", headers=HEADERS)

    @router.get("/sandbox/state")
    def state(
        openid: Annotated[str, Query(max_length=64)], after: Annotated[int, Query(ge=0)] = 0
    ) -> dict[str, Any]:
        user = account.user(openid)
        shown = [vars(told) for told in user.shown[after:]]
        return {
            "people": PEOPLE,
            "shown": shown,
            "after": after + len(shown),
            "follows": user.follows,
            "left": max(user.after_message, user.after_click, 0),
            "menu": (account.menu or {}).get("button", []),
        }

    @router.post("/sandbox/say")
    async def say(written: Written) -> dict[str, Any]:
        return vars(await delivery.text(written.openid, written.text))

    @router.post("/sandbox/event")
    async def event(written: Written) -> dict[str, Any]:
        return vars(await delivery.event(written.openid, written.event, written.key))

    @router.post("/sandbox/place")
    async def place(written: Written) -> dict[str, Any]:
        where = (written.latitude, written.longitude, written.label)
        return vars(await delivery.place(written.openid, *where))

    @router.post("/sandbox/voice")
    async def voice(openid: str, sound: UploadFile) -> dict[str, Any]:
        media_id = account.keep("amr", await sound.read())
        return vars(await delivery.voice(openid, media_id, ""))

    @router.get("/sandbox/media/{number}")
    def media(number: str) -> Response:
        if number not in account.media:
            raise HTTPException(404)
        return Response(account.media[number][1], media_type="audio/mpeg")

    return router
