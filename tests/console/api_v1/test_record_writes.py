"""Records, consents and visits that other systems write, by the record's own rules."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from care.elders.consent import Consent, agreed, consents
from care.elders.event import events
from care.elders.model import Elder
from care.orders import service as orders
from care.orders.attention import needing
from care.visits.model import VisitAnswer, VisitEvent
from tests.care.canteens import kitchen
from tests.care.orders import town
from tests.console.api_v1.setting import Api

NEW = {
    "name": "赵六六",
    "phone": "138 0000 9999",
    "birth": "1940-05-01",
    "sex": "male",
    "region": "达来呼布镇",
    "situations": ["独居", "空巢"],
    "pension": True,
    "address": "和平路2号",
}
DONE = {"how": "home", "visitor": "李梅", "on": "2026-07-20"}


def once(number: int) -> dict[str, str]:
    return {"Idempotency-Key": str(number)}


def test_a_record_is_added_and_corrected(all_scopes: httpx.Client, api: Api) -> None:
    added = all_scopes.post("/elders", json=NEW, headers=once(1))
    number = added.json()["id"]
    assert (added.status_code, added.headers["location"]) == (201, f"/api/v1/elders/{number}")
    again = all_scopes.post("/elders", json=NEW, headers=once(1))
    assert (again.json()["id"], again.headers["idempotent-replayed"]) == (number, "true")
    change = {"sex": None, "categories": ["低保"], "address": "", "state": "moved"}
    seen = {"If-Match": added.headers["etag"]}
    changed = all_scopes.patch(f"/elders/{number}", json=change, headers=seen)
    assert changed.status_code == 200
    assert changed.headers["etag"] != added.headers["etag"]
    stale = all_scopes.patch(f"/elders/{number}", json={"diet": None}, headers=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "version_old")
    with api.sessions() as session:
        elder = session.get_one(Elder, number)
        assert (elder.phone, elder.birth_year, elder.pension) == ("13800009999", 1940, True)
        assert (elder.sex, elder.address, elder.state) == (None, None, "moved")
        assert elder.situations == {"独居", "空巢"}
        course = [(each.kind, each.field, each.by) for each in events(session, number, count=9)]
    assert set(course) == {
        ("added", "", "区平台"),
        *(("changed", field, "区平台") for field in ("sex", "categories", "address", "state")),
    }


def test_who_died_gets_no_more_orders(all_scopes: httpx.Client, api: Api) -> None:
    with api.sessions.begin() as session:
        wish = replace(town.HAIRCUT, elder_id=1, on=api.clock().date() + timedelta(days=1))
        number = orders.place(session, wish, conversation_id=None, now=api.clock()).id
    seen = {"If-Match": "*"}
    changed = all_scopes.patch("/elders/1", json={"state": "deceased"}, headers=seen)
    assert changed.json()["state"] == "deceased"
    assert all_scopes.get(f"/orders/{number}").json()["state"] == "cancelled"


def test_an_allergy_puts_what_is_cooked_already_on_the_desks_list(
    all_scopes: httpx.Client, api: Api
) -> None:
    number = kitchen.offered_with_peanuts(api.sessions, 1, api.clock())
    change = {"allergies": ["花生"]}
    assert all_scopes.patch("/elders/1", json=change, headers={"If-Match": "*"}).is_success
    with api.sessions() as session:
        assert [each.id for each in needing(session)] == [number]


def test_somebody_who_is_there_already_is_pointed_at(all_scopes: httpx.Client) -> None:
    first = all_scopes.post("/elders", json=NEW, headers=once(1)).json()["id"]
    other = NEW | {"phone": "13800008888", "identity": None}
    twice = all_scopes.post("/elders", json=other, headers=once(2))
    assert (twice.status_code, twice.json()["code"]) == (409, "maybe_duplicate")
    assert twice.json()["elders"] == [first]
    assert all_scopes.post("/elders", json=other | {"anyway": True}, headers=once(2)).is_success


def test_an_identity_number_belongs_to_one(all_scopes: httpx.Client) -> None:
    number = {"identity": "152921194203050029"}
    plain = {"name": "钱七", "phone": "13800007777"}
    first = all_scopes.post("/elders", json=plain | number, headers=once(1)).json()
    other = {"name": "孙八", "phone": "13800006666"}
    taken = all_scopes.post("/elders", json=other | number, headers=once(2))
    assert (taken.status_code, taken.json()["code"]) == (409, "taken")
    assert taken.json()["elders"] == [first["id"]]
    assert [each["field"] for each in taken.json()["errors"]] == ["identity"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "x"}, "name"),
        ({"phone": "1"}, "phone"),
        ({"identity": "1"}, "identity"),
        ({"birth": "2999"}, "birth"),
        ({"region": "月球"}, "region"),
        ({"situations": ["有钱"]}, "situations"),
        ({"diet": "满汉全席"}, "diet"),
        ({"address": "a" * 201}, "address"),
    ],
)
def test_what_a_record_cant_hold_is_said_field_by_field(
    all_scopes: httpx.Client, change: dict[str, object], field: str
) -> None:
    for answer in (
        all_scopes.post("/elders", json=NEW | change, headers=once(1)),
        all_scopes.patch("/elders/1", json=change, headers={"If-Match": "*"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "unfit")
        assert [each["field"] for each in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("change", [{"nobody": 1}, {"sex": "女"}, {"pension": "yes"}, {"name": 1}])
def test_what_is_no_field_is_refused(all_scopes: httpx.Client, change: dict[str, object]) -> None:
    answer = all_scopes.post("/elders", json=NEW | change, headers=once(1))
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_value")
    assert next(iter(change)) in answer.json()["detail"]


def test_a_consent_is_written_down_once_and_can_be_taken_back(
    all_scopes: httpx.Client, api: Api
) -> None:
    path = "/elders/1/consents/visits"
    for given in (True, True, False):
        said = all_scopes.put(path, json={"given": given, "how": "纸质同意书"})
        assert (said.status_code, said.json()["given"], said.json()["by"]) == (
            200, given, "区平台",
        )  # fmt: skip
    with api.sessions() as session:
        assert agreed(session, 1, Consent.VISITS) is False
        assert len(consents(session, 1)) == 2
    assert all_scopes.put("/elders/1/consents/x", json={"given": True, "how": "x"}).is_error
    assert all_scopes.put("/elders/99/consents/data", json={"given": True, "how": "x"}).is_error


def test_a_visit_that_was_missed_is_written_down_as_done(
    all_scopes: httpx.Client, api: Api
) -> None:
    body = DONE | {"note": "精神很好", "findings": [{"question": "eats", "finding": "well"}]}
    answers = [all_scopes.post("/visits/3/done", json=body, headers=once(1)) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert (answers[0].json()["state"], answers[0].json()["done_how"]) == ("done", "home")
    second = all_scopes.post("/visits/3/done", json=body, headers=once(2))
    assert (second.status_code, second.json()["code"]) == (409, "already_done")
    with api.sessions() as session:
        (event,) = session.scalars(select(VisitEvent).where(VisitEvent.visit_id == 3))
        assert (event.kind, event.by, event.note) == ("done", "区平台", "精神很好")
        (found,) = session.scalars(select(VisitAnswer))
        assert (found.question, found.finding) == ("eats", "well")


@pytest.mark.parametrize(
    ("path", "change", "status", "code"),
    [
        ("/visits/99/done", {}, 404, "not_found"),
        ("/visits/1/done", {}, 409, "already_done"),
        ("/visits/3/done", {"on": "2026-12-01"}, 422, "day_ahead"),
        ("/visits/3/done", {"on": "2026-08-01"}, 422, "other_month"),
        ("/visits/3/done", {"visitor": " "}, 422, "visitor_missing"),
        (
            "/visits/3/done",
            {"findings": [{"question": "eats", "finding": "gold"}]},
            422,
            "finding_unknown",
        ),
        ("/visits/3/done", {"how": "by dream"}, 400, "bad_value"),
    ],
)
def test_what_cant_be_written_down_is_said(
    all_scopes: httpx.Client, path: str, change: dict[str, object], status: int, code: str
) -> None:
    answer = all_scopes.post(path, json=DONE | change, headers=once(1))
    problem = answer.json()
    found = problem["errors"][0]["code"] if "errors" in problem else problem["code"]
    assert (answer.status_code, found) == (status, code)
