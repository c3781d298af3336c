"""What somebody typed, read field by field."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.elders.entry import read_entry
from care.elders.field import FIELDS
from care.elders.identity import IdentityError, masked_identity, read_identity
from care.elders.lists import own_lists
from care.elders.model import Elder
from care.elders.profile import profile_of
from care.entitlements.profile import Profile
from tests.conftest import NOW

TODAY = NOW.date()


def read(**typed: str) -> dict[str, object]:
    """The values of what was typed; there must be no problem."""
    entry = read_entry(typed, own_lists(), TODAY)
    assert not entry.problems
    return entry.values


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ({"birth": "1942-3-5"}, {"birth_date": date(1942, 3, 5), "birth_year": 1942}),
        ({"birth": "1942年03月05日"}, {"birth_date": date(1942, 3, 5), "birth_year": 1942}),
        ({"birth": "19420305"}, {"birth_date": date(1942, 3, 5), "birth_year": 1942}),
        ({"birth": "1942"}, {"birth_date": None, "birth_year": 1942}),
        ({"region": "内蒙古阿拉善盟阿左旗"}, {"region": "阿拉善左旗"}),
        ({"situations": "独居老人，重度残疾"}, {"situations": {"独居", "重残"}}),
        ({"situations": ""}, {"situations": frozenset()}),
        ({"allergies": "海鲜 花生"}, {"allergies": {"虾蟹", "花生"}}),
        ({"language": "蒙语"}, {"language": "蒙古语"}),
        ({"pension": "不领"}, {"pension": False}),
        ({"name": "司马 相如"}, {"name": "司马相如"}),
        ({"name": "阿依古丽•买买提"}, {"name": "阿依古丽·买买提"}),
        ({"address": ""}, {"address": None}),
    ],
)
def test_one_meaning_for_many_ways_of_writing(
    typed: dict[str, str], values: dict[str, object]
) -> None:
    assert read(**typed) == values


def test_an_identity_number_tells_the_birthday_and_the_sex() -> None:
    values = read(identity="15292119420305002 9", birth="", sex="")
    assert (values["birth_date"], values["sex"]) == (date(1942, 3, 5), "female")
    assert read(identity="152921194203050029", birth="1942")["birth_date"] == date(1942, 3, 5)


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"name": ""}, {"name"}),
        ({"name": "Bob"}, {"name"}),
        ({"phone": "12345"}, {"phone"}),
        ({"identity": "152921194203050020"}, {"identity"}),
        ({"identity": "152921194203050029", "birth": "1943-03-05"}, {"birth"}),
        ({"identity": "152921194203050029", "sex": "男"}, {"sex"}),
        ({"birth": "2026-11-22"}, {"birth"}),
        ({"birth": "1942-02-30"}, {"birth"}),
        ({"birth": "1842"}, {"birth"}),
        ({"health": "高" * 501}, {"health"}),
        ({"situations": "独居、快乐"}, {"situations"}),
        ({"name": "", "phone": "1", "region": "火星"}, {"name", "phone", "region"}),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(typed: dict[str, str], problems: set[str]) -> None:
    found = read_entry(typed, own_lists(), TODAY).problems
    assert set(found) == problems
    assert all(told.endswith("。") for told in found.values())


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([each.name for each in FIELDS]), st.text(max_size=30)))
def test_whatever_is_typed_is_read_or_told(typed: dict[str, str]) -> None:
    entry = read_entry(typed, own_lists(), TODAY)
    if not entry.problems and "name" in typed and "phone" in typed:
        elder = Elder(**entry.values)
        shown = {name: field.show(elder) for field in FIELDS if (name := field.name) in typed}
        assert read_entry(shown, own_lists(), TODAY).values == entry.values


@given(st.from_regex(r"\A[0-9]{17}[0-9X]\Z"))
def test_no_wrong_sign_in_an_identity_number_passes(number: str) -> None:
    try:
        read_identity(number)
    except IdentityError:
        return
    for place in range(18):
        other = str((int(number[place]) + 1) % 10) if number[place] != "X" else "0"
        with pytest.raises(IdentityError):
            read_identity(number[:place] + other + number[place + 1 :])
    assert number[4:14] not in masked_identity(number)


def test_a_profile_for_the_rules() -> None:
    elder = Elder(
        name="王桂兰",
        phone="13800000001",
        birth_date=date(1946, 11, 22),
        region="阿拉善左旗",
        situations=frozenset({"独居", "重残"}),
        categories=frozenset({"低保"}),
        pension=False,
        residence="rural",
        hukou="local",
    )
    assert profile_of(elder, TODAY) == Profile(
        region="阿拉善左旗",
        age=79,
        hukou="local",
        residence="rural",
        pension="none",
        categories=frozenset({"独居", "低保"}),
        ability="残疾",
    )
    elder.ability = 3
    assert profile_of(elder, date(2026, 11, 22)).age == 80
    assert profile_of(elder, TODAY).ability == "重度失能"
    elder.birth_date, elder.birth_year = None, 1946
    assert profile_of(elder, TODAY).age == 79
