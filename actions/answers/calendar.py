"""Today's date and the hour, by both calendars."""

from lunar_python import Solar

from actions.context import Context
from actions.outcome import Spoken, line
from actions.turn import Turn
from care.language.dates import say_date
from care.language.times import say_time


def answer(_turn: Turn, context: Context) -> Spoken:
    """Day, weekday, lunar day and time."""
    now = context.now()
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
