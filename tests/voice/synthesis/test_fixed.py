"""Which clauses are kept: all of them the project's own."""

import pytest

from care.data_files import DATA, read_yaml
from voice.spoken.form import spoken
from voice.synthesis.clause import Clause
from voice.synthesis.clauses import clauses
from voice.synthesis.fixed import fixed_clauses, greeting_clauses
from voice.synthesis.prepare import SYLLABLES, soonest


@pytest.fixture(scope="module")
def known() -> list[Clause]:
    return fixed_clauses()


def test_every_clause_once_and_no_gap_left_in_one(known: list[Clause]) -> None:
    assert len(known) == len(set(known)) > 500
    assert not any(brace in clause.text for clause in known for brace in "{}")


@pytest.mark.parametrize(
    "reply",
    [
        "好，1份。要几份？",
        "记下了，在光明小区一号楼。怎么称呼您？请说一下姓名。",
        "我给您念一遍：明天，午餐，1份，电话13800001234。对不对？",
        "订好了，您的单号是5723。要改要退，把单号告诉我就行。",
        "我已经把您的急事报上去了，正在叫值班的同志。会有人给您打电话。",
        "2023年的报告说，银川社区里的老人助餐点，也就是社区食堂，有91个。",
        "好的，我给您转人工。您稍等，马上有人跟您说。",
    ],
)
def test_replies_begin_with_what_the_set_up_renders(known: list[Clause], reply: str) -> None:
    assert clauses(spoken(reply))[0] in soonest(known)


def test_what_keeps_a_call_going_is_rendered_whole(known: list[Clause]) -> None:
    rendered = soonest(known)
    for text in ("我看看。", "您还在吗?", "我没听清,您再说一遍?", "我给您转人工,您别挂。"):
        assert set(clauses(spoken(text))) <= set(rendered)


def test_a_greeting_is_rendered_whole_after_a_name_too() -> None:
    greeting = "王秀兰您好,自动助手有录音,说人工或按0。"
    assert set(clauses(spoken(greeting))[1:]) <= set(greeting_clauses())


def test_nothing_of_a_person_is_among_them(known: list[Clause]) -> None:
    texts = "".join(clause.text for clause in known)
    for elder in read_yaml(DATA / "demonstration" / "elders.yml"):
        assert elder["name"] not in texts
        assert spoken(elder["address"]) not in texts


def test_the_set_up_renders_what_fits_and_begins_with_talk(known: list[Clause]) -> None:
    chosen = soonest(known)
    assert chosen == known[: len(chosen)]
    assert SYLLABLES - 40 < sum(clause.syllables for clause in chosen) <= SYLLABLES
