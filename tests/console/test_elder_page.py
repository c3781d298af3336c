"""What the server sends for the elders' page."""

from collections.abc import Iterator

import pytest
from httpx import Client

from tests.console.elder_page_assistant import Assistant

pytest_plugins = ["tests.console.elder_page_setting"]


@pytest.fixture
def client(served: tuple[str, Assistant]) -> Iterator[Client]:
    address, _ = served
    with Client(base_url=address, trust_env=False) as opened:
        yield opened


def test_page_is_chinese_html(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="zh-CN"' in response.text


@pytest.mark.parametrize("path", ["/", "/static/page.js", "/static/elder.css", "/static/icon.svg"])
def test_everything_carries_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"].split("; ")
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert not [rule for rule in policy if "unsafe" in rule]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/missing.js",
        "/static/..%2felder_page.py",
        "/static/%2e%2e/limits.py",
        "/static/..%5celder_page.py",
        "/static/%00",
        "/static//etc/passwd",
    ],
)
def test_nothing_but_the_static_files_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_scripts_and_styles_have_types_that_browsers_take(client: Client) -> None:
    assert client.get("/static/page.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/static/elder.css").headers["content-type"].startswith("text/css")


def test_unchanged_files_are_not_sent_again(client: Client) -> None:
    tag = client.get("/static/page.js").headers["etag"]
    again = client.get("/static/page.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/static/page.js"])
def test_head_is_answered_without_a_body(client: Client, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(client: Client) -> None:
    text = client.get("/").text
    assert "http://" not in text
    assert "https://" not in text
    assert "<style" not in text
    assert " style=" not in text
    assert text.count("<script") == text.count('<script src="/static/')
