"""Fixtures of the REST API's tests."""

from collections.abc import Iterator

import httpx
import pytest

from care.api_keys.scope import Scope
from care.storage.engine import Sessions
from tests.care.report.half_year import fill
from tests.console.api_v1.setting import Api


@pytest.fixture
def api(embedded: Sessions) -> Api:
    """Something of everything is stored."""
    with embedded.begin() as session:
        fill(session)
    return Api(embedded)


@pytest.fixture
def all_scopes(api: Api) -> Iterator[httpx.Client]:
    """Somebody who may do everything."""
    with api.serving(api.key(*Scope, name="区平台")) as client:
        yield client
