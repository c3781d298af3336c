"""Every response that an action utters is in the domain, and the domain holds no dead ones."""

import re
from pathlib import Path
from typing import get_args

from actions.answers import small_talk
from care.data_files import read_yaml
from care.orders.refusal import Kind
from care.orders.series import Festive
from care.orders.state import STATES

ROOT = Path(__file__).resolve().parent.parent.parent
DOMAIN = ROOT / "bot" / "domain"
_NAMED = re.compile(r'"(utter_[a-z_]+)"')
_PROBLEM = re.compile(r'return "((?:date|time|meal)_[a-z_]+)"')


def _yaml(path: Path) -> dict[str, object]:
    return dict(read_yaml(path))


def _defined() -> set[str]:
    found: set[str] = set()
    for path in DOMAIN.glob("responses_*.yml"):
        found |= set(_yaml(path)["responses"])  # type: ignore[call-overload]
    return found


def _used() -> set[str]:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "actions").rglob("*.py"))
    checks = (ROOT / "care" / "orders" / "check.py").read_text("utf-8")
    rules = "\n".join(path.read_text("utf-8") for path in (ROOT / "data/rules").glob("*.yml"))
    asked = {
        f"utter_ask_{form}_{slot}"
        for form, content in _yaml(DOMAIN / "forms.yml")["forms"].items()  # type: ignore[attr-defined]
        for slot in content["required_slots"]
        if form != "entitlement_form" and slot not in {"confirmed", "for_whom", "at_home"}
    }
    return (
        set(_NAMED.findall(code))
        | {f"utter_{problem}" for problem in _PROBLEM.findall(checks)}
        | {f"utter_{intent}" for intent in small_talk.INTENTS}
        | {f"utter_order_{state}" for state in set(STATES) - {"offered", "reviewed", "closed"}}
        | {f"utter_{kind}" for kind in get_args(Kind)}
        | {f"utter_at_home_{form}" for form in ("meal_form", "service_form")}
        | {
            f"utter_{said}festivals_{each}"
            for said in ("", "confirm_")
            for each in get_args(Festive)
        }
        | {f"utter_pick_{slot}" for slot in ("on_date", "at_time")}
        | {f"utter_offer_{what}" for what in ("person", "emergency")}
        | set(re.findall(r"action: (utter_[a-z_]+)", rules))
        | asked
    )


def test_what_is_uttered_is_defined() -> None:
    assert sorted(_used() - _defined()) == []


def test_what_is_defined_is_uttered() -> None:
    assert sorted(_defined() - _used()) == []


def test_every_response_is_short_enough_to_be_heard() -> None:
    for path in DOMAIN.glob("responses_*.yml"):
        for name, variants in _yaml(path)["responses"].items():  # type: ignore[attr-defined]
            for variant in variants:
                assert len(variant["text"]) <= 60, name
