"""Imports every table, so that one metadata knows them all."""

from care.alarms.model import Alarm, AlarmEvent
from care.calls.model import Call, CallEvent, CallRecording
from care.conversations.model import Conversation, Utterance
from care.elders.model import Elder
from care.handovers.model import Handover
from care.orders.model import Order, OrderEvent
from care.storage.base import Base

__all__ = [
    "Alarm",
    "AlarmEvent",
    "Base",
    "Call",
    "CallEvent",
    "CallRecording",
    "Conversation",
    "Elder",
    "Handover",
    "Order",
    "OrderEvent",
    "Utterance",
]
