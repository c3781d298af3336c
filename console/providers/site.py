"""What every page of providers is handed."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from care.catalogue.service import Catalogue
from care.clock import Clock
from care.proofs.store import ProofStore
from care.providers.gate import ProviderGate
from care.storage.engine import Sessions
from care.storage.readable import Readable
from console.cookie import SignInCookie

PREFIX = "/provider"

COOKIE = SignInCookie("provider", seconds=7 * 86_400)
"""A worker's phone closes the browser by itself; the gate says how long a sign-in lasts."""


@dataclass(frozen=True)
class ProviderSite(Readable):
    """The parts that pages work with; `site_of(request)` gives it to a route."""

    sessions: Sessions
    clock: Clock
    gate: ProviderGate
    catalogue: Catalogue
    proofs: ProofStore


def site_of(connection: HTTPConnection) -> ProviderSite:
    """The site that this request came to."""
    site: ProviderSite = connection.app.state.provider_site
    return site
