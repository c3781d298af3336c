from pathlib import Path

import pytest

from care.data_files import DATA
from care.language.plain_file import PlainFileError
from care.regions.region import LEVELS, Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load(DATA / "regions.yml")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("阿盟", "阿拉善盟"),
        ("阿拉善", "阿拉善盟"),
        ("左旗", "阿拉善左旗"),
        ("阿左旗", "阿拉善左旗"),
        ("右旗", "阿拉善右旗"),
        ("阿右旗", "阿拉善右旗"),
        ("额旗", "额济纳旗"),
        ("达来呼布", "达来呼布镇"),
        ("塔木素", "塔木素苏木"),
        ("巴彦浩特", "巴彦浩特镇"),
        ("银川", "银川市"),
        ("沈北", "沈北新区"),
        ("西咸", "西咸新区"),
        ("沣东", "沣东新城"),
        ("宁夏", "宁夏回族自治区"),
    ],
)
def test_regions_are_found_as_people_call_them(regions: Regions, said: str, name: str) -> None:
    found = regions.find(said)
    assert found is not None
    assert found.name == name


def test_places_elsewhere_are_unknown(regions: Regions) -> None:
    assert regions.find("北京市") is None
    assert regions.path("北京市") == ()
    assert regions.parts("北京市") == ()
    assert not regions.within("北京市", "阿拉善盟")
    assert not regions.within("阿拉善盟", "北京市")


def test_the_path_leads_from_the_province_to_the_leaf(regions: Regions) -> None:
    assert regions.path("纳林高勒") == (
        "内蒙古自治区",
        "阿拉善盟",
        "额济纳旗",
        "达来呼布镇",
        "纳林高勒社区",
    )


def test_within_is_the_same_or_below(regions: Regions) -> None:
    assert regions.within("额旗", "阿盟")
    assert regions.within("阿盟", "阿拉善盟")
    assert regions.within("和平区", "沈阳")
    assert not regions.within("阿盟", "额旗")
    assert not regions.within("兴庆区", "沈阳市")


@pytest.mark.parametrize(
    ("name", "count"), [("沈阳市", 13), ("西咸新区", 5), ("阿拉善盟", 3), ("银川市", 6)]
)
def test_all_districts_are_there(regions: Regions, name: str, count: int) -> None:
    assert len(regions.parts(name)) == count


def test_all_four_levels_below_the_province_are_used(regions: Regions) -> None:
    assert {region.level for region in regions} == set(LEVELS)


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("", 1, "expected a list"),
        ("- {name: 甲, level: 省}", 1, "level: expected one of"),
        ("- {level: city}", 1, "name: expected text"),
        ("- {name: 甲, level: city}\n- {name: 乙, level: city, aliases: [甲]}", 2, "occurs twice"),
        ("- {name: 甲, level: city, alias: [乙]}", 1, "alias: unknown field"),
        ("- {name: 甲, level: city, aliases: 乙}", 1, "aliases: expected a list"),
        ("- {name: 甲, level: city, parts: 乙}", 1, "parts: expected a list"),
        (
            "- name: 甲\n  level: district\n  parts:\n    - {name: 乙, level: city}",
            4,
            "cannot lie in",
        ),
        ("- 甲", 1, "expected a mapping"),
        ("- {name: [", 1, "not valid YAML"),
    ],
)
def test_a_bad_file_names_its_line(tmp_path: Path, content: str, line: int, problem: str) -> None:
    path = tmp_path / "regions.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(PlainFileError) as caught:
        Regions.load(path)
    assert str(caught.value).startswith(f"regions.yml:{line}: ")
    assert problem in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlainFileError, match=r"nowhere\.yml:1: the file is missing"):
        Regions.load(tmp_path / "nowhere.yml")
