"""What Rasa's webhook sends, read into replies and wishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import Dialogue, DialogueUnavailableError, read_messages


def test_sources_belong_to_the_text_before_them() -> None:
    said = read_messages(
        [
            {"text": "一"},
            {"custom": {"cites": ["card:a-b"], "sources": ["沈阳市民政局 2023年"]}},
            {"text": "二。"},
            {"text": "三?"},
            {"custom": {"offers": "person"}},
        ]
    )
    assert [reply.text for reply in said.replies] == ["一", "二。三?"]
    assert said.replies[0].cites == ("card:a-b",)
    assert said.replies[0].sources == ("沈阳市民政局 2023年",)
    assert said.replies[1].cites == ()
    assert (said.offers, said.handover) == ("person", None)
    assert said.expects == "confirmed"


def test_the_slot_that_is_asked_for_comes_with_the_question() -> None:
    said = read_messages(
        [{"text": "记下了。"}, {"custom": {"expects": "on_date"}}, {"text": "哪天?"}]
    )
    assert said.expects == "on_date"
    assert [reply.text for reply in said.replies] == ["记下了。哪天?"]


def test_it_is_settled_only_where_nothing_is_asked() -> None:
    said = [{"text": "订好了。"}, {"custom": {"settled": True}}]
    assert read_messages(said).settled
    assert not read_messages([*said, {"text": "几份?"}, {"custom": {"expects": "count"}}]).settled
    assert not read_messages([{"text": "订好了。"}]).settled


_json = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(_json)
def test_anything_but_messages_says_nothing(body: object) -> None:
    if not isinstance(body, list) or not any(isinstance(each, dict) for each in body):
        assert read_messages(body).replies == ()


def test_a_closed_port_is_said_in_one_error() -> None:
    dialogue = Dialogue("http://127.0.0.1:9", timeout=1)
    assert not dialogue.is_ready()
    with pytest.raises(DialogueUnavailableError, match="ConnectError"):
        dialogue.say("c1-1", "你好")
