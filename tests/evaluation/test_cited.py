from pathlib import Path

import pytest

from evaluation.cited import cited_texts


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "cards").mkdir()
    (tmp_path / "entitlements" / "rules").mkdir(parents=True)
    (tmp_path / "documents.yml").write_text('- {id: "002", title: 答复, year: 2023}\n', "utf-8")
    (tmp_path / "cards" / "a.yml").write_text(
        "- id: shenyang-beds\n"
        "  questions: [有没有9999张床]\n"
        "  answer: 建了4500张。\n"
        '  source: {document: "002", section: 一}\n',
        "utf-8",
    )
    (tmp_path / "entitlements" / "rules" / "b.yml").write_text(
        "- {id: hours, what: {amount: 3, unit: 小时}}\n", "utf-8"
    )
    return tmp_path


def test_a_card_vouches_for_its_answer_and_its_document_not_for_its_questions(data: Path) -> None:
    text = cited_texts(data)["card:shenyang-beds"]
    assert "4500" in text
    assert "2023" in text
    assert "9999" not in text


def test_a_rule_vouches_for_its_amounts(data: Path) -> None:
    assert "3" in cited_texts(data)["rule:hours"]


def test_the_project_has_cards_and_rules() -> None:
    kinds = {cite.partition(":")[0] for cite in cited_texts()}
    assert kinds == {"card", "rule"}
