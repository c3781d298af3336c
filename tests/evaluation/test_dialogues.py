import re
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from pydantic import ValidationError
from rich.console import Console

from evaluation import dialogue_report
from evaluation.chat import Answer
from evaluation.dialogue_file import Dialogue, Turn, load_dialogues, load_phrases
from evaluation.dialogues import Result, hold
from evaluation.expectations import plain
from evaluation.placeholders import Placeholders

TODAY = date(2026, 11, 21)
PHRASES = load_phrases()


def answer(*texts: str, cites: Sequence[str] = (), emergency: bool = False) -> Answer:
    return Answer.model_validate(
        {
            "replies": [{"text": text, "cites": list(cites)} for text in texts],
            "flags": {"emergency": emergency, "handover": False},
            "alarm_ref": "7001" if emergency else None,
        }
    )


def run(turns: list[dict[str, object]], replies: Sequence[Answer]) -> Result:
    coming = iter(replies)
    dialogue = Dialogue.model_validate({"name": "one", "turns": turns})
    return hold(
        dialogue,
        lambda _sender, _text: next(coming),
        phrases=PHRASES,
        cited={"card:a": "91个"}.__getitem__,
        today=TODAY,
    )


def test_a_right_answer_passes() -> None:
    expect = {"any_of": ["91"], "none_of": ["92"], "emergency": False, "unlike": ["unknown"]}
    result = run([{"say": "有几个", "expect": expect}], [answer("有91个。", cites=["card:a"])])
    assert result.passed
    assert [said for said, _ in result.transcript] == ["有几个"]


@pytest.mark.parametrize(
    "expect",
    [
        {"any_of": ["92"]},
        {"and_any_of": ["92"]},
        {"all_of": ["91", "92"]},
        {"none_of": ["91"]},
        {"regex": "^92"},
        {"like": ["unknown"]},
        {"like_any": ["unknown", "read_back"]},
        {"unlike": ["asks_meal"]},
        {"emergency": True},
        {"handover": True},
        {"alarm": True},
        {"ref": True},
        {"sources": True},
    ],
)
def test_each_condition_can_fail(expect: dict[str, object]) -> None:
    reply = answer("有91个。您要哪顿饭?", cites=["card:a"])
    assert not run([{"say": "有几个", "expect": expect}], [reply]).passed


def test_an_invented_figure_fails_whatever_is_expected() -> None:
    result = run([{"say": "有几个"}], [answer("有95个。", cites=["card:a"])])
    assert result.invented == 1
    assert not result.passed


def test_what_was_backed_may_be_repeated_in_the_same_words() -> None:
    said: list[dict[str, object]] = [{"say": "有几个"}, {"say": "再说一遍"}]
    assert run(said, [answer("有91个。", cites=["card:a"]), answer("有91个。")]).passed
    assert not run(said, [answer("有91个。", cites=["card:a"]), answer("有92个。")]).passed


@pytest.mark.parametrize(
    ("reply", "written"),
    [
        ("后天，十一月二十四号。", "11月24号"),
        ("11月24日", "11月24号"),
        ("农历十月十四", "十月十四"),
    ],
)
def test_dates_are_compared_in_one_spelling(reply: str, written: str) -> None:
    assert written in plain(reply)


def test_a_cite_that_does_not_exist_fails() -> None:
    assert not run([{"say": "有几个"}], [answer("有。", cites=["card:b"])]).passed


@pytest.mark.parametrize("text", ["utter_greet", "给None订", "{phone}"])
def test_what_was_never_meant_for_callers_fails(text: str) -> None:
    assert not run([{"say": "你好"}], [answer(text)]).passed


def test_fill_answers_in_any_order_and_ends_at_the_phrase() -> None:
    turns: list[dict[str, object]] = [
        {"say": "订饭"},
        {"fill": {"meal": "午饭", "date": "后天"}, "until": "read_back"},
    ]
    replies = [answer("哪天吃?"), answer("要哪顿饭?"), answer("11月23号午饭,对吗?")]
    result = run(turns, replies)
    assert result.passed
    assert [said for said, _ in result.transcript] == ["订饭", "后天", "午饭"]


def test_asking_twice_fails() -> None:
    turns: list[dict[str, object]] = [
        {"say": "订饭"},
        {"fill": {"date": "后天"}, "until": "read_back"},
    ]
    result = run(turns, [answer("哪天吃?"), answer("哪天吃?")])
    assert result.problems == ["turn 2: asks twice for date"]


def test_asking_for_something_else_fails() -> None:
    turns: list[dict[str, object]] = [
        {"say": "订饭"},
        {"fill": {"date": "后天"}, "until": "read_back"},
    ]
    assert "nor asking" in run(turns, [answer("您贵姓?")]).problems[0]


def test_references_are_carried_over() -> None:
    turns: list[dict[str, object]] = [{"say": "对", "expect": {"ref": True}}, {"say": "查{ref}"}]
    result = run(turns, [answer("订好了,单号是3827。"), answer("单号3827,后天的。")])
    assert result.passed
    assert result.transcript[1][0] == "查3827"


def test_a_missing_reference_ends_the_dialogue() -> None:
    assert not run([{"say": "查{ref}"}], []).passed


def test_the_report_counts_and_keeps(tmp_path: Path) -> None:
    good = run([{"say": "你好"}], [answer("您好")])
    bad = run([{"say": "你好"}], [answer("有95个")])
    printed = StringIO()
    rate = dialogue_report.report([good, bad], tmp_path, Console(file=printed, width=120))
    assert rate == 0.5
    assert "有95个" in printed.getvalue()
    assert "有95个" in (tmp_path / "dialogues.md").read_text("utf-8")
    assert '"invented": 1' in (tmp_path / "dialogues.json").read_text("utf-8")


@pytest.mark.parametrize("turn", [{}, {"say": "a", "fill": {}}, {"fill": {"date": "后天"}}])
def test_a_turn_says_or_fills(turn: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Turn.model_validate(turn)


def test_there_are_enough_dialogues_and_most_have_several_turns() -> None:
    dialogues = load_dialogues()
    assert len([one for one in dialogues if _turns(one) >= 2]) >= 90
    tags = {tag for one in dialogues for tag in one.tags}
    assert {"entitlement", "policy", "meal", "service", "visit", "order", "emergency"} <= tags
    assert {"handover", "repeat", "identity", "out_of_scope", "noise", "negated"} <= tags


def _turns(dialogue: Dialogue) -> int:
    """Utterances at least: a `fill` answers one question or more."""
    return len(dialogue.turns)


def test_every_dialogue_is_well_formed() -> None:
    for dialogue in load_dialogues():
        blanks = Placeholders(dialogue.name, TODAY)
        blanks.ref = "1234"
        for turn in dialogue.turns:
            expect = turn.expect
            for name in (*expect.like, *expect.like_any, *expect.unlike):
                assert name in PHRASES, (dialogue.name, name)
            for key in turn.fill or {}:
                assert f"asks_{key}" in PHRASES, (dialogue.name, key)
            for words in (turn.say, *(turn.fill or {}).values(), *expect.any_of, *expect.all_of):
                assert "{" not in blanks.fill(words or ""), dialogue.name
            re.compile(expect.regex or "")
