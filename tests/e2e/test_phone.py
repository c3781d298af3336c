"""A telephone calls the whole system: what is said is heard, done, and answered aloud."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from care.alarms.model import Alarm
from care.orders.model import Order
from care.settings import read_settings
from care.storage.engine import Sessions, open_engine, open_sessions
from evaluation.calls.phone import Phone, phone
from evaluation.system import System, free_port, whole_system
from tests.e2e.replies import Ears, Replies
from tests.e2e.talk import speak
from tests.voice.line.sip.hearing import babble, comes

MEAL = "后天中午给我订一份午饭"
ANSWERS = {  # by the slot that the assistant asks for
    "diet": "要软一点的",
    "place": "送到东关小区三号楼二单元五零一",
    "name": "我叫王桂兰",
    "phone": "幺三八零零零零幺二三四",
}
ALLOWANCE = "我八十三岁阿拉善左旗本地户口高龄津贴一个月多少钱"
AGE = "八十三岁"
"""For when that was the part that was misheard; elders are asked, too."""
QUESTIONS = {  # what is heard of each, most telling first; a question comes last in a reply
    "yes": "[对位喂]不对|念一遍",
    "phone": "留个电话|号码",
    "name": "称呼|姓名",
    "place": "门牌|楼号|送到哪",
    "diet": "忌口|清真",
}
QUESTION = "|".join(QUESTIONS.values())
FALL = "我摔倒了起不来"
YES = "对"


@dataclass(frozen=True)
class Line:
    """The running system, and what its callers speak and hear with."""

    system: System
    operator_port: int
    ears: Ears
    sessions: Sessions


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    settings = read_settings()
    operator = free_port()
    operators = json.dumps([f"sip:phone@127.0.0.1:{operator}"])
    with whole_system(telephone=True, settings={"HOTLINE_OPERATORS": operators}) as system:
        engine = open_engine(system.database_url)
        yield Line(system, operator, Ears(settings), open_sessions(engine))
        engine.dispose()


class Talk:
    """One call, from the caller's end."""

    def __init__(self, line: Line, telephone: Phone) -> None:
        self.telephone = telephone
        self._replies = Replies(telephone, line.ears)

    async def say(self, text: str, wanted: str) -> str:
        """Speaks, and gives the answer as far as `wanted`, as the caller's ears understand it."""
        await speak(self.telephone, text)
        return await self.hear(wanted)

    async def hear(self, wanted: str) -> str:
        """What comes until `wanted` (a pattern) was in it: a busy machine pauses inside replies."""
        text = ""
        while not re.search(wanted, text):
            try:
                text += await self._replies.next()
            except TimeoutError:
                pytest.fail(f"{wanted} was never heard, only: {text}")
        return text


def asked_for(heard: str) -> str:
    """The slot that the assistant waits for, by what its question sounded like."""
    return next(slot for slot, words in QUESTIONS.items() if re.search(words, heard))


@asynccontextmanager
async def calling(line: Line, folder: Path) -> AsyncIterator[Talk]:
    async with phone(folder) as telephone:
        await telephone.call(f"sip:12349@127.0.0.1:{line.system.sip_port}")
        talk = Talk(line, telephone)
        await talk.hear("人工")
        yield talk
        await telephone.hang_up()


def test_a_meal_is_booked(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        async with calling(line, tmp_path) as talk:
            answer, turns = await talk.say(MEAL, QUESTION), 0
            while (asked := asked_for(answer)) != "yes":
                turns += 1
                assert turns <= 2 * len(ANSWERS), "what is misheard is asked again, but not forever"
                answer = await talk.say(ANSWERS[asked], QUESTION)
            await talk.say(YES, "订好|单号")

    asyncio.run(story())
    with line.sessions() as session:
        order = session.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order is not None
        assert order.phone == "13800001234"
        assert "东关小区" in (order.place or "")


def test_an_allowance_is_told_as_the_rule_says(line: Line, tmp_path: Path) -> None:
    async def story() -> str:
        async with calling(line, tmp_path) as talk:
            answer = await talk.say(ALLOWANCE, "元|多大岁数")
            return answer if "元" in answer else await talk.say(AGE, "元")

    amounts = re.findall(r"([0-9零一二两三四五六七八九十百千万]+)元", asyncio.run(story()))
    assert amounts[0] in ("100", "一百"), amounts


def test_an_emergency_in_the_middle_of_a_form(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        async with calling(line, tmp_path) as talk:
            await talk.say(MEAL, QUESTION)
            await talk.say(FALL, "报|急")

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
            calling(line, tmp_path / "caller") as talk,
        ):
            await talk.telephone.press("0")
            await operator.pick_up(timeout=20)
            await operator.say(theirs, 8000)
            await talk.telephone.say(ours, 8000)
            assert await comes(operator.heard, ours, 0.8)
            assert await comes(talk.telephone.heard, theirs, 0.8)
            await operator.hang_up()
            # The assistant is back when the operator has gone.
            await talk.hear("助手")

    asyncio.run(story())
