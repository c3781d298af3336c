"""How many messages may still go to somebody: the platform's rule, counted here.

Source: WeChat's documentation of customer-service messages: 5 within 48 hours of a message of
theirs, 3 within a minute of a click in the menu, a scan or their beginning to follow. Whether the
two add up isn't said; here each message counts against both, so that we never count too many.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from care.wechat.model import WechatUser

AFTER_MESSAGE, MESSAGE_LASTS = 5, timedelta(hours=48)
AFTER_CLICK, CLICK_LASTS = 3, timedelta(minutes=1)


@dataclass(frozen=True)
class Left:
    """What may still be sent."""

    count: int
    until: datetime | None
    """None when nothing may be sent until they write again."""


NOTHING = Left(0, None)


def left(user: WechatUser, now: datetime) -> Left:
    """The better of what their last message and their last click allow."""
    if not user.follows:
        return NOTHING
    grants = (
        _grant(user.wrote_at, AFTER_MESSAGE - user.sent_since_wrote, MESSAGE_LASTS, now),
        _grant(user.clicked_at, AFTER_CLICK - user.sent_since_clicked, CLICK_LASTS, now),
    )
    return max(grants, key=lambda grant: grant.count)


def spend(user: WechatUser) -> None:
    """One message is about to go out."""
    user.sent_since_wrote += 1
    user.sent_since_clicked += 1


def give_back(user: WechatUser) -> None:
    """It was not taken after all."""
    user.sent_since_wrote = max(user.sent_since_wrote - 1, 0)
    user.sent_since_clicked = max(user.sent_since_clicked - 1, 0)


def use_up(user: WechatUser) -> None:
    """The platform says that nothing is left, whatever we counted."""
    user.sent_since_wrote = AFTER_MESSAGE
    user.sent_since_clicked = AFTER_CLICK


def _grant(since: datetime | None, count: int, lasts: timedelta, now: datetime) -> Left:
    if since is None or count <= 0 or now >= since + lasts:
        return NOTHING
    return Left(count, since + lasts)
