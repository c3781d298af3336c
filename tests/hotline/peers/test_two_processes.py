"""A caller of one process, talked with at the desk of another: sound, steps, and what breaks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from console.desk.sound_socket import AWAY_CODE, BROKE_CODE
from console.desk.way import OVER_CODE
from tests.browser import PATIENCE, chromium
from tests.care.operators.people import PASSWORD
from tests.console.desk.floor.headset import until
from tests.e2e.desk import wide
from tests.hotline.peers.house import House, heard, open_house
from tests.hotline.peers.talking import talking
from tests.voice.line.sip.hearing import babble, likeness


@pytest.fixture(scope="module")
def house(postgresql_url: str) -> Iterator[House]:
    with open_house(postgresql_url) as opened:
        yield opened


def test_an_operator_hears_and_is_heard_and_works_in_the_call(house: House) -> None:
    ours, theirs = babble(1.5, 1), babble(1.5, 2)
    caller, number = house.caller("13800000001")
    page = f"/desk/conversations/{number}"
    steps, sound = f"{page}/call", f"{page}/sound?rate=16000"
    with house.operator() as zhang, house.operator("wangfang") as wang:

        def sees(text: str) -> None:
            until(lambda: text in zhang.get(page).text)

        def steps_in(step: str, fields: dict[str, str] | None = None) -> None:
            assert zhang.post(f"{steps}/{step}", fields, hx_request="true").status_code == 204

        sees("助手在接待")
        assert zhang.post(f"{page}/take", hx_request="true").status_code == 204
        with talking(zhang, sound) as headset:
            sees("通话中")
            headset.say(wide(ours))
            house.line.soon(lambda: caller.say(theirs))
            until(lambda: likeness(heard(caller), ours) > 0.8)
            until(lambda: likeness(headset.heard(), wide(theirs)) > 0.8)

            steps_in("hold")
            sees("老人在听等待音")
            steps_in("resume")
            with talking(wang, f"{sound}&part=listener"):
                sees("wangfang 在旁听")
                wang.post(f"{steps}/part?part=whisperer", hx_request="true")
                sees("wangfang 在耳语")
            steps_in("dial", {"telephone": "139 0000 0002"})
            sees("13900000002 在通话")
            leg = zhang.get(page).text.partition('name="leg" value="')[2].partition('"')[0]
            steps_in("dismiss", {"leg": leg})
            until(lambda: "13900000002 在通话" not in zhang.get(page).text)

            house.wire.blink()
            assert headset.over.wait(30)
            assert headset.code == BROKE_CODE
        with talking(zhang, sound) as headset:
            sees("通话中")
            assert zhang.post(f"{page}/hand-back", hx_request="true").status_code == 204
            assert headset.over.wait(30)
            assert headset.code == OVER_CODE


def test_the_page_tells_when_the_other_process_is_gone(house: House) -> None:
    _, number = house.caller("13800000002")
    fakes = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with chromium(*fakes) as browser:
        page = browser.new_page(base_url=house.desk, locale="zh-CN")
        page.goto("/desk/login")
        page.get_by_label("登录名").fill("lihua")
        page.get_by_label("密码").fill(PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.goto("/desk/queue")
        page.get_by_role("button", name="上线接待").click()
        expect(page.locator("#seat .me")).to_contain_text("空闲")
        page.goto(f"/desk/conversations/{number}")
        page.get_by_role("button", name="接过来").click()
        expect(page.locator(".call-state")).to_contain_text("通话中")
        line = page.locator(".call-line")
        expect(line).to_have_attribute("data-on", "true")
        with page.expect_websocket(timeout=PATIENCE):
            house.wire.blink()
        expect(line).to_have_attribute("data-on", "true")
        house.wire.cut()
        expect(page.locator("#desk-told")).to_contain_text("管这个电话的机器没有回应。过一会儿再接")
    path = f"/desk/conversations/{number}"
    with house.operator("lihua") as li:
        with talking(li, f"{path}/sound?rate=16000") as headset:
            assert headset.over.wait(30)
        assert headset.code == AWAY_CODE
        assert "没有回应" in li.post(f"{path}/call/hold", hx_request="true").text
