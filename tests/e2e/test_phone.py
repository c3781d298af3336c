"""A telephone calls the whole system: what is said is heard, done, and answered aloud."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from care.alarms.model import Alarm
from care.orders.model import Order
from care.storage.engine import Sessions, open_engine, open_sessions
from evaluation.calls.phone import phone
from evaluation.system import free_port, whole_system
from tests.e2e.talk import Person, calling, person, sounds_like
from tests.voice.line.sip.hearing import babble, comes

MEAL = "后天中午给我订一份午饭"
ANSWERS = {  # by what the assistant asks
    "吃的上头有什么忌口": "要软一点的",
    "您说小区和楼号门牌": "送到东关小区三号楼二单元五零一",
    "请说一下姓名": "我叫王桂兰",
    "留个电话吧": "幺三八零零零零幺二三四",
}
READ_BACK = "我给您念一遍"
YES = "对"
PLACED = ("订好了,您的单号是", "把单号告诉我就行")
ALLOWANCE = "我八十三岁阿拉善左旗本地户口高龄津贴一个月多少钱"
AGE_ASKED, AGE = "老人今年多大岁数", "八十三岁"
"""For when that was the part that was misheard; elders are asked, too."""
MORE = "要我接着说吗"
FALL = "我摔倒了起不来"
RAISED = ("我已经把您的急事报上去了", "您别慌,急事已经报上去了")
BACK = "我是自动助手,又回来了"


@dataclass(frozen=True)
class Line:
    """The running system, and who calls it."""

    port: int
    operator_port: int
    who: Person
    sessions: Sessions


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    who = person()
    operator = free_port()
    operators = json.dumps([f"sip:phone@127.0.0.1:{operator}"])
    with whole_system(telephone=True, settings={"HOTLINE_OPERATORS": operators}) as system:
        engine = open_engine(system.database_url)
        yield Line(system.sip_port, operator, who, open_sessions(engine))
        engine.dispose()


def test_a_meal_is_booked(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        async with calling(line.who, line.port, tmp_path) as talk:
            heard = await talk.say(MEAL, *ANSWERS)
            for _ in range(2 * len(ANSWERS)):  # what is misheard is asked again, but not forever
                if sounds_like(READ_BACK, heard):
                    break
                asked = next(question for question in ANSWERS if sounds_like(question, heard))
                heard = await talk.say(ANSWERS[asked], *ANSWERS, READ_BACK)
            await talk.hear("对不对")
            await talk.say(YES, *PLACED)

    asyncio.run(story())
    with line.sessions() as session:
        order = session.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order is not None
        assert order.phone == "13800001234"
        assert "东关小区" in order.place


def test_an_allowance_is_told_as_the_rule_says(line: Line, tmp_path: Path) -> None:
    async def story() -> str:
        async with calling(line.who, line.port, tmp_path) as talk:
            heard = await talk.say(ALLOWANCE, MORE, AGE_ASKED)
            return await talk.say(AGE, MORE) if sounds_like(AGE_ASKED, heard) else heard

    amounts = re.findall(r"([零一二两三四五六七八九十百千万]+)元", asyncio.run(story()))
    assert amounts == ["一百"]


def test_an_emergency_in_the_middle_of_a_form(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        async with calling(line.who, line.port, tmp_path) as talk:
            await talk.say(MEAL, *ANSWERS)
            await talk.say(FALL, *RAISED)

    asyncio.run(story())
    with line.sessions() as session:
        alarm = session.scalars(select(Alarm).order_by(Alarm.id.desc())).first()
        assert alarm is not None
        assert alarm.category == "fall"
        assert alarm.state != "closed", "hanging up undoes nothing"


def test_pressing_0_brings_a_person_who_hears_and_is_heard(line: Line, tmp_path: Path) -> None:
    ours, theirs = babble(3.0, 1), babble(3.0, 2)

    async def story() -> None:
        async with (
            phone(tmp_path / "operator", port=line.operator_port) as operator,
            calling(line.who, line.port, tmp_path / "caller") as talk,
        ):
            await talk.telephone.press("0")
            await operator.pick_up(timeout=20)
            await operator.say(theirs, 8000)
            await talk.telephone.say(ours, 8000)
            assert await comes(operator.heard, ours, 0.8)
            assert await comes(talk.telephone.heard, theirs, 0.8)
            await operator.hang_up()
            await talk.hear(BACK)

    asyncio.run(story())
