"""Nothing is invented: every figure of a reply stands in what it cites, or came from the caller."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from care.language.numerals import amount, digits

CitedText = Callable[[str], str]
"""From `rule:ID` or `card:ID` to everything that stands in it; raises KeyError for unknown ones."""

HOTLINES = frozenset(Decimal(number) for number in (12349, 12345, 120, 119, 110, 122))

_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)(?:多|余|来)?([千万亿]?)")
_NUMERAL = "零〇一二两三四五六七八九十百千万"
_UNITS = (
    *("元", "块", "岁", "周岁", "小时", "钟头", "分钟", "天", "个月", "年", "平方米", "平米"),
    *("张", "床", "户", "家", "所", "人", "名", "项", "处", "次", "倍", "类", "级", "万", "%"),
)
_UNIT = f"个?(?:{'|'.join(_UNITS)})"
_SPELLED = re.compile(rf"([{_NUMERAL}]+)(?:点([零〇一二三四五六七八九]+))?(?={_UNIT})")
_ANY_SPELLED = re.compile(rf"([{_NUMERAL}幺]+)(?:点([零〇一二三四五六七八九]+))?")
_PER_CENT = re.compile(rf"百分之([{_NUMERAL}]+)(?:点([零〇一二三四五六七八九]+))?")
_OF_A_BOOKING = re.compile(
    r"(?:\d{4}年)?(?<!\d)\d{1,2}月\d{1,2}[号日]|(?<!\d)\d{1,2}[点:]\d{0,2}分?"
    rf"|(?:农历|阴历)?[正腊冬{_NUMERAL}]+月(?:初|廿)?[{_NUMERAL}廿]+|(?:星期|礼拜|周)[{_NUMERAL}日天]"
    rf"|[{_NUMERAL}]+点(?:[{_NUMERAL}]+分|半|钟)?"
)
_LIST_SIGN = re.compile(r"(?m)^\s*\d{1,2}[.、)]|第[一二三四五六七八九十\d]+")
_GROUPED = re.compile(r"(?<=\d)[,](?=\d{3})")
_LONG = 7


@dataclass
class Known:
    """What the caller has said so far, and what the assistant has assigned."""

    values: set[Decimal] = field(default_factory=set)
    digits: str = ""
    """Every digit of every utterance, one after the other."""

    def hear(self, said: str) -> None:
        """Takes in an utterance of the caller."""
        text = _plain(said)
        self.values |= set(all_values(text))
        self.digits += " " + "".join(digits(sign) or " " for sign in text)

    def assign(self, reference: str) -> None:
        """An order reference is the assistant's own."""
        self.values.add(Decimal(reference))

    def covers(self, value: Decimal) -> bool:
        """Whether the figure is the caller's own, a hotline's, or a part of a number they said."""
        if value in self.values or value in HOTLINES:
            return True
        return len(str(value)) >= _LONG and str(value) in self.digits.replace(" ", "")


def invented(reply: str, cites: Iterable[str], known: Known, cited: CitedText) -> list[str]:
    """The figures of `reply` that neither the cited texts nor the caller account for.

    A reply that cites nothing may also say dates and hours, which are those of bookings.
    """
    text = _LIST_SIGN.sub(" ", _plain(reply))
    backing = [cited(cite) for cite in cites]
    if not backing:
        text = _OF_A_BOOKING.sub(" ", text)
    allowed = {value for one in backing for value in all_values(_plain(one))}
    return [
        words
        for words, value in spoken_values(text)
        if value not in allowed and not known.covers(value)
    ]


def spoken_values(text: str) -> list[tuple[str, Decimal]]:
    """(words, value) of every figure that a reply states.

    A numeral counts when a unit follows, for 一下 and 四方 state no figure; a single 一 never does.
    """
    found = [(match[0], Decimal(match[1]) * _SCALES[match[2]]) for match in _WRITTEN.finditer(text)]
    for pattern in (_SPELLED, _PER_CENT):
        for match in pattern.finditer(text):
            value = _spelled(match[1], match[2])
            if value is not None and value != 1:
                found.append((match[0], value))
    return found


def all_values(text: str) -> list[Decimal]:
    """Every figure that `text` can be read to hold: as written, scaled, and spelled."""
    found = []
    for match in _WRITTEN.finditer(text):
        found += [Decimal(match[1]), Decimal(match[1]) * _SCALES[match[2]]]
    for match in _ANY_SPELLED.finditer(text):
        value = _spelled(match[1], match[2])
        if value is not None:
            found.append(value)
        if len(match[1]) > 1 and (said := digits(match[1])):
            found.append(Decimal(said))
    return found


def _spelled(whole: str, decimals: str | None) -> Decimal | None:
    value = amount(whole.replace("幺", "一"))
    if value is None:
        return None
    if not decimals:
        return Decimal(value)
    return Decimal(f"{value}.{digits(decimals)}")


def _plain(text: str) -> str:
    return _GROUPED.sub("", unicodedata.normalize("NFKC", text))
