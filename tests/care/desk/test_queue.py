"""What the desk shows: who waits, in which order, who they are and what it is about."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from care.alarms import service as alarms
from care.conversations import service as conversations
from care.conversations.model import Understanding
from care.data_files import DATA, DataFileError
from care.desk import claims
from care.desk.entitled import entitled
from care.desk.number import masked
from care.desk.person import people
from care.desk.queue import LIVE, look
from care.desk.record import record_of
from care.desk.summary import summarise
from care.desk.topic import topics
from care.desk.view import view
from care.desk.words import Words
from care.elders.model import Elder
from care.entitlements.load import Entitlements
from care.handovers import service as handovers
from care.orders import service as orders
from care.storage.engine import Sessions
from tests.care.desk.talks import sit, talk, wait
from tests.conftest import NOW

WORDS = Words.load(DATA)
MINUTE = timedelta(minutes=1)


def understand(sessions: Sessions, conversation: int, intent: str, **slots: str) -> None:
    """The last utterance was taken for `intent`."""
    with sessions.begin() as session:
        said = conversations.newest(session, conversation)
        session.add(
            Understanding(
                utterance_id=said,
                conversation_id=conversation,
                at=NOW,
                intent=intent,
                confidence=0.9,
                slots=slots,
            )
        )


def elder(sessions: Sessions, phone: str = "13800000001") -> int:
    with sessions.begin() as session:
        row = Elder(name="王秀兰", phone=phone, birth_year=1941)
        session.add(row)
        session.flush()
        return row.id


def order(sessions: Sessions, conversation: int | None, phone: str) -> None:
    wish = orders.Wish("午餐", NOW.date(), "东风小区", "李大爷", phone)
    with sessions.begin() as session:
        orders.place(session, wish, conversation_id=conversation, now=NOW)


def test_alarms_calls_chats_and_talks_each_in_their_order(sessions: Sessions) -> None:
    chat, _ = wait(sessions, "web-1", "转人工", now=NOW)
    later, _ = wait(sessions, "web-2", "转人工", now=NOW + MINUTE)
    call, _ = wait(sessions, "tel:13800000009", "转人工", now=NOW + MINUTE)
    alone = talk(sessions, "web-3", "你好", now=NOW + MINUTE)
    talk(sessions, "web-old", "你好", now=NOW - LIVE)
    held, waiting = wait(sessions, "web-4", "转人工")
    sit(sessions, "zhang", now=NOW)
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
    for severity, conversation in ((2, chat), (1, alone)):
        alarms.raise_(
            sessions, alarms.Report("fall", severity, "摔了", conversation_id=conversation), NOW
        )
    with sessions() as session:
        queue = look(session, WORDS, NOW + MINUTE)
    assert [alarm.severity for alarm in queue.alarms] == [1, 2]
    assert [each.handover.conversation_id for each in queue.calls] == [call]
    assert [each.handover.conversation_id for each in queue.chats] == [chat, later]
    assert queue.chats[0].alarm_ref == queue.alarms[1].ref
    assert [each.handover.conversation_id for each in queue.held_by("zhang")] == [held]
    assert [each.conversation_id for each in queue.talks] == [alone]
    assert [seat.operator for seat in queue.seats] == ["zhang"]


def test_the_number_of_queries_does_not_grow_with_the_queue(embedded: Sessions) -> None:
    engine, counted = embedded.kw["bind"], []
    event.listen(engine, "before_cursor_execute", lambda *_args: counted.append(1))

    def queries() -> int:
        counted.clear()
        with embedded() as session:
            look(session, WORDS, NOW)
        return len(counted)

    for number in range(2):
        wait(embedded, f"web-{number}", "转人工")
        talk(embedded, f"web-talk-{number}", "你好")
    few = queries()
    for number in range(2, 30):
        wait(embedded, f"web-{number}", "转人工")
        talk(embedded, f"web-talk-{number}", "你好")
    assert queries() == few


def test_who_calls_is_told_by_the_network_then_by_what_was_said(sessions: Sessions) -> None:
    number = elder(sessions)
    known = talk(sessions, "tel:13800000001")
    ordered, alarmed, nobody = (talk(sessions, f"web-{n}") for n in range(3))
    order(sessions, ordered, "13900000002")
    order(sessions, alarmed, "13900000002")
    report = alarms.Report("fall", 1, "摔了", conversation_id=alarmed, person="赵大妈")
    alarms.raise_(sessions, report, NOW)
    with sessions() as session:
        found = people(session, [known, ordered, alarmed, nobody])
        assert people(session, []) == {}
    assert (found[known].name, found[known].elder_id) == ("王秀兰", number)
    assert (found[ordered].name, found[ordered].phone) == ("李大爷", "13900000002")
    assert (found[alarmed].name, found[alarmed].phone) == ("赵大妈", "13900000002")
    assert (found[nobody].name, found[nobody].phone) == (None, None)


def test_a_number_that_was_merely_said_opens_nobodys_past(sessions: Sessions) -> None:
    elder(sessions)
    past, stranger = talk(sessions, "web-past"), talk(sessions, "web-stranger")
    order(sessions, past, "13800000001")
    order(sessions, stranger, "13900000002")
    calling = talk(sessions, "tel:13800000001")
    with sessions() as session:
        assert [each.phone for each in record_of(session, stranger).orders] == ["13900000002"]
        assert [each.phone for each in record_of(session, calling).orders] == ["13800000001"]


def test_the_topic_is_the_last_one_that_was_a_matter(sessions: Sessions) -> None:
    number = talk(sessions, "web-1", "我要订饭")
    understand(sessions, number, "order_meal", meal="午餐", requested_slot="count")
    talk(sessions, "web-1", "嗯")
    understand(sessions, number, "affirm", meal="午餐")
    with sessions() as session:
        topic = topics(session, [number], WORDS)[number]
    assert (topic.label, topic.known, topic.last_said) == ("订饭", {"餐次": "午餐"}, "嗯")


def test_two_lines_say_why_and_what_and_hide_numbers(sessions: Sessions) -> None:
    number, waiting = wait(
        sessions, "web-1", "我电话13812345678，津贴怎么没到", reason="unanswered"
    )
    understand(sessions, number, "ask_entitlement", region="额济纳旗", phone="13812345678")
    sit(sessions, "zhang")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW + timedelta(seconds=8))
    with sessions() as session:
        seen = view(session, number, WORDS, NOW)
    assert seen is not None
    assert seen.summary is not None
    why, what = seen.summary
    assert why == "10:00 助手没能答上，等了8秒。"
    assert what.startswith("在说问补贴（地区额济纳旗，电话***********）。最后一句：“我电话****")
    assert "13812345678" not in why + what


def test_what_is_not_known_is_not_said(sessions: Sessions) -> None:
    number, _ = wait(sessions, "web-1", reason="something new")
    with sessions() as session:
        found = handovers.open_handover(session, number)
        assert found is not None
        topic = topics(session, [number], WORDS)[number]
        lines = summarise(found, [], topic, WORDS, NOW)
    assert lines == ("10:00 要找人工。", "还没有说话。")


def test_an_earlier_let_go_and_earlier_operators_are_told(sessions: Sessions) -> None:
    number, waiting = wait(sessions, "web-1", "喂")
    sit(sessions, "zhang")
    with sessions.begin() as session:
        claims.claim(session, waiting, operator="zhang", now=NOW)
        claims.close(session, number, operator="zhang", wrap_up="answered", note="", now=NOW)
    _, again = wait(sessions, "web-1")
    with sessions.begin() as session:
        claims.claim(session, again, operator="zhang", now=NOW)
        claims.let_go(session, number, operator="zhang", now=NOW)
    with sessions() as session:
        seen = view(session, number, WORDS, NOW)
    assert seen is not None
    assert seen.summary is not None
    assert seen.summary[0] == "10:00 自己要求找人工；中间放回过1次；以前找过1次人工。"


def test_each_utterance_comes_with_what_was_made_of_it(sessions: Sessions) -> None:
    number = talk(sessions, "web-1", "你好", "我要订饭")
    understand(sessions, number, "order_meal")
    with sessions() as session:
        seen = view(session, number, WORDS, NOW)
        assert view(session, 999, WORDS, NOW) is None
    assert seen is not None
    assert [line.understood.intent if line.understood else None for line in seen.lines] == [
        None,
        "order_meal",
    ]


def test_what_somebody_is_due_waits_for_place_and_age() -> None:
    rules = Entitlements.load(DATA)
    assert entitled({}, rules) is None
    assert entitled({"region": "额济纳旗", "age": "八十"}, rules) is None
    found = entitled({"region": "额济纳旗", "age": "85", "categories": "低保、独居"}, rules)
    assert found is not None
    assert "200元" in "".join(found.texts)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800000001", "138****0001"),
        ("04715551234", "047****1234"),
        ("12349", "*****"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_number_is_shown_in_part(phone: str | None, shown: str) -> None:
    assert masked(phone) == shown


def test_every_intent_and_every_ending_has_a_word() -> None:
    assert WORDS.intent("order_meal") == "订饭"
    assert WORDS.intent("greet") == "问好"
    assert WORDS.intent("unheard_of") == "unheard_of"
    assert WORDS.wrap_up("answered") is not None
    assert WORDS.wrap_up("handed_back") is None
    with pytest.raises(DataFileError):
        Words.load(DATA / "nothing")
