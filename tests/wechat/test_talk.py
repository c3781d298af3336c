"""Messages through real HTTP: what comes in, what goes out, and that it is once."""

import asyncio
from threading import Thread

import pytest
from sqlalchemy import func, select

from care.alarms import service as alarms
from care.conversations.model import Conversation, Utterance
from care.storage.engine import Sessions
from care.wechat import messages, users
from care.wechat.model import WechatMessage, WechatOutgoing
from tests.wechat.platform.delivery import Delivery, Sent
from tests.wechat.world import ELDER, PATIENCE, World, world


def stored(sessions: Sessions, speaker: str = "elder") -> list[str]:
    with sessions() as session:
        query = select(Utterance.text).where(Utterance.speaker == speaker)
        return list(session.scalars(query.order_by(Utterance.id)))


@pytest.mark.parametrize("aes", [True, False], ids=["encrypted", "plain"])
def test_a_message_is_answered_in_the_same_request(sessions: Sessions, aes: bool) -> None:
    with world(sessions, aes=aes) as made:
        made.start()
        sent = made.say("高龄津贴多少钱")
        assert sent.tries == 1
        assert made.answers() == ["您说的是高龄津贴多少钱"]
        assert [told.by for told in made.account.user(ELDER).shown] == ["user", "passive"]
    with sessions() as session:
        [row] = session.scalars(select(Conversation))
        assert (row.sender_id, row.channel) == (f"wechat:{ELDER}", "wechat")


def test_a_slow_answer_follows_as_a_message_of_its_own(hasty: World) -> None:
    hasty.rasa.let.clear()
    sent = hasty.say("我要订饭")
    assert (sent.tries, sent.failed) == (1, False)
    assert hasty.answers() == []
    hasty.rasa.let.set()
    assert hasty.until(1) == ["您说的是我要订饭"]
    assert hasty.account.user(ELDER).shown[-1].by == "service"


def test_a_repeated_request_waits_for_the_answer_that_is_being_made(sessions: Sessions) -> None:
    """The platform's patience ends before ours: it asks again, and gets the one answer there is."""
    with world(sessions) as made:
        made.start()
        made.rasa.let.clear()

        async def impatient(delivery: Delivery) -> Sent:
            delivery.patience = 0.4
            asked = asyncio.create_task(delivery.text(ELDER, "高龄津贴多少钱", tries=50))
            while await asyncio.to_thread(lambda: requests(sessions)) < 1:
                pass
            await asyncio.sleep(0.5)  # a first request has been given up by now
            made.rasa.let.set()
            return await asked

        sent = made.do(impatient)
        assert sent.tries > 1
        assert made.answers() == ["您说的是高龄津贴多少钱"]
        assert made.rasa.heard == ["高龄津贴多少钱"]
        assert stored(sessions) == ["高龄津贴多少钱"]


def requests(sessions: Sessions) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(WechatMessage)) or 0


def test_a_repetition_after_the_answer_gets_the_same_words(wechat: World) -> None:
    for _ in range(3):
        wechat.do(lambda delivery: delivery.text(ELDER, "你好", msg_id=77))
    assert wechat.answers() == ["您说的是你好"] * 3  # the platform shows one; nothing is run again
    assert wechat.rasa.heard == ["你好"]
    assert stored(wechat.sessions, "assistant") == ["您说的是你好"]


def test_a_click_that_is_told_twice_counts_once(wechat: World) -> None:
    """Events have no number: sender, second and button tell them apart."""
    now = int(wechat.clock.seconds())
    for _ in range(2):
        wechat.do(lambda d: d.event(ELDER, "CLICK", "say:我要订饭", time=now))
    wechat.do(lambda d: d.event(ELDER, "CLICK", "say:我要订饭", time=now + 1))
    assert wechat.rasa.heard == ["我要订饭"] * 2


def test_an_answer_whose_request_broke_off_goes_out_by_itself(wechat: World) -> None:
    """A process that was killed between taking the answer and handing it over."""
    wechat.rasa.says = lambda text: "好。" * 400  # two messages long
    wechat.account.wrote(ELDER)
    wechat.say("你好")
    wechat.until(2)
    with wechat.sessions.begin() as session:
        [row] = session.scalars(select(WechatMessage))
        assert row.delivery == "passive"
        row.delivery, row.held_until = "offered", wechat.clock()
    wechat.clock.forward(seconds=1)
    told = wechat.until(3)
    assert [len(each) for each in told] == [len(told[0]), len(told[1]), len(told[0])]


def test_what_came_again_while_many_wait_gets_its_answer(hasty: World) -> None:
    """The platform asks again as its message has just been answered: those words, not nothing."""
    hasty.say("你好")
    hasty.rasa.let.clear()

    async def crowd(delivery: Delivery) -> Sent:
        await asyncio.gather(*(delivery.text(f"o-other-{n}", "你好") for n in range(12)))
        return await delivery.text(ELDER, "再见", msg_id=81)

    hasty.do(crowd)
    with hasty.sessions.begin() as session:
        row = session.scalars(select(WechatMessage).where(WechatMessage.key == "m:81")).one()
        row.delivery = None
        messages.answered(session, row, "再会。", hasty.clock())
    hasty.do(lambda delivery: delivery.text(ELDER, "再见", msg_id=81))
    last = hasty.account.user(ELDER).shown[-1]
    assert (last.by, last.text) == ("passive", "再会。")


def test_two_processes_answer_once(sessions: Sessions) -> None:
    """The same message at the same moment at two processes; one of them works on it."""
    with world(sessions) as made:
        first, second = made.start(), made.start()
        made.rasa.let.clear()

        async def both(delivery: Delivery) -> Sent:
            other = Delivery(made.account, f"{second}/wechat", PATIENCE, http=delivery.http)
            each = [way.text(ELDER, "你好", msg_id=78) for way in (delivery, other)]
            asked = asyncio.gather(*each)
            await asyncio.to_thread(made.rasa.asked.acquire)
            made.rasa.let.set()
            return (await asked)[0]

        made.do(both, first)
        assert made.rasa.heard == ["你好"]
        assert made.answers() == ["您说的是你好"] * 2
        assert stored(sessions) == ["你好"]


def test_what_a_dead_process_had_in_hand_is_answered_once(sessions: Sessions) -> None:
    """Killed after it took the message; the platform asks again at the one that is started."""
    with world(sessions) as made:
        body = {
            "kind": "text", "openid": ELDER, "account": made.account.name, "content": "你好",
            "time": int(made.clock.seconds()), "id": 79,
        }  # fmt: skip
        with sessions.begin() as session:
            new = messages.New("m:79", ELDER, made.clock(), body)
            messages.receive(session, [new], made.clock())
            users.wrote(session, [ELDER], made.clock())
            assert messages.take(session, "dead", made.clock()) is not None
        made.start(patience=0.3)
        made.do(lambda delivery: delivery.text(ELDER, "你好", msg_id=79))
        assert made.answers() == []  # the dead one still counts as alive
        made.clock.forward(seconds=messages.HELD.total_seconds() + 1)
        assert made.until(1) == ["您说的是你好"]
        made.do(lambda delivery: delivery.text(ELDER, "你好", msg_id=79))
        assert made.answers() == ["您说的是你好"]
        assert made.rasa.heard == ["你好"]


def test_whoever_lost_a_message_in_the_middle_says_nothing(sessions: Sessions) -> None:
    """A process that hung comes back after another has answered."""
    with world(sessions) as made:
        made.start(patience=0.3)
        made.rasa.let.clear()
        made.say("你好")
        assert made.rasa.asked.acquire(timeout=20)
        made.clock.forward(seconds=messages.HELD.total_seconds() + 1)
        assert made.rasa.asked.acquire(timeout=20)  # another worker has it by now
        made.rasa.let.set()
        assert made.until(1) == ["您说的是你好"]
        made.say("再见")
        assert [told for told in made.until(2) if "你好" in told] == ["您说的是你好"]
        assert stored(sessions) == ["你好", "再见"]


def test_a_cry_for_help_does_not_wait_for_the_answer_before_it(hasty: World) -> None:
    """Their own first message is still with the dialogue engine."""
    hasty.rasa.let.clear()
    hasty.say("我想问一下高龄津贴")
    assert hasty.rasa.asked.acquire(timeout=20)
    hasty.say("我摔倒了起不来")
    with hasty.sessions() as session:
        assert [each.said for each in alarms.open_alarms(session)] == ["我摔倒了起不来"]
    assert hasty.answers() == []
    hasty.rasa.let.set()
    told = "\n".join(hasty.until(2))
    assert "您说的是我想问一下高龄津贴" in told
    assert "位置" in told


def test_one_person_is_answered_in_the_order_in_which_they_wrote(hasty: World) -> None:
    """The second message overtakes the first on its way; both wait for the dialogue engine."""
    hasty.rasa.let.clear()
    now = int(hasty.clock.seconds())

    async def three(delivery: Delivery) -> Sent:
        first = asyncio.create_task(delivery.text(ELDER, "一", time=now))
        await asyncio.to_thread(hasty.rasa.asked.acquire)
        third = await delivery.text(ELDER, "三", time=now + 2)
        second = await delivery.text(ELDER, "二", time=now + 1)
        assert not (third.failed or second.failed)
        hasty.rasa.let.set()
        return await first

    hasty.do(three)
    told = hasty.until_said("您说的是三")  # those that waited may have become one message
    assert "\n".join(told).split("\n") == ["您说的是一", "您说的是二", "您说的是三"]
    assert hasty.rasa.heard == ["一", "二", "三"]


def test_an_emergency_waits_behind_nobody(sessions: Sessions) -> None:
    with world(sessions) as made:
        made.start(patience=0.2)
        made.rasa.let.clear()

        async def crowd(delivery: Delivery) -> Sent:
            await asyncio.gather(*(delivery.text(f"o-other-{n}", "你好") for n in range(12)))
            return await delivery.text(ELDER, "我摔倒了起不来")

        made.do(crowd)
        with sessions() as session:
            assert [alarm.said for alarm in alarms.open_alarms(session)] == ["我摔倒了起不来"]
        made.rasa.let.set()
        assert made.until(1)
        assert made.until(1, "o-other-11") == ["您说的是你好"]


def test_an_answer_that_nobody_fetched_follows(wechat: World) -> None:
    """The platform breaks off before the answer, and doesn't ask again."""
    wechat.rasa.let.clear()

    async def breaks_off(delivery: Delivery) -> Sent:
        delivery.patience = 0.1
        return await delivery.text(ELDER, "你好", tries=1)

    assert wechat.do(breaks_off).failed
    wechat.rasa.let.set()
    wechat.until_stored("您说的是你好")
    wechat.clock.forward(seconds=10)
    assert wechat.until(1) == ["您说的是你好"]


def test_long_answers_go_out_in_parts_within_the_limit(wechat: World) -> None:
    """Signs of three and four octets; the platform refuses more than 2,048 octets."""
    sentence = "高龄津贴每月发一次😀。"
    wechat.rasa.says = lambda text: sentence * 120
    wechat.say("说说看")
    told = wechat.until(2)
    assert "".join(told) == sentence * 120
    assert all(len(each.encode()) <= 2048 for each in told)
    assert all(each.endswith("。") for each in told)


def test_emoji_and_marks_of_xml_come_through(wechat: World) -> None:
    said = "我👨‍👩‍👧要订饭]]>&lt<b>𠮷</b>&amp"
    wechat.rasa.says = lambda text: f"好👌]]><x>&{said}"
    wechat.say(said)
    assert stored(wechat.sessions) == [said]
    assert wechat.answers() == [f"好👌]]><x>&{said}"]


def test_the_same_key_at_the_same_moment_is_kept_once(sessions: Sessions) -> None:
    with world(sessions) as made:
        new = messages.New("m:1", ELDER, made.clock(), {})
        found: list[bool] = []

        def receive() -> None:
            with sessions.begin() as session:
                found.extend(each.is_new for each in messages.receive(session, [new], made.clock()))

        threads = [Thread(target=receive) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == [False] * 7 + [True]


def test_what_is_answered_holds_no_words_any_more(wechat: World) -> None:
    wechat.say("我叫王桂兰，电话13800000001")
    with wechat.sessions() as session:
        [row] = session.scalars(select(WechatMessage))
        assert row.body is None
        assert session.scalar(select(func.count()).select_from(WechatOutgoing)) == 0
