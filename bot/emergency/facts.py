"""What an utterance during an alarm tells the operator: who, where, breathing, and so on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.emergency.script import Question
from care.language.entity import Entity

_PLACE_MOST = 120
"""Characters kept of an answer to "where?"."""

_PRECISE = (
    "号楼室栋幢单门村组街路巷弄站旁边对面附近门口超市医院学校公园桥店里广场市场楼下院厕所地铁"
)
_PLACE_WORDS = (
    *("小区", "号楼", "单元", "村", "路", "街", "巷", "医院", "超市", "公园", "广场", "市场"),
    *("车站", "学校", "社区", "镇", "在家", "家里"),
)
_EDGES = " ,.!?;:。、"

_TRAITS = {
    "breathing": "breathing",
    "conscious": "conscious",
    "moving": "moving",
    "company": "company",
    "safe": "safe",
}
"""Prefixes of ids in answers.yml, each with the question prefix that it answers."""

_NOT_AN_ANSWER = frozenset(
    (
        *("false_alarm", "status", "identity", "repeat", "afraid", "booking", "nothing"),
        *("yes", "no", "unsure"),
    )
)
_PERSON_MOST = 30
"""Characters; what is longer tells a story and not a name."""


@dataclass(frozen=True)
class Heard:
    """One utterance, taken apart."""

    facts: dict[str, str] = field(default_factory=dict)
    """Only what is new or changed."""

    answered: tuple[str, ...] = ()
    """Questions that are settled now."""

    denied: tuple[str, ...] = ()
    """Those of them that were answered with a no."""


def hear(
    text: str,
    entities: Sequence[Entity],
    *,
    said: frozenset[str],
    waiting: Question | None,
    questions: Sequence[Question],
    learnt: dict[str, str],
) -> Heard:
    """Everything that `text` tells, asked for or not.

    `said` holds the ids from answers.yml, `questions` those of this emergency.
    """
    facts: dict[str, str] = {}
    answered: list[str] = []
    denied: list[str] = []
    for question in questions:
        value = _value_for(question, said, is_open=question is waiting)
        if question.values is None or value is None:
            continue
        told = {"yes": question.values.yes, "no": question.values.no}
        fact = told.get(value, question.values.unsure)
        facts[question.fact] = _added(facts, learnt, question.fact, fact)
        answered.append(question.id)
        if value == "no":
            denied.append(question.id)
    _hear_entities(text, entities, facts, answered, learnt)
    if waiting is not None and waiting.open:
        _hear_open(text, said=said, waiting=waiting, facts=facts, answered=answered, learnt=learnt)
    return Heard(
        {k: v for k, v in facts.items() if learnt.get(k) != v}, tuple(answered), tuple(denied)
    )


def is_precise(place: str) -> bool:
    """Whether somebody could drive there: a number, a building, a street, a landmark."""
    return any(sign.isdigit() for sign in place) or any(sign in _PRECISE for sign in place)


def _value_for(question: Question, said: frozenset[str], *, is_open: bool) -> str | None:
    trait = _TRAITS.get(question.id.partition("_")[0])
    for value in ("no", "yes"):
        if f"{trait}_{value}" in said or (is_open and value in said):
            return value
    return "unsure" if is_open and "unsure" in said else None


def _hear_entities(
    text: str,
    entities: Sequence[Entity],
    facts: dict[str, str],
    answered: list[str],
    learnt: dict[str, str],
) -> None:
    places = [each for each in entities if each.kind in ("region", "address")]
    if places:
        start, end = min(e.start for e in places), max(e.end for e in places)
        facts["place"] = _joined(learnt, (text[start:end] or places[0].value))
        answered.append("place_known")
        if is_precise(facts["place"]):
            answered += ["place", "place_lost"]
    for kind, fact in (("name", "person"), ("phone", "phone")):
        values = [each.value for each in entities if each.kind == kind and each.value]
        if values:
            facts[fact] = values[-1]
            answered.append(fact)


def _hear_open(
    text: str,
    *,
    said: frozenset[str],
    waiting: Question,
    facts: dict[str, str],
    answered: list[str],
    learnt: dict[str, str],
) -> None:
    if waiting.fact == "phone":
        if "phone" not in facts and ("this_number" in said or "yes" in said):
            facts["phone"] = "来电号码"
            answered.append(waiting.id)
        return
    answer = text.strip(_EDGES)[:_PLACE_MOST]
    if not answer or said & _NOT_AN_ANSWER:
        return
    if waiting.fact == "place":
        if is_precise(facts.get("place", "")):
            return
        if said and not any(word in answer for word in _PLACE_WORDS):
            return  # 他还在喘 answers another question
        facts["place"] = _joined(learnt, answer)
        if is_precise(answer):
            answered.append(waiting.id)
    elif waiting.fact == "detail":
        facts["detail"] = _added(facts, learnt, "detail", answer)
        answered.append(waiting.id)
    elif not facts and not said and len(answer) <= _PERSON_MOST:
        facts[waiting.fact] = answer
        answered.append(waiting.id)


def _joined(learnt: dict[str, str], place: str) -> str:
    """A finer answer completes a coarse one (东关小区, 三号楼501) and replaces a precise one."""
    before = learnt.get("place", "")
    if before and not is_precise(before) and before not in place:
        place = f"{before},{place}"
    return place[:_PLACE_MOST]


def _added(facts: dict[str, str], learnt: dict[str, str], fact: str, value: str) -> str:
    """Details pile up; any other fact is replaced."""
    if fact != "detail":
        return value
    before = facts.get(fact, learnt.get(fact, ""))
    parts = before.split(";") if before else []
    return ";".join(parts if value in parts else [*parts, value])
