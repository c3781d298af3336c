"""Adds and changes accounts; every change is written down with who made it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from care.operators import events, throttle
from care.operators.model import Operator
from care.operators.name import display_name, plain_name, sign_in_name
from care.operators.passwords import Passwords
from care.operators.refused import RefusedError
from care.operators.role import Role
from care.operators.sessions import DESK

ONE_TIME = timedelta(hours=24)
"""How long a password that was made for somebody opens."""
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that looks like another."""


@dataclass(frozen=True)
class NewOperator:
    """Whom to add."""

    name: str
    display_name: str
    role: Role


@dataclass(frozen=True)
class OneTime:
    """A password that opens within a day, to choose one's own."""

    password: str = field(repr=False)
    """Four groups of four signs to read out or copy: 79 bits."""
    hash: str = field(repr=False)


def one_time(passwords: Passwords) -> OneTime:
    """A new one. Takes a core for a moment: make it before a transaction begins."""
    password = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
    return OneTime(password, passwords.hash(password))


def add(
    session: Session, new: NewOperator, password: OneTime | str, *, by: str, now: datetime
) -> Operator:
    """A new account; `password` is one-time, or the hash of their own. Raises RefusedError."""
    row = Operator(
        name=sign_in_name(new.name),
        display_name=display_name(new.display_name),
        role=new.role.value,
        password_hash=password.hash if isinstance(password, OneTime) else password,
        one_time_until=now + ONE_TIME if isinstance(password, OneTime) else None,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise RefusedError("name_taken", name=row.name) from error
    detail = {"role": new.role.value}
    events.note(session, "created", operator_id=row.id, by=by, now=now, detail=detail)
    return row


def reset(
    session: Session, operator: Operator, password: OneTime, *, by: str, now: datetime
) -> None:
    """For somebody who forgot their password, or lost their phone.

    Their second factor is gone, their lock too, and whoever was signed in as them is out.
    """
    operator.password_hash = password.hash
    operator.one_time_until = now + ONE_TIME
    operator.totp_secret = operator.totp_step = None
    throttle.forget_name(session, operator.name)
    DESK.end_all(session, operator.id, "reset", now)
    events.note(session, "reset", operator_id=operator.id, by=by, now=now)


def change_role(
    session: Session, operator: Operator, role: Role, *, by: str, now: datetime
) -> None:
    """Their rights are others, and they sign in anew: a page that is open goes on showing what it
    was opened with. Raises RefusedError."""
    if operator.role == role.value:
        return
    _keep_an_admin(session, operator)
    detail = {"from": operator.role, "to": role.value}
    operator.role = role.value
    DESK.end_all(session, operator.id, "role", now)
    events.note(session, "role_changed", operator_id=operator.id, by=by, now=now, detail=detail)


def rename(session: Session, operator: Operator, text: str, *, by: str, now: datetime) -> None:
    """Another name for colleagues to read. Raises RefusedError."""
    name = display_name(text)
    if name != operator.display_name:
        operator.display_name = name
        events.note(session, "renamed", operator_id=operator.id, by=by, now=now)


def deactivate(session: Session, operator: Operator, *, by: str, now: datetime) -> None:
    """They left: signed out everywhere at once. Raises RefusedError for the last admin."""
    if not operator.active:
        return
    _keep_an_admin(session, operator)
    operator.active = False
    DESK.end_all(session, operator.id, "deactivated", now)
    events.note(session, "deactivated", operator_id=operator.id, by=by, now=now)


def activate(session: Session, operator: Operator, *, by: str, now: datetime) -> None:
    """They are back, with the password that they had."""
    if not operator.active:
        operator.active = True
        events.note(session, "activated", operator_id=operator.id, by=by, now=now)


def by_name(session: Session, name: str) -> Operator | None:
    """The account with this sign-in name, as somebody typed it."""
    return session.scalar(select(Operator).where(Operator.name == plain_name(name)))


def everybody(session: Session) -> list[Operator]:
    """Whoever works here first, then whoever left; by name."""
    return list(session.scalars(select(Operator).order_by(Operator.active.desc(), Operator.name)))


def _keep_an_admin(session: Session, operator: Operator) -> None:
    if operator.role != Role.ADMIN.value or not operator.active:
        return
    admin = (Operator.role == Role.ADMIN.value) & Operator.active
    # Both rows are locked, or two admins could deactivate each other at the same moment.
    session.execute(select(Operator.id).where(admin).with_for_update())
    if session.scalar(select(func.count()).select_from(Operator).where(admin)) == 1:
        raise RefusedError("last_admin")
