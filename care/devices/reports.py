"""What a device reports becomes an alarm: committed before anything is answered, and once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.alarms import service as alarms
from care.alarms.model import Alarm
from care.alarms.service import Report
from care.devices.kind import TECHNICAL, TECHNICAL_SEVERITY, Kinds
from care.devices.model import Device, DeviceReport
from care.devices.sentences import sentence
from care.elders.model import Elder
from care.storage.engine import Sessions

MOST_REFERENCE = 48
"""Characters of a device's own reference."""

SAME = timedelta(days=1)
"""For how long the same reference is the same alarm. Longer than any device repeats itself (SCAIP
gives up after 30 minutes), shorter than it takes a counter of four digits to come round.
"""


@dataclass(frozen=True)
class Event:
    """What a device says, in whatever protocol."""

    reference: str
    """The device's own, of this event: letters, digits and signs, at most MOST_REFERENCE."""
    how: str
    """The way it came: api or scaip."""
    kind: str | None = None
    """Of the device that noticed it, where that isn't the one that sends (a pendant's unit)."""
    fault: str | None = None
    """Set: the device itself needs somebody, not the elder; in words for the desk."""
    text: str = ""
    """What it adds in words."""
    place: str | None = None
    """Where in the home, or where outside, as it says."""
    facts: dict[str, str] = field(default_factory=dict)
    sensor: str | None = None
    """SCAIP `did`."""
    sensor_type: str | None = None
    """SCAIP `dty`."""


@dataclass(frozen=True)
class Kept:
    """An alarm that is on disk."""

    alarm: Alarm
    new: bool
    """False: this reference was reported before."""


def report(sessions: Sessions, device: Device, kinds: Kinds, event: Event, now: datetime) -> Kept:
    """Raises the alarm, or finds the one that this reference has; committed when it returns."""
    reference, new = _reference(sessions, device, event.reference, now)
    with sessions() as session:
        elder = session.get(Elder, device.elder_id) if device.elder_id else None
    found = _report(device, kinds, event, elder, reference)
    return Kept(alarms.raise_(sessions, found, now), new)


def known(session: Session, device: Device, reference: str, now: datetime) -> Alarm | None:
    """The alarm that this device raised under this reference lately."""
    row = _row(session, device, reference)
    if row is None or abs(now - row.at) >= SAME:
        return None
    same = (Alarm.source == source(device)) & (Alarm.reference == _round(row))
    return session.scalar(select(Alarm).where(same))


def source(device: Device) -> str:
    """As alarms name it."""
    return f"device:{device.ref}"


def _report(
    device: Device, kinds: Kinds, event: Event, elder: Elder | None, reference: str
) -> Report:
    kind = kinds.of(event.kind or device.kind)
    home = device.place or (elder.address if elder else None)
    if event.fault is None:
        category, severity = kind.category, kind.severity
        said = f"{kind.name}{device.ref}{kind.said}"
    else:
        category, severity = TECHNICAL, TECHNICAL_SEVERITY
        said = sentence("fault", name=kind.name, ref=device.ref, fault=event.fault)
    return Report(
        category=category,
        severity=severity,
        said=f"{said} {event.text}".strip(),
        person=elder.name if elder else None,
        phone=elder.phone if elder else None,
        place=" ".join(filter(None, (home, event.place))) or None,
        facts=dict(event.facts),
        source=source(device),
        reference=reference,
        controller=device.controller,
        device=event.sensor or device.ref,
        device_type=event.sensor_type or kind.id,
        elder_id=device.elder_id,
        by="device",
        how=event.how,
    )


def _reference(
    sessions: Sessions, device: Device, reference: str, now: datetime
) -> tuple[str, bool]:
    """The device's reference with its round, and whether that is new.

    Kept before the alarm: two requests at once get the same round, and so the same alarm.
    """
    for _ in range(3):
        try:
            with sessions.begin() as session:
                row = _row(session, device, reference)
                if row is None:
                    row = DeviceReport(device_id=device.id, reference=reference, round=1, at=now)
                    session.add(row)
                    session.flush()
                    return _round(row), True
                if abs(now - row.at) < SAME:
                    return _round(row), False
                if _next_round(session, row, now):
                    return f"{reference}#{row.round + 1}", True
        except IntegrityError:
            continue  # another request was quicker: what it kept is there now
    raise RuntimeError("a device's reference changed three times while it was looked up")


def _next_round(session: Session, row: DeviceReport, now: datetime) -> bool:
    changed = session.execute(
        update(DeviceReport)
        .where(DeviceReport.id == row.id, DeviceReport.round == row.round)
        .values(round=row.round + 1, at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _row(session: Session, device: Device, reference: str) -> DeviceReport | None:
    same = (DeviceReport.device_id == device.id) & (DeviceReport.reference == reference)
    return session.scalar(select(DeviceReport).where(same))


def _round(row: DeviceReport) -> str:
    return f"{row.reference}#{row.round}"
