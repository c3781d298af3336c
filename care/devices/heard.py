"""A device lets itself be heard; a silence that was reported is over."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from care.alarms.service import AlarmNotFoundError, remark
from care.devices.kind import Kinds
from care.devices.model import Device
from care.devices.sentences import sentence


def hear(session: Session, device: Device, kinds: Kinds, now: datetime) -> None:
    """Notes that it lives; its alarm of silence learns of it, and stays for a person to close."""
    quiet = device.quiet_alarm
    values = {"last_seen_at": now, "quiet_alarm": None}
    session.execute(update(Device).where(Device.id == device.id).values(values))
    if quiet is None:
        return
    note = sentence("heard_again", name=kinds.of(device.kind).name, ref=device.ref)
    try:
        remark(session, quiet, by="device", text=note, now=now, how="device")
    except AlarmNotFoundError:
        return  # of an alarm that was deleted there is nothing to tell
