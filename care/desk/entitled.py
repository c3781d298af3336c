"""What somebody may be due, by what they told so far, for the operator to check."""

from collections.abc import Mapping

from care.entitlements.answer import Answer
from care.entitlements.load import Entitlements
from care.entitlements.profile import Profile


def entitled(slots: Mapping[str, str], entitlements: Entitlements) -> Answer | None:
    """The rules' word on a person; None until their place and age are known.

    `slots` as `care.conversations.model.Understanding` keeps them.
    """
    age = slots.get("age", "")
    if not slots.get("region") or not age.isdecimal():
        return None
    profile = Profile(
        region=slots["region"],
        age=int(age),
        hukou=slots.get("hukou"),
        residence=slots.get("residence"),
        pension=slots.get("pension"),
        categories=_several(slots, "categories"),
        denied_categories=_several(slots, "denied_categories"),
        ability=slots.get("ability"),
    )
    return entitlements.say(entitlements.decide(profile, None))


def _several(slots: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, slots.get(name, "").split("、")))
