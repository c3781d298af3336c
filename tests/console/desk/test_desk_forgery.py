"""Forged requests, cookies and headers, over HTTP."""

import httpx
import pytest

from care.operators.role import Role
from console.desk.headers import HEADERS
from console.desk.login_page import safe_path
from tests.care.operators.people import PASSWORD
from tests.console.desk.routes import OPEN, ROUTES, filled
from tests.console.desk.visitor import Visitor

pytest_plugins = ["tests.console.desk.desk_setting"]


@pytest.mark.parametrize(
    "path", [path for method, path in ROUTES if method == "POST" and path not in OPEN]
)
@pytest.mark.parametrize("role", [Role.ADMIN, Role.OPERATOR])
def test_a_form_of_another_site_is_refused(visitor: Visitor, path: str, role: Role) -> None:
    visitor.sign_in(role.value)
    token = visitor.token()
    fields = {"csrf_token": token}
    before = visitor.get("/desk/me").text
    for answer in (
        visitor.forge(filled(path)),
        visitor.forge(filled(path), {"csrf_token": "0" * 64}),
        visitor.forge(filled(path), x_csrf_token=token[:-1]),
        visitor.forge(filled(path), fields, sec_fetch_site="cross-site"),
        visitor.forge(filled(path), fields, sec_fetch_site="same-site"),
        visitor.forge(filled(path), fields, origin="https://elsewhere.example"),
        visitor.forge(filled(path), fields, origin="null"),
    ):
        assert answer.status_code == 403
        assert "没有送出" in answer.text
    assert visitor.get("/desk/me").text == before


def test_the_sign_in_form_is_guarded_too(visitor: Visitor) -> None:
    fields = {"name": "operator", "password": PASSWORD}
    assert visitor.forge("/desk/login", fields).status_code == 403
    visitor.get("/desk/login")
    assert visitor.forge("/desk/login", fields).status_code == 403
    assert visitor.sign_in("operator").status_code == 303


def test_a_token_is_of_one_sign_in_only(visitor: Visitor, address: str) -> None:
    visitor.sign_in("operator")
    with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
        other = Visitor(client)
        other.sign_in("supervisor")
        token = other.token()
    assert visitor.forge("/desk/logout", {"csrf_token": token}).status_code == 403


def test_htmx_may_send_the_token_as_a_header(visitor: Visitor) -> None:
    visitor.sign_in("operator")
    token = visitor.token()
    assert visitor.forge("/desk/here", x_csrf_token=token, hx_request="true").status_code == 204


def test_the_cookie_is_for_this_site_alone(visitor: Visitor) -> None:
    cookie = visitor.sign_in("operator").headers["set-cookie"]
    assert cookie.startswith("desk=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=strict"}


def test_over_tls_the_cookie_is_a_host_cookie_and_no_other_is_taken(visitor: Visitor) -> None:
    tls = {"x_forwarded_proto": "https"}
    token = visitor.get("/desk/login", **tls).text.split('name="csrf_token" value="')[1][:64]
    kept = visitor.client.cookies["__Host-desk"]
    fields = {"name": "operator", "password": PASSWORD, "csrf_token": token}
    cookie = f"__Host-desk={kept}"
    answer = visitor.forge("/desk/login", fields, cookie=cookie, **tls)
    assert answer.status_code == 303
    assert answer.headers["set-cookie"].startswith("__Host-desk=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert answer.headers["strict-transport-security"]
    value = answer.cookies["__Host-desk"]
    assert visitor.get("/desk/me", cookie=f"__Host-desk={value}", **tls).status_code == 200
    visitor.client.cookies.clear()
    assert visitor.get("/desk/me", cookie=f"desk={value}", **tls).status_code == 303
    assert visitor.get("/desk/me", cookie=f"__Host-desk={value}").status_code == 303


def test_the_token_before_signing_in_opens_nothing_after(visitor: Visitor) -> None:
    visitor.get("/desk/login")
    before = visitor.client.cookies["desk"]
    visitor.sign_in("operator")
    assert visitor.client.cookies["desk"] != before
    assert visitor.get("/desk/me").status_code == 200
    visitor.client.cookies.set("desk", before)
    visitor.client.cookies.clear()
    assert visitor.get("/desk/me", cookie=f"desk={before}").status_code == 303


def test_every_answer_carries_the_headers(visitor: Visitor) -> None:
    answers = [visitor.get(path) for path in ("/desk", "/desk/login", "/desk/nowhere")]
    answers += [visitor.forge("/desk/login"), visitor.sign_in("operator"), visitor.get("/desk/me")]
    answers += [visitor.get("/desk/people")]
    assert [answer.status_code for answer in answers] == [303, 200, 404, 403, 303, 200, 403]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value


def test_outside_the_desk_nothing_changes(visitor: Visitor) -> None:
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not Found"}
    assert "x-frame-options" not in answer.headers


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/desk/people", "/desk/people"),
        ("/desk/people?done=changed", "/desk/people?done=changed"),
        ("", "/desk"),
        ("https://elsewhere.example/desk/", "/desk"),
        ("//elsewhere.example/desk/", "/desk"),
        ("/\\elsewhere.example/desk/", "/desk"),
        ("/desk/\\..", "/desk"),
        ("/desk/login", "/desk"),
        ("/desk/a\r\nset-cookie: x=y", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("/elsewhere", "/desk"),
    ],
)
def test_after_signing_in_one_stays_at_the_desk(to: str, goes: str) -> None:
    assert safe_path(to) == goes
