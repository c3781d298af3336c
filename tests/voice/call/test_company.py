"""Callers who are taken over at the desk, lost, held and handed back; with sound and database."""

import asyncio

import pytest

from bot.conversation import Conversation
from care.desk import claims
from care.storage.engine import Sessions
from tests.voice.call.at_the_desk import DeskExchange, call
from tests.voice.call.exchange import PROMPTS
from voice.call.company import BACK_WITHIN, COME_WITHIN, NotWithError
from voice.line.leg import Failed, LegState, Pcm16
from voice.line.place import Place


def test_a_caller_who_talks_with_the_assistant_is_taken_over_and_handed_back(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        await asyncio.sleep(6.0)
        assert PROMPTS.operator_coming in here.voice.said
        assert await here.hears(here.leg, 4.0) > 0.5, "the hold tone, until somebody speaks"
        operator = await here.join()
        said = len(here.voice.said)
        assert await here.hears(here.leg, 4.0) == 0.0, "the assistant and its tone are silent"
        here.leg.say(speech)
        assert await here.hears(operator, 4.0) > 0.5
        operator.say(speech)
        assert await here.hears(here.leg, 4.0) > 0.5
        assert len(here.voice.said) == said
        told = [(each.speaker, each.text, each.operator) for each in here.said()]
        assert ("elder", "高龄津贴多少钱", None) in told
        assert ("operator", "每月一百元", "zhangmin") in told
        await here.desk(claims.hand_back, "zhangmin", note="")
        await asyncio.sleep(5.0)
        assert operator.state is LegState.GONE
        assert here.voice.said[-1] == PROMPTS.operator_left
        here.leg.say(speech)
        await asyncio.sleep(6.0)
        assert here.voice.said[-1] == "您说的是那我再问问。", "the assistant answers again"

    texts = ["高龄津贴多少钱", "每月一百元", "那我再问问"]
    exchange = call(conversation, embedded, story, texts=texts)
    assert exchange.course()[:3] == [
        ("requested", "zhangmin"),
        ("claimed", "zhangmin"),
        ("joined", "zhangmin"),
    ]


def test_the_call_knows_its_conversation(conversation: Conversation, embedded: Sessions) -> None:
    async def story(here: DeskExchange) -> None:
        [journal] = here.books.journals
        assert ("belongs", {"elder": None, "conversation": here.number}) in journal.notes

    call(conversation, embedded, story)


def test_whoever_waits_for_a_telephone_is_taken_from_it(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def story(here: DeskExchange) -> None:
        here.line.rings = 15.0
        here.leg.press("0")
        await asyncio.sleep(12.0)
        assert here.holder() == ("waiting", None)
        await here.claim("lihua")
        await here.join("lihua")
        await asyncio.sleep(20.0)
        assert here.line.operators == [], "nobody's telephone rings on"
        assert here.holder() == ("claimed", "lihua")

    call(conversation, embedded, story, operators=("sip:8001@127.0.0.1",))


def test_a_telephone_that_comes_second_is_hung_up_on(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def story(here: DeskExchange) -> None:
        here.leg.press("0")
        while not here.line.operators:
            await asyncio.sleep(0.02)
            if here.line.ringing and here.holder() == ("waiting", None):
                with embedded.begin() as session:  # just now, and the call doesn't know it yet
                    claims.take_over(
                        session,
                        here.number,
                        operator="zhangmin",
                        now=conversation.clock(),
                        speaks=lambda _: True,
                    )
        await asyncio.sleep(3.0)
        [telephone] = here.line.operators
        assert telephone.state is LegState.GONE
        await here.join()
        assert here.holder() == ("claimed", "zhangmin")

    call(conversation, embedded, story, operators=("sip:8001@127.0.0.1",))


def test_somebody_at_the_desk_is_waited_for_when_no_telephone_is_set_up(
    conversation: Conversation, embedded: Sessions
) -> None:
    async def story(here: DeskExchange) -> None:
        here.leg.press("0")
        await asyncio.sleep(18.0)
        assert PROMPTS.operator_busy not in here.voice.said
        await asyncio.sleep(12.0)
        assert PROMPTS.operator_busy in here.voice.said
        assert here.holder() == ("waiting", None), "they can still be taken over"
        await here.claim()
        operator = await here.join()
        await asyncio.sleep(1.0)
        assert operator.state is LegState.UP

    call(conversation, embedded, story)


def test_a_browser_that_comes_back_in_time_goes_on(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        first = await here.join()
        await asyncio.sleep(3.0)
        first.put_down()
        assert await here.hears(here.leg, BACK_WITHIN - 2.0) > 0.5, "the hold tone"
        again = await here.join()
        await asyncio.sleep(1.0)
        again.say(speech)
        assert await here.hears(here.leg, 3.0) > 0.5
        assert PROMPTS.operator_lost not in here.voice.said
        assert here.holder() == ("claimed", "zhangmin")

    call(conversation, embedded, story)


@pytest.mark.parametrize("comes", [True, False], ids=["vanishes", "never comes"])
def test_an_operator_who_is_lost_leaves_the_caller_in_the_queue(
    conversation: Conversation, embedded: Sessions, comes: bool
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        if comes:
            (await here.join()).put_down()
        await asyncio.sleep((BACK_WITHIN if comes else COME_WITHIN) + 1.0)
        assert here.voice.said[-1] == PROMPTS.operator_lost
        assert here.holder() == ("waiting", None)
        await asyncio.sleep(6.0)
        assert await here.hears(here.leg, 8.0) > 0.5, "the hold tone, or a word"
        with pytest.raises(NotWithError):
            await here.join()
        await here.claim("lihua")
        other = await here.join("lihua")
        await asyncio.sleep(1.0)
        assert other.state is LegState.UP
        assert here.course()[-2:] == [("claimed", "lihua"), ("joined", "lihua")]

    call(conversation, embedded, story)


def test_own_telephone_is_bridged_and_putting_it_down_hands_back(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        browser = await here.join()
        await here.company.call("8001", "zhangmin", Place.OPERATOR)
        [telephone] = here.line.operators
        assert browser.state is LegState.GONE, "one person, one place"
        telephone.say(speech)
        assert await here.hears(here.leg, 4.0) > 0.5
        telephone.put_down()
        await asyncio.sleep(3.0)
        assert here.holder() is None
        assert here.voice.said[-1] == PROMPTS.operator_left

    call(conversation, embedded, story)


def test_a_held_caller_hears_the_tone_and_the_others_talk_about_them(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        operator = await here.join()
        await asyncio.sleep(3.0)
        await here.company.hold(True, "zhangmin")
        assert here.company.held
        await here.company.call("13900000002", "13900000002", Place.GUEST)
        [guest] = here.line.operators
        guest.say(speech)
        here.leg.say(speech)
        at = here.loop.time()
        tone = await here.hears(here.leg, 4.0)
        assert tone > 0.5
        assert operator.heard(at, at + 4.0) > 0.5
        await here.company.hold(False, "zhangmin")
        assert await here.hears(here.leg, 4.0) == 0.0, "the tone ends at once"
        guest.put_down()
        await asyncio.sleep(1.0)
        assert here.company.present[0].name == "zhangmin"
        here.line.fails = Failed.BUSY
        await here.company.call("13900000003", "13900000003", Place.GUEST)
        await asyncio.sleep(0.1)
        kinds = [kind for kind, _ in here.course()]
        assert kinds[2:] == ["joined", "held", "joined", "resumed", "left", "not_reached"]

    call(conversation, embedded, story)


def test_a_supervisor_listens_whispers_and_joins(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        with pytest.raises(NotWithError):
            await here.join("boss", Place.LISTENER)  # nobody is with the caller
        await here.claim()
        operator = await here.join()
        boss = await here.join("boss", Place.LISTENER)
        await asyncio.sleep(2.0)
        for place, caller_hears, operator_hears in (
            (Place.LISTENER, False, False),
            (Place.WHISPERER, False, True),
            (Place.GUEST, True, True),
        ):
            await here.company.turn("boss", place)
            boss.say(speech)
            at = here.loop.time()
            assert (await here.hears(here.leg, 4.0) > 0.5) is caller_hears
            assert (operator.heard(at, at + 4.0) > 0.5) is operator_hears
        here.leg.say(speech)
        assert await here.hears(boss, 4.0) > 0.5
        kinds = [each for each in here.course() if each[1] == "boss"]
        assert [kind for kind, _ in kinds] == ["listens", "listens", "whispers", "joined"]

    call(conversation, embedded, story)


def test_words_to_an_operator_raise_alarms(
    conversation: Conversation, embedded: Sessions, speech: Pcm16
) -> None:
    async def story(here: DeskExchange) -> None:
        await here.claim()
        await here.join()
        here.leg.say(speech)
        await asyncio.sleep(4.0)

    exchange = call(conversation, embedded, story, texts=["我摔倒了起不来"])
    assert [each.text for each in exchange.said() if each.speaker == "elder"] == ["我摔倒了起不来"]
    assert "alarm" in exchange.books.journals[0].kinds()
