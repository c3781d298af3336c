"""What goes out by itself: counted, merged, sent again, or shown to the operator."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from care.changes.model import Change
from care.conversations import service as conversations
from care.desk import claims, seats
from care.desk.state import SeatState
from care.storage.engine import Sessions
from care.wechat import outbox, quota, users
from care.wechat.model import WechatOutgoing, WechatUser
from care.wechat.settings import Template
from hotline.wechat import build_api
from tests.conftest import NOW
from tests.wechat.world import ELDER, World, world


def take_over(made: World, openid: str = ELDER) -> int:
    """张敏 has whoever writes; the number of their conversation."""
    with made.sessions.begin() as session:
        row = conversations.of_sender(session, f"wechat:{openid}", channel="wechat")
        assert row is not None
        seats.choose(session, "zhangmin", SeatState.AVAILABLE, made.clock())
        claims.take_over(session, row.id, operator="zhangmin", now=made.clock())
        return row.id


def operator_says(made: World, number: int, *texts: str) -> None:
    with made.sessions.begin() as session:
        for text in texts:
            claims.say(session, number, operator="zhangmin", text=text, now=made.clock())


def rows(sessions: Sessions) -> list[WechatOutgoing]:
    with sessions() as session:
        return list(session.scalars(select(WechatOutgoing).order_by(WechatOutgoing.id)))


def put(made: World, *texts: str, kind: str = "text", topic: str | None = None) -> None:
    with made.sessions.begin() as session:
        for text in texts:
            words = outbox.Words(f"key:{text[:40]}", ELDER, text, kind=kind, topic=topic)
            assert outbox.put(session, words, made.clock())


def test_an_operator_talks_with_somebody_in_wechat(wechat: World) -> None:
    wechat.say("我要订饭")
    number = take_over(wechat)
    wechat.say("在吗")  # the assistant is silent now
    operator_says(wechat, number, "在的，您说。")
    assert wechat.until(2) == ["您说的是我要订饭", "在的，您说。"]
    assert wechat.rasa.heard == ["我要订饭"]


def test_what_waits_is_merged_and_counted_once(wechat: World) -> None:
    wechat.say("你好")
    put(wechat, "一。", "二。", "三。")
    assert wechat.until(2) == ["您说的是你好", "一。\n二。\n三。"]
    with wechat.sessions() as session:
        user = session.get_one(WechatUser, ELDER)
        assert quota.left(user, wechat.clock()).count == 4


def test_after_five_the_rest_waits_until_they_write_again(wechat: World) -> None:
    wechat.say("你好")
    for count in range(1, 8):
        put(wechat, f"第{count}句。")
        if count <= 5:
            wechat.until(1 + count)
    wechat.until_outbox("held", 2)
    assert wechat.answers()[1:] == [f"第{count}句。" for count in range(1, 6)]
    wechat.say("还在吗")
    assert "第6句。\n第7句。" in wechat.until(8)


@pytest.mark.parametrize("code", [45047, 45015])
def test_the_platform_counts_more_than_we_do(wechat: World, code: int) -> None:
    """As after a database was put back: it is believed."""
    wechat.say("你好")
    wechat.account.failing.append(code)
    put(wechat, "一。")
    wechat.until_outbox("held", 1)
    with wechat.sessions() as session:
        assert quota.left(session.get_one(WechatUser, ELDER), wechat.clock()).count == 0
    wechat.say("嗯")
    assert "一。" in wechat.until(3)


@pytest.mark.parametrize(
    ("code", "error"), [(43004, "unfollowed"), (48001, "refused 48001"), (40003, "unfollowed")]
)
def test_what_never_arrives_is_shown_to_operators(wechat: World, code: int, error: str) -> None:
    wechat.say("你好")
    wechat.account.failing.append(code)
    put(wechat, "一。")
    wechat.until_outbox("failed", 1)
    with wechat.sessions() as session:
        row = conversations.of_sender(session, f"wechat:{ELDER}", channel="wechat")
        assert row is not None
        since = wechat.clock() - timedelta(hours=1)
        assert [each.error for each in outbox.undelivered(session, ELDER, since=since)] == [error]
        told = session.scalars(select(Change.key).where(Change.topic == "conversation"))
        assert str(row.id) in set(told)
    if error == "unfollowed":
        put(wechat, "二。")
        wechat.until_outbox("failed", 2)
        assert wechat.answers() == ["您说的是你好"]


def test_a_busy_platform_is_asked_again(wechat: World) -> None:
    wechat.say("你好")
    wechat.account.failing.extend([-1, 45009, 45011])
    put(wechat, "一。")
    for _ in range(3):
        wechat.until_error("busy")
        wechat.clock.forward(seconds=10)
    assert wechat.until(2)[1:] == ["一。"]
    with wechat.sessions() as session:
        assert quota.left(session.get_one(WechatUser, ELDER), wechat.clock()).count == 4


def test_an_outage_of_a_quarter_of_an_hour_loses_nothing(wechat: World) -> None:
    """Of the kind that a forgotten address in the platform's list makes, too."""
    wechat.say("你好")
    wechat.clock.forward(seconds=wechat.account.token_lasts)
    wechat.account.refusing.extend([40164] * 14)  # each time a token is asked for
    put(wechat, "一。")
    for _ in range(14):
        wechat.until_error("busy")
        wechat.clock.forward(seconds=64)
    assert wechat.until(2)[1:] == ["一。"]


def test_after_an_hour_it_is_given_up_and_shown(wechat: World) -> None:
    wechat.say("你好")
    wechat.account.failing.extend([-1, -1])
    put(wechat, "一。")
    wechat.until_error("busy")
    wechat.clock.forward(hours=1)
    wechat.until_outbox("failed", 1)


def test_what_was_held_for_hours_is_tried_as_long_as_any_other(wechat: World) -> None:
    wechat.say("你好")
    wechat.account.failing.append(45015)  # the platform's own count says that it is too late
    put(wechat, "一。")
    wechat.until_outbox("held", 1)
    wechat.clock.forward(hours=3)
    wechat.account.failing.extend([-1, -1])
    wechat.say("嗯")
    for _ in range(2):
        wechat.until_error("busy")
        wechat.clock.forward(seconds=10)
    assert "一。" in wechat.until(3)


def test_a_template_that_is_refused_costs_nothing_else(embedded: Sessions) -> None:
    with world(embedded, templates={"alarm": Template(id="t1", fields={"a": "{text}"})}) as made:
        made.start()
        made.say("你好")
        put(made, "一。")
        made.until(2)
        made.clock.forward(hours=49)
        made.account.failing.append(43101)
        put(made, "王桂兰有紧急求助。", kind="notice", topic="alarm")
        made.until_outbox("failed", 1)
        with made.sessions() as session:
            user = session.get_one(WechatUser, ELDER)
            assert (user.follows, user.sent_since_wrote) == (True, 1)


def test_words_are_forgotten_after_a_month(sessions: Sessions) -> None:
    month = timedelta(days=31)
    states = {"sent": NOW, "held": NOW, "failed": NOW, "waiting": NOW, "fresh": NOW + month}
    with sessions.begin() as session:
        for key, at in states.items():
            outbox.put(session, outbox.Words(key, ELDER, "王桂兰订了午餐。"), at)
        for row in session.scalars(select(WechatOutgoing)):
            row.state = row.key if row.key in ("sent", "held", "failed") else "waiting"
    with sessions.begin() as session:
        outbox.forget_old(session, NOW + month)
        left = {row.key for row in session.scalars(select(WechatOutgoing))}
    assert left == {"waiting", "fresh"}


def test_a_token_that_ends_in_the_middle_is_renewed_at_once(wechat: World) -> None:
    wechat.say("你好")
    put(wechat, "一。")
    wechat.until(2)
    wechat.account.spoil_tokens()
    put(wechat, "二。")
    assert wechat.until(3)[2:] == ["二。"]
    wechat.clock.forward(seconds=wechat.account.token_lasts - 200)
    put(wechat, "三。")
    assert wechat.until(4)[3:] == ["三。"]
    assert wechat.account.fetched == 3


def test_nothing_is_sent_after_48_hours_but_a_template(embedded: Sessions) -> None:
    template = Template(
        id="t1", fields={"thing1": "{title}", "thing2": "{text}", "time3": "{time}"}
    )
    with world(embedded, templates={"alarm": template}) as made:
        made.start()
        made.say("你好")
        made.clock.forward(hours=49)
        put(made, "答复。")
        made.until_outbox("held", 1)
        put(made, "王桂兰有紧急求助。", kind="notice", topic="alarm")
        assert made.until(2)[1:] == ["报警通知；王桂兰有紧急求助。；2026-11-23 11:00"]


def test_whoever_leaves_gets_nothing_until_they_come_back(wechat: World) -> None:
    wechat.say("你好")
    wechat.do(lambda delivery: delivery.event(ELDER, "unsubscribe"))
    put(wechat, "一。")
    wechat.until_outbox("failed", 1)
    wechat.do(lambda delivery: delivery.event(ELDER, "SCAN", "1"))  # our code, at the counter
    put(wechat, "二。")
    assert wechat.until(2)[1:] == ["二。"]


def test_of_all_processes_one_fetches_the_token(sessions: Sessions) -> None:
    with world(sessions) as made, ThreadPoolExecutor(8) as pool:
        several = [build_api(made.settings, sessions, made.clock).tokens for _ in range(8)]
        assert len(set(pool.map(lambda each: each.get(), several))) == 1
        assert made.account.fetched == 1
        made.clock.forward(seconds=made.account.token_lasts - 200)  # both are good: nobody waits
        again = set(pool.map(lambda each: each.get(), several))
        assert made.account.fetched == 2
        assert several[0].get() in again
        for each in several:
            each.http.close()


def test_a_click_allows_three_within_a_minute(wechat: World) -> None:
    wechat.do(lambda delivery: delivery.event(ELDER, "subscribe"))
    assert wechat.answers()[0].startswith("您好")
    for count in range(1, 5):
        put(wechat, f"{count}。")
        if count <= 3:
            wechat.until(1 + count)
    wechat.until_outbox("held", 1)
    with wechat.sessions.begin() as session:
        users.clicked(session, [ELDER], wechat.clock())
        user = session.get_one(WechatUser, ELDER)
        assert quota.left(user, wechat.clock()) == quota.Left(
            3, wechat.clock() + timedelta(minutes=1)
        )
        assert quota.left(user, wechat.clock() + timedelta(minutes=1)) == quota.NOTHING


def test_a_sender_that_died_is_followed_by_another(sessions: Sessions) -> None:
    with world(sessions) as made:
        with sessions.begin() as session:
            users.wrote(session, [ELDER], made.clock())
            made.account.wrote(ELDER)
        put(made, "一。")
        with sessions.begin() as session:
            assert outbox.take(session, "dead", made.clock())
        made.start()
        made.clock.forward(seconds=outbox.HELD.total_seconds() + 1)
        assert made.until(1) == ["一。"]


def test_one_person_hears_in_order_and_nothing_twice(sessions: Sessions) -> None:
    with world(sessions) as made:
        made.start()
        made.start()
        made.say("你好")
        number = take_over(made)
        for count in range(1, 4):
            operator_says(made, number, f"第{count}句。", f"又{count}句。")
        told = "\n".join(made.until_said("又3句。")[1:]).split("\n")
        assert told == [f"{word}{n}句。" for n in (1, 2, 3) for word in ("第", "又")]
