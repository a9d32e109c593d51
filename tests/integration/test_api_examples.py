"""What the description of the HTTP API shows as answers is what a service answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from tools.api_examples import answers

from dpg_l10n.config import settings
from dpg_l10n_api.main import MODULES, OUTSIDE, create_app
from dpg_l10n_api.routes import health

_DOCUMENT = create_app(settings({})).openapi()
_ROUTES = {
    route.name: route
    for module in (*MODULES, *OUTSIDE, health)
    for route in module.router.routes
    if isinstance(route, APIRoute)
}


def shown() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield operation, status and the media type of each answer in JSON that is no problem."""
    for operations in _DOCUMENT["paths"].values():
        for operation in operations.values():
            for status, said in operation["responses"].items():
                media = said.get("content", {}).get("application/json")
                if status.startswith("2") and media is not None:
                    yield operation["operationId"], status, media


_SHOWN = list(shown())


@pytest.mark.parametrize(
    ("name", "status", "media"), _SHOWN, ids=[f"{a}-{b}" for a, b, _ in _SHOWN]
)
def test_every_answer_has_an_example_that_is_of_its_model(
    name: str, status: str, media: dict[str, Any]
) -> None:
    example = media["example"]
    model = TypeAdapter(_ROUTES[name].response_model)
    read = model.validate_python(example)
    assert model.dump_python(read, mode="json", by_alias=True, exclude_unset=True) == example


def shape(value: Any) -> Any:
    """Return what of an answer does not depend on chance: names, and kinds of values."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value]
    return type(value).__name__


def test_a_service_answers_so_today() -> None:
    today = answers()
    kept = {name: media["example"] for name, _, media in _SHOWN}
    assert set(today) == set(kept)
    for name, said in today.items():
        assert shape(kept[name]) == shape(next(iter(said.values()))), (
            f"{name}: python tools/api_examples.py > api/dpg_l10n_api/examples.json"
        )
