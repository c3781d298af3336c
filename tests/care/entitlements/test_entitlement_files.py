"""A bad file refuses the start with its name, its line and what is wrong."""

import shutil
from pathlib import Path

import pytest

from care.data_files import DATA, DataFileError
from care.entitlements.load import Entitlements

RULE = """\
- id: test-old-age-80
  benefit: 高龄津贴
  region: 银川市
  who: {age: {min: 80, max: 89}}
  what: {kind: cash, amount: 450, unit: 元, per: 月}
  status: report
  condition: 80到89岁的老人
  source: {document: "000", section: 第二部分}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the project's data with a single rule."""
    shutil.copy(DATA / "regions.yml", tmp_path)
    shutil.copy(DATA / "documents.yml", tmp_path)
    shutil.copytree(DATA / "entitlements", tmp_path / "entitlements")
    shutil.rmtree(tmp_path / "entitlements" / "rules")
    (tmp_path / "entitlements" / "rules").mkdir()
    (tmp_path / "entitlements" / "rules" / "test.yml").write_text(RULE, "utf-8")
    return tmp_path


def refused(data: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        Entitlements.load(data)
    return str(caught.value)


def test_the_copy_itself_is_good(data: Path) -> None:
    assert [rule.id for rule in Entitlements.load(data).rules] == ["test-old-age-80"]


@pytest.mark.parametrize(
    ("good", "bad", "line", "problem"),
    [
        ("benefit: 高龄津贴", "benefit: 高领津贴", 2, "unknown benefit '高领津贴'"),
        ("benefit: 高龄津贴", "benefit: 建设补贴", 2, "not paid to persons"),
        ("region: 银川市", "region: 北京市", 3, "unknown region '北京市'"),
        ("region: 银川市", "region: 银川", 3, "unknown region '银川'"),
        ("min: 80, max: 89", "min: 89, max: 80", 4, "inverted"),
        ("{age: {min: 80, max: 89}}", "{age: {}}", 4, "needs a min or a max"),
        ("{age: {min: 80, max: 89}}", "{ages: 80}", 4, "ages"),
        ("amount: 450, unit: 元, per: 月", "amount: 450, per: 月", 5, "needs its unit"),
        ("amount: 450, unit: 元, per: 月", "amount: 450, unit: 元", 5, "needs its unit"),
        ("amount: 450, unit: 元, per: 月", "unit: 元, per: 月", 5, "without an amount"),
        ("amount: 450", "least: 45, most: 3", 5, "inverted"),
        ("amount: 450", "most: 3", 5, "half open"),
        ("amount: 450", "amount: 450, most: 3", 5, "either one amount"),
        ("amount: 450", "amounts: [480, 360]", 5, "unmapped"),
        ("amount: 450", "amounts: [480], unmapped: true", 5, "two or more"),
        ("amount: 450", "amount: 450, unmapped: true", 5, "unmapped"),
        ("amount: 450", "amount: 0", 5, "greater than 0"),
        ("status: report", "status: maybe", 6, "status"),
        ("condition: 80到89岁", "condition: 70到89岁", 1, "speaks of 70"),
        ('document: "000"', 'document: "009"', 8, "unknown document '009'"),
    ],
)
def test_a_bad_rule(data: Path, good: str, bad: str, line: int, problem: str) -> None:
    path = data / "entitlements" / "rules" / "test.yml"
    assert good in RULE
    path.write_text(RULE.replace(good, bad), "utf-8")
    message = refused(data)
    assert message.startswith(f"test.yml:{line}: ")
    assert problem in message


def test_the_same_id_twice(data: Path) -> None:
    (data / "entitlements" / "rules" / "test.yml").write_text(RULE + RULE, "utf-8")
    assert refused(data).startswith("test.yml:9: ")


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("{n}{unit}", "{m}{unit}", "amount.exact"),
        ("  age: 老人", "  edge: 老人", "questions.age"),
        ("{issuer}{year}年的计划", "{issuer}{year年的计划", "source.plan"),
        ("facts:", "fact:", "facts.region"),
        ("list:\n", "list:\n  more: 还有\n", "unknown 'list.more'"),
    ],
)
def test_a_bad_wording(data: Path, good: str, bad: str, problem: str) -> None:
    path = data / "entitlements" / "wording.yml"
    text = path.read_text("utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), "utf-8")
    message = refused(data)
    assert message.startswith("wording.yml:")
    assert problem in message


def test_a_wording_that_is_no_mapping(data: Path) -> None:
    (data / "entitlements" / "wording.yml").write_text("- 1\n", "utf-8")
    assert refused(data).startswith("wording.yml:1: ")
