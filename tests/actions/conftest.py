"""The project's own domain, loaded once, and a caller who talks with it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.context import Context
from care.catalogue.service import Catalogue
from care.data_files import DATA
from care.entitlements.load import Entitlements
from care.knowledge.document import load_documents
from care.knowledge.load import load_index
from care.language.extractor import Extractor
from care.regions.region import Regions
from care.storage.engine import Sessions, open_engine, open_sessions
from tests.actions.driver import Talk
from tests.conftest import NOW


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor.load(DATA)


@pytest.fixture(scope="session")
def domain() -> Context:
    """Everything but the database."""
    return Context(
        sessions=open_sessions(open_engine("sqlite:///:memory:")),
        clock=lambda: NOW,
        entitlements=Entitlements.load(),
        cards=load_index(),
        documents=load_documents(DATA / "documents.yml"),
        regions=Regions.load(DATA / "regions.yml"),
        catalogue=Catalogue.load(DATA),
    )


@pytest.fixture
def calls(domain: Context, extractor: Extractor, embedded: Sessions) -> Callable[[str], Talk]:
    """Starts the conversation of one sender."""
    return lambda sender: Talk(replace(domain, sessions=embedded), extractor, sender)


@pytest.fixture
def talk(calls: Callable[[str], Talk]) -> Talk:
    return calls("web-1")
