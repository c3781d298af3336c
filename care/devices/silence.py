"""A device that has gone quiet raises a technical alarm, once until it is heard again."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.alarms.service import Report
from care.devices.kind import TECHNICAL, TECHNICAL_SEVERITY, TOGETHER_SEVERITY, Kinds
from care.devices.model import Device
from care.devices.reports import source
from care.devices.sentences import sentence
from care.elders.model import Elder
from care.storage.engine import Sessions

GRACE = 1.5
"""Times its interval: one heartbeat that is lost on the way is no silence."""

TOGETHER = 5
"""More that go quiet in one look have one cause, and get one alarm: hundreds would bury others."""

_NAMED = 20
"""Devices that such an alarm names; the list of devices shows them all."""


def look(sessions: Sessions, kinds: Kinds, now: datetime, listening_since: datetime) -> list[Alarm]:
    """Raises what is due; what it raised.

    While we didn't run nobody could be heard: time counts from `listening_since` at the earliest.
    """
    _correct(sessions, now)
    watched = (
        select(Device)
        .where(Device.retired_at.is_(None), Device.interval.is_not(None))
        .where(Device.quiet_alarm.is_(None))
        .order_by(Device.ref)
    )
    with sessions() as session:
        found = list(session.scalars(watched))
    due = [
        device
        for device in found
        if now - max(device.last_seen_at, listening_since) > _allowed(device)
    ]
    if len(due) > TOGETHER:
        return [_raise_together(sessions, due, now)]
    return [_raise(sessions, kinds, device, now) for device in due]


def _allowed(device: Device) -> timedelta:
    return timedelta(seconds=(device.interval or 0) * GRACE)


def _raise(sessions: Sessions, kinds: Kinds, device: Device, now: datetime) -> Alarm:
    kind, heard = kinds.of(device.kind), device.last_seen_at
    with sessions() as session:
        elder = session.get(Elder, device.elder_id) if device.elder_id else None
    minutes = int((now - heard).total_seconds() // 60)
    alarm = alarms.raise_(
        sessions,
        Report(
            category=TECHNICAL,
            severity=TECHNICAL_SEVERITY,
            said=sentence("quiet", name=kind.name, ref=device.ref, minutes=minutes),
            person=elder.name if elder else None,
            phone=elder.phone if elder else None,
            place=device.place or (elder.address if elder else None),
            source=source(device),
            # Of one silence: every process that watches raises the same alarm.
            reference=f"quiet@{heard.timestamp():.3f}",
            controller=device.controller,
            device=device.ref,
            device_type=kind.id,
            elder_id=device.elder_id,
            by="device",
            how="silence",
        ),
        now,
    )
    _note(sessions, [device], alarm)
    return alarm


def _raise_together(sessions: Sessions, devices: list[Device], now: datetime) -> Alarm:
    first = min(device.last_seen_at for device in devices)
    refs = "、".join(device.ref for device in devices[:_NAMED])
    more = "…" if len(devices) > _NAMED else ""
    alarm = alarms.raise_(
        sessions,
        Report(
            category=TECHNICAL,
            severity=TOGETHER_SEVERITY,
            said=sentence("quiet_many", count=len(devices), refs=refs + more),
            source="devices",
            reference=f"quiet@{first.timestamp():.3f}+{len(devices)}",
            by="device",
            how="silence",
        ),
        now,
    )
    _note(sessions, devices, alarm)
    return alarm


def _note(sessions: Sessions, devices: list[Device], alarm: Alarm) -> None:
    """The alarm of this silence, unless a device was heard in between."""
    with sessions.begin() as session:
        for device in devices:
            still = (Device.id == device.id) & (Device.last_seen_at == device.last_seen_at)
            session.execute(update(Device).where(still).values(quiet_alarm=alarm.ref))


def _correct(sessions: Sessions, now: datetime) -> None:
    """A device heard in the future (our clock was set back) would count as heard until then."""
    with sessions.begin() as session:
        session.execute(update(Device).where(Device.last_seen_at > now).values(last_seen_at=now))
