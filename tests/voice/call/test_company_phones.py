"""Operators at telephones: lost, put on hold, and reached through the carrier."""

import asyncio

import pytest

from bot.conversation import Conversation
from care.handovers import service as handovers
from care.storage.engine import Sessions
from tests.voice.call.at_the_desk import GREETED, DeskExchange, call
from tests.voice.call.exchange import PROMPTS, Exchange
from tests.voice.call.virtual_loop import run
from voice.call.company import BACK_WITHIN
from voice.line.leg import CameBack, Ended, LegState, Pcm16
from voice.line.place import Place

PHONE = "sip:8001@127.0.0.1"


def test_who_loses_an_operator_at_a_telephone_gets_another_one(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        here.leg.press("0")
        await asyncio.sleep(12.0)
        [first] = here.line.operators
        assert here.holder() == ("claimed", PHONE)
        first.put_down(Ended.LOST)
        await asyncio.sleep(1.0)
        assert here.holder() == ("waiting", None)
        assert PROMPTS.operator_lost in here.voice.said
        await asyncio.sleep(12.0)
        first, second = here.line.operators
        assert here.holder() == ("claimed", PHONE)
        second.say(speech)
        assert await here.hears(here.leg, 3.0) > 0.5
        second.put_down()
        await asyncio.sleep(2.0)
        assert here.holder() is None
        assert here.voice.said[-1] == PROMPTS.operator_left

    exchange = call(conversation, embedded, story, operators=(PHONE,))
    kinds = [kind for kind, _ in exchange.course()]
    assert kinds.count("requested") == 1, "they keep their place"
    assert kinds.count("released") == 1


@pytest.mark.parametrize("returns", [True, False])
def test_who_loses_their_own_telephone_may_go_on_in_the_browser(
    conversation: Conversation, embedded: Sessions, returns: bool
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        await here.join()
        await here.company.call("8001", "zhangmin", Place.OPERATOR)
        [telephone] = here.line.operators
        await asyncio.sleep(2.0)
        telephone.put_down(Ended.LOST)
        assert await here.hears(here.leg, 3.0) > 0.3, "the hold tone"
        assert here.holder() == ("claimed", "zhangmin")
        if returns:
            await here.join()
        await asyncio.sleep(BACK_WITHIN)
        assert (PROMPTS.operator_lost in here.voice.said) is not returns
        assert here.holder() == (("claimed", "zhangmin") if returns else ("waiting", None))

    call(conversation, embedded, story)


def test_an_operator_who_presses_hold_leaves_no_dead_air(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        here.leg.press("0")
        await asyncio.sleep(12.0)
        [operator] = here.line.operators
        assert await here.hears(here.leg, 3.0) == 0.0
        operator.put_on_hold(True)
        assert await here.hears(here.leg, 4.0) > 0.5, "the hold tone"
        await here.company.call("13900000002", "13900000002", Place.GUEST)
        guest = here.line.operators[-1]
        await asyncio.sleep(1.0)
        assert await here.hears(here.leg, 4.0) == 0.0, "somebody is here again"
        guest.say(speech)
        assert await here.hears(here.leg, 3.0) > 0.5
        guest.put_down()
        await asyncio.sleep(1.0)
        assert await here.hears(here.leg, 4.0) > 0.5, "the hold tone"
        operator.put_on_hold(False)
        await asyncio.sleep(1.0)
        assert await here.hears(here.leg, 4.0) == 0.0
        operator.say(speech)
        assert await here.hears(here.leg, 3.0) > 0.5
        operator.put_on_hold(True)
        await here.company.hold(True, "zhangmin")
        operator.put_on_hold(False)
        assert await here.hears(here.leg, 4.0) > 0.5, "on hold for the desk"

    call(conversation, embedded, story, operators=(PHONE,))


def test_who_is_handed_on_by_the_carrier_waits_no_more_at_the_desk(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def whole() -> None:
        exchange = Exchange(conversation, embedded, refers=True)
        leg = exchange.ring()
        leg.hand_on = None
        await asyncio.sleep(GREETED)
        leg.press("0")
        await asyncio.sleep(10.0)
        assert leg.ended is Ended.MOVED
        with embedded() as session:
            assert handovers.waiting(session) == []
        again = exchange.ring("b")
        again.came_back = CameBack.OPERATOR
        await asyncio.sleep(3.0)
        again.put_down()
        await exchange.switchboard.stop()
        with embedded() as session:
            kinds = [each.kind for each in handovers.events(session, 1)]
        assert kinds == ["requested", "claimed", "closed"]
        assert exchange.voice.said[-1] == PROMPTS.operator_left

    run(whole())


@pytest.mark.parametrize("back", CameBack)
def test_who_comes_back_is_not_recorded_without_a_word_of_it(
    conversation: Conversation, embedded: Sessions, back: CameBack
) -> None:
    async def whole() -> Exchange:
        exchange = Exchange(conversation, embedded)
        leg = exchange.ring()
        leg.came_back = back
        await asyncio.sleep(GREETED)
        assert leg.state is LegState.UP
        leg.put_down()
        await exchange.switchboard.stop()
        return exchange

    exchange = run(whole())
    cut_off, left = PROMPTS.greeting_back, PROMPTS.operator_left
    assert exchange.voice.said == [cut_off if back is CameBack.LINE else left]
    [journal] = exchange.books.journals
    assert "agreed" not in journal.kinds()
