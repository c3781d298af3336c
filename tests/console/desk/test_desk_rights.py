"""Who may come to which page, over HTTP."""

from collections.abc import Callable
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, WebSocket

from care.data_files import DATA
from care.operators.role import Right, Role, Roles
from care.operators.signed_in import SignedIn
from console.desk.access import may
from console.desk.guarded import UnguardedRouteError
from tests.console.desk.routes import OPEN, ROUTES, filled
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor

pytest_plugins = ["tests.console.desk.desk_setting"]

ANYBODY = {"/desk", "/desk/me", "/desk/me/totp", "/desk/here"}
PAGES = {
    "/desk/people": Right.MANAGE_PEOPLE,
    "/desk/people/1": Right.MANAGE_PEOPLE,
    "/desk/audit": Right.SEE_AUDIT,
    "/desk/audit/numbers": Right.SEE_AUDIT,
    "/desk/reveal/elder/1": Right.REVEAL_NUMBERS,
}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_gets_anywhere_without_signing_in(visitor: Visitor, method: str, path: str) -> None:
    if path in OPEN:
        return
    answer = visitor.client.request(method, filled(path), headers={"accept": "text/html"})
    if method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/desk/login?next=/desk")
    else:
        assert answer.status_code == 401
    scripted = visitor.client.request(method, filled(path), headers={"hx-request": "true"})
    assert scripted.status_code == 401


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_pages_and_no_others(visitor: Visitor, role: Role) -> None:
    rights = Roles.load(DATA).rights(role)
    visitor.sign_in(role.value)
    for path, right in PAGES.items():
        answer = visitor.get(path)
        assert (answer.status_code == 200) == (right in rights), path
        if right not in rights:
            assert answer.status_code == 403
            assert "您的角色不能看这一页" in answer.text
    assert {filled(path) for method, path in ROUTES if method == "GET"} == (
        set(PAGES) | OPEN | ANYBODY
    )


def test_whoever_manages_people_cannot_lock_themselves_out(
    setting: Setting, visitor: Visitor
) -> None:
    visitor.sign_in("admin")
    number = setting.operator("admin").id
    for path, fields in (
        (f"/desk/people/{number}/deactivate", {}),
        (f"/desk/people/{number}/reset", {}),
        (f"/desk/people/{number}", {"display_name": "x", "role": "editor"}),
    ):
        answer = visitor.post(path, fields)
        assert answer.status_code == 422
        assert "不能停用自己" in answer.text
    assert setting.operator("admin").role == "admin"
    assert visitor.get("/desk/people").status_code == 200


def test_a_one_time_password_leads_to_nothing_but_choosing_ones_own(
    setting: Setting, visitor: Visitor
) -> None:
    visitor.sign_in("admin")
    number = setting.operator("supervisor").id
    told = visitor.post(f"/desk/people/{number}/reset").text
    password = told.split('id="one-time" class="large">')[1][:19]
    visitor.post("/desk/logout")
    assert visitor.sign_in("supervisor", password).headers["location"] == "/desk/me"
    for path in ("/desk", "/desk/reveal/elder/1", "/desk/me/totp"):
        assert visitor.get(path).headers["location"] == "/desk/me"
        assert visitor.get(path, hx_request="true").headers["hx-redirect"] == "/desk/me"
    assert "先换一个自己的密码" in visitor.get("/desk/me").text
    new = "huanggua kaihua le"
    fields = {"old": password, "new": new, "again": new}
    assert visitor.post("/desk/me/password", fields).status_code == 303
    assert visitor.get("/desk/reveal/elder/1").status_code == 200


def unguarded() -> APIRouter:
    """A page of somebody in a hurry."""
    router = APIRouter()

    @router.get("/desk/secrets")
    def show() -> str:
        return "all of them"

    return router


def unguarded_socket() -> APIRouter:
    """The same over a WebSocket."""
    router = APIRouter()

    @router.websocket("/desk/secrets")
    async def show(socket: WebSocket) -> None:
        await socket.accept()

    return router


def guarded_behind() -> APIRouter:
    """A page that asks through a dependency of its own."""
    router = APIRouter()

    def through(who: Annotated[SignedIn, Depends(may(Right.SEE_AUDIT))]) -> str:
        return who.name

    @router.get("/desk/deep")
    def show(name: Annotated[str, Depends(through)]) -> str:
        return name

    return router


@pytest.mark.parametrize("build", [unguarded, unguarded_socket])
def test_a_page_that_lets_everybody_in_stops_the_start(
    setting: Setting, build: Callable[[], APIRouter]
) -> None:
    with pytest.raises(UnguardedRouteError, match="/desk/secrets asks nobody"):
        setting.app(build())


def test_a_page_may_ask_through_a_dependency_of_its_own(setting: Setting) -> None:
    assert setting.app(guarded_behind())
