"""References of orders: exactly four digits, said as a reference."""

import re
from collections.abc import Iterator

from care.language.entity import Entity
from care.language.numerals import digits

_SIGN = r"[0-9零〇○一二两三四五六七八九幺]"
_FOUR = rf"({_SIGN}(?:,?{_SIGN}){{3}})(?!{_SIGN}|[十百千万块元年月号点岁个份人%])"
_AFTER_WORD = re.compile(
    rf"(?:单号|订单号?|工单号?|单子|编号|号码|尾号|回执号?|受理号|取餐码|那单|这单|的单|(?<![区机话])号)(?:是|叫|就是|为|尾号|:|,|我的|那个|号|呢|好像)*{_FOUR}"
)
_AFTER_VERB = re.compile(
    rf"(?:查一下|查查|查询|查|取消|退掉|退了|改一下|改)(?:一下|那个|这个|我的|我那个)*{_FOUR}"
)
_BEFORE_WORD = re.compile(
    rf"(?<!{_SIGN}){_FOUR}(?=(?:那个|这个|号|的|那|这)*(?:订单|单子|单|饭|工单))"
)
_BEFORE_WORD_WITH_SIGN = re.compile(rf"(?<!{_SIGN})({_SIGN}{{4}})号(?:订单|单子|单|工单)")
_ALONE = re.compile(
    rf"(?:嗯|是|就是|哦|号是|啊|那个|,)*({_SIGN}(?:,?{_SIGN}){{3}})(?:吧|啊|呀|嗯|,|。|对)*"
)


def find_order_refs(text: str) -> Iterator[Entity]:
    """Four digits beside a word for an order, or nothing but four digits."""
    for pattern in (_AFTER_WORD, _AFTER_VERB, _BEFORE_WORD, _BEFORE_WORD_WITH_SIGN):
        for match in pattern.finditer(text):
            yield from _entity(match, 1.0)
    whole = _ALONE.fullmatch(text)
    if whole:
        yield from _entity(whole, 0.8)


def _entity(match: re.Match[str], score: float) -> Iterator[Entity]:
    reference = digits(match[1].replace(",", ""))
    if reference and len(reference) == 4:
        yield Entity("order_ref", reference, *match.span(1), score)
