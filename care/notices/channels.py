"""Makes the channels that the settings name."""

from care.clock import Clock
from care.notices.calling import Calling, Phone
from care.notices.channel import Channel
from care.notices.others import Mail, OtherService
from care.notices.robots import Robot
from care.notices.settings import (
    AnyChannel,
    AppriseChannel,
    CallChannel,
    MailChannel,
    NoticeSettings,
    RobotChannel,
    SmsChannel,
    WebhookChannel,
)
from care.notices.sms import Sms
from care.notices.webhook import Webhook


def make_channels(
    settings: NoticeSettings, clock: Clock, phone: Phone | None = None
) -> dict[str, Channel]:
    """By the names that they have in the settings; nothing is connected yet."""
    return {name: _make(each, clock, phone) for name, each in settings.channels.items()}


def _make(settings: AnyChannel, clock: Clock, phone: Phone | None) -> Channel:
    match settings:
        case SmsChannel():
            return Sms(settings)
        case RobotChannel():
            return Robot(settings, clock)
        case WebhookChannel():
            return Webhook(settings, clock)
        case MailChannel():
            return Mail(settings)
        case AppriseChannel():
            return OtherService(settings)
        case CallChannel():
            return Calling(phone, settings.limit)
