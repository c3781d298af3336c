"""Parts of the words for a day that mean a number: its year, its day, days before or after it
(Python 3.11 only)."""

from datetime import date

from care.language.numerals import DIGIT_OF, amount

_YEARS = {"去年": -1, "今年": 0, "明年": 1, "来年": 1}


def year_of(said: str | None, today: date) -> int | None:
    """明年, 2027年 or 二〇二七年. None: none was said."""
    if not said:
        return None
    if said in _YEARS:
        return today.year + _YEARS[said]
    return int("".join(str(DIGIT_OF[sign]) for sign in said[:-1]))


def day_number(words: str) -> int | None:
    """初三, 廿三, 二十三 or 23. None: it is no number."""
    if words.startswith("初"):
        day = amount(words[1:])
        return day if day is not None and day <= 10 else None
    words = words.replace("廿", "二十").replace("卅", "三十")
    return amount(words)


def days_after(words: str | None) -> int:
    """前一天, 第二天 or 后第三天, in days behind the one that they follow; 0 for nothing."""
    if not words:
        return 0
    if words in ("前一天", "头一天"):
        return -1
    if words in ("后一天", "第二天"):
        return 1
    return (amount(words[-2]) or 0) * (-1 if words[0] == "前" else 1)
