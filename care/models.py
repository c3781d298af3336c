"""Imports every table, so that one metadata knows them all."""

from care.alarms.model import Alarm, AlarmEvent, AlarmLadder, AlarmOutgoing
from care.calls.model import Call, CallEvent, CallRecording
from care.changes.model import Change
from care.conversations.model import Conversation, Understanding, Utterance
from care.desk.model import Callback, CallbackEvent, Seat, SeatEvent
from care.devices.model import Device, DeviceNonce, DeviceReport
from care.elders.contact import ElderContact
from care.elders.model import Elder
from care.handovers.model import Handover, HandoverEvent
from care.notices.model import NoticeDelivery
from care.operators.model import (
    NumberReveal,
    Operator,
    OperatorEvent,
    OperatorSession,
    SignInThrottle,
)
from care.orders.model import Order, OrderEvent
from care.storage.base import Base

__all__ = [
    "Alarm",
    "AlarmEvent",
    "AlarmLadder",
    "AlarmOutgoing",
    "Base",
    "Call",
    "CallEvent",
    "CallRecording",
    "Callback",
    "CallbackEvent",
    "Change",
    "Conversation",
    "Device",
    "DeviceNonce",
    "DeviceReport",
    "Elder",
    "ElderContact",
    "Handover",
    "HandoverEvent",
    "NoticeDelivery",
    "NumberReveal",
    "Operator",
    "OperatorEvent",
    "OperatorSession",
    "Order",
    "OrderEvent",
    "Seat",
    "SeatEvent",
    "SignInThrottle",
    "Understanding",
    "Utterance",
]
