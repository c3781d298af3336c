"""A telephone call while something breaks: the caller always hears something that makes sense, and
nothing that was said about an emergency is lost."""

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from sqlalchemy import select

from care.alarms.model import Alarm
from care.calls.model import Call, CallEvent
from care.settings import ROOT
from care.storage.engine import Sessions, open_engine, open_sessions
from evaluation.system import System, whole_system
from tests.e2e.alone import hotline_alone
from tests.e2e.talk import Person, begin_to_say, calling, person, until
from tests.voice.line.sip.mutation import mutated
from tests.voice.line.sip.relay import relay
from tests.voice.line.sip.udp import opened
from tests.voice.line.sip.wire import Knocker, rtcp, rtp

FALL = "我摔倒了起不来"
MEAL = "我要订饭"
ALLOWANCE = "高龄津贴怎么申请"
NOT_HEARD = ("我没听清,您再说一遍", "刚才没听清,您慢点再说一遍")
RAISED = ("我已经把您的急事报上去了", "您别慌,急事已经报上去了")
WHICH_DAY = ("您想订哪一天的饭", "您要订哪天的饭")
ANYTHING = ("我在听,您请讲", "您说,我听着呢")
NO_OPERATOR = "现在没人接得上"
STORM = 1_500
"""Broken messages of SIP, and as many of RTP."""


@dataclass(frozen=True)
class Line:
    """The running system, who calls it, and its database."""

    system: System
    who: Person
    sessions: Sessions

    @property
    def port(self) -> int:
        return self.system.sip_port

    def alarms(self) -> list[Alarm]:
        """Of all calls of this module, the last one last."""
        with self.sessions() as session:
            return list(session.scalars(select(Alarm).order_by(Alarm.id)))

    def last_call(self) -> Call:
        with self.sessions() as session:
            return session.scalars(select(Call).order_by(Call.id.desc())).first() or Call()

    def is_greeted(self, before: int | None) -> bool:
        """Whether the caller after the call `before` heard the greeting to its end."""
        call = self.last_call()
        with self.sessions() as session:
            query = select(CallEvent.id).where(CallEvent.kind == "consent")  # at its end
            mine = query.where(CallEvent.call_id == call.id)
            return call.id != before and session.scalar(mine.limit(1)) is not None

    def process(self, part_of_command: str) -> psutil.Process | None:
        """The one under the supervisor that was started with this."""
        for each in psutil.Process(self.system.pid).children(recursive=True):
            try:
                if part_of_command in " ".join(each.cmdline()) and not _is_shell(each):
                    return each
            except psutil.NoSuchProcess:
                continue
        return None

    def is_listening(self) -> bool:
        try:
            answer = httpx.get(f"{self.system.api}/readyz", timeout=10, trust_env=False).json()
        except httpx.HTTPError:
            return False
        return bool(answer["dependencies"]["telephone"] == "ok")


def _is_shell(process: psutil.Process) -> bool:
    return process.name() in {"sh", "dash", "bash"}


@pytest.fixture(scope="module")
def who() -> Person:
    return person()


@pytest.fixture(scope="module")
def line(who: Person) -> Iterator[Line]:
    """One for all: what breaks the whole system comes last."""
    with whole_system(telephone=True) as system:
        engine = open_engine(system.database_url)
        yield Line(system, who, open_sessions(engine))
        engine.dispose()


def test_a_caller_who_vanishes_in_a_cry_for_help(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        before = len(line.alarms())
        async with calling(line.who, line.port, tmp_path) as talk:
            seconds = await begin_to_say(talk.telephone, FALL)
            await asyncio.sleep(seconds)
            talk.telephone.vanish()
            await until(lambda: len(line.alarms()) == before + 1)
            assert "摔" in line.alarms()[-1].said
            await until(lambda: line.last_call().why == "lost", 20.0)

    asyncio.run(story())


def test_a_caller_who_is_not_heard_any_more_is_asked_and_then_let_go(
    line: Line, tmp_path: Path
) -> None:
    async def story() -> None:
        before = line.last_call().id
        async with (
            relay(line.port, loss=0.0, jitter=0.0) as network,
            calling(line.who, network.port, tmp_path) as talk,
        ):
            # The question comes 6 s after the greeting and takes two, and the line waits 8 s for
            # sound: from a moment after the greeting, so that the question is heard whole.
            await until(lambda: line.is_greeted(before))
            await asyncio.sleep(1.5)
            network.muted = True
            await talk.hear(*ANYTHING)
            await talk.telephone.until("CALL_CLOSED", timeout=20)
            await until(lambda: line.last_call().why == "lost")

    asyncio.run(story())


def test_a_bad_network_is_talked_through(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        before = len(line.alarms())
        async with (
            relay(line.port, loss=0.05, jitter=0.06) as network,
            calling(line.who, network.port, tmp_path) as talk,
        ):
            await talk.say(MEAL, *WHICH_DAY)
            await talk.say(FALL, *RAISED)
            assert network.lost > 0.02 * network.passed
        assert len(line.alarms()) == before + 1

    asyncio.run(story())


def test_broken_messages_in_the_middle_of_a_talk(line: Line, tmp_path: Path) -> None:
    chance = random.Random(12349)  # noqa: S311 - the same messages each time

    async def story() -> None:
        async with (
            relay(line.port, loss=0.0, jitter=0.0) as network,
            calling(line.who, network.port, tmp_path) as talk,
            opened(lambda: Knocker(line.port)) as anybody,
        ):
            for number in range(STORM):
                method = chance.choice(["ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "NOTIFY"])
                good = anybody.request(method, f"storm{number}", branch=f"s{number}")
                anybody.tell(mutated(good, chance))
                packet = rtcp(number) if number % 5 == 0 else rtp(number, chance.randbytes(160))
                network.inject(mutated(packet, chance))
                if number % 50 == 49:
                    await anybody.alive(number)
            # The storm's sound is noise to our ears, and may still be in the turn.
            await talk.keep_saying(MEAL, *WHICH_DAY)

    asyncio.run(story())


def test_an_emergency_while_the_database_is_locked(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        before = len(line.alarms())
        async with calling(line.who, line.port, tmp_path) as talk:
            somebody = sqlite3.connect(line.system.folder / "hotline.db", isolation_level=None)
            somebody.execute("PRAGMA busy_timeout=5000")
            somebody.execute("BEGIN EXCLUSIVE")
            try:
                await talk.say(FALL, "我这边出了点毛病,您马上打幺二零")
            finally:
                somebody.rollback()
                somebody.close()
            await until(lambda: len(line.alarms()) == before + 1)
            assert "摔" in line.alarms()[-1].said
            # The answer was only late.
            await talk.hear(*RAISED, NO_OPERATOR)

    asyncio.run(story())


def test_a_dialogue_engine_that_dies_in_a_call(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        before = len(line.alarms())
        rasa = line.process("rasa_cli")
        assert rasa is not None
        async with calling(line.who, line.port, tmp_path) as talk:
            rasa.kill()
            await talk.say(ALLOWANCE, "我给您找个人")
            await talk.hear(NO_OPERATOR)
            await talk.say(FALL, *RAISED)
        assert len(line.alarms()) == before + 1
        # Nobody has to start it again.
        await until(lambda: line.process("rasa_cli") is not None, 20.0)

    asyncio.run(story())


def test_a_kill_in_a_cry_for_help(line: Line, tmp_path: Path) -> None:
    async def story() -> None:
        before = len(line.alarms())
        hotline = line.process("hotline serve")
        assert hotline is not None
        async with calling(line.who, line.port, tmp_path / "first") as talk:
            await begin_to_say(talk.telephone, FALL)
            # On disk while the sentence isn't over yet, or just after it.
            await until(lambda: len(line.alarms()) == before + 1)
            hotline.kill()
        # It is started again, knows what became of that call, and talks with the next caller.
        await until(line.is_listening, 90.0)
        assert line.last_call().why == "crashed"
        assert len(line.alarms()) == before + 1
        async with calling(line.who, line.port, tmp_path / "second") as talk:
            await talk.say(FALL, *RAISED)

    asyncio.run(story())


def test_ears_that_are_broken_bring_a_person_and_keys_still_work(
    who: Person, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    shutil.copytree(ROOT / "data" / "speech" / "zh-compact", model)
    network = model / "am" / "final.mdl"
    network.write_bytes(network.read_bytes()[:100_000])

    async def story() -> None:
        with hotline_alone(tmp_path, {"SPEECH_MODEL": str(model)}) as system:
            async with calling(who, system.sip_port, tmp_path / "first") as talk:
                await talk.say(FALL, *NOT_HEARD, "我给您找个人")
                await talk.hear(NO_OPERATOR)
            async with calling(who, system.sip_port, tmp_path / "second") as talk:
                await talk.telephone.press("0")
                await talk.hear("好的,我给您转人工")

    asyncio.run(story())


def test_a_recogniser_that_crashes_in_a_cry_for_help_is_replaced(
    who: Person, tmp_path: Path
) -> None:
    async def story() -> None:
        with hotline_alone(tmp_path, program="tests.e2e.crashing_ears") as system:
            async with calling(who, system.sip_port, tmp_path / "caller") as talk:
                await talk.say(FALL, *RAISED)  # nothing is lost, nobody has to say it again
            assert "the ears of a call were replaced" in (system.folder / "log").read_text("utf-8")

    asyncio.run(story())
