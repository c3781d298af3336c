"""An app with the real page and an assistant that answers by the book, for the page's tests."""

from threading import Event
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from console.elder_page import build_router

ALLOWANCE = (
    "额济纳旗80到89岁、有本地户口的老人，高龄津贴每月200元。这是阿拉善盟民政局2021年公布的。"
)
SOURCE = "阿拉善盟民政局 2021年"
MARKUP = '<img src=x onerror="document.title=1"><b>粗</b>'
TOO_LONG = "这一段话太长了，请分成几句说，每句不超过500个字。"
TOO_FAST = "您发得太快了，请稍等几秒再发。"
ALARM = "A1121-3FA2B1"


class Said(BaseModel):
    """What the page sends."""

    sender_id: str
    text: str


class Assistant:
    """Deterministic; flags stay, as with the true one. Remembers what it was sent."""

    def __init__(self) -> None:
        self.heard: list[Said] = []
        self.emergency: set[str] = set()
        self.handover: set[str] = set()
        self.ready = Event()
        """Cleared, answers wait until it is set."""
        self.ready.set()

    def texts(self) -> list[str]:
        """All texts that arrived, in order."""
        return [said.text for said in self.heard]

    def answer(self, said: Said) -> JSONResponse:
        """The answer to one sentence."""
        self.heard.append(said)
        self.ready.wait(timeout=60)
        if len(said.text) > 500:
            return JSONResponse({"detail": TOO_LONG}, 422)
        if said.text == "太快":
            return JSONResponse({"detail": TOO_FAST}, 429)
        if said.text == "坏了":
            return JSONResponse({"detail": "internal"}, 500)
        if "救命" in said.text:
            self.emergency.add(said.sender_id)
        if "人工" in said.text:
            self.handover.add(said.sender_id)
        if said.text == "解除":
            self.emergency.discard(said.sender_id)
            self.handover.discard(said.sender_id)
        emergency = said.sender_id in self.emergency
        return JSONResponse(
            {
                "replies": self._replies(said.text),
                "flags": {"emergency": emergency, "handover": said.sender_id in self.handover},
                "alarm_ref": ALARM if emergency else None,
            }
        )

    def _replies(self, text: str) -> list[dict[str, Any]]:
        if "救命" in text:
            return [reply("别慌，已经在叫人了。"), reply("您在哪儿？说个地址。")]
        if "津贴" in text or "补贴" in text:
            return [reply(ALLOWANCE, SOURCE)]
        if text == "标记":
            return [reply(MARKUP, MARKUP)]
        if text == "没人理":
            return []
        if text == "订好了吗":
            return [reply("订好了，单号3071,一共120元。有事打12349。")]
        return [reply(f"听见了:{text}")]


def reply(text: str, *sources: str) -> dict[str, Any]:
    """One reply as the interface has it."""
    return {"text": text, "sources": list(sources), "cites": []}


def build_app(assistant: Assistant) -> FastAPI:
    """The page's own router beside the deterministic assistant."""
    app = FastAPI()
    app.include_router(build_router())

    @app.post("/api/chat")
    def chat(said: Said) -> JSONResponse:
        return assistant.answer(said)

    @app.post("/api/chat/live")
    def live() -> Response:
        return Response(media_type="text/event-stream")  # nobody but the assistant is here

    return app
