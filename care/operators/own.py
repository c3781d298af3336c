"""What people change about their own account: password and second factor.

Each asks for the password again: whoever sits down at a desk that is open can't change how it is
locked.
"""

from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from care.operators import events, second_factor
from care.operators.gate import Gate
from care.operators.model import Operator
from care.operators.password_rules import check_password
from care.operators.refused import RefusedError
from care.operators.sessions import DESK
from care.storage.seal import SealError


def choose_password(gate: Gate, operator_id: int, *, old: str, new: str) -> str:
    """Ends every sign-in of theirs; → the token of a new one. Raises RefusedError."""
    kept = gate.prove(operator_id, old)
    if old == new:
        raise RefusedError("password_same")
    with gate.sessions() as session:
        row = session.get_one(Operator, operator_id)
    check_password(new, (row.name, row.display_name))
    chosen, now = gate.passwords.hash(new), gate.clock()
    with gate.sessions.begin() as session:
        row = _row(session, operator_id)
        if row.password_hash != kept:  # an admin reset it meanwhile
            raise RefusedError("password_wrong")
        row.password_hash, row.one_time_until = chosen, None
        DESK.end_all(session, row.id, "password", now)
        events.note(session, "password_changed", operator_id=row.id, by=row.name, now=now)
        return DESK.begin(session, row.id, now)[0]


def turn_on_totp(gate: Gate, operator_id: int, *, password: str, secret: str, code: str) -> None:
    """From now on the phone is needed; `code` shows that it works. Raises RefusedError, also while
    the secret can't be sealed."""
    gate.prove(operator_id, password)
    now = gate.clock()
    step = second_factor.step_of(secret, code, now)
    if step is None:
        raise RefusedError("code_wrong")
    try:
        with gate.sessions.begin() as session:
            row = _row(session, operator_id)
            row.totp_secret, row.totp_step = secret, step
            events.note(session, "totp_on", operator_id=row.id, by=row.name, now=now)
    except StatementError as error:
        if not isinstance(error.orig, SealError):
            raise
        raise RefusedError("no_totp_now") from error


def turn_off_totp(gate: Gate, operator_id: int, *, password: str) -> None:
    """Back to the password alone. Raises RefusedError."""
    gate.prove(operator_id, password)
    with gate.sessions.begin() as session:
        row = _row(session, operator_id)
        row.totp_secret = row.totp_step = None
        events.note(session, "totp_off", operator_id=row.id, by=row.name, now=gate.clock())


def _row(session: Session, operator_id: int) -> Operator:
    return session.get_one(Operator, operator_id, with_for_update=True)
