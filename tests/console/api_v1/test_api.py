"""The REST API on a real server: who gets in, what they read, and what they don't."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from care.api_keys import keys
from care.api_keys.model import ApiRequest
from care.api_keys.scope import Scope
from care.benefits.model import BenefitCase
from care.elders.model import Elder
from care.visits.model import Visit
from console.limits import SenderLimit
from tests.care.report.half_year import HALF
from tests.conftest import NOW
from tests.console.api_v1.setting import Api

ORDERS = {"first": "2026-07-01", "last": "2026-12-31"}
ALARMS = {"first": str(HALF.on), "last": str(HALF.after)}


@pytest.fixture
def http(api: Api) -> Iterator[httpx.Client]:
    """Without a key."""
    with api.serving() as client:
        yield client


def test_without_a_key_nothing_is_answered_not_even_what_there_is(http: httpx.Client) -> None:
    for path in ("/elders", "/elders/1", "/orders", "/figures/half-year", "/openapi.json"):
        answer = http.get(path)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "钥匙" in answer.json()["detail"]
    assert http.get("/elders", headers={"Authorization": "Bearer hk_x"}).status_code == 401
    assert http.get("/docs").status_code == 404


def test_each_scope_opens_its_own(http: httpx.Client, api: Api) -> None:
    paths = {
        Scope.ELDERS: "/elders",
        Scope.ORDERS: "/orders?first=2026-07-01&last=2026-12-31",
        Scope.VISITS: "/visits?month=2026-07-15",
        Scope.BENEFITS: "/benefits",
        Scope.FIGURES: "/figures/half-year?on=2026-11-21",
        Scope.ALARMS: "/alarms?first=2026-07-01&last=2026-12-31",
    }
    for scope in Scope:
        headers = api.key(scope)
        for needed, path in paths.items():
            assert http.get(path, headers=headers).status_code == (200 if scope is needed else 403)
        assert http.get("/openapi.json", headers=headers).status_code == 200


def test_names_and_numbers_are_masked_without_the_scope_for_them(
    http: httpx.Client, api: Api
) -> None:
    little = api.key(Scope.ELDERS, Scope.ORDERS)
    much = api.key(Scope.ELDERS, Scope.ORDERS, Scope.NAMES)
    for headers, name, phone in ((little, "王**", "138****0001"), (much, "王秀英", "13800000001")):
        elder = http.get("/elders/1", headers=headers).json()
        assert (elder["name"], elder["phone"]) == (name, phone)
        assert elder["situations"] == ["独居", "空巢"]
        order = http.get("/orders/1", headers=headers).json()
        assert order["person"] == name
        assert "place" not in order
        assert "identity" not in elder
        assert http.get("/elders", headers=headers).json()["items"][0] == elder


def test_a_list_comes_in_portions_without_loss_or_repetition(http: httpx.Client, api: Api) -> None:
    headers, found = api.key(Scope.ORDERS), []
    after: int | None = 0
    while after is not None:
        asked: dict[str, str | int] = {**ORDERS, "limit": 2, "after": after}
        page = http.get("/orders", params=asked, headers=headers).json()
        found += [item["id"] for item in page["items"]]
        after = page["after"]
    assert found == [1, 2, 3, 4, 7, 8]


EJINA = [1, 2, 4, 5]


def test_lists_are_filtered(http: httpx.Client, api: Api) -> None:
    headers = api.key(Scope.ELDERS, Scope.VISITS, Scope.BENEFITS)
    with api.sessions.begin() as session:
        session.add(Elder(name="孙九", phone="13800005555", region="沈河区"))
        elsewhere = session.get_one(Visit, 1)
        elsewhere.region, number = "沈河区", elsewhere.id
    for region, ids in (("达来呼布镇", [1]), ("额济纳旗", EJINA), ("额旗", EJINA), ("沈阳市", [6])):
        there = http.get("/elders", params={"region": region}, headers=headers).json()
        assert [each["id"] for each in there["items"]] == ids
    asked = {"month": "2026-07-31", "region": "沈阳市"}
    visits = http.get("/visits", params=asked, headers=headers).json()
    assert [each["id"] for each in visits["items"]] == [number]
    visits = http.get("/visits", params={"month": "2026-07-31"}, headers=headers).json()
    assert [each["state"] for each in visits["items"]] == ["done", "done", "missed", "dropped"]
    told = http.get("/benefits", params={"state": "told"}, headers=headers).json()
    assert [each["rule"] for each in told["items"]] == ["ejina-old-age-80"]
    assert http.get("/benefits", params={"state": "new"}, headers=headers).json()["items"] == []


def test_figures_are_those_of_the_report(http: httpx.Client, api: Api) -> None:
    headers = api.key(Scope.FIGURES)
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
    http: httpx.Client, api: Api, path: str, status: int, sentence: str
) -> None:
    answer = http.get(path, headers=api.key(Scope.ELDERS, Scope.ORDERS))
    assert (answer.status_code, sentence in answer.json()["detail"]) == (status, True)


def test_every_request_that_was_let_in_is_written_down(http: httpx.Client, api: Api) -> None:
    headers = api.key(Scope.ELDERS)
    http.get("/elders/1?secret=1", headers=headers)
    http.get("/orders/1", headers=headers)
    with api.sessions() as session:
        assert [row.path for row in session.scalars(select(ApiRequest))] == ["/api/v1/elders/1"]
        assert keys.last_used(session) == {1: NOW}
        assert session.get_one(BenefitCase, 1).state == "told"


def test_whoever_asks_too_fast_waits(api: Api) -> None:
    few, many = SenderLimit(2, 10), SenderLimit(1000, 10)
    headers = api.key(Scope.ELDERS, Scope.WRITE_ORDERS)
    for limits, method, given, status in (
        ((few, many, many), "GET", {}, [401, 401, 429]),
        ((many, few, many), "GET", headers, [200, 200, 429]),
        ((many, many, few), "GET", headers, [200, 200, 200]),
    ):
        api.limits = limits
        with api.serving(given) as client:
            answers = [client.request(method, "/elders") for _try in range(3)]
        assert [answer.status_code for answer in answers] == status
    api.limits = (many, many, SenderLimit(2, 10))
    with api.serving(headers) as client:
        answers = [client.post("/quotes", json={}) for _try in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert answers[-1].headers["retry-after"] == "10"


def test_one_alarm_and_one_visit_without_what_was_said(http: httpx.Client, api: Api) -> None:
    headers = api.key(Scope.ALARMS, Scope.VISITS, Scope.BENEFITS)
    alarms = http.get("/alarms", params=ORDERS, headers=headers).json()["items"]
    assert [each["elder_id"] for each in alarms] == [1, None]
    alarm = http.get("/alarms/1", headers=headers).json()
    assert alarm == alarms[0]
    assert not {"said", "person", "phone", "place", "facts", "instruction"} & set(alarm)
    assert http.get("/visits/1", headers=headers).json()["state"] == "done"
    assert http.get("/benefits/1", headers=headers).json()["state"] == "told"


def test_what_is_refused_has_one_shape(http: httpx.Client, api: Api) -> None:
    headers = api.key(Scope.ELDERS)
    for method, path, status, code in (
        ("GET", "/elders/99", 404, "not_found"),
        ("GET", "/nowhere", 404, "not_found"),
        ("DELETE", "/elders/1", 405, "no_way"),
        ("GET", "/elders/99999999999999999999", 400, "bad_value"),
        ("GET", "/elders?region=%00", 400, "bad_value"),
        ("GET", "/elders?region=月球", 422, "unfit"),
        ("GET", "/orders/1", 403, "no_scope"),
    ):
        answer = http.request(method, path, headers=headers)
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
        assert problem["detail"].endswith("。")
    with api.sessions() as session:
        assert {row.path for row in session.scalars(select(ApiRequest))} >= {"/api/v1/elders/99"}


def test_the_description_names_everything_that_is_answered(http: httpx.Client, api: Api) -> None:
    described = http.get("/openapi.json", headers=api.key(Scope.FIGURES)).json()
    assert described["openapi"].startswith("3.")
    assert set(described["webhooks"]) == {"order.*", "visit.*", "alarm.*", "elder.*", "benefit.*"}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["security"] == [{"HTTPBearer": []}], path
            assert operation["summary"], path
            assert {"400", "401", "403", "429", "503"} <= set(operation["responses"])
            for code, response in operation["responses"].items():
                kind = "application/json" if code[0] == "2" else "application/problem+json"
                assert list(response["content"]) == [kind], (path, method, code)
    schemas = described["components"]["schemas"]
    assert "HTTPValidationError" not in str(described)
    for name in ("OrderBody", "NewElder", "VisitBody", "Problem"):
        assert "examples" in str(schemas[name]), name
