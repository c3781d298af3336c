"""`/desk/me`: one's own password and second factor."""

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from care.operators import own, second_factor
from care.operators.password_rules import LEAST, MOST
from care.operators.refused import RefusedError
from care.operators.signed_in import SignedIn
from care.operators.telephone import set_telephone, telephone_of
from console.desk.access import signed_in, signed_in_somehow
from console.desk.cookie import set_cookie
from console.desk.desk import desk_of
from console.desk.page import page

DONE = {
    "password": "密码改好了。别的电脑上的登录都结束了。",
    "totp-on": "验证码开通了。下次登录要看手机。",
    "telephone": "话机记好了。接电话的时候可以按“用我的话机接”。",
    "totp-off": "验证码关掉了。",
}

Text = Annotated[str, Form(max_length=200)]
Secret = Annotated[str, Form(pattern=r"^[A-Z2-7]{32}$")]
Anyhow = Annotated[SignedIn, Depends(signed_in_somehow)]
Who = Annotated[SignedIn, Depends(signed_in)]


def build_router() -> APIRouter:
    """What people change about their own account."""
    router = APIRouter()

    @router.get("/desk/me")
    def show(request: Request, _who: Anyhow, done: str = "") -> Response:
        return _show(request, done=DONE.get(done, ""))

    @router.post("/desk/me/password")
    def choose(
        request: Request, who: Anyhow, old: Text = "", new: Text = "", again: Text = ""
    ) -> Response:
        try:
            if new != again:
                raise RefusedError("password_unequal")
            token = own.choose_password(desk_of(request).gate, who.id, old=old, new=new)
        except RefusedError as error:
            return _show(request, error, "password")
        response = RedirectResponse("/desk/me?done=password", 303)
        set_cookie(request, response, token)
        return response

    @router.post("/desk/me/telephone")
    def keep_telephone(request: Request, who: Who, telephone: Text = "") -> Response:
        desk = desk_of(request)
        try:
            set_telephone(desk.sessions, who.id, telephone, desk.clock)
        except RefusedError as error:
            return _show(request, error, "telephone")
        return RedirectResponse("/desk/me?done=telephone", 303)

    @router.get("/desk/me/totp")
    def offer(request: Request, who: Who) -> Response:
        return _offer(request, who, second_factor.new_secret())

    @router.post("/desk/me/totp")
    def turn_on(
        request: Request, who: Who, secret: Secret, password: Text = "", code: Text = ""
    ) -> Response:
        try:
            own.turn_on_totp(
                desk_of(request).gate, who.id, password=password, secret=secret, code=code
            )
        except RefusedError as error:
            return _offer(request, who, secret, error)
        return RedirectResponse("/desk/me?done=totp-on", 303)

    @router.post("/desk/me/totp/off")
    def turn_off(request: Request, who: Who, password: Text = "") -> Response:
        try:
            own.turn_off_totp(desk_of(request).gate, who.id, password=password)
        except RefusedError as error:
            return _show(request, error, "totp")
        return RedirectResponse("/desk/me?done=totp-off", 303)

    return router


def _show(
    request: Request, error: RefusedError | None = None, part: str = "", done: str = ""
) -> Response:
    desk = desk_of(request)
    with desk.reading() as session:
        telephone = telephone_of(session, request.state.who.id)
    return page(
        request,
        "desk/me.html",
        422 if error else 200,
        done=done,
        problems={part: str(error)} if error else {},
        telephone=telephone or "",
        least=LEAST,
        most=MOST,
    )


def _offer(
    request: Request, who: SignedIn, secret: str, error: RefusedError | None = None
) -> Response:
    picture = segno.make(second_factor.link(who.name, secret), error="m").svg_inline(
        border=2, omitsize=True, title="二维码", lineclass=None, svgclass=None
    )
    return page(
        request,
        "desk/totp.html",
        422 if error else 200,
        picture=Markup(picture),  # noqa: S704 # drawn by segno, holds nothing that anybody typed
        secret=secret,
        groups=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        problem=str(error) if error else "",
    )
