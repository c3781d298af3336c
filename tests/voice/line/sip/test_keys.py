"""Keys, both ways (RFC 4733), while the voice talks."""

from pathlib import Path

from evaluation.calls.phone import phone
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.hearing import babble, comes
from voice.line.sip.leg import SipLeg


def test_keys_come_once_each_and_in_order(tmp_path: Path) -> None:
    said = babble(3.0, 1)

    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            leg, ear = await line.answered()
            leg.play(said)
            await caller.press("0*#1122")
            await ear.until_keys("0*#1122")
            assert await comes(caller.heard, said)
            assert ear.keys == "0*#1122"

    run(story())


def test_we_press_keys(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk() as line, phone(tmp_path / "phone") as caller:
            await caller.call(line.address, answered=False)
            leg, _ = await line.answered()
            assert isinstance(leg, SipLeg)
            await leg.press("9#")
            seen = 0
            for key in "9#":
                event = await caller.until("CALL_DTMF_START", seen=seen)
                seen = caller.events.index(event) + 1
                assert event["param"] == key

    run(story())
