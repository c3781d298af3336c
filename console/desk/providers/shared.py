"""What the pages about providers have in common."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Form
from sqlalchemy.orm import Session

from care.catalogue.service import Catalogue
from care.operators import refused as people
from care.operators.role import Right
from care.operators.signed_in import SignedIn
from care.proofs.store import ProofStore
from care.providers.model import Provider
from care.providers.refused import RefusedError
from care.providers.sentences import sentence
from care.regions.region import Regions
from console.desk.access import may
from console.desk.answers import refuse
from console.desk.floor import Floor
from console.desk.one_step import Refusals, one_step

Keeper = Annotated[SignedIn, Depends(may(Right.MANAGE_PROVIDERS))]
Operator = Annotated[SignedIn, Depends(may(Right.WORK_ORDERS))]
Text = Annotated[str, Form(max_length=4_000)]

_REFUSALS: Refusals = {
    kind: lambda error: refuse(str(error), 400) for kind in (RefusedError, people.RefusedError)
}


@dataclass(frozen=True)
class ProviderDesk:
    """What these pages work with beside the floor."""

    floor: Floor
    catalogue: Catalogue
    regions: Regions
    proofs: ProofStore


def provider_or_404(session: Session, number: int) -> Provider:
    """Raises what the desk answers with 404."""
    found = session.get(Provider, number)
    if found is None:
        raise refuse(sentence("no_such_provider"), 404)
    return found


def changing(desk: ProviderDesk) -> AbstractContextManager[Session]:
    """A transaction; a refusal is said in its sentence."""
    return one_step(desk.floor.sessions, _REFUSALS)


def day_of(text: str) -> date:
    """A date as browsers send it. Raises what the desk answers with 400."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refuse(sentence("bad_request"), 400) from error
