"""Meals by the interface: how they come, and what can't be had is said as at the desk."""

import httpx

from care.elders.model import Elder
from tests.care.canteens import kitchen
from tests.care.canteens.kitchen import PEANUTS
from tests.care.orders import town
from tests.console.api_v1.setting import Api

DAY = f"{town.MONDAY}"
LUNCH = {"service": "午餐", "on": DAY, "elder_id": 1, "place": "东关小区1号楼"}


def test_a_meal_is_ordered_as_it_can_be_had(all_scopes: httpx.Client, api: Api) -> None:
    with api.sessions.begin() as session:
        provider = town.provider(session, "福寿养老", "早餐", "午餐", "晚餐")
        row = kitchen.canteen(session, provider)
        kitchen.cook(session, row, town.MONDAY, PEANUTS)
        elder = session.get_one(Elder, 1)
        elder.allergies, elder.region = PEANUTS, town.REGION
        number = row.id

    def asked(**more: object) -> httpx.Response:
        token = {"Idempotency-Key": f"8e03978e-{len(answers)}"}
        answers.append(all_scopes.post("/orders", json=LUNCH | more, headers=token))
        return answers[-1]

    answers: list[httpx.Response] = []
    stopped = asked()
    [error] = stopped.json()["errors"]
    assert (stopped.status_code, error["field"], error["code"]) == (422, "on", "unfit")
    assert "老人对花生过敏，后天午餐的宫保鸡丁里有花生" in error["detail"]
    nowhere = asked(service="晚餐", way="dine_in")
    assert nowhere.json()["errors"][0]["code"] == "canteen_missing"
    placed = asked(service="晚餐", way="dine_in", canteen=number)
    assert placed.status_code == 201
    moved = all_scopes.patch(
        f"/orders/{placed.json()['id']}", json={"service": "午餐"}, headers={"If-Match": "*"}
    )
    assert moved.status_code == 422
    api.clock.now = town.at(town.MONDAY, 10, 31)
    late = asked(on=DAY, way="pick_up", canteen=number)
    assert "10点30分以前订" in late.json()["errors"][0]["detail"]
