"""Today's date and the hour, by both calendars."""

from datetime import date

from lunar_python import Solar

from actions.context import Context
from actions.outcome import Spoken, line
from actions.turn import Turn
from care.language.dates import resolve_date, say_date
from care.language.times import say_time


def answer(turn: Turn, context: Context) -> Spoken:
    """Day, weekday, lunar day and time; of another day that was asked for, its date."""
    now = context.now()
    words = turn.first("date")
    day = resolve_date(words, now.date()) if words else None
    if day and day != now.date():
        return Spoken((line("utter_date_of", said=words or "", date=_say(day, now.date())),))
    lunar = Solar.fromYmd(now.year, now.month, now.day).getLunar()
    return Spoken(
        (
            line(
                "utter_date_time",
                date=say_date(now.date(), now.date()),
                lunar=f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}",
                time=say_time(now.time()),
            ),
        )
    )


def _say(day: date, today: date) -> str:
    """Without 后天 in front, which the caller said."""
    spoken = say_date(day, today).split(",")
    return ",".join(part for part in spoken if part[-1] in "号日一二三四五六" and "天" not in part)
