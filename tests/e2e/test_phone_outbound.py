"""`hotline call`: somebody is telephoned, and whoever typed it learns what became of that."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from care.settings import ROOT
from evaluation.calls.phone import Phone, phone
from evaluation.system import System, free_port
from tests.e2e.alone import hotline_alone
from tests.e2e.talk import Person, Talk, person, recorded

HELLO = "喂你好"
ANNOUNCEMENT = "您好我现在不方便接听您的电话请在听到提示音以后留下您的姓名和电话我会尽快给您打过去"
NEWS = "您好,这里是养老服务热线。您订的午饭送到了吗?"
MACHINE = "这里是养老服务热线,有事找您,方便时请您打"
FALL = "我摔倒了起不来"


@pytest.fixture(scope="module")
def who() -> Person:
    return person()


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with hotline_alone(tmp_path_factory.mktemp("outbound")) as running:
        yield running


async def _call(system: System, target: str, *more: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hotline", "call", target, "--say", NEWS, *more),
        cwd=ROOT,
        env={
            **os.environ,
            "PORT": system.api.rpartition(":")[2],
            "HOTLINE_RUN_FOLDER": str(system.folder / "run"),
        },
        stdout=PIPE,
        stderr=STDOUT,
    )


async def _told(calling: Process) -> tuple[str, int]:
    printed, _ = await asyncio.wait_for(calling.communicate(), 60)
    text = printed.decode().replace("\n", "")
    assert "Traceback" not in text
    return text, calling.returncode or 0


async def _rings(telephone: Phone) -> None:
    await telephone.until("CALL_INCOMING", timeout=30)


def test_who_picks_up_hears_it_and_is_talked_with(
    system: System, who: Person, tmp_path: Path
) -> None:
    async def story() -> None:
        async with phone(tmp_path) as telephone:
            calling = await _call(system, telephone.address)
            await telephone.pick_up(timeout=30)
            talk = Talk(who, telephone)
            await talk.say(HELLO, "这里是养老服务热线,您订的午饭送到了吗")
            await talk.say(FALL, "我已经把您的急事报上去了", "您别慌,急事已经报上去了")
            await telephone.hang_up()
            text, code = await _told(calling)
            assert "接通了" in text
            assert "是人接的" in text
            assert code == 0

    asyncio.run(story())


def test_an_answering_machine_is_left_a_message(
    system: System, who: Person, tmp_path: Path
) -> None:
    async def story() -> None:
        async with phone(tmp_path) as telephone:
            calling = await _call(system, telephone.address)
            await telephone.pick_up(timeout=30)
            announcement = recorded(ANNOUNCEMENT)
            times = np.arange(4_000) / 8_000
            beep = (8_000 * np.sin(2 * np.pi * 1_000 * times)).astype(np.int16)
            await telephone.say(np.concatenate([announcement, beep]), 8_000)
            await Talk(who, telephone).hear(MACHINE, timeout=40)
            await telephone.until("CALL_CLOSED", timeout=20)
            text, code = await _told(calling)
            assert "语音信箱" in text
            assert code == 0

    asyncio.run(story())


def test_who_is_busy_does_not_answer_or_is_not_there(system: System, tmp_path: Path) -> None:
    async def story() -> None:
        async with phone(tmp_path / "busy") as busy, phone(tmp_path / "away") as away:
            nobody = f"sip:nobody@127.0.0.1:{free_port()}"
            callings = [
                await _call(system, busy.address),
                await _call(system, away.address, "--ring", "6"),
                await _call(system, "13800138000"),  # no trunk
                await _call(system, nobody, "--ring", "5"),
            ]
            await _rings(busy)
            await busy.hang_up()
            told = await asyncio.gather(*map(_told, callings))
            for (text, code), word in zip(
                told, ("占线", "没有人接", "打不通", "打不通"), strict=True
            ):
                assert word in text
                assert code == 1
            assert "13800138000" not in told[2][0]

    asyncio.run(story())


def test_what_is_not_a_number_is_said_and_nobody_is_called(system: System) -> None:
    async def story() -> tuple[str, int]:
        return await _told(await _call(system, "王大妈"))

    text, code = asyncio.run(story())
    assert "没有空格和汉字" in text
    assert code == 1


def test_without_the_secret_there_is_nothing_to_be_seen(system: System) -> None:
    [secret] = (system.folder / "run").iterdir()
    assert secret.stat().st_mode & 0o777 == 0o600
    wish = {"target": "13800138000", "say": NEWS}
    for given in ("", "Bearer x", secret.read_text()):
        headers = {"Authorization": given}
        url = f"{system.api}/local/calls"
        assert httpx.post(url, json=wish, headers=headers, trust_env=False).status_code == 404


def test_without_a_running_hotline_it_says_so(system: System, tmp_path: Path) -> None:
    gone = System(f"http://127.0.0.1:{free_port()}", "", 0, tmp_path, 0)

    async def story() -> tuple[str, int]:
        return await _told(await _call(gone, "13800138000"))

    text, code = asyncio.run(story())
    assert "make run" in text
    assert code == 1
