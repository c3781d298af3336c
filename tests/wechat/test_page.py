"""The elders' page inside WeChat: signed in through the account, in the same conversation."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from care.conversations.model import Conversation
from tests.wechat.world import ELDER, World

BROWSER = "o-browser"
"""Whom the platform takes the browser's user for."""


@pytest.fixture
def browser(wechat: World) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=wechat.hotline, trust_env=False, timeout=30) as client:
        yield client


def sign_in(browser: httpx.Client) -> None:
    """As WeChat's own browser does: to the platform and back."""
    away = browser.get("/wechat/page")
    assert away.status_code == 303
    back = httpx.get(away.headers["location"], trust_env=False, timeout=30)
    path = httpx.URL(back.headers["location"])
    landed = browser.get(path.raw_path.decode())
    assert landed.status_code == 303, landed.text
    assert landed.headers["location"] == "/wechat/page"


def test_whoever_opens_it_is_known_to_the_account(wechat: World, browser: httpx.Client) -> None:
    wechat.say("你好", BROWSER)
    sign_in(browser)
    page = browser.get("/wechat/page")
    assert 'data-api="/wechat/chat"' in page.text
    assert (
        "script-src" in page.headers["content-security-policy"]
        or "default-src 'self'" in (page.headers["content-security-policy"])
    )
    answer = browser.post("/wechat/chat", json={"sender_id": "web-forged", "text": "我要订饭"})
    assert answer.json()["replies"][0]["text"] == "您说的是我要订饭"
    with wechat.sessions() as session:
        rows = list(session.scalars(select(Conversation.sender_id)))
    assert rows == [f"wechat:{BROWSER}"]


def test_nobody_gets_in_without_the_platform(wechat: World, browser: httpx.Client) -> None:
    said = {"sender_id": f"wechat:{ELDER}", "text": "我要订饭"}
    assert browser.post("/wechat/chat", json=said).status_code == 401
    assert browser.post("/wechat/chat/live", json={}).status_code == 401
    for cookie in ("", "x", f"{ELDER}.99999999999.0", f"{ELDER}.x.y", "a.b"):
        jar = {"wechat": cookie}
        with httpx.Client(
            base_url=wechat.hotline, trust_env=False, timeout=30, cookies=jar
        ) as forger:
            assert forger.post("/wechat/chat", json=said).status_code == 401


def test_a_cookie_ends(wechat: World, browser: httpx.Client) -> None:
    sign_in(browser)
    assert browser.get("/wechat/page").status_code == 200
    wechat.clock.forward(hours=13)
    assert browser.get("/wechat/page").status_code == 303


def test_somebody_elses_sign_in_is_not_taken(wechat: World, browser: httpx.Client) -> None:
    """A link with a stranger's code: the browser never asked for it."""
    away = browser.get("/wechat/page")
    back = httpx.get(away.headers["location"], trust_env=False, timeout=30)
    path = httpx.URL(back.headers["location"])
    with httpx.Client(base_url=wechat.hotline, trust_env=False, timeout=30) as victim:
        assert victim.get(path.raw_path.decode()).status_code == 403
        victim.get("/wechat/page")  # has a state of its own now
        assert victim.get(path.raw_path.decode()).status_code == 403


def test_a_code_counts_once(wechat: World, browser: httpx.Client) -> None:
    away = browser.get("/wechat/page")
    state = httpx.URL(away.headers["location"]).params["state"]
    refused = browser.get("/wechat/signed-in", params={"code": "spent-code", "state": state})
    assert refused.status_code == 502
    assert "再点一次" in refused.text
