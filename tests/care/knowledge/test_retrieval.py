"""How well questions that no card was written with are answered; the numbers are printed."""

import statistics
import time
from typing import Any

import pytest

from care.knowledge.answer import Ambiguous, Found, NotFound, answer
from care.knowledge.card import Card
from care.knowledge.gap import load_gaps
from care.knowledge.index import CardIndex

Outcome = Found | Ambiguous | NotFound


def asked(
    index: CardIndex, questions: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], Outcome]]:
    return [(q, answer(index, q["ask"], q.get("region"))) for q in questions]


def is_right(question: dict[str, Any], outcome: Outcome) -> bool:
    return isinstance(outcome, Found) and outcome.hit.card.id in question["cards"]


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


def test_the_questions_are_held_out(held_out: dict[str, Any], cards: list[Card]) -> None:
    known = {question for card in cards for question in card.questions}
    known |= {question for gap in load_gaps() for question in gap.questions}
    every = [q["ask"] for kind in ("answerable", "unanswerable") for q in held_out[kind]]
    assert known.isdisjoint(every)
    assert len(set(every)) == len(every)
    ids = {card.id for card in cards}
    assert all(ids.issuperset(q["cards"]) for q in held_out["answerable"])
    assert len(held_out["answerable"]) >= 150
    assert sum(q.get("noisy", False) for q in held_out["answerable"]) >= 50
    assert len(held_out["unanswerable"]) >= 60


def test_accuracy(index: CardIndex, held_out: dict[str, Any]) -> None:
    outcomes = asked(index, held_out["answerable"])
    right = share([is_right(q, outcome) for q, outcome in outcomes])
    noisy = share([is_right(q, outcome) for q, outcome in outcomes if q.get("noisy")])
    wrong = share([isinstance(o, Found) and not is_right(q, o) for q, o in outcomes])
    print(
        f"\naccuracy@1 {right:.3f}, noisy {noisy:.3f}, wrong card {wrong:.3f}, of {len(outcomes)}"
    )
    assert right >= 0.93
    assert noisy >= 0.90
    assert wrong <= 0.03


@pytest.mark.parametrize("topic", [None, "plan_figures"])
@pytest.mark.parametrize(
    ("asked_for", "card"),
    [
        ("银川老年人口多少", "yinchuan-elders"),
        ("银川老人有多少万", "yinchuan-elders"),
        ("银川六十岁以上老人多少", "yinchuan-elders"),
        ("银川60岁以上老人占比", "yinchuan-elders"),
        ("银川市老年人有多少人", "yinchuan-elders"),
        ("银川有多少人", "yinchuan-population"),
        ("银川失能老人有多少万", "yinchuan-disabled-elders"),
        ("银川六十岁以上老人家庭医生签约多少", "yinchuan-medical-doctor-target"),
        ("阿拉善老年人口多少", "alashan-elders"),
        ("阿盟老人有多少万", "alashan-elders"),
        ("阿拉善有多少老人", "alashan-elders"),
        ("阿拉善的老年人有多少人", "alashan-elders"),
        ("阿盟六十岁以上老人多少", "alashan-elders"),
        ("阿盟老年人口占比", "alashan-elders"),
        ("阿盟八十岁以上的老人有多少", "alashan-elders-80"),
        ("阿拉善盟有多少人", "alashan-population"),
    ],
)
def test_the_old_are_not_taken_for_everybody(
    index: CardIndex, asked_for: str, card: str, topic: str | None
) -> None:
    outcome = answer(index, asked_for, None, topic)
    assert isinstance(outcome, Found)
    assert outcome.hit.card.id == card


def test_false_answers(index: CardIndex, held_out: dict[str, Any]) -> None:
    outcomes = asked(index, held_out["unanswerable"])
    false = share([not isinstance(outcome, NotFound) for _, outcome in outcomes])
    print(f"\nfalse answers {false:.3f} of {len(outcomes)}")
    assert false <= 0.05


def test_a_query_takes_under_five_milliseconds(index: CardIndex, held_out: dict[str, Any]) -> None:
    spent = []
    for question in held_out["answerable"]:
        before = time.process_time()
        answer(index, question["ask"], question.get("region"))
        spent.append((time.process_time() - before) * 1000)
    print(f"\nmedian {statistics.median(spent):.2f} ms of processor time a query")
    assert statistics.median(spent) < 5
