"""Orders that other systems place, change and cancel: as the desk would, and each once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import httpx
import pytest
from sqlalchemy import select

from care.api_keys.model import ApiRequest
from care.api_keys.scope import Scope
from care.canteens.stopped import KIND
from care.elders.event import ElderEvent
from care.elders.model import DECEASED, Elder
from care.orders.model import Order, OrderEvent
from care.orders.quota import grant
from care.storage.engine import Sessions
from tests.care.canteens import kitchen
from tests.care.orders import town
from tests.care.report.half_year import fill
from tests.conftest import NOW
from tests.console.api_v1.setting import Api

BODY = {
    "service": "助浴",
    "on": "2026-11-25",
    "at": "09:30",
    "elder_id": 1,
    "place": "达来呼布镇和平路1号",
}


def once(number: int) -> dict[str, str]:
    return {"Idempotency-Key": f"8e03978e-{number}"}


def course(api: Api, number: int) -> list[tuple[str, str, str]]:
    with api.sessions() as session:
        rows = session.scalars(select(OrderEvent).where(OrderEvent.order_id == number))
        return [(row.kind, row.by, row.how) for row in rows]


def test_an_order_is_placed_changed_and_cancelled(all_scopes: httpx.Client, api: Api) -> None:
    placed = all_scopes.post("/orders", json=BODY, headers=once(1))
    order = placed.json()
    number = order["id"]
    assert (placed.status_code, placed.headers["location"]) == (201, f"/api/v1/orders/{number}")
    assert (order["state"], order["person"], order["region"]) == ("placed", "王秀英", "达来呼布镇")
    read = all_scopes.get(f"/orders/{number}")
    assert read.headers["etag"] == placed.headers["etag"]
    changed = all_scopes.patch(
        f"/orders/{number}", json={"on": "2026-11-26"}, headers={"If-Match": read.headers["etag"]}
    )
    assert (changed.status_code, changed.json()["on"]) == (200, "2026-11-26")
    for _time in range(2):
        gone = all_scopes.post(f"/orders/{number}/cancel")
        assert (gone.status_code, gone.json()["state"]) == (200, "cancelled")
    assert course(api, number) == [
        (kind, "区平台", "api") for kind in ("placed", "changed", "cancelled")
    ]
    with api.sessions() as session:
        asked = [(row.method, row.path) for row in session.scalars(select(ApiRequest))]
    assert asked[:3] == [
        ("POST", "/api/v1/orders"),
        ("GET", f"/api/v1/orders/{number}"),
        ("PATCH", f"/api/v1/orders/{number}"),
    ]
    late = all_scopes.patch(f"/orders/{number}", json={"count": 1}, headers={"If-Match": "*"})
    assert late.status_code in (200, 409)  # nothing would be different
    late = all_scopes.patch(
        f"/orders/{number}", json={"on": "2026-11-27"}, headers={"If-Match": "*"}
    )
    assert (late.status_code, late.json()["code"]) == (409, "order_begun")


def test_who_saw_an_older_version_changes_nothing(all_scopes: httpx.Client) -> None:
    placed = all_scopes.post("/orders", json=BODY, headers=once(1))
    path, seen = f"/orders/{placed.json()['id']}", {"If-Match": placed.headers["etag"]}
    assert all_scopes.patch(path, json={"at": "10:00"}, headers=seen).status_code == 200
    second = all_scopes.patch(path, json={"at": "11:00"}, headers=seen)
    assert (second.status_code, second.json()["code"]) == (412, "version_old")
    assert all_scopes.get(path).json()["at"] == "10:00:00"
    without = all_scopes.patch(path, json={"at": "11:00"})
    assert (without.status_code, without.json()["code"]) == (428, "version_missing")


def test_the_same_token_places_once_also_after_a_restart(api: Api) -> None:
    mine, theirs = api.key(Scope.WRITE_ORDERS), api.key(Scope.WRITE_ORDERS, name="theirs")
    numbers = []
    for headers in (mine, mine, theirs):
        with api.serving(headers) as client:  # another process each time
            answer = client.post("/orders", json=BODY, headers=once(1))
            assert answer.status_code == 201
            numbers.append((answer.json()["id"], answer.headers.get("idempotent-replayed")))
            other = client.post("/orders", json=BODY | {"at": "10:00"}, headers=once(1))
            assert (other.status_code, other.json()["code"]) == (422, "token_reused")
            without = client.post("/orders", json=BODY)
            assert (without.status_code, without.json()["code"]) == (400, "token_missing")
    assert numbers == [(9, None), (9, "true"), (10, None)]


def test_asked_at_the_same_moment_it_is_placed_once(sessions: Sessions) -> None:
    """Through two processes, on both databases."""
    with sessions.begin() as session:
        fill(session)
    first, second = Api(sessions), Api(sessions)
    headers = first.key(Scope.WRITE_ORDERS)
    with first.serving(headers) as one, second.serving(headers) as two:

        def place(nth: int) -> tuple[int, int]:
            client = (one, two)[nth % 2]
            answer = client.post("/orders", json=BODY, headers=once(nth // 4))
            return answer.status_code, answer.json()["id"]

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(place, range(12)))
    assert {status for status, _number in answers} == {201}
    assert len({number for _status, number in answers}) == 3
    with sessions() as session:
        assert len(session.scalars(select(Order).where(Order.service == "助浴")).all()) == 3


def test_what_was_refused_can_be_asked_for_again_under_its_token(
    all_scopes: httpx.Client,
) -> None:
    wrong = all_scopes.post("/orders", json=BODY | {"on": "2020-01-01"}, headers=once(1))
    assert wrong.status_code == 422
    assert all_scopes.post("/orders", json=BODY, headers=once(1)).status_code == 201


def test_what_the_elder_was_told_of_money_has_to_be_right(
    all_scopes: httpx.Client, api: Api
) -> None:
    with api.sessions.begin() as session:
        grant(session, 1, 60, since=NOW.date(), by="t", note="", now=NOW)
    quoted = all_scopes.post("/quotes", json=BODY).json()
    assert (quoted["price"], quoted["pays"], quoted["decided"]) == (None, None, True)
    assert quoted["free_minutes"] == 60
    refused = all_scopes.post("/orders", json=BODY | {"pays": 4500}, headers=once(1))
    assert (refused.status_code, refused.json()["code"]) == (409, "quote_changed")
    assert refused.json()["quote"] == quoted
    placed = all_scopes.post("/orders", json=BODY, headers=once(2)).json()
    assert placed["free_minutes"] == 60
    assert all_scopes.post("/quotes", json=BODY).json()["free_minutes"] == 0


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"service": "登月"}, "service", "service_unknown"),
        ({"on": "2026-11-20"}, "on", "date_past"),
        ({"on": "2027-11-20"}, "on", "date_too_far"),
        ({"at": None}, "at", "time_missing"),
        ({"at": "23:00"}, "at", "time_outside"),
        ({"place": ""}, "place", "place_missing"),
        ({"phone": "1"}, "phone", "phone_wrong"),
        ({"elder_id": 99}, "elder_id", "elder_unknown"),
        ({"elder_id": 4}, "elder_id", "elder_gone"),
        ({"region": "月球"}, "region", "region_unknown"),
    ],
)
def test_what_cant_be_ordered_is_said_field_by_field(
    all_scopes: httpx.Client, change: dict[str, object], field: str, code: str
) -> None:
    answer = all_scopes.post("/orders", json=BODY | change, headers=once(1))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "unfit")
    assert [(each["field"], each["code"]) for each in problem["errors"]] == [(field, code)]
    assert problem["errors"][0]["detail"].endswith("。")


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b"[" * 9000, b'{"service": "\\ud800"}'])
def test_what_is_no_order_is_refused(all_scopes: httpx.Client, body: bytes) -> None:
    headers = once(1) | {"Content-Type": "application/json"}
    answer = all_scopes.post("/orders", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["code"] in ("bad_json", "bad_value")


def test_without_a_record_the_order_says_all_itself(all_scopes: httpx.Client) -> None:
    body = {key: value for key, value in BODY.items() if key != "elder_id"}
    told = {"person": "赵六", "phone": "13800007777", "region": "达来呼布镇"}
    placed = all_scopes.post("/orders", json=body | told, headers=once(1)).json()
    assert (placed["elder_id"], placed["person"], placed["region"]) == (None, "赵六", "达来呼布镇")


def test_a_meal_that_the_elder_mustnt_eat_is_stopped_and_noted(
    all_scopes: httpx.Client, api: Api
) -> None:
    with api.sessions.begin() as session:
        elder = session.get_one(Elder, 1)
        elder.allergies, elder.region = kitchen.PEANUTS, town.REGION
        row = kitchen.canteen(session, town.provider(session, "东关", "午餐"))
        kitchen.cook(session, row, date.fromisoformat("2026-11-25"), kitchen.PEANUTS)
    body = BODY | {"service": "午餐", "at": None}
    for _time in range(2):
        answer = all_scopes.post("/orders", json=body, headers=once(1))
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "unfit")
        assert "花生" in problem["errors"][0]["detail"]
    other = all_scopes.post("/orders", json=BODY, headers=once(1))
    assert other.status_code == 201
    changed = all_scopes.patch(
        other.headers["Location"].removeprefix("/api/v1"),
        json={"service": "午餐", "at": None},
        headers={"If-Match": other.headers["ETag"]},
    )
    assert "花生" in changed.json()["errors"][0]["detail"]
    with api.sessions() as session:
        stopped = select(ElderEvent).where(ElderEvent.elder_id == 1, ElderEvent.kind == KIND)
        noted = [(each.by, each.after) for each in session.scalars(stopped)]
    assert noted == [("区平台", "2026-11-25 午餐 花生")] * 3


def test_a_key_reads_back_masked_what_it_wrote(api: Api) -> None:
    with api.serving(api.key(Scope.WRITE_ORDERS)) as client:
        assert client.post("/orders", json=BODY, headers=once(1)).json()["person"] == "王**"
        assert client.get("/orders/1").status_code == 403
        assert client.get("/orders?first=2026-01-01&last=2026-12-31").status_code == 403


def test_nobody_orders_for_who_is_gone(all_scopes: httpx.Client, api: Api) -> None:
    with api.sessions.begin() as session:
        session.get_one(Elder, 1).state = DECEASED
    answer = all_scopes.post("/quotes", json=BODY)
    assert answer.json()["errors"][0]["code"] == "elder_gone"
    assert date.fromisoformat(BODY["on"]) > NOW.date()  # type: ignore[arg-type]


def test_what_the_catalogue_asks_for_is_asked_here_too(all_scopes: httpx.Client) -> None:
    soon = all_scopes.post(
        "/orders", json=BODY | {"on": NOW.date().isoformat(), "at": "15:00"}, headers=once(90)
    )
    assert soon.status_code == 422
    [error] = soon.json()["errors"]
    assert error["field"] == "on"
    assert error["detail"] == "上门洗澡要提前 24 小时约，最早 11月22日 10:00。"
