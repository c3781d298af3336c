"""What one night changes for one elder: pure, so that a second look changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from care.benefits.eligible import Eligible
from care.benefits.model import BenefitCase, BenefitReceipt
from care.benefits.state import FADES, State


@dataclass(frozen=True)
class Change:
    """An existing case gets another state or another missing fact."""

    case: BenefitCase
    state: State
    missing: str | None
    kind: str | None
    """Of the event; None where only what is missing changed."""
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be written."""

    opened: tuple[Eligible, ...]
    changed: tuple[Change, ...]


def plan(
    wanted: Iterable[Eligible], cases: Iterable[BenefitCase], receipts: Iterable[BenefitReceipt]
) -> Plan:
    """Compares what the rules find with what is on record: all of one elder."""
    got = {(receipt.benefit, receipt.rule) for receipt in receipts}
    due = {
        each.rule.id: each
        for each in wanted
        if not got & {(each.rule.benefit, None), (each.rule.benefit, each.rule.id)}
    }
    known = {case.rule: case for case in cases}
    opened = tuple(each for rule, each in due.items() if rule not in known)
    changes = (_change(case, due.get(case.rule), got) for case in known.values())
    return Plan(opened, tuple(filter(None, changes)))


def first_state(found: Eligible) -> State:
    """Where a case begins."""
    return State.NEW if found.missing is None else State.TO_CHECK


def _change(
    case: BenefitCase, found: Eligible | None, got: set[tuple[str, str | None]]
) -> Change | None:
    state = State(case.state)
    if found is None:
        if state not in FADES:
            return None
        has_it = got & {(case.benefit, None), (case.benefit, case.rule)}
        return Change(case, State.LAPSED, None, "lapsed", "receives" if has_it else "")
    if state in (State.LAPSED, State.GRANTED):  # granted, and the receipt has ended since
        return Change(case, first_state(found), found.missing, "found")
    if state is State.TO_CHECK and found.missing is None:
        return Change(case, State.NEW, None, "sure")
    if state is State.TO_CHECK and found.missing != case.missing:
        return Change(case, state, found.missing, None)
    return None
