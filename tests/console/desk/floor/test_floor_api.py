"""`/desk/api`: which systems read, and how; for who audits."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from care.api_keys import keys
from care.api_keys.scope import Scope
from care.operators.role import Role
from console.desk import api_page
from console.desk.pages import install as install_desk
from console.elder_page import build_router as build_elder_page
from tests.console.api_v1.setting import Api
from tests.console.desk.seat import OpenSeat
from tests.console.desk.setting import Setting
from tests.console.desk.visitor import Visitor
from tests.serving import serving

pytest_plugins = ["tests.console.desk.desk_setting"]


@pytest.fixture
def address(setting: Setting) -> Iterator[str]:
    """Where it is served; one key is in use, one is over, one was taken back."""
    setting.add("sun", Role.AUDITOR, "孙强")
    now = setting.clock()
    with setting.sessions.begin() as session:
        for name, days in (("区民政局", 9), ("旧系统", -1), ("区医院", 9)):
            expires = now + timedelta(days=days)
            keys.make(session, name, [Scope.ELDERS, Scope.FIGURES], expires_at=expires, now=now)
        session.flush()
        keys.revoke(session, "区医院", now)
    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(build_elder_page())
    app.include_router(api_page.build_router(Api(setting.sessions, setting.clock).app()))
    install_desk(app, setting.desk)
    with serving(app) as found:
        yield found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_tells_who_reads_and_how(open_seat: OpenSeat, scheme: str) -> None:
    seat = open_seat(scheme=scheme)
    seat.arrive("sun", "/desk/api")
    rows = seat.page.locator("main tbody tr")
    expect(rows).to_contain_text(["区医院", "旧系统", "区民政局"])
    expect(rows).to_contain_text(["已收回", "已过期", "在用"])
    seat.sees("GET /api/v1/elders/{number}")
    seat.sees("POST /api/v1/orders/{number}/cancel")
    seat.sees("138****0001 without elders:identify.")
    assert seat.faults() == []
    assert seat.violations == []


def test_whoever_may_not_audit_doesnt_see_it(visitor: Visitor) -> None:
    visitor.sign_in(Role.OPERATOR.value)
    assert visitor.get("/desk/api").status_code == 403
