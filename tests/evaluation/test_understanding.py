import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from care.data_files import DataFileError
from care.language.normalise import normalise
from evaluation.naming import lost_kinds
from evaluation.report import report
from evaluation.scores import Reading, entity_errors, score
from evaluation.understanding import read_all, recognised
from evaluation.utterances import Named, Utterance, is_noisy, load_utterances

UTTERANCES = load_utterances()
KINDS = {
    *("region", "age", "benefit", "service", "date", "time", "meal", "diet", "phone", "count"),
    *("order_ref", "name", "address", "category", "ability", "residence", "pension", "hukou"),
}


def utterance(text: str = "给我订饭", intent: str = "order_meal", *named: Named) -> Utterance:
    return Utterance(text=text, intent=intent, entities=named)


def reading(one: Utterance, intent: str, *found: Named, heard: str | None = None) -> Reading:
    return Reading(one, heard or one.text, heard is not None, intent, 0.9, found)


def named(kind: str, value: str) -> Named:
    return Named(kind=kind, value=value)


def test_the_set_is_large_and_covers_every_intent() -> None:
    counts: dict[str, int] = {}
    for one in UTTERANCES:
        counts[one.intent] = counts.get(one.intent, 0) + 1
    assert len(UTTERANCES) >= 450
    assert len(counts) >= 40
    assert min(counts.values()) >= 8
    assert sum(bool(one.entities) for one in UTTERANCES) >= 290


def test_entities_are_of_known_kinds_with_canonical_values() -> None:
    for one in UTTERANCES:
        for entity in (*one.entities, *one.optional):
            assert entity.kind in KINDS
            if entity.kind in {"age", "count", "phone"}:
                assert entity.value.isdigit()
            if entity.kind == "order_ref":
                assert len(entity.value) == 4


def test_what_is_said_as_it_is_stands_in_the_utterance() -> None:
    for one in UTTERANCES:
        for entity in one.entities:
            if entity.kind in {"date", "time", "name", "address"}:
                assert entity.value in one.text, one.text


def test_normalising_changes_nothing_of_substance() -> None:
    for one in UTTERANCES:
        assert len(normalise(one.text)) >= len(one.text) - 6


def test_the_noisy_third_is_fixed() -> None:
    assert [place for place in range(9) if is_noisy(place)] == [2, 5, 8]
    assert [recognised(one, 7) for one in UTTERANCES[:9]] == [
        recognised(one, 7) for one in UTTERANCES[:9]
    ]


def test_the_same_text_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- {text: 你好, intent: greet}\n- {text: 你好, intent: deny}\n")
    with pytest.raises(DataFileError, match="occurs twice"):
        load_utterances(tmp_path)


def test_every_third_is_noisy_and_the_parser_gets_normalised_text() -> None:
    sent: list[str] = []

    def parse(text: str) -> dict[str, Any]:
        sent.append(text)
        return {"intent": {"name": "greet", "confidence": 1.0}, "entities": []}

    readings = read_all(UTTERANCES[:9], parse, seed=1)
    assert {name: len(group) for name, group in readings.items()} == {
        "clean": 6,
        "noisy": 3,
        "all_clean": 9,
        "all_noisy": 9,
    }
    assert sent == [normalise(text) for text in sent]
    assert not any(" " in text for text in sent if not text.isascii())


def test_falling_back_is_right_only_out_of_scope() -> None:
    assert reading(utterance("唱个歌", "out_of_scope"), "nlu_fallback").right
    assert not reading(utterance(), "nlu_fallback").right


def test_scores_of_a_small_set() -> None:
    two = named("count", "2")
    lunch = named("meal", "午餐")
    scores = score(
        [
            reading(utterance("两份午饭", "order_meal", two, lunch), "order_meal", two, lunch),
            reading(utterance("来两份", "order_meal", two), "inform", named("count", "3")),
            reading(utterance("在吗", "greet"), "greet"),
        ]
    )
    assert scores.accuracy == pytest.approx(2 / 3)
    assert scores.intents["order_meal"].recall == 0.5
    assert scores.intents["greet"].f1 == 1.0
    assert scores.confusions == [("order_meal", "inform", 1)]
    assert scores.entities.precision == pytest.approx(2 / 3)
    assert scores.entities.recall == pytest.approx(2 / 3)
    assert scores.kinds["meal"].f1 == 1.0


def test_optional_entities_count_neither_way() -> None:
    meal = named("service", "助餐")
    one = Utterance(text="订饭", intent="order_meal", optional=(meal,))
    assert entity_errors(reading(one, "order_meal", meal)) == ([], [])
    assert entity_errors(reading(one, "order_meal")) == ([], [])
    wrong = named("service", "助浴")
    assert entity_errors(reading(one, "order_meal", wrong)) == ([], [wrong])


def test_a_round_about_date_is_the_same_date() -> None:
    one = utterance("冬至那天订饭", "order_meal", named("date", "冬至"))
    assert entity_errors(reading(one, "order_meal", named("date", "冬至那天"))) == ([], [])


def test_names_are_compared_by_ear_only_when_they_were_heard() -> None:
    one = utterance("我叫王桂兰", "inform", named("name", "王桂兰"))
    heard_wrong = named("name", "王贵蓝")
    noisy = reading(one, "inform", heard_wrong, heard="我 叫 王贵蓝")
    assert entity_errors(noisy) == ([], [])
    assert entity_errors(reading(one, "inform", heard_wrong)) == ([*one.entities], [heard_wrong])


def test_what_lost_a_syllable_is_not_asked_for() -> None:
    one = utterance("上午十点", "inform", named("time", "上午十点"))
    assert lost_kinds(one, "午 十点") == {"time"}
    assert lost_kinds(one, "尚 午 十点") == frozenset()


def test_the_report_writes_tables_and_pictures(tmp_path: Path) -> None:
    group = [reading(one, one.intent if place % 4 else "greet") for place, one in
             enumerate(UTTERANCES[:40])]  # fmt: skip
    printed = StringIO()
    sets = {"clean": group, "noisy": group, "all_clean": group, "all_noisy": group}
    scores = report(sets, tmp_path, Console(file=printed, width=160))
    assert "weighted F1" in printed.getvalue()
    kept = json.loads((tmp_path / "understanding.json").read_text("utf-8"))
    assert kept["clean"]["weighted"]["f1"] == pytest.approx(scores["clean"].weighted.f1)
    assert kept["clean"]["errors"]
    assert "whole set, noisy" in (tmp_path / "understanding.md").read_text("utf-8")
    pictures = sorted(path.name for path in tmp_path.glob("*.png"))
    assert pictures == [
        "confusions_all_clean.png",
        "confusions_all_noisy.png",
        "confusions_clean.png",
        "confusions_noisy.png",
    ]
    assert (tmp_path / "confusions_clean.png").read_bytes().startswith(b"\x89PNG")
