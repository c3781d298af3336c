"""Calls from a real telephone through a real Asterisk, over ARI and over AudioSocket."""

from pathlib import Path

import numpy as np
import pytest

from tests.voice.line.asterisk.centre import centre
from tests.voice.line.listening import Listener, run, soon, state
from tests.voice.line.sounds import GOOD, babble, level, likeness
from voice.line.leg import Ended, LegState

pytestmark = pytest.mark.asterisk
WIDE = "G722/16000/1"

BOTH = pytest.mark.parametrize("audiosocket", [False, True], ids=["ari", "audiosocket"])


@pytest.mark.parametrize(
    ("codec", "rate", "audiosocket"),
    [
        ("pcma", 8000, False),
        ("pcmu", 8000, False),
        (WIDE, 16_000, False),
        ("pcma", 8000, True),
    ],
)
def test_both_sides_hear_each_other(
    tmp_path: Path, codec: str, rate: int, audiosocket: bool
) -> None:
    ours, theirs = babble(1.5, 1, rate), babble(1.5, 2, rate)

    async def story() -> None:
        async with centre(tmp_path, audiosocket=audiosocket, codec=codec) as here:
            leg = await here.rings()
            assert state(leg) is LegState.RINGING
            assert leg.called == "12349"
            assert leg.caller is None  # the telephone calls itself "phone"
            listener = Listener(leg)
            await leg.answer()
            assert state(leg) is LegState.UP
            assert leg.rate == rate
            await here.caller.until("CALL_ESTABLISHED")
            await here.caller.say(theirs, rate)
            leg.play(ours)
            assert 1.0 < leg.queued <= 1.51
            await soon(lambda: likeness(listener.heard, theirs) > GOOD)
            await soon(lambda: likeness(here.caller.heard(), ours) > GOOD)
            assert leg.queued == 0
            await here.caller.hang_up()
            assert (await listener.ended()).why is Ended.THEY_HUNG_UP

    run(story(), 120)


@BOTH
def test_keys(tmp_path: Path, audiosocket: bool) -> None:
    async def story() -> str:
        async with centre(tmp_path, audiosocket=audiosocket) as here:
            leg = await here.rings()
            listener = Listener(leg)
            await leg.answer()
            await here.caller.until("CALL_ESTABLISHED")
            leg.play(babble(5.0, 1))
            await here.caller.press("10*#")
            await listener.until(lambda: len(listener.keys) >= 4)
            return listener.keys

    assert run(story(), 120) == "10*#"


@BOTH
def test_stops_talking_at_once(tmp_path: Path, audiosocket: bool) -> None:
    async def story() -> None:
        async with centre(tmp_path, audiosocket=audiosocket) as here:
            leg = await here.rings()
            await leg.answer()
            await here.caller.until("CALL_ESTABLISHED")
            leg.play(babble(8.0, 1))
            await soon(lambda: len(here.caller.heard()) > 8000)
            before = len(here.caller.heard())
            lost = leg.flush()
            assert 4.0 < lost < 7.5
            await soon(lambda: len(here.caller.heard()) > before + 8000)  # silence, not nothing
            after = here.caller.heard()[before:]
            assert np.flatnonzero(np.abs(after) > 300).max(initial=0) / 8000 < 0.3
            leg.play(babble(0.5, 2))
            await soon(lambda: likeness(here.caller.heard(), babble(0.5, 2)) > GOOD)

    run(story(), 120)


@BOTH
def test_gives_up_or_is_refused(tmp_path: Path, audiosocket: bool) -> None:
    async def story() -> None:
        async with centre(tmp_path, audiosocket=audiosocket) as here:
            leg = await here.rings()
            listener = Listener(leg)
            await here.caller.hang_up()
            assert (await listener.ended()).why is Ended.CANCELLED
            await here.caller.until("CALL_CLOSED")
            seen = len(here.caller.events)
            leg = await here.rings()
            await leg.hang_up()
            closed = await here.caller.until("CALL_CLOSED", seen=seen)
            assert closed["param"].startswith("486")  # busy

    run(story(), 120)


def test_hold_both_ways(tmp_path: Path) -> None:
    async def story() -> None:
        async with centre(tmp_path) as here:
            leg = await here.rings()
            listener = Listener(leg)
            await leg.answer()
            await here.caller.until("CALL_ESTABLISHED")
            await soon(lambda: len(here.caller.heard()) > 4000)
            assert level(here.caller.heard()) < 50  # silence, but sound all the same
            await leg.hold()
            await soon(lambda: level(here.caller.heard()[-4000:]) > 100)  # music
            await leg.resume()
            await here.caller.hold()
            await listener.until(lambda: state(leg) is LegState.HELD)
            await here.caller.resume()
            await listener.until(lambda: state(leg) is LegState.UP)
            await leg.hang_up()
            assert (await listener.ended()).why is Ended.WE_HUNG_UP

    run(story(), 120)


def test_while_we_are_not_there_a_person_is_called_and_then_it_is_busy(tmp_path: Path) -> None:
    async def story() -> str:
        async with centre(tmp_path) as here:
            await here.line.stop()
            await here.caller.call(here.server.number(), answered=False)
            closed = await here.caller.until("CALL_CLOSED", timeout=40)
            answer: str = closed["param"]
            return answer

    assert run(story(), 120).startswith("486")  # no operator is registered here
