"""Hears whether somebody goes to eat, fetches their meal, or has it brought."""

import re

from care.canteens.way import DELIVERY, DINE_IN, PICK_UP

_HERE = r"(食堂|饭堂|老?饭桌|助餐点|餐厅|店里|你们那|那儿)(里|那儿|那边|那里)?"
_SOMEBODY = r"(自己|自个儿?|我们?|俺|儿子|女儿|闺女|姑娘|儿媳|孙子|孙女|老伴|孩子|家里人|邻居|保姆)"
_NOT_NOT = "(?<![不别没])(?<![不别没][想用要再能])"
"""不去食堂吃了 is nowhere to go."""
_NOT_ABLE = r"(不了|不能|不动|没法|不方便|不上|没人)"

_DINE_IN = re.compile(
    rf"堂食|{_NOT_NOT}(去|到|上|来|在|回)[^,，。不没]{{0,6}}{_HERE}[^,，。不没]{{0,3}}(吃|就餐|用餐)"
    r"|(走|走着|溜达着)(过去|去|下去)吃|(我|我们|俺)(自己)?(过去|下去|下楼)吃"
)
_PICK_UP = re.compile(
    rf"自取|{_SOMEBODY}[^,，。不没]{{0,3}}(来|去|过来|过去|下楼)(取|拿|打饭|打包|端|提)"
    rf"|{_SOMEBODY}(取|拿)(就行|吧|好了)"
)
_DELIVERY = re.compile(
    r"送餐|送(到|去|上|回)?(家|门|楼)|(给|帮)(我|我们|俺|他|她|老人)[^,，。]{0,2}送|送(过来|来|一下)|上门送"
    r"|还是送"
)
_NO_DELIVERY = re.compile(r"(不用|不要|不必|别|甭|不)(再|给我|给|你们|麻烦)?送")
_UNABLE = re.compile(rf"(去|来|走|下|取|拿)(得)?{_NOT_ABLE}|{_NOT_ABLE}(去|来|走|下楼|取|拿)")


def read(text: str) -> str | None:
    """A way of care.canteens.way that somebody wishes for; None when they said nothing of it.

    `text` is normalised. Who can't walk and says so isn't going anywhere.
    """
    unable = bool(_UNABLE.search(text))
    if not unable and _DINE_IN.search(text):
        return DINE_IN
    if not unable and _PICK_UP.search(text):
        return PICK_UP
    if _DELIVERY.search(text) and not _NO_DELIVERY.search(text):
        return DELIVERY
    return None
