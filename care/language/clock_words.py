"""Finds the words for a time of day; `care/language/times.py` works out which time they mean."""

import re
from collections.abc import Iterator

from care.language.entity import Entity

PART_OF_DAY = (
    r"(?:凌晨|清晨|清早|大清早|大早上|一大早|一早|早起|早晨|早上|早间|大早|头晌|上午|前晌|午前|正中午|大中午|晌午|响午|中午|正午|"
    r"午间|下午|后晌|后响|过晌|过午|午后|傍晚|傍黑儿?|擦黑儿?|天擦黑|天快黑|天黑|黑夜|晚上|晚间|晚夕|夜里|夜间|夜晚|大晚上|大半夜|半夜|后半夜|头响)"
)
"""What elders call the parts of a day, north and west included (头晌, 后晌, 傍黑)."""

_HOUR = r"(?:[0-9]{1,2}|二十[一二三四五]?|十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"
_MINUTE = (
    r"(?:[0-9]{1,2}|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]|[一二三四五六七八九])"
)
_NOT_MINUTES = r"(?![个份块元号楼岁人天月年度次位点十百])"
_CLOCK = (
    rf"{_HOUR}点(?:钟)?(?:整|半钟?|多钟?|来钟|[一二两三]刻(?:钟)?"
    rf"|过?{_MINUTE}分|零?{_MINUTE}{_NOT_MINUTES})?"
)
_TO = rf"差(?:{_MINUTE}分|[一]刻钟?|{_MINUTE})(?:钟)?(?:到|就)?{_HOUR}点(?:钟)?"
_PART_AND_CLOCK = re.compile(
    rf"(?:{PART_OF_DAY}|(?<=[今明当后])[早晚]上?)(?:的|大概|差不多|,|那个|大约)?(?:{_TO}|{_CLOCK}(?:钟|左右)?)"
)
_PART = re.compile(
    rf"(?<!一)(?<!整)(?<!全){PART_OF_DAY}(?!饭|餐|好|了)|(?<=[今明当后])[早晚](?!饭|餐|点(?!钟))上?"
)
_TO_CLOCK = re.compile(_TO)
_BARE_CLOCK = re.compile(
    rf"(?<![0-9零〇一二两三四五六七八九十百千第软早晚快慢好有差多少大小淡咸高低便宜来便]){_CLOCK}(?:钟|左右)?"
)
_DIGITAL = re.compile(r"(?<![0-9:])(?:[01]?\d|2\d):[0-5]\d(?![0-9:])")
_BIT = re.compile(r"[一]点|[两三几]点")
_BIT_IS_TIME = re.compile(
    r"^(?:钟|半|整|多|来钟|过|[一三]刻|到|之前|以前|左右|来(?!的)|送|开始|行|吧|呗|前|可以|给我送|上门|能|,|$)"
)
_TIME_BEFORE = re.compile(
    r"(?:天|号|日|周[一二三四五六日]|礼拜.|星期.|午|早|晚|上|,|是|要|就|在|到|订|约|改)$"
)
_ASKED_OR_COUNTED = re.compile(r"^(?:意见|建议|要求|希望|问题|原因|儿|点滴|也|都|吃的|水)")


def find_clock_times(text: str) -> Iterator[Entity]:
    """Words for a time of day, as they were said; 软一点 and 有一点 are none."""
    for pattern in (_PART_AND_CLOCK, _TO_CLOCK, _PART, _DIGITAL):
        for match in pattern.finditer(text):
            yield Entity("time", match[0], match.start(), match.end())
    for match in _BARE_CLOCK.finditer(text):
        after = text[match.end() :]
        if _ASKED_OR_COUNTED.match(after):
            continue
        if _BIT.fullmatch(match[0]) and not _is_time(text, match):
            continue
        yield Entity("time", match[0], match.start(), match.end())


def _is_time(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if match[0] == "一点" and not before:
        return bool(_BIT_IS_TIME.match(after))
    return bool(_BIT_IS_TIME.match(after) and (not before or _TIME_BEFORE.search(before)))
