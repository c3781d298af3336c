"""One extractor for all tests: loading it takes about a second."""

import pytest

from care.data_files import DATA
from care.language.extractor import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor.load(DATA)
