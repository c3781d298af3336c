"""Addresses: a place with a name, or numbers of building, unit and room."""

import re
from collections.abc import Iterator, Sequence

from care.language.entity import Entity
from care.language.towns import with_towns

_N = r"(?:[0-9]{1,4}|[零〇一二两三四五六七八九十百幺]{1,5}|[甲乙丙丁A-Fa-f东西南北])"
_ESTATE = (
    r"(?:小区|花园|家园|佳园|嘉园|新村|新苑|雅苑|公寓|公馆|家属院|家属楼|宿舍|山庄|名城|华庭|"
    r"华府|御府|新居|大厦|胡同|大街|大道)"
)
"""Ends of names that are addresses wherever they stand."""

_VAGUE = r"(?:社区|嘎查|大院|广场|[苑园城湾邨村屯队庄巷街路道里府庭])"
"""Ends of names that are addresses beside a number, or after 住在."""

_NAME = r"[一-鿿A-Za-z0-9]{1,8}?"
_SIDE = r"(?:的)?(?:[东西南北]区|[一二三四五六七八九]期|[东西南北]院)?(?:的)?"
_BUILDING = rf"{_N}(?:号?楼|号?栋|幢|号院|座|排|号(?!码|单|线|技师|订|文))"
_UNIT = rf"{_N}(?:单元|门洞|门(?!诊|口|卫|铃)|洞)"
_FLOOR = rf"{_N}(?:层|楼)"
_ROOM = (
    rf"(?:{_N}(?:室|号房?|户|房间?)|[0-9]{{3,4}}(?!\d)"
    r"|[零〇一二两三四五六七八九幺]{3,4}(?![零〇一二三四五六七八九幺])|[东西][户屋]|中门)"
)
_SIGN = r"[0-9零〇一二两三四五六七八九十幺]{1,4}"
_DASHED = rf"(?:(?!20\d\d-){_SIGN}(?:[-杠]{_SIGN}){{2,3}}|(?<=号){_SIGN}[-杠]{_SIGN})"
"""Building, unit and room: 3-2-1, 三杠二杠一."""

_PART = rf"(?:{_DASHED}|{_BUILDING}|{_UNIT}|{_FLOOR}|{_ROOM}|{_N}组|平房)"
_PARTS = rf"(?:{_PART}(?:的|,|靠?[东西左右]边?)?)*{_PART}"
_DOOR = rf"(?:{_DASHED}|{_N}(?:号[楼栋院]|号(?!码|单|线|技师|订|文)|栋|组))"
"""What follows the name of a town in an address; 达来呼布镇2025年 is none."""

_HERE = (
    r"(?:住在|住到|家在|家住|就在|人在|我在|搬到|送到|送去|送往|改到|改成|换到|地址是"
    r"|住|在|搁|到|是)"
)
_ENDED = r"(?=$|[,。!?啊呢吧嘛呀]|那|这|边|旁|对面|附近)"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_NAME}[街路巷道]{_N}号(?:院)?)?{_NAME}{_ESTATE}+{_SIDE}(?:{_PARTS})?",
        rf"{_NAME}{_VAGUE}{_SIDE}{_PARTS}",
        rf"{_NAME}(?:苏木|镇)(?={_DOOR}){_PARTS}",
        rf"(?<=住在|送到|家在|家住|搬到|改到|换到)[一-鿿]{{2,6}}?{_VAGUE}{_ENDED}",
        rf"(?:^(?:我|俺|家|就)*|,){_HERE}[一-鿿]{{2,6}}?(?:[街路巷村屯庄苑]|社区|嘎查){_ENDED}",
        r"^[一-鿿]{2,6}?(?:[街路巷屯庄苑]|社区|嘎查)$",
        rf"{_BUILDING}(?:的|,)?(?:{_PARTS})",
        rf"{_UNIT}(?:的|,)?(?:{_PARTS})",
        rf"(?<![零〇一二三四五六七八九十百几0-9]){_N}(?:号楼|号院|单元)",
        rf"(?:^|(?<=[住在到是搁,])){_N}楼(?=$|[,。])",
    )
)
_LEAD = re.compile(
    rf".*(?:{_HERE}|送来|来到|地址|叫|给|那个|这个|我们|咱们|俺们|我|俺|咱|就|改成|不对|说错了|应该是|"
    r"就是|嗯|呃|呢|了|吧|从|的|订|饭|餐|份|旁边|附近|对面|楼下|上门|听说|[我俺咱她他女子]家|家里|[旗村城镇市][里上]的)"
)
_EDGES = ",的。"
_NUMBERED = re.compile(
    r"[0-9零〇一二两三四五六七八九十百幺甲乙丙A-F东西南北](?:号|楼|栋|单元|室|层|户|门|排|座|幢)"
)
_PLAIN = re.compile(
    r"^(?:老|旧|新|老旧|新建|已建|住宅|这|那|哪|每|各|我们|咱们|咱|个|几个|有些|多少|试点|城市|城镇|农村|智慧|街道|全市|全盟|品质养老|养老|友好|示范|所有|"
    r"康复辅具|改造老|以奖代补|盟旗|苏木|老年|小|单身|职工|集体|存量|配套|区县|网络|社区)*(?:小区|社区|嘎查|公寓|宿舍|大街|胡同|大院|广场|花园|大厦|大道|村|街|路)$"
)
_ASKED = re.compile(r"多少|几个|哪|什么|有没有|怎么|覆盖|服务|补贴|政府|知道|不")


_AFTER_TOWN = re.compile(rf"(?={_DOOR}){_PARTS}")


def find_addresses(
    text: str, blocked: tuple[tuple[int, int], ...] = (), regions: Sequence[Entity] = ()
) -> Iterator[Entity]:
    """Addresses as they were said; one begins only after the `blocked` spans before it.

    Towns and communities among `regions` that stand directly before an address belong to it.
    """
    for address in _without_towns(text, blocked):
        yield with_towns(text, address, regions)
    for place in regions:
        parts = _AFTER_TOWN.match(text, place.end)
        if parts:
            after = Entity("address", parts[0], *parts.span(), 0.95)
            whole = with_towns(text, after, regions)
            if whole.start < place.end:  # 纳林高勒社区八号
                yield whole


def _without_towns(text: str, blocked: tuple[tuple[int, int], ...]) -> Iterator[Entity]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            entity = _trimmed(text, *match.span(), blocked)
            if entity:
                yield entity


def _trimmed(
    text: str, start: int, end: int, blocked: tuple[tuple[int, int], ...]
) -> Entity | None:
    estate = re.search(_ESTATE, text[start:end])
    until = start + estate.start() if estate else end
    for first, last in blocked:
        if first < until and last > start and last < end:
            start = max(start, last)
    words = text[start:end]
    place = re.match(rf".*?(?:{_ESTATE}|{_VAGUE}|$)", words)
    lead = _LEAD.match(words[: place.end() - 1]) if place else None
    if lead:
        start += lead.end()
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    words = text[start:end]
    if len(words) < 2 or _PLAIN.match(words):
        return None
    if not _NUMBERED.search(words) and (_ASKED.search(words) or not _named(words)):
        return None
    return Entity("address", words, start, end, 0.95)


def _named(words: str) -> bool:
    """东关小区 has a name before its last word; 小区 has none."""
    return bool(re.search(rf"[一-鿿A-Za-z0-9](?:{_ESTATE}|{_VAGUE})", words))
