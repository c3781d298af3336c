"""Records found by number, by name, by sound and by region."""

import pytest

from care.elders import code
from care.elders.finding import AT_ONCE, find
from care.elders.lists import own_lists
from care.elders.sounding import sound_key
from care.storage.engine import Sessions
from tests.care.elders.filled import put
from tests.conftest import NOW

NAMES = ("王桂兰", "汪贵兰", "黄桂兰", "王桂", "李娜", "李辣", "张三", "巴特尔", "司马相如")


def _fill(sessions: Sessions) -> None:
    with sessions.begin() as session:
        for number, name in enumerate(NAMES):
            region = "阿拉善左旗" if number % 2 else "巴彦浩特镇"
            put(session, {"name": name, "phone": f"1380000000{number}", "region": region})


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("王桂兰", ["王桂兰", "汪贵兰"]),
        ("汪贵兰", ["汪贵兰", "王桂兰"]),
        ("王桂", ["王桂", "王桂兰", "汪贵兰"]),
        ("李拉", ["李娜", "李辣"]),
        ("脏三", ["张三"]),
        ("巴", ["巴特尔"]),
        ("13800000006", ["张三"]),
        ("+86 138-0000-0006", ["张三"]),
        ("赵钱孙", []),
        ("' OR 1=1", []),
        ("%", []),
    ],
)
def test_by_what_was_typed(sessions: Sessions, typed: str, names: list[str]) -> None:
    _fill(sessions)
    with sessions() as session:
        found = find(session, typed)
    assert ([each.name for each in found.elders], found.near) == (names, False)


def test_nearest_when_nobody_sounds_so(sessions: Sessions) -> None:
    _fill(sessions)
    with sessions() as session:
        found = find(session, "王桂莲")
    assert found.near
    assert found.elders[0].name in ("王桂兰", "汪贵兰")


def test_by_region_with_all_its_parts(sessions: Sessions) -> None:
    _fill(sessions)
    lists = own_lists()
    with sessions() as session:
        all_of_it = find(session, "", regions=lists.regions_in("阿拉善左旗")).elders
        part = find(session, "", regions=lists.regions_in("巴彦浩特镇")).elders
        nowhere = find(session, "王桂兰", regions=lists.regions_in("沈阳市")).elders
    assert len(all_of_it) == len(NAMES)
    assert {each.region for each in part} == {"巴彦浩特镇"}
    assert nowhere == ()


def test_by_service_code(sessions: Sessions) -> None:
    _fill(sessions)
    with sessions.begin() as session:
        elder = find(session, "张三").elders[0]
        issued = code.issue(session, elder, by="test", now=NOW)
    with sessions() as session:
        assert find(session, code.shown(issued).lower()).elders[0].name == "张三"
        assert code.by_code(session, f"YL:{issued}") is not None
        assert code.by_code(session, issued[::-1]) is None


def test_page_by_page_everybody_comes_once(embedded: Sessions) -> None:
    with embedded.begin() as session:
        for number in range(2 * AT_ONCE + 3):
            put(session, {"name": "王桂兰", "phone": f"138000000{number:02}"})
    seen: list[int] = []
    with embedded() as session:
        for skip in (0, AT_ONCE, 2 * AT_ONCE):
            page = find(session, "王桂", skip=skip)
            assert page.more == (skip < 2 * AT_ONCE)
            seen += [each.id for each in page.elders]
    assert len(set(seen)) == len(seen) == 2 * AT_ONCE + 3


def test_accents_share_a_key() -> None:
    assert sound_key("张 三") == sound_key("脏山") == "zan san"
    assert sound_key("刘娜") == sound_key("牛拉") or sound_key("李娜") == sound_key("你拉")
