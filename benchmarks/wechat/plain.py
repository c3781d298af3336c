"""The rival: the plain way, as tutorials show it. A handler that asks the dialogue engine while
the platform waits, and answers in the same request. No store, no second way, no counting."""

import os

import httpx
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from wechatpy import parse_message
from wechatpy.replies import TextReply
from wechatpy.utils import check_signature

app = FastAPI()
_rasa = httpx.Client(base_url=os.environ["RASA"], timeout=30, trust_env=False)
_params = {"token": os.environ["RASA_TOKEN"]}


@app.get("/readyz")
def ready() -> dict[str, str]:
    """For whoever starts it."""
    return {"state": "ok"}


@app.post("/wechat")
async def receive(request: Request, signature: str, timestamp: str, nonce: str) -> Response:
    """One message, one answer."""
    check_signature(os.environ["TOKEN"], signature, timestamp, nonce)
    message = parse_message(await request.body())
    answer = await run_in_threadpool(_ask, message.source, message.content)
    return Response(TextReply(content=answer, message=message).render(), media_type="text/xml")


def _ask(sender: str, text: str) -> str:
    body = {"sender": sender, "message": text}
    said = _rasa.post("/webhooks/rest/webhook", json=body, params=_params).json()
    return "\n".join(each["text"] for each in said if each.get("text")) or "success"
