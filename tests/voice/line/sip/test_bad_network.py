"""A network that loses 5 % of all packets and delays the others by up to 60 ms."""

from pathlib import Path

from evaluation.calls.phone import phone
from tests.voice.line.sip.desk import desk, run
from tests.voice.line.sip.hearing import babble, comes, likeness
from tests.voice.line.sip.relay import relay
from voice.line.leg import Ended


def test_both_sides_still_understand_each_other(tmp_path: Path) -> None:
    ours, theirs, never = babble(3.0, 1), babble(3.0, 2), babble(3.0, 3)

    async def story() -> None:
        async with (
            desk() as line,
            relay(line.port, loss=0.05, jitter=0.06) as network,
            phone(tmp_path / "phone") as caller,
        ):
            await caller.call(f"sip:12349@127.0.0.1:{network.port}", answered=False)
            leg, ear = await line.answered()
            await caller.until("CALL_ESTABLISHED")
            leg.play(ours)
            await caller.say(theirs, leg.rate)
            assert await comes(lambda: ear.heard, theirs, 0.5)
            assert await comes(caller.heard, ours, 0.5)
            assert likeness(ear.heard, never) < 0.4
            assert network.lost > 0.02 * network.passed
            await caller.press("0")
            await ear.until_keys("0")
            await caller.hang_up()
            assert (await ear.ended()).why is Ended.THEY_HUNG_UP

    run(story())
