"""YAML 1.2 with lines: scalars as the standard's core schema has them, faults with their line."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.language.marked_yaml import FaultError, line_of, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("no", "no"), ("Yes", "Yes"), ("true", True), ("False", False),
        ("~", None), ("null", None), ("", None), ("0483", 483), ("0x1F", 31), ("0o17", 15),
        ("-7", -7), ("12:30", "12:30"), ("1_000", "1_000"), ("1.50", 1.5), ("2e3", 2000.0),
        (".5", 0.5), ("1.2.3", "1.2.3"), ("2026-02-28", date(2026, 2, 28)), ("'7'", "7"),
        ("<<", "<<"), ("13800000001", 13800000001), ("+86", 86), ("-", [None]),
        ("-.inf", float("-inf")),
    ],
)  # fmt: skip
def test_scalars_are_those_of_1_2(text: str, value: Any) -> None:
    assert repr(parse(text)) == repr(value)


def test_every_part_knows_its_line() -> None:
    content = parse("# first\na: 1\nb:\n  - x\n  -\n    c: 2\n    d: 3\n")
    assert content == {"a": 1, "b": ["x", {"c": 2, "d": 3}]}
    assert line_of(content) == 2
    assert [line_of(content, "a"), line_of(content, "b"), line_of(content, "b", 0)] == [2, 3, 4]
    assert line_of(content["b"][1]) == line_of(content, "b", 1) == 6
    assert line_of(content, "b", 1, "d") == 7
    assert line_of(content, "b", 1, "e", "f") == 6, "what isn't there stands where its parent does"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2\na: 3", 3),
        ("a: 1\n? [x]\n: 2", 2),
        ("a: [1", 1),
        ("a:\n - 2026-13-01", 2),
        ("a: 1\nb: \x07", 2),
        ("a: *nowhere", 1),
        ("a: 1\nb: !!python/object:os.system x", 2),
    ],
)
def test_a_fault_names_its_line(text: str, line: int) -> None:
    with pytest.raises(FaultError) as caught:
        parse(text)
    assert caught.value.line == line


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@,?~ \n\t0.", max_size=40))
def test_any_text_is_content_or_a_fault(text: str) -> None:
    try:
        parse(text)
    except FaultError as error:
        assert 1 <= error.line <= text.count("\n") + 1
