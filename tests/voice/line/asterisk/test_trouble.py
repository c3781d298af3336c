"""Asterisk restarts, this process restarts, somebody pulls a plug."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.system import free_port
from tests.voice.line.asterisk.centre import came_back, centre
from tests.voice.line.listening import Calls, Listener, run, state
from voice.line.asterisk.line import AsteriskLine
from voice.line.asterisk.pbx import Pbx
from voice.line.leg import Ended, LegState, LineError

pytestmark = pytest.mark.asterisk


def test_asterisk_restarts(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here:
            leg = await here.rings()
            listener = Listener(leg)
            await leg.answer()
            await here.server.kill()
            assert (await listener.ended()).why is Ended.LOST
            await here.caller.hang_up()
            await here.server.start()
            # The line connects again by itself; until then Asterisk would call a person.
            for _ in range(20):
                await here.caller.call(here.server.number(), answered=False)
                try:
                    leg = await here.calls.next(2)
                except TimeoutError:
                    await here.caller.hang_up()
                    continue
                break
            await leg.answer()
            assert state(leg) is LegState.UP

    run(story(), 180)


def test_our_process_is_gone_and_another_takes_the_caller(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here:
            leg = await here.rings()
            await leg.answer()
            await here.caller.until("CALL_ESTABLISHED")
            calls, other = Calls(), AsteriskLine(here.server.pbx)
            await calls.start(other)  # the first line is still there, as one that hangs would be
            again = await calls.next()
            assert came_back(again)
            await again.answer()
            assert state(again) is LegState.UP
            await other.stop()

    run(story(), 120)


def test_the_plug_is_pulled(tmp_path: Path) -> None:
    async def story() -> Ended:
        async with centre(tmp_path) as here:
            leg = await here.rings()
            listener = Listener(leg)
            await leg.answer()
            await here.caller.until("CALL_ESTABLISHED")
            here.caller.vanish()
            await listener.until(lambda: state(leg) is LegState.GONE, 40)
            return (await listener.ended()).why

    assert run(story(), 120) is Ended.LOST


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    async def story() -> None:
        nobody = AsteriskLine(Pbx("x", url=f"http://127.0.0.1:{free_port()}"))
        with pytest.raises(LineError, match="doesn't answer"):
            await nobody.start(lambda leg: None)
        async with centre(tmp_path) as here:
            stranger = AsteriskLine(replace(here.server.pbx, password="x"))
            with pytest.raises(LineError, match=r"ari\.conf"):
                await stranger.start(lambda leg: None)

    run(story(), 120)
