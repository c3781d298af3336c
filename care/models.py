"""Imports every table, so that one metadata knows them all."""

from care.alarms.model import Alarm, AlarmEvent, AlarmLadder, AlarmOutgoing
from care.api_keys.model import ApiKey, ApiRequest, ApiWrite
from care.benefits.model import (
    BenefitCase,
    BenefitEvent,
    BenefitNotice,
    BenefitReceipt,
    BenefitRound,
)
from care.calls.model import Call, CallEvent, CallRecording
from care.canteens.model import Canteen, CanteenMeal, Dish, MenuImport, Round
from care.changes.model import Change
from care.complaints.model import Complaint, ComplaintEvent
from care.conversations.model import Conversation, Understanding, Utterance
from care.desk.model import Callback, CallbackEvent, Seat, SeatEvent
from care.devices.model import Device, DeviceNonce, DeviceReport
from care.elders.ability import ElderAbility
from care.elders.consent import ElderConsent
from care.elders.contact import ElderContact
from care.elders.event import ElderEvent
from care.elders.model import Elder
from care.elders.upload import ElderImport
from care.handovers.model import Handover, HandoverEvent
from care.notices.model import NoticeDelivery
from care.operators.model import (
    NumberReveal,
    Operator,
    OperatorEvent,
    OperatorSession,
    SignInThrottle,
)
from care.orders.allowance import HourGrant
from care.orders.booked import OrderBooking, ProviderSlot
from care.orders.model import Order, OrderEvent, OrderOffer
from care.orders.standing import OrderPause, OrderSeries
from care.proofs.model import ProofPicture
from care.providers.account_model import ProviderAccount, ProviderEvent, ProviderSession
from care.providers.model import (
    Provider,
    ProviderArea,
    ProviderCapacity,
    ProviderContract,
    ProviderDayOff,
    ProviderService,
    Worker,
    WorkerCertificate,
)
from care.storage.base import Base
from care.visits.model import (
    Steward,
    StewardRegion,
    Visit,
    VisitAnswer,
    VisitCall,
    VisitEvent,
)
from care.webhooks.model import Webhook, WebhookDelivery
from care.wechat.bound import WechatBinding, WechatCode, WechatOptIn, WechatTry
from care.wechat.model import WechatMessage, WechatOutgoing, WechatToken, WechatUser

__all__ = [
    "Alarm",
    "AlarmEvent",
    "AlarmLadder",
    "AlarmOutgoing",
    "ApiKey",
    "ApiRequest",
    "ApiWrite",
    "Base",
    "BenefitCase",
    "BenefitEvent",
    "BenefitNotice",
    "BenefitReceipt",
    "BenefitRound",
    "Call",
    "CallEvent",
    "CallRecording",
    "Callback",
    "CallbackEvent",
    "Canteen",
    "CanteenMeal",
    "Change",
    "Complaint",
    "ComplaintEvent",
    "Conversation",
    "Device",
    "DeviceNonce",
    "DeviceReport",
    "Dish",
    "Elder",
    "ElderAbility",
    "ElderConsent",
    "ElderContact",
    "ElderEvent",
    "ElderImport",
    "Handover",
    "HandoverEvent",
    "HourGrant",
    "MenuImport",
    "NoticeDelivery",
    "NumberReveal",
    "Operator",
    "OperatorEvent",
    "OperatorSession",
    "Order",
    "OrderBooking",
    "OrderEvent",
    "OrderOffer",
    "OrderPause",
    "OrderSeries",
    "ProofPicture",
    "Provider",
    "ProviderAccount",
    "ProviderArea",
    "ProviderCapacity",
    "ProviderContract",
    "ProviderDayOff",
    "ProviderEvent",
    "ProviderService",
    "ProviderSession",
    "ProviderSlot",
    "Round",
    "Seat",
    "SeatEvent",
    "SignInThrottle",
    "Steward",
    "StewardRegion",
    "Understanding",
    "Utterance",
    "Visit",
    "VisitAnswer",
    "VisitCall",
    "VisitEvent",
    "Webhook",
    "WebhookDelivery",
    "WechatBinding",
    "WechatCode",
    "WechatMessage",
    "WechatOptIn",
    "WechatOutgoing",
    "WechatToken",
    "WechatTry",
    "WechatUser",
    "Worker",
    "WorkerCertificate",
]
