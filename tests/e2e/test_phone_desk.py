"""A telephone calls the whole system, and an operator takes the call over in the browser."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import expect
from sqlalchemy import select

from care.alarms.model import Alarm
from care.calls.model import Call
from care.operators.role import Role
from care.storage.engine import Sessions, open_engine, open_sessions
from evaluation.system import System, whole_system
from tests.e2e.desk import SOON, hire, picture, seat, wide
from tests.e2e.talk import Person, calling, person, speak
from tests.voice.line.sip.hearing import babble, comes

QUESTION = "高龄津贴怎么申请"
FALL = "我摔倒了起不来"


@dataclass(frozen=True)
class Centre:
    """The running system, and who listens to its callers' telephones."""

    system: System
    sessions: Sessions
    ears: Person


@pytest.fixture(scope="module")
def centre() -> Iterator[Centre]:
    with whole_system(telephone=True) as system:
        engine = open_engine(system.database_url)
        sessions = open_sessions(engine)
        hire(sessions, "zhangmin", "张敏", Role.OPERATOR)
        yield Centre(system, sessions, person())
        engine.dispose()


def test_take_over_a_call_hear_and_be_heard_and_hand_it_back(
    centre: Centre, tmp_path: Path
) -> None:
    ours, theirs = babble(3.0, 1), babble(3.0, 2)

    async def story() -> None:
        async with (
            seat(centre.system.api, "zhangmin", theirs, tmp_path / "desk") as (page, headset),
            calling(centre.ears, centre.system.sip_port, tmp_path / "caller") as talk,
        ):
            await talk.telephone.press("0")
            await page.locator("[data-waiting]").get_by_role("button", name="接起").click()
            await page.wait_for_url("**/desk/conversations/*")
            await expect(page.locator(".call-line")).to_contain_text("通话中", timeout=SOON)
            assert await comes(talk.telephone.heard, theirs, 0.8), "the caller hears the operator"
            for _ in range(3):  # a machine that stood still for a moment lost some of it
                await talk.telephone.say(ours, 8_000)
                if heard := await comes(headset.heard, wide(ours), 0.8):
                    break
            assert heard, "the operator hears the caller"
            level = page.locator('[data-level="theirs"]')
            assert float(await level.evaluate("meter => meter.value")) > 0.02, "aloud"

            await speak(talk.telephone, QUESTION)
            said = page.locator("#said .by-elder").last
            await expect(said).to_contain_text("津贴", timeout=SOON)
            await expect(page.locator("#offers .answer").first).to_be_visible(timeout=SOON)
            await picture(page, "desk-call")
            async with page.expect_popup() as opened:
                await page.get_by_role("link", name="下订单").click()
            await (await opened.value).close()
            await expect(page.locator(".call-line")).to_have_attribute("data-on", "true")

            await page.get_by_role("button", name="交还助手").click()
            await page.get_by_role("button", name="交还", exact=True).click()
            await page.wait_for_url("**/desk/queue")
            await talk.hear("我是自动助手又回来了")

    asyncio.run(story())


def test_an_alarm_from_a_call_is_worked_to_its_end(centre: Centre, tmp_path: Path) -> None:
    async def story() -> None:
        async with (
            seat(centre.system.api, "zhangmin", babble(1.0, 3), tmp_path / "desk") as (page, _),
            calling(centre.ears, centre.system.sip_port, tmp_path / "caller") as talk,
        ):
            await page.goto("/desk/headset")
            await page.get_by_role("button", name="开始").click()
            tried = page.locator("#headset")
            await expect(tried).to_have_attribute("data-mine", "heard", timeout=SOON)
            await expect(tried).to_have_attribute("data-theirs", "heard", timeout=SOON)
            await page.goto("/desk/queue")
            await speak(talk.telephone, FALL)
            alarm = page.locator(".row.alarm")
            await expect(alarm).to_contain_text("跌倒", timeout=SOON)
            await talk.telephone.hang_up()
            keyboard, stage = page.keyboard, page.locator(".stages [aria-current=step] b")
            await keyboard.press("a")
            await page.wait_for_url("**/desk/alarms/A*")
            await expect(stage).to_have_text("接警", timeout=SOON)
            await keyboard.press("d")
            await keyboard.type("社区网格员 王强")
            await keyboard.press("Enter")
            await expect(stage).to_have_text("派人", timeout=SOON)
            await page.locator("h1").click()  # out of the field
            await keyboard.press("p")
            await expect(stage).to_have_text("到场", timeout=SOON)
            await keyboard.press("e")
            await keyboard.press("Space")  # the first ending: helped
            await keyboard.press("Enter")
            await expect(stage).to_have_text("了结", timeout=SOON)

    asyncio.run(story())
    with centre.sessions() as session:
        alarm = session.scalars(select(Alarm)).one()
        assert (alarm.state, alarm.outcome, alarm.handled_by) == ("closed", "helped", "zhangmin")
        call = session.scalars(select(Call).order_by(Call.id.desc())).first()
        assert call is not None
        assert call.conversation_id == alarm.conversation_id
