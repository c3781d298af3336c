"""Alarms on words that are still being spoken: raised once, answered with the whole utterance."""

import pytest

from bot.conversation import Conversation, Incoming
from bot.dialogue import Dialogue
from bot.emergency.detector import Detector
from bot.emergency.follow_up import Script
from bot.emergency.response import EmergencyResponse
from bot.prompts import load_prompts
from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.data_files import DATA
from care.handovers import service as handovers
from care.language.extractor import Extractor
from care.storage.engine import Sessions
from tests.conftest import NOW


@pytest.fixture(scope="module")
def parts() -> tuple[Detector, Extractor, Script]:
    detector = Detector.load(DATA / "emergency")
    return detector, Extractor.load(DATA), Script.load(DATA / "emergency", detector)


@pytest.fixture
def conversation(embedded: Sessions, parts: tuple[Detector, Extractor, Script]) -> Conversation:
    return Conversation(
        embedded,
        Dialogue("http://127.0.0.1:9", timeout=1),
        EmergencyResponse(embedded, *parts),
        load_prompts(DATA),
        lambda: NOW,
    )


def _said(text: str) -> Incoming:
    return Incoming("a", text, channel="phone", caller_phone="13800000001")


def _open(embedded: Sessions) -> list[Alarm]:
    with embedded() as session:
        return alarms.open_alarms(session)


def _kinds(embedded: Sessions) -> list[str]:
    with embedded() as session:
        [alarm] = alarms.open_alarms(session)
        return [event.kind for event in alarms.events(session, alarm)]


def test_the_alarm_is_there_before_the_utterance_is_whole(
    conversation: Conversation, embedded: Sessions
) -> None:
    assert conversation.notice(_said("哎呀我摔倒了"))
    [alarm] = _open(embedded)
    assert (alarm.category, alarm.said, alarm.phone) == ("fall", "哎呀我摔倒了", "13800000001")


def test_the_whole_utterance_gets_the_first_words_and_raises_nothing_more(
    conversation: Conversation, embedded: Sessions
) -> None:
    usual = conversation.handle(Incoming("b", "哎呀我摔倒了起不来了"))
    with embedded.begin() as session:
        assert usual.alarm_ref
        alarms.close(session, usual.alarm_ref, by="张敏", reason="试", now=NOW)
    conversation.notice(_said("哎呀我摔倒了"))
    conversation.notice(_said("哎呀我摔倒了起不来"))
    answer = conversation.handle(_said("哎呀我摔倒了起不来了"))
    assert answer.emergency
    assert [reply.text for reply in answer.replies] == [reply.text for reply in usual.replies]
    # that they can't get up is graver, and told to the operators while the alarm stays one
    assert _kinds(embedded) == ["raised", "reported_again", "said"]


def test_the_same_words_are_reported_once(conversation: Conversation, embedded: Sessions) -> None:
    conversation.notice(_said("哎呀我摔倒了"))
    conversation.handle(_said("哎呀我摔倒了"))
    assert _kinds(embedded) == ["raised", "said"]


def test_what_follows_is_the_usual_talk(conversation: Conversation, embedded: Sessions) -> None:
    conversation.notice(_said("我摔倒了"))
    conversation.handle(_said("我摔倒了起不来"))
    answer = conversation.handle(_said("在东关小区三号楼"))
    [alarm] = _open(embedded)
    assert alarm.place is not None
    assert "东关小区" in alarm.place
    assert answer.replies


def test_worse_news_is_reported_early_too_and_once(
    conversation: Conversation, embedded: Sessions
) -> None:
    conversation.handle(_said("我摔倒了"))
    assert conversation.notice(_said("屋里着火了"))
    assert not conversation.notice(_said("屋里着火了快来"))
    answer = conversation.handle(_said("屋里着火了快来人"))
    [alarm] = _open(embedded)
    assert alarm.category == "fire"
    assert _kinds(embedded).count("reported_again") == 1
    assert any("离开" in reply.text or "报" in reply.text for reply in answer.replies)


def test_words_that_sounded_alarming_only_at_first_are_asked_about(
    conversation: Conversation, embedded: Sessions
) -> None:
    conversation.notice(_said("救命"))
    answer = conversation.handle(_said("就明天吧"))
    assert answer.emergency
    assert answer.replies
    assert len(_open(embedded)) == 1


def test_harmless_words_leave_nothing(conversation: Conversation, embedded: Sessions) -> None:
    assert not conversation.notice(_said("我想订个午饭"))
    assert _open(embedded) == []


def test_silence_after_something_alarming_brings_a_person_and_an_alarm(
    conversation: Conversation, embedded: Sessions
) -> None:
    answer = conversation.raise_for_silence(_said("后来没有声音了"))
    assert answer.emergency
    assert answer.asked_person
    assert answer.replies
    again = conversation.raise_for_silence(_said("还是没有声音"))
    assert again.asked_person
    assert _kinds(embedded) == ["raised", "reported_again"]
    with embedded() as session:
        assert [each.reason for each in handovers.waiting(session)] == ["silence"]


@pytest.mark.parametrize(
    ("said", "expects"),
    [("我摔倒了", "place"), ("救命啊", "place")],
)
def test_it_is_told_what_an_alarm_asks_for(
    conversation: Conversation, said: str, expects: str
) -> None:
    assert conversation.handle(_said(said)).expects == expects


def test_who_asks_for_a_person_is_told_apart_from_who_waits_for_one(
    conversation: Conversation,
) -> None:
    first = conversation.handle(_said("转人工"))
    assert (first.handover, first.asked_person) == (True, True)
    later = conversation.handle(_said("……"))
    assert (later.handover, later.asked_person) == (True, False)


def test_without_the_dialogue_engine_a_person_is_needed(conversation: Conversation) -> None:
    assert conversation.handle(_said("高龄津贴多少钱")).asked_person
