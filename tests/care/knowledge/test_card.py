"""Cards are validated when they are loaded; a bad one is named with its file and line."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from care.data_files import DataFileError
from care.knowledge.card import Card, load_cards
from care.knowledge.document import Document

OFFICIAL = Document(id="002", title="一份答复", issuer="某局", year=2023, trust="official")
REPOST = Document(id="003", title="一份方案", issuer="某区", year=2023, trust="repost")
DOCUMENTS = {"002": OFFICIAL, "003": REPOST}

GOOD = """\
- id: place-thing-count
  topic: canteen
  region: 沈阳市
  audience: [elder]
  questions: [有多少个助餐点, 助餐点有几个, 食堂有几家, 老饭桌多少]
  answer: 据2023年的答复,有300个。
  source: {document: "002", section: 第二段}
"""


def card(**changes: Any) -> Card:
    fields: dict[str, Any] = {
        "id": "place-thing-count",
        "topic": "canteen",
        "region": "沈阳市",
        "audience": ["elder"],
        "questions": ["有多少个助餐点", "助餐点有几个", "食堂有几家", "老饭桌多少"],
        "answer": "据2023年的答复,有300个。",
        "source": {"document": "002", "section": "第二段"},
    }
    return Card.model_validate(fields | changes)


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "cards.yml").write_text(text, "utf-8")
    return tmp_path


def test_a_good_card_is_loaded(tmp_path: Path) -> None:
    assert load_cards(folder(tmp_path, GOOD), DOCUMENTS) == [card()]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"answer": "2023年有一个。又有一个。还有一个。"}, "at most two sentences, found 3"),
        ({"answer": "一共有300个。"}, "names no year"),
        ({"answer": "2023年有300个"}, "doesn't end with"),
        ({"answer": "2023年有300个（约数）。"}, "can't be read aloud"),
        ({"answer": "2023年" + "很" * 90 + "。"}, "at most 90 characters"),
        ({"questions": ["有多少个助餐点", "助餐点有几个", "食堂有几家"]}, "at least 4 items"),
        ({"questions": ["有多少个助餐点"] * 4}, "stands twice"),
        ({"questions": ["有多少个助餐点", "助餐点有几个", "食堂有几家", "几家"]}, "fewer than 4"),
        ({"topic": "weather"}, "Input should be"),
        ({"audience": []}, "at least 1 item"),
        ({"id": "Place Count"}, "should match pattern"),
        ({"source": {"document": "2", "section": "第二段"}}, "should match pattern"),
        ({"phone": "024"}, "Extra inputs are not permitted"),
    ],
)
def test_a_bad_card_is_refused(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        card(**changes)


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("topic: canteen", "topic: weather", "cards.yml:2", "topic"),
        ("有300个。", "有300个", "cards.yml:6", "answer"),
        ('"002"', '"009"', "cards.yml:1", "unknown document '009'"),
        ('"002"', '"003"', "cards.yml:1", "repost"),
        ("2023年的答复", "2022年的答复", "cards.yml:1", "its source's year, 2023年"),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, place: str, problem: str
) -> None:
    with pytest.raises(DataFileError, match=re.escape(place)) as refused:
        load_cards(folder(tmp_path, GOOD.replace(old, new)), DOCUMENTS)
    assert problem in str(refused.value)


def test_an_id_may_stand_only_once(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"cards\.yml:8: id 'place-thing-count' occurs twice"):
        load_cards(folder(tmp_path, GOOD + GOOD), DOCUMENTS)


def test_a_question_leads_to_one_card_of_a_region(tmp_path: Path) -> None:
    other = GOOD.replace("place-thing-count", "place-thing-other")
    with pytest.raises(DataFileError, match=r"cards\.yml:8: .* is asked by place-thing-count too"):
        load_cards(folder(tmp_path, GOOD + other), DOCUMENTS)
    elsewhere = other.replace("沈阳市", "银川市")
    assert len(load_cards(folder(tmp_path, GOOD + elsewhere), DOCUMENTS)) == 2


def test_a_repost_says_so(tmp_path: Path) -> None:
    text = GOOD.replace('"002"', '"003"').replace("据2023年的答复", "据2023年转载的文件")
    assert load_cards(folder(tmp_path, text), DOCUMENTS)[0].source.document == "003"
