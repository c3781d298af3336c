"""The assistant telephones an elder for this month's visit: a real telephone picks up, says how
they are, and the ledger has it."""

import asyncio
import json
from pathlib import Path

from sqlalchemy import select

from care.clock import system_clock
from care.desk import callbacks
from care.settings import read_settings
from care.storage.engine import Sessions, open_engine, open_sessions
from care.visits import service
from care.visits.model import Visit
from care.visits.plan import Planner
from evaluation.calls.phone import Phone, phone
from evaluation.system import free_port
from tests.care.visits.people import REGIONS, RULES, add_elder
from tests.e2e.alone import hotline_alone
from tests.e2e.replies import Ears, Replies
from tests.e2e.talk import likeness, sounds_like, speak, until

NUMBER = "13800000001"
ANSWERS = {  # by what a question sounds like, in either wording
    "请问是王桂兰吗": "对是我",
    "请问是您吗": "对是我",
    "身体怎么样": "我身体挺好的",
    "有没有哪儿不舒服": "我身体挺好的",
    "吃饭怎么样吃得下吗": "灯坏了没人修",
    "这两天饭还吃得下吗": "再见",
    "晚上睡得好吗": "再见",
}
END = "会有人打给您您保重"


async def _talk(telephone: Phone, ears: Ears) -> None:
    replies = Replies(telephone, ears)
    for _ in range(15):  # what is misheard is asked again, but not forever
        heard = await replies.next(timeout=60)
        if sounds_like(END, heard):
            return
        question = max(ANSWERS, key=lambda each: likeness(each, heard))
        if sounds_like(question, heard):
            await speak(telephone, ANSWERS[question])
    raise AssertionError("the talk doesn't end")


def _state(sessions: Sessions) -> str:
    with sessions() as session:
        return session.scalars(select(Visit.state)).one()


def test_an_elder_is_called_and_the_visit_is_done(tmp_path: Path) -> None:
    exchange, key = free_port(), tmp_path / "elders.key"
    trunk = {"server": f"127.0.0.1:{exchange}", "user": "12349", "register_every": 0}
    settings = {"HOTLINE_SIP": json.dumps({"trunk": trunk}), "HOTLINE_ELDER_KEY": str(key)}
    ears = Ears(read_settings())

    async def story(sessions: Sessions) -> None:
        async with phone(tmp_path / "elder", port=exchange, user=NUMBER) as telephone:
            with sessions.begin() as session:
                add_elder(session, agrees=True).name = "王桂兰"
            Planner(sessions, RULES, REGIONS.within).due(system_clock().replace(day=10))
            await telephone.pick_up(timeout=30)
            await _talk(telephone, ears)
            await telephone.until("CALL_CLOSED", timeout=20)
            await until(lambda: _state(sessions) == "done")

    with hotline_alone(tmp_path, settings, program="tests.e2e.in_the_morning") as system:
        engine = open_engine(system.database_url, key)
        sessions = open_sessions(engine)
        asyncio.run(story(sessions))
        with sessions() as session:
            found = {each.question: each.finding for each in service.answers(session, 1)}
            [call] = service.calls(session, 1)
            [wish] = callbacks.still_open(session)
        engine.dispose()
    assert (call.nth, call.result) == (1, "finished")
    assert found == {"wellbeing": "well", "needs": "wants"}
    assert wish.phone == NUMBER
    assert "要帮忙" in wish.about
