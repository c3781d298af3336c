"""What is on record of elders beside their fields, and how a sheet writes it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.clock import SHANGHAI
from care.elders.beside import NO, Assessment, Beside, Said
from care.elders.column import consent_column
from care.elders.consent import Consent, ElderConsent
from care.elders.contact import ElderContact, NewContact
from care.elders.model import Elder

_AT_A_TIME = 500


def beside_of(session: Session, elders: Sequence[Elder]) -> dict[int, Beside]:
    """Of each of these, by their ids."""
    contacts: dict[int, list[NewContact]] = {}
    said: dict[int, dict[str, Said]] = {}
    for at in range(0, len(elders), _AT_A_TIME):
        ids = [each.id for each in elders[at : at + _AT_A_TIME]]
        near = select(ElderContact).where(ElderContact.elder_id.in_(ids))
        for row in session.scalars(near.order_by(ElderContact.rank, ElderContact.id)):
            new = NewContact(row.name, row.relation or "", row.phone, row.agreed_on)
            contacts.setdefault(row.elder_id, []).append(new)
        words = select(ElderConsent).where(ElderConsent.elder_id.in_(ids))
        for word in session.scalars(words.order_by(ElderConsent.id)):
            on = word.at.astimezone(SHANGHAI).date()
            last = said.setdefault(word.elder_id, {})
            last[word.kind] = Said(Consent(word.kind), word.given, on)
    return {
        each.id: Beside(
            _assessment(each),
            tuple(contacts.get(each.id, ())),
            tuple(said.get(each.id, {}).values()),
        )
        for each in elders
    }


def written(beside: Beside) -> Mapping[str, str]:
    """As care.elders.beside.read_beside reads it, by the names of columns."""
    found: dict[str, str] = {}
    if (told := beside.assessment) is not None:
        found |= {
            "ability": str(told.level),
            "ability_on": told.on.isoformat(),
            "ability_by": told.assessor,
        }
    for nth, each in enumerate(beside.contacts, 1):
        agreed = each.agreed_on.isoformat() if each.agreed_on else ""
        parts = {"name": each.name, "relation": each.relation, "phone": each.phone}
        found |= {f"contact{nth}_{part}": text for part, text in parts.items()}
        found[f"contact{nth}_agreed"] = agreed
    for said in beside.consents:
        day = said.on.isoformat()
        found[consent_column(said.kind)] = day if said.given else f"{NO} {day}"
    return found


def _assessment(elder: Elder) -> Assessment | None:
    if elder.ability is None or elder.ability_on is None:
        return None
    return Assessment(elder.ability, elder.ability_on, elder.ability_by or "")
