"""Drafts: asked about once the elder's own concern is answered, and settled by 好 or 不要."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import Incoming
from bot.drafts import Drafts
from bot.question import ask_one
from bot.reply import Reply
from care.catalogue.service import Catalogue
from care.conversations import service as conversations
from care.conversations.model import Conversation, Utterance
from care.data_files import DATA
from care.orders import asking, life
from care.orders import service as orders
from care.orders.draft_words import DraftWords
from care.orders.model import Order
from care.orders.state import CANCELLED, DRAFT, PLACED
from care.storage.engine import Sessions
from tests.care.orders import town
from tests.conftest import NOW

OWN = "tel:13800000001"


@pytest.fixture
def drafts(sessions: Sessions) -> Drafts:
    return Drafts(sessions, lambda: NOW, DraftWords.own(), Catalogue.load(DATA))


def draft(sessions: Sessions) -> None:
    """王桂兰's haircut of Monday, made by somebody at the desk."""
    with sessions.begin() as session:
        number = town.elder(session)
        wish = replace(town.HAIRCUT, elder_id=number)
        orders.draft(session, wish, conversation_id=None, now=NOW, by="李娜", how="desk")


def opened(session: Session, sender: str) -> Conversation:
    """Somebody's conversation."""
    channel = "phone" if sender.startswith("tel:") else "web"
    row = conversations.open_conversation(session, sender_id=sender, channel=channel, now=NOW)
    session.flush()
    return row


def asked(
    sessions: Sessions, drafts: Drafts, sender: str = OWN, now: datetime = NOW, told: str = "好。"
) -> str | None:
    """What is asked behind an answer."""
    with sessions.begin() as session:
        row = opened(session, sender)
        found = ask_one((drafts,), session, row, (Reply(told),), now)
    return found.text if found else None


def answered(sessions: Sessions, drafts: Drafts, text: str, sender: str = OWN) -> str | None:
    """What is said to that."""
    with sessions.begin() as session:
        row = opened(session, sender)
    said = drafts.settle(row, Incoming(sender, text, "phone"), text)
    return said.replies[0].text if said else None


def state(sessions: Sessions) -> str:
    """Of the only order."""
    return town.stored(sessions, 1).state


@pytest.mark.parametrize(
    ("words", "becomes"),
    [("好", PLACED), ("要", PLACED), ("要的", PLACED), ("好,还是要吧", PLACED), ("照送", PLACED),
     ("不要了", CANCELLED), ("不用", CANCELLED), ("算了不要了", CANCELLED), ("别来了", CANCELLED)],
)  # fmt: skip
def test_a_word_settles_it(sessions: Sessions, drafts: Drafts, words: str, becomes: str) -> None:
    draft(sessions)
    question = asked(sessions, drafts) or ""
    assert "后天" in question
    assert "上门理发" in question
    said = answered(sessions, drafts, words) or ""
    assert "上门理发" in said
    assert state(sessions) == becomes
    with sessions() as session:
        last = orders.events(session, session.get_one(Order, 1))[-1]
    assert (last.kind, last.by, last.how) == (
        "confirmed" if becomes == PLACED else "cancelled", "caller", "phone",
    )  # fmt: skip
    assert answered(sessions, drafts, words) is None


@pytest.mark.parametrize("words", ["我要订饭", "高龄津贴多少钱", "改到星期五", "嗯"])
def test_something_else_is_something_else(sessions: Sessions, drafts: Drafts, words: str) -> None:
    draft(sessions)
    asked(sessions, drafts)
    if words != "嗯":
        assert answered(sessions, drafts, words) is None
        assert state(sessions) == DRAFT
    else:
        assert answered(sessions, drafts, words)


def test_it_is_asked_again_only_the_next_day(sessions: Sessions, drafts: Drafts) -> None:
    draft(sessions)
    assert asked(sessions, drafts)
    assert asked(sessions, drafts, now=NOW + timedelta(hours=2)) is None
    assert asked(sessions, drafts, now=NOW + timedelta(hours=13))


def test_a_mere_yes_later_on_is_no_answer(sessions: Sessions, drafts: Drafts) -> None:
    draft(sessions)
    asked(sessions, drafts)
    with sessions.begin() as session:
        row = opened(session, OWN)
        conversations.record(session, conversation=row, speaker="assistant", text="几点？", now=NOW)
    assert answered(sessions, drafts, "好") is None
    assert state(sessions) == DRAFT


def test_nobody_else_is_asked(sessions: Sessions, drafts: Drafts) -> None:
    draft(sessions)
    assert asked(sessions, drafts, "tel:13700000003") is None
    assert asked(sessions, drafts, "web-1") is None
    assert answered(sessions, drafts, "好", "web-1") is None


def test_what_has_lapsed_or_was_settled_at_the_desk_isnt_asked(
    sessions: Sessions, drafts: Drafts
) -> None:
    draft(sessions)
    assert asked(sessions, drafts, now=town.at(town.MONDAY, 0)) is None
    assert asked(sessions, drafts)
    with sessions.begin() as session:
        life.confirm(session, 1, town.act(by="李娜"))
    assert answered(sessions, drafts, "不要") is None
    assert state(sessions) == PLACED
    with sessions() as session:
        assert asking.next_draft(session, 1, NOW) is None


def test_behind_a_long_answer_the_telephone_asks_nothing(
    sessions: Sessions, drafts: Drafts
) -> None:
    draft(sessions)
    assert asked(sessions, drafts, told="按现在的规定，" * 20) is None
    with sessions() as session:
        assert list(session.scalars(select(Utterance))) == []
