"""A short, seeded share of what ``make fuzz-api`` does for ten minutes: any request has a described answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from dpg_l10n.config import settings as configured
from dpg_l10n_api.main import create_app
from tests.support.api import API, pushed, settings_in

_CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance, negative_data_rejection,
]  # fmt: skip
_OPERATIONS = sorted(
    (operation["operationId"], path, method)
    for path, methods in create_app(configured({})).openapi()["paths"].items()
    for method, operation in methods.items()
)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The document of a running application; who asks may do everything."""
    folder = tmp_path_factory.mktemp("fuzz")
    app = create_app(settings_in(folder), names=("testserver",))

    async def running(scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "lifespan"
        ):  # it has begun already, and each request would begin it anew
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await app(scope, receive, send)

    with pushed(folder), TestClient(app):
        yield schemathesis.openapi.from_asgi(f"{API}/openapi.json", running)


@pytest.mark.parametrize(("name", "path", "method"), _OPERATIONS, ids=[o[0] for o in _OPERATIONS])
def test_whatever_is_asked_the_answer_is_one_that_is_described(
    schema: Any, name: str, path: str, method: str
) -> None:
    @seed(1)
    @settings(
        max_examples=4, database=None, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=schema[path][method.upper()].as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(checks=_CHECKS)

    ask()
