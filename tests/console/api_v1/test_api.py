"""The REST API on a real server: who gets in, what they read, and what they don't."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from care.api_keys import keys
from care.api_keys.model import ApiRequest
from care.api_keys.scope import Scope
from care.api_keys.sentences import Sentences
from care.benefits.model import BenefitCase
from care.storage.engine import Sessions
from console.api.v1.access import Access
from console.api.v1.app import PREFIX, build_app
from console.limits import SenderLimit
from tests.care.report.half_year import BUILDER, CLOCK, fill
from tests.conftest import NOW
from tests.serving import serving

ORDERS = {"first": "2026-07-01", "last": "2026-12-31"}


@pytest.fixture
def access(embedded: Sessions) -> Access:
    """Patient with many requests."""
    many = SenderLimit(1000, 10)
    return Access(embedded, CLOCK, Sentences.load(), many, many)


@pytest.fixture
def http(embedded: Sessions, access: Access) -> Iterator[httpx.Client]:
    """In front of it; something of everything is stored."""
    with embedded.begin() as session:
        fill(session)
    app = FastAPI(docs_url=None, redoc_url=None)
    app.mount(PREFIX, build_app(access, BUILDER))
    with serving(app) as url, httpx.Client(base_url=url + PREFIX, trust_env=False) as client:
        yield client


def key(embedded: Sessions, *scopes: Scope) -> dict[str, str]:
    """A header that opens these."""
    name = " ".join(scope.value for scope in scopes)
    with embedded.begin() as session:
        made = keys.make(session, name, scopes, expires_at=NOW + timedelta(days=1), now=NOW)
    return {"Authorization": f"Bearer {made}"}


def test_without_a_key_nothing_is_answered_not_even_what_there_is(http: httpx.Client) -> None:
    for path in ("/elders", "/elders/1", "/orders", "/figures/half-year", "/openapi.json"):
        answer = http.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "钥匙" in answer.json()["detail"]
    assert http.get("/elders", headers={"Authorization": "Bearer hk_x"}).status_code == 401
    assert http.get("/docs").status_code == 404


def test_each_scope_opens_its_own(http: httpx.Client, embedded: Sessions) -> None:
    paths = {
        Scope.ELDERS: "/elders",
        Scope.ORDERS: "/orders?first=2026-07-01&last=2026-12-31",
        Scope.VISITS: "/visits?month=2026-07-15",
        Scope.BENEFITS: "/benefits",
        Scope.FIGURES: "/figures/half-year?on=2026-11-21",
    }
    for scope in Scope:
        headers = key(embedded, scope)
        for needed, path in paths.items():
            assert http.get(path, headers=headers).status_code == (200 if scope is needed else 403)
        assert http.get("/openapi.json", headers=headers).status_code == 200


def test_names_and_numbers_are_masked_without_the_scope_for_them(
    http: httpx.Client, embedded: Sessions
) -> None:
    little = key(embedded, Scope.ELDERS, Scope.ORDERS)
    much = key(embedded, Scope.ELDERS, Scope.ORDERS, Scope.NAMES)
    for headers, name, phone in ((little, "王**", "138****0001"), (much, "王秀英", "13800000001")):
        elder = http.get("/elders/1", headers=headers).json()
        assert (elder["name"], elder["phone"]) == (name, phone)
        assert elder["situations"] == ["独居", "空巢"]
        order = http.get("/orders/1", headers=headers).json()
        assert order["person"] == name
        assert "place" not in order
        assert "identity" not in elder
        assert http.get("/elders", headers=headers).json()["items"][0] == elder


def test_a_list_comes_in_portions_without_loss_or_repetition(
    http: httpx.Client, embedded: Sessions
) -> None:
    headers, found = key(embedded, Scope.ORDERS), []
    after: int | None = 0
    while after is not None:
        asked: dict[str, str | int] = {**ORDERS, "limit": 2, "after": after}
        page = http.get("/orders", params=asked, headers=headers).json()
        found += [item["id"] for item in page["items"]]
        after = page["after"]
    assert found == [1, 2, 3, 4, 7, 8]


def test_lists_are_filtered(http: httpx.Client, embedded: Sessions) -> None:
    headers = key(embedded, Scope.ELDERS, Scope.VISITS, Scope.BENEFITS)
    there = http.get("/elders", params={"region": "达来呼布镇"}, headers=headers).json()
    assert [each["id"] for each in there["items"]] == [1]
    visits = http.get("/visits", params={"month": "2026-07-31"}, headers=headers).json()
    assert [each["state"] for each in visits["items"]] == ["done", "done", "missed", "dropped"]
    told = http.get("/benefits", params={"state": "told"}, headers=headers).json()
    assert [each["rule"] for each in told["items"]] == ["ejina-old-age-80"]
    assert http.get("/benefits", params={"state": "new"}, headers=headers).json()["items"] == []


def test_figures_are_those_of_the_report(http: httpx.Client, embedded: Sessions) -> None:
    headers = key(embedded, Scope.FIGURES)
    told = http.get("/figures/half-year", params={"on": "2026-11-21"}, headers=headers).json()
    meals = next(each for each in told["figures"] if each["id"] == "meals")
    assert (told["title"], told["first_day"]) == ("2026年下半年", "2026-07-01")
    assert (meals["value"], meals["unit"]) == (3, "份")
    assert meals["regions"]["district"]["额济纳旗"] == 3


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/elders/99", 404, "没有这一条"),
        ("/elders/x", 400, "number 写得不对"),
        ("/elders?limit=0", 400, "limit 写得不对"),
        ("/elders?limit=999", 400, "limit 写得不对"),
        ("/orders", 400, "first 写得不对"),
    ],
)
def test_what_is_asked_wrong_is_said_in_a_sentence(
    http: httpx.Client, embedded: Sessions, path: str, status: int, sentence: str
) -> None:
    answer = http.get(path, headers=key(embedded, Scope.ELDERS, Scope.ORDERS))
    assert (answer.status_code, sentence in answer.json()["detail"]) == (status, True)


def test_every_request_that_was_let_in_is_written_down(
    http: httpx.Client, embedded: Sessions
) -> None:
    headers = key(embedded, Scope.ELDERS)
    http.get("/elders/1?secret=1", headers=headers)
    http.get("/orders/1", headers=headers)
    with embedded() as session:
        assert [row.path for row in session.scalars(select(ApiRequest))] == ["/api/v1/elders/1"]
        assert keys.last_used(session) == {1: NOW}
        assert session.get_one(BenefitCase, 1).state == "told"


def test_whoever_asks_too_fast_waits(embedded: Sessions) -> None:
    few, many = SenderLimit(2, 10), SenderLimit(1000, 10)
    for limits, status in (((few, many), [401, 401, 429]), ((many, few), [200, 200, 429])):
        app = FastAPI()
        app.mount(PREFIX, build_app(Access(embedded, CLOCK, Sentences.load(), *limits), BUILDER))
        headers = key(embedded, Scope.ELDERS) if status[0] == 200 else {}
        with serving(app) as url, httpx.Client(base_url=url + PREFIX, trust_env=False) as client:
            answers = [client.get("/elders", headers=headers) for _try in range(3)]
        assert [answer.status_code for answer in answers] == status
        assert answers[-1].headers["retry-after"] == "10"


def test_the_description_names_everything_that_is_answered(
    http: httpx.Client, embedded: Sessions
) -> None:
    described = http.get("/openapi.json", headers=key(embedded, Scope.FIGURES)).json()
    assert described["openapi"].startswith("3.")
    assert set(described["paths"]) == {
        "/elders", "/elders/{number}", "/orders", "/orders/{number}", "/visits", "/benefits",
        "/figures/half-year",
    }  # fmt: skip
    for methods in described["paths"].values():
        assert set(methods) == {"get"}
        assert methods["get"]["security"] == [{"HTTPBearer": []}]
        assert {"200", "401", "403", "429"} <= set(methods["get"]["responses"])
