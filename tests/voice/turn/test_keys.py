import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.turn.expectation import Expectation
from voice.turn.keys import Digits, Key, Keys, Meaning

NUMBERS = (Expectation.DIGITS, Expectation.REFERENCE, Expectation.AMOUNT)


def pressed(keys: Keys, typed: str, apart: float = 0.4, at: float = 0.0) -> list[Meaning]:
    """What the keys mean, `apart` seconds after each other, with all the time afterwards."""
    found: list[Meaning | None] = []
    for key in typed:
        found += [keys.due(at), keys.press(key, at)]
        at += apart
    found.append(keys.due(at + 10))
    return [meaning for meaning in found if meaning is not None]


def keys_for(expectation: Expectation) -> Keys:
    keys = Keys()
    keys.expect(expectation)
    return keys


@pytest.mark.parametrize("expectation", [each for each in Expectation if each not in NUMBERS])
@pytest.mark.parametrize(
    ("key", "meaning"),
    [("0", Key.PERSON), ("1", Key.YES), ("2", Key.NO), ("*", Key.REPEAT), ("7", Key.JUST_SPEAK)],
)
def test_single_keys(expectation: Expectation, key: str, meaning: Key) -> None:
    assert pressed(keys_for(expectation), key) == [meaning]


@pytest.mark.parametrize("expectation", NUMBERS)
def test_a_lone_zero_brings_a_person_also_where_a_number_is_asked(expectation: Expectation) -> None:
    keys = keys_for(expectation)
    assert keys.press("0", 10.0) is None
    assert keys.due(11.4) is None
    assert keys.due(11.5) is Key.PERSON
    assert pressed(keys, "0#") == [Key.PERSON]


@pytest.mark.parametrize("expectation", NUMBERS)
def test_zero_again_and_again_brings_a_person_at_once(expectation: Expectation) -> None:
    keys = keys_for(expectation)
    assert [keys.press("0", at) for at in (0.0, 0.2, 0.4)] == [None, None, Key.PERSON]


@pytest.mark.parametrize(
    ("expectation", "typed", "digits"),
    [
        (Expectation.DIGITS, "13800138000", "13800138000"),
        (Expectation.DIGITS, "04838234567", "04838234567"),
        (Expectation.DIGITS, "8234567", "8234567"),
        (Expectation.DIGITS, "82345678", "82345678"),
        (Expectation.REFERENCE, "3083", "3083"),
        (Expectation.REFERENCE, "0083", "0083"),
        (Expectation.AMOUNT, "2", "2"),
        (Expectation.AMOUNT, "83#", "83"),
        (Expectation.DIGITS, "138001#", "138001"),
    ],
)
def test_numbers(expectation: Expectation, typed: str, digits: str) -> None:
    assert pressed(keys_for(expectation), typed) == [Digits(digits)]


def test_a_whole_number_is_not_waited_for() -> None:
    keys = keys_for(Expectation.REFERENCE)
    assert [keys.press(key, 1.0) for key in "3083"] == [None, None, None, Digits("3083")]
    assert not keys.is_typing


def test_an_elder_who_looks_at_the_paper_between_two_keys() -> None:
    assert pressed(keys_for(Expectation.DIGITS), "13800138000", apart=2.8) == [
        Digits("13800138000")
    ]


def test_a_star_begins_the_number_anew() -> None:
    assert pressed(keys_for(Expectation.REFERENCE), "30*3083") == [Key.REPEAT, Digits("3083")]


def test_half_a_number_is_forgotten_when_something_else_is_asked() -> None:
    keys = keys_for(Expectation.DIGITS)
    keys.press("1", 0.0)
    keys.expect(Expectation.YES_NO)
    assert keys.due(100.0) is None
    assert keys.press("1", 101.0) is Key.YES


def test_other_keys_mean_nothing() -> None:
    keys = keys_for(Expectation.DIGITS)
    assert [keys.press(key, 0.0) for key in ("A", "#", "", "12", "一")] == [None] * 5


@settings(deadline=None)
@given(
    typed=st.text("0123456789*#", max_size=30),
    expectation=st.sampled_from(Expectation),
    apart=st.floats(0.05, 5.0),
)
def test_no_press_is_lost(typed: str, expectation: Expectation, apart: float) -> None:
    """Every digit comes out once, alone or in a number; a star takes back what was begun."""
    keys = keys_for(expectation)
    found = pressed(keys, typed, apart)
    told = "".join(each.digits for each in found if isinstance(each, Digits))
    assert len(told) <= sum(key.isdigit() for key in typed)
    assert found.count(Key.REPEAT) == typed.count("*")
    assert not keys.is_typing
    if expectation not in NUMBERS:
        assert found.count(Key.PERSON) == typed.count("0")
    elif not set(typed) & set("*#0"):
        assert told == typed
