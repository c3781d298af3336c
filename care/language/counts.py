"""How many: portions and people."""

import re
from collections.abc import Iterator

from care.language.entity import Entity
from care.language.numerals import amount

_MOST = 50
"""More portions than this are a figure out of a report, not an order."""

_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_PORTIONS = re.compile(
    rf"({_NUMBER}|[俩仨])(?:份儿?|客|盒|碗(?!筷|柜|里)|套(?=$|[,。吧就饭餐])|(?<!十)分(?![钟之析开期公给数钱前担但部])|风(?=$|饭|午|早|晚))(?:饭|餐|菜)?"
)
_AFTER_WEEKDAY = re.compile(
    r"(?:周|礼拜|星期)[一二三四五六日天]([一二两三四五六])(?:份|盒)(?:饭|餐)?"
)
_EACH_ONE = re.compile(r"(?:跟|和|与).{1,5}?一人一份")
_PEOPLE = re.compile(
    rf"({_NUMBER})(?:个人|口人|个老人|人份|人吃|人(?=$|的饭)|位(?:老人|客人))(?:份|吃饭?)?(?![来管都])"
    r"|([俩仨])(?:个?人|老人|口子)(?:份|吃饭?)?"
)
_MEAL_FOR_ONE = re.compile(r"一个人(?:吃饭?|的饭?|份)")
_JUST_ONE = re.compile(
    r"就(?:我|俺)(?:自己)?一(?:个人|口人|人|个)|就(?:我|俺)(?:自己|一个)|只要?一个"
)
_COUPLE = re.compile(
    r"老[两俩]口|(?:我们|我|咱|俺|俺们|咱们)俩|[两俩]口子|(?:我)?[和跟]老伴儿?(?:[两俩]个?人?)?"
)
_ASKED_FOR = re.compile(
    rf"(?:要|来|订|定|送|给我|总共|一共)({_NUMBER}|[俩仨])个?(?=$|[,。吧啊呗就]|够了?|人的)"
)
_ALONE = re.compile(
    rf"(?:要|就|来|嗯|啊|一共|总共|那就|,)*({_NUMBER}|[俩仨])(?:个人?|人|份|盒|碗|套|位)?"
    r"(?:吧|就行|就够了?|够了|就好|就可以了?|了|呗|啊)*"
)
_MEAL_IN_IT = re.compile(r"订|份|饭|餐|吃|要|送")
_LIVING = re.compile(r"^(?:住|过|在家|生活|单过|待着|呆着|来)")
_BEFORE_NUMBER = "第每几零〇一二两三四五六七八九十百千0123456789点差"
_WEEKDAY_BEFORE = re.compile(r"(?:周|礼拜|星期)[一二三四五六日天]$")


def find_counts(text: str) -> Iterator[Entity]:
    """Portions or people to be fed, as an integer in digits."""
    yield from _numbered(_PORTIONS, text, 0.95)
    yield from _numbered(_AFTER_WEEKDAY, text, 0.95)
    yield from _numbered(_ASKED_FOR, text, 0.9)
    about_meal = len(text) <= 8 or bool(_MEAL_IN_IT.search(text))
    if about_meal:
        yield from (e for e in _numbered(_PEOPLE, text, 0.95) if e.value != "1")
        yield from _fixed(_MEAL_FOR_ONE, text, 1)
        yield from _fixed(_JUST_ONE, text, 1)
        yield from _fixed(_COUPLE, text, 2)
        yield from _fixed(_EACH_ONE, text, 2)
    whole = _ALONE.fullmatch(text)
    if whole:
        number = amount(whole[1])
        if number and number <= 20:
            yield Entity("count", str(number), *whole.span(1), 0.6)


def _numbered(pattern: re.Pattern[str], text: str, score: float) -> Iterator[Entity]:
    for match in pattern.finditer(text):
        group = 1 if match[1] else 2
        number = amount(match[group])
        start = match.start(group)
        if not number or number > _MOST or _goes_on(text, start):
            continue
        if pattern is _PORTIONS or not _LIVING.match(text[match.end() :]):
            yield Entity("count", str(number), start, match.end(), score)


def _goes_on(text: str, start: int) -> bool:
    """第一份 and 二十一份 count nothing here; 礼拜三一份 is a day and one portion."""
    if not start or text[start - 1] not in _BEFORE_NUMBER:
        return False
    return not _WEEKDAY_BEFORE.search(text[:start])


def _fixed(pattern: re.Pattern[str], text: str, number: int) -> Iterator[Entity]:
    for match in pattern.finditer(text):
        if not _LIVING.match(text[match.end() :]):
            yield Entity("count", str(number), match.start(), match.end(), 0.8)
