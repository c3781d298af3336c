"""The real process is killed in the middle of a crowd, and started again: who got which answer."""

import asyncio
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import func, or_, select, update

from care.clock import system_clock
from care.conversations.model import Utterance
from care.storage.engine import Sessions, open_engine, open_sessions
from care.wechat.model import WechatMessage, WechatOutgoing
from evaluation.system import free_port, running
from tests.databases import new_sqlite
from tests.serving import serving
from tests.wechat.platform.account import Account
from tests.wechat.platform.delivery import Delivery, Sent
from tests.wechat.platform.interface import build_interface
from tests.wechat.sandbox.__main__ import settings
from tests.wechat.world import AES_KEY, Rasa

TAKEN, BROKEN = "o-taken", "o-broken"
"""Their answers are on the way as the process dies: one was taken by the platform, one not."""
FIRST = [TAKEN, BROKEN, *(f"o-first-{number}" for number in range(4))]
"""Answered by the dialogue engine, but not told yet."""
SECOND = [f"o-second-{number}" for number in range(10)]
"""Some of them are being answered, the others wait."""
LATE = [f"o-late-{number}" for number in range(4)]
"""They write while nobody listens."""
_LONGEST = 60.0
"""Seconds until something that ought to come counts as missing."""


@dataclass(frozen=True)
class Stage:
    """The platform and the dialogue engine, which live on, and the hotline, which doesn't."""

    account: Account
    rasa: Rasa
    sessions: Sessions
    folder: Path
    hotline: str
    environment: dict[str, str]

    @contextmanager
    def process(self) -> Iterator[int]:
        """The hotline as its supervisor starts it; the process's id."""
        command = [sys.executable, "-m", "hotline", "serve"]
        log = self.folder / "log"
        with running(command, f"{self.hotline}/readyz", self.environment, log) as pid:
            yield pid

    async def say(self, people: list[str], patience: float = 5.0) -> list[Sent]:
        """All of them write; the platform asks again for as long as a start may take."""
        delivery = Delivery(self.account, f"{self.hotline}/wechat", patience)
        async with delivery.http:
            said = (delivery.text(openid, f"我是{openid}", tries=200) for openid in people)
            return await asyncio.gather(*said)

    def leases_end(self) -> None:
        """As if the time had passed after which a process counts as dead."""
        with self.sessions.begin() as session:
            for table in (WechatMessage, WechatOutgoing):
                held = update(table).where(table.held_until.is_not(None))
                session.execute(held.values(held_until=system_clock()))

    def until_answered(self, people: list[str]) -> None:
        """Everybody, and nothing waits to be sent or fetched any more."""
        assert self.account.wait_for(
            lambda: all(self.account.answers(openid) for openid in people), _LONGEST
        ), [openid for openid in people if not self.account.answers(openid)]
        deadline = monotonic() + _LONGEST
        while self._waiting() and monotonic() < deadline:
            threading.Event().wait(0.1)
        assert self._waiting() == 0

    def _waiting(self) -> int:
        unfetched = or_(WechatMessage.delivery.is_(None), WechatMessage.delivery == "offered")
        unsent = WechatOutgoing.state == "waiting"
        with self.sessions() as session:
            counts = (select(func.count()).where(each) for each in (unfetched, unsent))
            return sum(session.scalar(count) or 0 for count in counts)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    account, rasa, port = Account(aes_key=AES_KEY), Rasa(), free_port()
    hotline = f"http://127.0.0.1:{port}"
    engine = open_engine(new_sqlite(tmp_path / "hotline.db"), tmp_path / "elders.key")
    with ExitStack() as stack:
        platform = stack.enter_context(serving(build_interface(account)))
        dialogue = stack.enter_context(serving(rasa.app()))
        stack.callback(rasa.let.set)
        stack.callback(engine.dispose)
        environment = {
            "PORT": str(port),
            "HOTLINE_TELEPHONE": "false",
            "HOTLINE_RASA_URL": dialogue,
            "HOTLINE_RASA_TIMEOUT": "60",
            "HOTLINE_ACTION_TOKEN": "t" * 32,
            "HOTLINE_DATABASE_URL": f"sqlite:///{tmp_path}/hotline.db",
            "HOTLINE_ELDER_KEY": str(tmp_path / "elders.key"),
            "HOTLINE_RUN_FOLDER": str(tmp_path / "run"),
            "HOTLINE_WECHAT": json.dumps(settings(account, platform, hotline)),
        }
        yield Stage(account, rasa, open_sessions(engine), tmp_path, hotline, environment)


def test_everybody_is_answered_once(stage: Stage) -> None:
    account, rasa = stage.account, stage.rasa
    account.breaks.update({TAKEN: "after", BROKEN: "before"})
    with ThreadPoolExecutor(1) as pool:
        with stage.process() as pid:
            rasa.let.clear()
            asyncio.run(stage.say(FIRST))
            rasa.let.set()
            assert account.wait_for(lambda: account.hangs == {TAKEN, BROKEN}, _LONGEST)
            rasa.let.clear()
            asyncio.run(stage.say(SECOND))
            os.kill(pid, signal.SIGKILL)
            late = pool.submit(asyncio.run, stage.say(LATE, patience=0.5))
        stage.leases_end()
        rasa.let.set()
        everybody = FIRST + SECOND + LATE
        with stage.process():
            late.result(_LONGEST)
            stage.until_answered(everybody)
    for openid in everybody:
        # The platform had taken it when the connection broke: better twice than never.
        times = 2 if openid == TAKEN else 1
        assert account.answers(openid) == [f"您说的是我是{openid}"] * times
    with stage.sessions() as session:
        said = session.scalars(select(Utterance.text).where(Utterance.speaker == "elder"))
        assert sorted(said) == sorted(f"我是{openid}" for openid in everybody)
        answered = session.scalars(select(Utterance.text).where(Utterance.speaker == "assistant"))
        assert sorted(answered) == sorted(f"您说的是我是{openid}" for openid in everybody)
