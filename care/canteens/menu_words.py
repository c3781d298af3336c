"""Hears the question what there is to eat: 今天食堂有什么菜, 明天中午吃啥."""

import re
from dataclasses import dataclass
from datetime import date

from care.language.dates import resolve_date
from care.language.day_words import find_days

_WHERE = r"(食堂|饭堂|饭桌|助餐点|餐厅|老年餐)"
_WHAT = r"(什么|啥|哪些|几样)(好吃的?|吃的|菜|饭|汤|花样)"
_WHEN = (
    r"((今|明|后)(天|儿|日|晚|早)|早(上|饭|餐)|中午|午饭|午餐|晌午|晚(上|饭|餐)"
    r"|(周|星期|礼拜)[一二三四五六日天])"
)
_LIST = r"菜(单|谱)"
_ASKS = re.compile(
    rf"{_WHERE}.{{0,10}}({_WHAT}|(吃|做|有|卖|供应)(点|些)?(什么|啥))|{_WHAT}.{{0,6}}{_WHERE}"
    rf"|{_WHEN}.{{0,6}}(有{_WHAT}|(吃|做)的?(什么|啥)(菜|饭|呀|啊|呢)?$)"
    rf"|{_LIST}(是|有|上|念|说|报|给我|怎么|呢)|(看|查|问|念|报|听).{{0,10}}{_LIST}"
)
_NOT = re.compile(r"订|送|来[一二两1-9]份|补贴|忌口|过敏|吃药|不知道")
"""An order, or a question about something else."""
_MEALS = {
    "早餐": re.compile(r"早(上|饭|餐|晨|点)"),
    "午餐": re.compile(r"中午|午饭|午餐|晌午|中饭"),
    "晚餐": re.compile(r"晚(上|饭|餐)|今晚|明晚"),
}


@dataclass(frozen=True)
class Asked:
    """Which menu."""

    on: date
    meal: str | None
    """None for all of that day."""


def read(text: str, today: date) -> Asked | None:
    """None for an utterance (normalised) that asks for no menu."""
    if not _ASKS.search(text) or _NOT.search(text):
        return None
    days = list(find_days(text))
    on = resolve_date(days[-1].value, today) if days else None
    meal = next((name for name, words in _MEALS.items() if words.search(text)), None)
    return Asked(on or today, meal)
