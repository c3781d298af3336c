"""`/desk/wechat/ELDER`: whose WeChat is bound to an elder's record, and a code that binds one."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from care.elders.model import Elder
from care.elders.service import kept
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.wechat import binding, code
from console.desk.access import may
from console.desk.answers import go, refuse
from console.desk.desk import desk_of
from console.desk.page import page

Operator = Annotated[SignedIn, Depends(may(Right.CHANGE_ELDERS))]
Word = Annotated[str, Form(max_length=16)]


def build_router(key: bytes) -> APIRouter:
    """`key`: what codes are kept under."""
    router = APIRouter(prefix="/desk/wechat/{number}")

    @router.get("")
    def ask(request: Request, _who: Operator, number: int) -> Response:
        elder = _elder(request, number)
        with desk_of(request).reading() as session:
            bound = binding.of_elder(session, elder.id)
        return page(request, "desk/wechat.html", elder=elder, bound=bound)

    @router.post("")
    def make(
        request: Request, who: Operator, number: int, role: Word = "", agreed: Word = ""
    ) -> Response:
        elder = _elder(request, number)
        if role not in ("elder", "family"):
            raise refuse("选一下：是老人自己的微信，还是家里人的。", 400)
        if agreed != "yes":
            raise refuse("老人本人同意了，才能给绑定码。", 400)
        grant = code.Grant(elder.id, "family" if role == "family" else "elder", f"desk {who.name}")
        desk = desk_of(request)
        with desk.sessions.begin() as session:
            digits = code.make(session, grant, key, desk.clock())
        return page(request, "desk/wechat.html", elder=elder, digits=digits, role=role)

    @router.post("/{bound}/end")
    def end(request: Request, who: Operator, number: int, bound: int) -> Response:
        elder, desk = _elder(request, number), desk_of(request)
        with desk.sessions.begin() as session:
            ended = binding.take_back(
                session, elder.id, by=who.name, now=desk.clock(), number=bound
            )
        if not ended:
            raise refuse("这个微信已经解开了。", 409)
        return go(request, f"/desk/wechat/{elder.id}")

    return router


def _elder(request: Request, number: int) -> Elder:
    with desk_of(request).reading() as session:
        found = session.get(Elder, number)
        if found is None:
            raise refuse("没有这位老人的资料。", 404)
        return kept(session, found)
