"""Who may come to the pages of callers, alarms and call-backs, over HTTP."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from care.data_files import DATA
from care.entitlements.load import Entitlements
from care.operators.role import Role
from console.desk import (
    alarm_page,
    call_page,
    callbacks_page,
    conversation_page,
    headset_page,
    queue_page,
)
from console.desk.csrf import HEADER
from console.desk.floor import Floor
from console.desk.headers import HEADERS
from hotline.attendance import build_floor
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]

_PAGES = (queue_page, conversation_page, alarm_page, callbacks_page, call_page, headset_page)


def _floor(setting: Setting) -> Floor:
    return build_floor(DATA, setting.sessions, setting.clock, Entitlements.load(DATA))


def _routes() -> list[tuple[str, str]]:
    floor = object.__new__(Floor)  # routes are the same whatever they work with
    known = {
        "{number}": "1",
        "{ref}": "A1121-000000",
        "{state}": "available",
        "{handover}": "1",
    }
    found = []
    for pages in _PAGES:
        for route in pages.build_router(floor).routes:
            assert isinstance(route, APIRoute)
            path = route.path
            for part, value in known.items():
                path = path.replace(part, value)
            assert "{" not in path
            found += [(method, path) for method in sorted(route.methods or ())]
    return found


ROUTES = _routes()


@pytest.fixture
def visitor(setting: Setting) -> Iterator[Visitor]:
    """Nobody yet; one person of each role works here, named like the role."""
    for role in Role:
        setting.add(role.value, role)
    floor = _floor(setting)
    routers = [pages.build_router(floor) for pages in _PAGES]
    with (
        serving(setting.app(*routers)) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=30) as client,
    ):
        yield Visitor(client)


def test_there_are_all_the_routes() -> None:
    assert len(ROUTES) > 20


def test_nobody_gets_anywhere_without_signing_in(visitor: Visitor) -> None:
    for method, path in ROUTES:
        response = visitor.client.request(method, path)
        assert response.status_code == 401, path
        assert {key: response.headers[key] for key in HEADERS} == HEADERS


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR, Role.ADMIN])
def test_who_takes_no_callers_sees_none(visitor: Visitor, role: Role) -> None:
    visitor.sign_in(role.value)
    headers = {HEADER: visitor.token()}
    for method, path in ROUTES:
        response = visitor.client.request(method, path, headers=headers)
        assert response.status_code == 403, path


def test_an_operators_request_from_elsewhere_changes_nothing(visitor: Visitor) -> None:
    visitor.sign_in(Role.OPERATOR.value)
    for method, path in ROUTES:
        if method == "POST":
            assert visitor.client.post(path).status_code == 403, path


@pytest.mark.parametrize(
    ("path", "form", "status", "sentence"),
    [
        ("/desk/claim/1", {}, 409, "离线"),
        ("/desk/conversations/1/say", {"text": "您好"}, 409, "不在您手上"),
        ("/desk/conversations/1/say", {"text": " "}, 400, "1 到 500"),
        ("/desk/conversations/1/say", {"text": "好" * 501}, 400, "1 到 500"),
        ("/desk/conversations/1/close", {"wrap_up": "made_up"}, 400, "选一个结果"),
        ("/desk/conversations/1/close", {"wrap_up": "answered"}, 409, "不在您手上"),
        ("/desk/alarms/A1121-000000/acknowledge", {}, 404, "没有这个报警"),
        ("/desk/alarms/A1121-000000/close", {"outcome": "helped"}, 404, "没有这个报警"),
        ("/desk/alarms/A1121-000000/close", {"outcome": "x"}, 400, "选一个结果"),
        ("/desk/alarms/A1121-000000/dispatch", {"responder": ""}, 400, "派了谁"),
        ("/desk/callbacks", {"phone": "123", "about": "津贴"}, 400, "电话号码不对"),
        ("/desk/callbacks", {"phone": "13800000001", "about": " "}, 400, "为什么"),
        (
            "/desk/callbacks",
            {"phone": "13800000001", "about": "津贴", "due": "明天"},
            400,
            "时间没写对",
        ),
        ("/desk/callbacks/1/take", {}, 409, "别人拿走了"),
    ],
)
def test_what_cant_be_done_is_said_in_a_sentence(
    visitor: Visitor, path: str, form: dict[str, str], status: int, sentence: str
) -> None:
    visitor.sign_in(Role.OPERATOR.value)
    response = visitor.post(path, form, hx_request="true")
    assert response.status_code == status
    assert sentence in response.text


@pytest.mark.parametrize("path", ["/desk/conversations/7", "/desk/alarms/A1121-000000"])
def test_what_isnt_there_is_not_found(visitor: Visitor, path: str) -> None:
    visitor.sign_in(Role.SUPERVISOR.value)
    assert visitor.client.get(path).status_code == 404
