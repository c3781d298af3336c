"""The REST API on a real server, and keys to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from fastapi import FastAPI

from care.api_keys import keys
from care.api_keys.scope import Scope
from care.api_keys.sentences import Sentences
from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.desk.order_words import OrderWords
from care.regions.region import Regions
from care.storage.engine import Sessions
from care.visits.findings import Findings
from console.api.v1.access import Access
from console.api.v1.app import PREFIX, build_app
from console.api.v1.ordering import Ordering
from console.limits import SenderLimit
from tests.care.operators.people import Time
from tests.care.report.half_year import BUILDER
from tests.conftest import NOW
from tests.serving import serving

CATALOGUE = Catalogue.load(DATA)
REGIONS = Regions.load(DATA / "regions.yml")


@dataclass
class Api:
    """One process that serves it."""

    sessions: Sessions
    clock: Time = field(default_factory=lambda: Time(NOW))
    limits: tuple[SenderLimit, ...] = field(
        default_factory=lambda: tuple(SenderLimit(100_000, 10) for _ in range(3))
    )
    """Patient with many requests, if a test doesn't say otherwise."""

    def app(self) -> FastAPI:
        access = Access(self.sessions, self.clock, Sentences.load(), *self.limits)
        ordering = Ordering(access, CATALOGUE, REGIONS, OrderWords.load())
        return build_app(access, BUILDER, ordering, Findings.load())

    @contextmanager
    def serving(self, headers: dict[str, str] | None = None) -> Iterator[httpx.Client]:
        """Somebody who asks it."""
        app = FastAPI(docs_url=None, redoc_url=None)
        app.mount(PREFIX, self.app())
        with (
            serving(app) as url,
            httpx.Client(
                base_url=url + PREFIX, trust_env=False, timeout=30, headers=headers
            ) as client,
        ):
            yield client

    def key(self, *scopes: Scope, name: str = "") -> dict[str, str]:
        """A header that opens these."""
        name = name or " ".join(scope.value for scope in scopes)
        expires = NOW + timedelta(days=100)
        with self.sessions.begin() as session:
            made = keys.make(session, name, scopes, expires_at=expires, now=NOW)
        return {"Authorization": f"Bearer {made}"}
