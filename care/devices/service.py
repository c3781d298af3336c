"""Adds devices, finds them, hears them, and retires them."""

import re
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from care.devices.keys import DeviceKeys
from care.devices.kind import Kinds
from care.devices.model import Device
from care.devices.sentences import sentence
from care.elders.household import all_names
from care.elders.model import Elder
from care.elders.service import by_phone

_REF = re.compile(r"[A-Za-z0-9._-]{3,32}")
_CONTROLLER = re.compile(r"[0-9]{1,32}")


class DeviceError(ValueError):
    """A device can't be added or changed so; the text is a Chinese sentence for the command."""


def add(
    session: Session,
    keys: DeviceKeys,
    kinds: Kinds,
    *,
    ref: str,
    kind: str,
    now: datetime,
    controller: str | None = None,
    phone: str | None = None,
    name: str | None = None,
    place: str | None = None,
    interval: timedelta | None = None,
) -> tuple[Device, str]:
    """A new device and its key, which is not shown again. Raises DeviceError.

    `phone` is the elder's, `name` says which of those who share it; `interval` the longest silence
    that is normal.
    """
    _check(session, kinds, ref=ref, kind=kind, controller=controller)
    elder = _elder(session, phone, name) if phone else None
    basis = keys.new()
    device = Device(
        ref=ref,
        controller=controller,
        kind=kind,
        elder_id=elder.id if elder else None,
        place=place,
        key_id=basis.key_id,
        salt=basis.salt,
        interval=int(interval.total_seconds()) if interval else None,
        added_at=now,
        last_seen_at=now,
    )
    session.add(device)
    session.flush()
    return device, keys.secret(device)


def new_key(session: Session, keys: DeviceKeys, ref: str) -> tuple[Device, str]:
    """Another key; the one before is refused at once. Raises DeviceError."""
    device = get(session, ref)
    basis = keys.new()
    device.key_id, device.salt = basis.key_id, basis.salt
    return device, keys.secret(device)


def retire(session: Session, ref: str, now: datetime) -> Device:
    """Ends a device; its alarms stay. Raises DeviceError."""
    device = get(session, ref)
    device.retired_at = device.retired_at or now
    return device


def get(session: Session, ref: str) -> Device:
    """Raises DeviceError when there is none."""
    device = session.scalar(select(Device).where(Device.ref == ref))
    if device is None:
        raise DeviceError(sentence("unknown_device", ref=ref))
    return device


def active(session: Session, ref: str) -> Device | None:
    """The device that calls itself so, unless it is retired."""
    query = select(Device).where(Device.ref == ref, Device.retired_at.is_(None))
    return session.scalar(query)


def by_controller(session: Session, controller: str) -> Device | None:
    """The device with this SCAIP controller id, unless it is retired."""
    query = select(Device).where(Device.controller == controller, Device.retired_at.is_(None))
    return session.scalar(query)


def everything(session: Session) -> list[Device]:
    """All devices, by their references."""
    return list(session.scalars(select(Device).order_by(Device.ref)))


def _elder(session: Session, phone: str, name: str | None) -> Elder:
    elders = by_phone(session, phone)
    if not elders:
        raise DeviceError(sentence("unknown_elder", phone=phone))
    meant = [each for each in elders if name in (None, each.name)]
    if len(meant) != 1:
        raise DeviceError(sentence("which_elder", names=all_names(elders)))
    return meant[0]


def _check(session: Session, kinds: Kinds, *, ref: str, kind: str, controller: str | None) -> None:
    if not _REF.fullmatch(ref):
        raise DeviceError(sentence("bad_ref", ref=ref))
    if controller is not None and not _CONTROLLER.fullmatch(controller):
        raise DeviceError(sentence("bad_controller", controller=controller))
    if kind not in kinds.by_id:
        raise DeviceError(sentence("unknown_kind", kind=kind, kinds="、".join(kinds.by_id)))
    same = [Device.ref == ref] + ([Device.controller == controller] if controller else [])
    found = session.scalar(select(Device).where(or_(*same)))
    if found is not None:
        raise DeviceError(sentence("taken", ref=ref if found.ref == ref else controller))
