"""Whatever operators, browsers and telephones do, the caller stays and is never left in silence."""

import asyncio
import itertools
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.conversation import Conversation
from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from care.data_files import DATA
from care.desk import claims
from care.language.extractor import Extractor
from care.storage.engine import open_engine, open_sessions
from tests.conftest import NOW
from tests.databases import ELDER_KEY, new_sqlite
from tests.voice.call.at_the_desk import OPERATORS, DeskExchange, call
from tests.voice.call.exchange import Echoing
from tests.voice.call.fake_leg import FakeLeg
from voice.call.company import BACK_WITHIN, COME_WITHIN, NotWithError
from voice.line.leg import LegState
from voice.line.place import WITH_CALLER, Place

WHAT = ("claim", "join", "vanish", "hand back", "let go", "close", "hold", "resume", "guest", "0")
"""What an operator may do at any moment; 0 is the caller's key."""
SETTLED = COME_WITHIN + BACK_WITHIN + 25.0
"""Seconds until nobody can be on their way any more."""
QUIET = 9.0
"""Seconds in which a caller who waits hears a tone or a word."""

steps = st.tuples(st.sampled_from(WHAT), st.sampled_from(OPERATORS), st.sampled_from((0.0, 1, 9)))
numbers = itertools.count()


async def _do(here: DeskExchange, what: str, who: str, legs: dict[str, FakeLeg]) -> None:
    match what:
        case "claim":
            await here.claim(who)
        case "join":
            legs[who] = await here.join(who)
        case "vanish" if who in legs:
            legs.pop(who).put_down()
        case "hold" | "resume":
            await here.company.hold(what == "hold", who)
        case "guest":
            await here.company.call("13900000002", "13900000002", Place.GUEST)
        case "0":
            here.leg.press("0")
        case "hand back":
            await here.desk(claims.hand_back, who, note="")
        case "let go":
            await here.desk(claims.let_go, who)
        case "close":
            await here.desk(claims.close, who, wrap_up="answered", note="")


async def _pass(here: DeskExchange, seconds: float) -> None:
    """Time, in which the caller shows now and then that they are there."""
    until = here.loop.time() + seconds
    while here.loop.time() < until:
        here.leg.press("9")
        await asyncio.sleep(5.0)
        assert here.leg.state is LegState.UP, "a caller is never dropped"


@given(st.lists(steps, max_size=12))
@settings(
    max_examples=5,
    phases=(Phase.generate,),  # each takes a second: shrinking would take minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_caller_stays_and_somebody_has_them(
    parts: tuple[Detector, Extractor, Script], tmp_path: Path, course: list[tuple[str, str, float]]
) -> None:
    engine = open_engine(new_sqlite(tmp_path / f"{next(numbers)}.db"), ELDER_KEY)
    sessions = open_sessions(engine)
    conversation = Conversation(
        sessions,
        Echoing(),  # type: ignore[arg-type]
        EmergencyResponse(sessions, *parts),
        load_prompts(DATA),
        lambda: NOW,
    )

    async def story(here: DeskExchange) -> None:
        legs: dict[str, FakeLeg] = {}
        for what, who, wait in course:
            with suppress(NotWithError, claims.NotYoursError, claims.TakenError):
                await _do(here, what, who, legs)
            await _pass(here, wait)
        await _pass(here, SETTLED)
        present = here.company.present
        talkers = {each.name for each in present if each.place in WITH_CALLER}
        state, holder = here.holder() or ("closed", None)
        if state == "claimed":
            assert talkers, "whoever has the caller can be heard"
        else:
            assert holder is None and not present, "nobody is left behind in the call"
        if here.company.held:
            assert await here.hears(here.leg, QUIET) > 0.5, "the hold tone"

    call(conversation, sessions, story)
    engine.dispose()
