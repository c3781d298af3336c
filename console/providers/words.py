"""How days, hours and states of orders are written on a phone."""

from datetime import date, datetime, time

from care.orders.state import (
    ACCEPTED,
    CANCELLED,
    CLOSED,
    DONE,
    NO_SHOW,
    OFFERED,
    PLACED,
    REVIEWED,
    UNDER_WAY,
)

_STATES = {
    PLACED: "等派单",
    OFFERED: "等您接单",
    ACCEPTED: "已接单",
    UNDER_WAY: "正在服务",
    DONE: "做完了",
    REVIEWED: "老人评过了",
    CLOSED: "已结束",
    CANCELLED: "取消了",
    NO_SHOW: "没有见到人",
}
_WEEKDAYS = "一二三四五六日"
_NEAR = {0: "今天", 1: "明天", 2: "后天", -1: "昨天"}


def state(code: str) -> str:
    """A state of care.orders.state."""
    return _STATES.get(code, code)


def day(on: date, today: date) -> str:
    """今天, 明天, or 11月25日 周三."""
    near = _NEAR.get((on - today).days)
    return near or f"{on.month}月{on.day}日 周{_WEEKDAYS[on.weekday()]}"


def hour(at: time | None) -> str:
    """14:30, or nothing for a meal, which comes at meal time."""
    return at.strftime("%H:%M") if at else ""


def left(until: datetime | None, now: datetime) -> int:
    """Seconds until then, for the page's script; 0 when it is over."""
    return max(0, round((until - now).total_seconds())) if until else 0


def span(until: datetime | None, now: datetime) -> str:
    """还剩 12 分钟; the page's script counts on from there."""
    if until is None:
        return ""
    minutes = left(until, now) // 60
    if minutes >= 60:
        return f"还剩 {minutes // 60} 小时 {minutes % 60} 分钟"
    return f"还剩 {minutes} 分钟" if minutes else "马上到时间"
