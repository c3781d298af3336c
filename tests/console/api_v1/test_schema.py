"""Whatever is asked, the answer is one that the description names: never a fault of ours."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from care.api_keys.model import ApiRequest
from care.api_keys.scope import Scope
from care.storage.engine import open_engine, open_sessions
from console.api.v1.app import described
from console.api.v1.elder_bodies import NewElder
from console.api.v1.order_bodies import OrderBody
from console.api.v1.visit_writes import VisitBody
from tests.care.report.half_year import fill
from tests.console.api_v1.setting import Api
from tests.databases import ELDER_KEY, new_sqlite

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def asked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Api, httpx.Client]]:
    """One server for the module; what is written stays written."""
    file = tmp_path_factory.mktemp("schema") / "hotline.db"
    engine = open_engine(new_sqlite(file), ELDER_KEY)
    api = Api(open_sessions(engine))
    with api.sessions.begin() as session:
        fill(session)
    with api.serving(api.key(*Scope)) as client:
        yield api, client
    engine.dispose()


def test_no_request_is_answered_with_a_fault(asked: tuple[Api, httpx.Client]) -> None:
    api, client = asked
    schema = schemathesis.openapi.from_dict(described(api.app()))
    base, headers = str(client.base_url).rstrip("/"), dict(client.headers)

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(
            max_examples=8,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answered(case: schemathesis.Case[Any]) -> None:
            key = {"Authorization": headers["authorization"]}
            case.call_and_validate(base_url=base, headers=key, checks=CHECKS)

        answered()
    with api.sessions() as session:
        let_in = {row.path.split("/")[3] for row in session.scalars(select(ApiRequest))}
    assert let_in == {path.split("/")[1] for path in described(api.app())["paths"]}


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
FIELDS = sorted({*OrderBody.model_fields, *NewElder.model_fields, *VisitBody.model_fields})
TOKEN_SIGNS = [chr(code) for code in (*range(33, 127), *range(160, 256))]
"""What HTTP lets a header be made of."""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(["/orders", "/quotes", "/elders", "/visits/3/done", "/orders/1"]),
    body=st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=6) | ODD,
    token=st.text(TOKEN_SIGNS, max_size=300),
)
def test_neither_is_a_body_that_nobody_described(
    asked: tuple[Api, httpx.Client], path: str, body: object, token: str
) -> None:
    _api, client = asked
    method = "PATCH" if path == "/orders/1" else "POST"
    named = {"Idempotency-Key": token.encode("latin-1"), "If-Match": token.encode("latin-1")}
    content = httpx.Request("POST", "http://x", json=_finite(body)).content
    headers = [(key.encode(), value) for key, value in named.items()]
    headers.append((b"Content-Type", b"application/json"))
    answer = client.request(method, path, content=content, headers=headers)
    assert answer.status_code < 500
    if answer.is_error:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].endswith("。")


def _finite(value: object) -> object:
    """JSON has no infinity."""
    if isinstance(value, float):
        return value if abs(value) < 1e300 else None
    if isinstance(value, list):
        return [_finite(each) for each in value]
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    return value
