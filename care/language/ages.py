"""Ages, told apart from every other number."""

import re
from collections.abc import Iterator
from datetime import date

from care.language.entity import Entity
from care.language.numerals import AMOUNT, DIGIT_OF, amount

_OLDEST = 125
_ELDER = 50
"""A number without 岁 is an age only from here on, unless 今年 stands before it."""

_SPAN = rf"(?:{AMOUNT}(?:[有又][一二三四五六七八九])?)"
_MORE = r"(?:挂零|出头|冒头|冒尖|多|有余)"
_YEARS = re.compile(rf"({_SPAN})({_MORE})?(?:周岁|岁|周[岁嵗碎])({_MORE})?(以下|之前|以内|以前)?")
_WHO = (
    r"(?:我|我们|俺|咱|妈|娘|爸|爹|妈妈|爸爸|母亲|父亲|老伴儿?|老头儿?|老头子|老太太|老爷子|奶奶|爷爷|姥姥|姥爷|外婆|外公|"
    r"婆婆|公公|岳父|岳母|他|她|老人家?|人|大爷|大娘|老汉|老婆子|今年|年龄|岁数|年纪|都|已经|也|刚|虚度|年方|了个|多大了)"
)
_TOLD = re.compile(
    rf"({_WHO})(?:是|有|都|已经|刚|也|刚好|正好|今年|就|满|过|到|快要?|，|,)*({_SPAN})({_MORE})?(了|整|啦|的人|喽|哩|呢|$|(?=[,。!?他她我]))"
)
_MORE_EXACTLY = re.compile(rf"多(?:岁)?了?,?({_SPAN})({_MORE})?(?=$|[,。了岁])")
_THIS_YEAR = re.compile(
    rf"(?:今年|年龄是?|岁数是?|年纪是?|高寿|年满|刚满|已满|满)(?:也|都|有|是|刚|整|快要?|我|他|她|已经|整整)*({_SPAN})({_MORE})?"
)
_ALONE = re.compile(
    rf"(?:嗯|哦|啊|是|我|今年|快|有|,)*({_SPAN})({_MORE})?(?:了|啦|整|喽|哩|啊|呀|吧|的?人了?|,|。)*"
)
_TEN = "时石是实食"
_TENS = {
    **dict.fromkeys("流留刘", 6),
    **dict.fromkeys("其期气", 7),
    **dict.fromkeys("把吧巴爸", 8),
    **dict.fromkeys("久酒就", 9),
}
_MISHEARD = re.compile(
    rf"(?:([六七八九])[{_TEN}]|([{''.join(_TENS)}])[十{_TEN}])([一二三四五六七八九])?(?:周?岁|(?<=[一二三四五六七八九])(?=了|啦|$))"
)
_SHORT_BY = re.compile(rf"差([一二两三])岁({_SPAN})|({_SPAN})差([一二两三])岁")
_BORN = re.compile(
    r"(?<![0-9一二三四五六七八九零〇])((?:19|一九)?[0-9一二三四五六七八九零〇]{2})年"
    r"(?:的)?(?:生人|生的|出生|的人|属[鼠牛虎兔龙蛇马羊猴鸡狗猪])"
)
_BEFORE_A_MONTH = re.compile(r"(?:过了?|满了?|岁|[我妈爸他她娘])([六七八九]十)(?=一个月)")
"""八十一个月给多少 is 80, and so much a month."""
_BEFORE_A_FACT = re.compile(
    r"(?:高龄(?:补贴|津贴|钱)|老年钱)([六七八九]十[一二三四五六七八九]?|[6-9]\d)"
    r"(?=,?(?:农村|牧区|城镇|城里|本地|外地|户口|低保|独居|失能|没有?退休|能领|能拿))"
)
"""高龄补贴八十六农村的: without the fact behind it the number may be money."""
_ELDERLY = re.compile(
    r"(?<![0-9零〇一二两三四五六七八九十百千万第初月老])"
    r"([六七八九]十(?:[有又]?[一二三四五六七八九])?|一百(?:零[一二三四五六七八九]|一十?)?|[6-9]\d)"
    rf"({_MORE})?(?![0-9.:/%-])"
)
_NOT_AN_AGE_BEFORE = re.compile(
    r"(?:每?月|每?年|补贴?|给|块|发|领|差|花|剩|交|涨到?|元|从|每人|[到至]|拿|多|少|号|之|率|比例|过|占|共|出|"
    r"总数|大概|电话.{0,6}|建了?|投了?|温度|体温|血压|血糖|高压|低压|心跳|体重)$"
)
_NOT_YET = re.compile(
    r"(?:过了?年就?|快要?|不到|没到|还没|没满|不满|未满|奔|差|将近|接近|虚岁|小于|低于|眼看|马上|即将|够不够|大概|估摸|得有)$"
)
_OTHER_UNIT = re.compile(
    r"^(?:周?岁|不到|到|至|几|块|元|毛|钱|号|点|分|月|日|天|年|个|斤|份|人|位|次|楼|层|栋|单元|室|户|平|米|公里|里地|"
    r"小时|钟头|张|家|所|万|千|百|%|以下|度|高压|低压|秒|路|多(?:块|元|个|张|家|户|万|人|斤)|"
    r"[0-9零〇一二三四五六七八九十百])"
)


def find_ages(text: str, today: date | None = None) -> Iterator[Entity]:
    """Ages in years. `today` also lets a year of birth (三八年生人) be one."""
    yield from _with_unit(text)
    yield from _told(text)
    for match in _ELDERLY.finditer(text):
        if not _NOT_AN_AGE_BEFORE.search(text[: match.start()]):
            yield from _plain(text, match, 1, 60, 0.75)
    for match in _BEFORE_A_MONTH.finditer(text):
        yield Entity("age", str(amount(match[1])), *match.span(1), 0.75)
    for match in _BEFORE_A_FACT.finditer(text):
        yield Entity("age", str(amount(match[1])), *match.span(1), 0.75)
    yield from _short_by(text)
    yield from _misheard(text)
    if today is not None:
        yield from _born(text, today)


def _with_unit(text: str) -> Iterator[Entity]:
    for match in _YEARS.finditer(text):
        years = amount(match[1])
        if years is None or not 0 < years <= _OLDEST or match[4]:
            continue
        before = text[: match.start()]
        if _NOT_YET.search(before) or _follows_digit(text, match.start()):
            continue
        vague = match[2] or match[3]
        yield Entity("age", str(years), match.start(), match.end(), 0.8 if vague else 1.0)


def _told(text: str) -> Iterator[Entity]:
    for pattern, group, least, score in (
        (_TOLD, 2, _ELDER, 0.95),
        (_THIS_YEAR, 1, 10, 0.9),
        (_MORE_EXACTLY, 1, _ELDER, 0.9),
    ):
        for match in pattern.finditer(text):
            yield from _plain(text, match, group, least, score)
    whole = _ALONE.fullmatch(text)
    if whole:
        yield from _plain(text, whole, 1, 60, 0.8)


def _plain(
    text: str, match: re.Match[str], group: int, least: int, score: float
) -> Iterator[Entity]:
    years = amount(match[group])
    start, end = match.span(group)
    if years is None or not least <= years <= _OLDEST:
        return
    if _NOT_YET.search(text[:start]) or _OTHER_UNIT.match(text[end:]):
        return
    more = match[group + 1]
    end += len(more or "")
    yield Entity("age", str(years), start, end, score - (0.1 if more else 0))


def _short_by(text: str) -> Iterator[Entity]:
    for match in _SHORT_BY.finditer(text):
        missing, years = amount(match[1] or match[4]), amount(match[2] or match[3])
        if missing and years and _ELDER <= years <= _OLDEST:
            yield Entity("age", str(years - missing), match.start(), match.end(), 0.9)


def _misheard(text: str) -> Iterator[Entity]:
    """八时三岁 and 把十三岁 are 83."""
    for match in _MISHEARD.finditer(text):
        tens = amount(match[1]) if match[1] else _TENS[match[2]]
        years = (tens or 0) * 10 + (amount(match[3]) or 0 if match[3] else 0)
        yield Entity("age", str(years), match.start(), match.end(), 0.75)


def _born(text: str, today: date) -> Iterator[Entity]:
    """The age that the person reaches this year: certain but for the months."""
    for match in _BORN.finditer(text):
        year = int("".join(str(DIGIT_OF[sign]) for sign in match[1]))
        year += 1900 if year < 100 else 0
        years = today.year - year
        if _ELDER <= years <= 115:
            yield Entity("age", str(years), match.start(), match.end(), 0.7)


def _follows_digit(text: str, start: int) -> bool:
    """七八十岁 and 80-89岁 are no age."""
    return start > 0 and (text[start - 1] in DIGIT_OF or text[start - 1] in "十几-到至~")
