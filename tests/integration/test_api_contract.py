"""What the OpenAPI document promises, and that the answers keep it."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from dpg_l10n.config import settings
from dpg_l10n.domain.memory import Foreign
from dpg_l10n.services import releases, webhooks
from dpg_l10n.services.export import ExportOptions
from dpg_l10n_api import problems
from dpg_l10n_api.main import MODULES, OUTSIDE, create_app
from dpg_l10n_api.problems import MEDIA_TYPE
from dpg_l10n_api.routes import health
from dpg_l10n_api.schemas.problems import Problem, StaleProblem
from dpg_l10n_api.snapshot import snapshot
from tests.support.api import API, CLINIC, pushed, running, settings_in
from tests.support.projects import Workspace
from tests.support.terms import TERMS, with_glossary

_ROOT = Path(__file__).parents[2]
_DOCUMENT: dict[str, Any] = create_app(settings({})).openapi()
_OPERATIONS = [
    (path, method, operation)
    for path, methods in _DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
_ROUTES = [
    route
    for module in (*MODULES, *OUTSIDE, health)
    for route in module.router.routes
    if isinstance(route, APIRoute)
]
_OUTSIDE = {
    route.name
    for module in (*OUTSIDE, health)
    for route in module.router.routes
    if isinstance(route, APIRoute)
}
_PARAMS = {
    "list_units": {"language": "sw"},
    "search_memory": {"language": "sw", "text": "Open"},
    "find_terms": {"language": "sw", "text": "Open"},
}
_EVERY = pytest.mark.parametrize(
    ("path", "method", "operation"), _OPERATIONS, ids=[o["operationId"] for *_, o in _OPERATIONS]
)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with pushed(tmp_path) as made:
        yield made


@pytest.fixture
def client(work: Workspace, tmp_path: Path) -> Iterator[TestClient]:
    with running(settings_in(tmp_path)) as made:
        yield made


def references(part: object) -> Iterator[str]:
    """Yield every name of a schema that a part of the document points to."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].removeprefix("#/components/schemas/")
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def test_the_document_is_the_committed_one() -> None:
    locked = (_ROOT / "requirements.lock").read_text(encoding="utf-8")
    for package in ("fastapi", "pydantic"):
        version = importlib.metadata.version(package)
        if f"{package}=={version} " not in locked:
            pytest.skip(f"the document was written with another {package} than {version}")
    committed = (_ROOT / "docs/openapi.json").read_text(encoding="utf-8")
    assert snapshot() == committed, "python -m dpg_l10n_api.snapshot > docs/openapi.json"


def test_the_document_is_served_as_it_is(client: TestClient) -> None:
    assert client.get(f"{API}/openapi.json").json() == _DOCUMENT


def test_the_version_of_the_document_has_its_changes_told() -> None:
    page = (_ROOT / "docs/openapi-changes.md").read_text(encoding="utf-8")
    assert re.search(rf"(?m)^## {re.escape(_DOCUMENT['info']['version'])}$", page)


@_EVERY
def test_an_operation_with_a_body_shows_one(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    schemas = _DOCUMENT["components"]["schemas"]
    for kind, body in operation.get("requestBody", {"content": {}})["content"].items():
        if kind == "application/octet-stream" or kind.startswith(("text/", "application/x-")):
            continue  # a file
        shown = [body["schema"], *(schemas[name] for name in references(body))]
        assert "example" in body or any("examples" in each for each in shown), kind


@pytest.mark.parametrize("route", _ROUTES, ids=lambda route: route.name)
def test_an_example_of_a_body_is_one(route: APIRoute) -> None:
    if route.body_field is None:
        return
    kind: TypeAdapter[Any] = TypeAdapter(cast("Any", route.body_field.field_info.annotation))
    for example in kind.json_schema().get("examples", []):
        kind.validate_python(example)


def test_the_document_is_openapi_3_1() -> None:
    assert re.fullmatch(r"3\.1\.\d+", _DOCUMENT["openapi"])


def test_no_page_loads_scripts_from_elsewhere(client: TestClient) -> None:
    assert {client.get(path).status_code for path in ("/docs", "/redoc")} == {404}


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for *_, operation in _OPERATIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z_]+", name) for name in names)


@_EVERY
def test_an_operation_says_what_it_does(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["description"]
    known = {tag["name"] for tag in _DOCUMENT["tags"]}
    assert set(operation["tags"]) <= known


@_EVERY
def test_an_operation_says_which_problems_it_has(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    always = {"421", "500", "503"}
    always |= {"401", "403"} if path not in ("/healthz", "/readyz") else set()
    always |= {"422"} if operation.get("parameters") or "requestBody" in operation else set()
    always |= {"408", "413"} if "requestBody" in operation else set()
    headers = {each["name"] for each in operation.get("parameters", [])}
    always |= {"404"} if "{" in path or "project" in headers else set()
    always |= {"412", "428"} if "if-match" in headers else set()
    found = {status for status in operation["responses"] if status >= "400"}
    assert always <= found
    # beside these: nobody of the name, a rule against it, too many tries
    assert found - always <= {"404", "409", "429"}


@_EVERY
def test_a_documented_problem_is_one(path: str, method: str, operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if status >= "400":
            assert list(answer["content"]) == [MEDIA_TYPE]
            assert answer["description"]


@_EVERY
def test_an_operation_is_in_the_page_about_the_api(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    page = (_ROOT / "docs/api.md").read_text(encoding="utf-8")
    assert f"`{method.upper()} {path.removeprefix(API)}`" in page


def test_every_schema_that_is_pointed_to_is_there() -> None:
    assert set(references(_DOCUMENT)) <= set(_DOCUMENT["components"]["schemas"])


def test_every_problem_type_of_the_api_is_in_the_page_about_it() -> None:
    page = (_ROOT / "docs/api.md").read_text(encoding="utf-8")
    own = {
        kind.code
        for kind in vars(problems).values()
        if isinstance(kind, type) and kind.__module__ == problems.__name__ and hasattr(kind, "code")
    }
    others = {f"request.{name}" for name in ("invalid", "address", "method", "size", "refused")}
    others |= {"internal"}
    listed = set(re.findall(r"^\| `([a-z_.]+)` \|", page, re.MULTILINE))
    assert own | others == {code for code in listed if code.startswith(("request.", "internal"))}


@pytest.mark.parametrize(
    "route",
    [
        route
        for route in _ROUTES
        if not {"accounts", "jobs"} & {*route.tags} and route.response_model
    ],
    ids=lambda route: route.name,
)
def test_an_answer_is_what_its_operation_promises(
    route: APIRoute, client: TestClient, work: Workspace
) -> None:
    unit = work.units()["a"].id
    root = "" if route.name in _OUTSIDE else API
    places = {"project": "clinic", "unit": unit, "language": "sw", "kind": "flag", "suggestion": 1,
              "source": "en", "target": "sw", "text": "Save {n} files", "cc": "KE",
              "glossary": "terms", "memory": "covid", "release": "v1", "webhook": 1}  # fmt: skip
    with_glossary(work.store, "terms")
    with work.store.write() as uow:
        uow.foreign.save(Foreign("covid", "CC0-1.0", 0), "amina")
        uow.commit()
    new = releases.NewRelease("v1", "amina")
    hook = ("https://example.org", ["push.stored"], "amina", work.clock)
    webhooks.add_webhook(work.store, "clinic", *hook, inside=False)
    releases.release(work.store, "clinic", new, lambda *_: None, ExportOptions(), work.clock)
    path = root + route.path_format.format(**places)
    method = "".join(route.methods or ())
    params = _PARAMS.get(route.name, {})
    if route.name == "dismiss_suggestion":
        client.post(path.removesuffix("/1/dismiss"), json={"text": "Weka {n}"})
    body = _BODIES.get(route.name, {} if method in ("POST", "PUT") else None)
    if route.name == "decide_batch":
        body = {"items": [{**_BODIES["decide_on_translation"], "unit": unit, "language": "sw",
                           "revision": 1}]}  # fmt: skip
    sent: dict[str, Any] = {"content": TERMS} if route.name == "import_glossary" else {"json": body}
    if route.name == "bring_package":
        sent = {"content": client.post(path, json={"format": "po"}).content}
    answer = client.request(method, path, params=params, headers={"If-Match": '"1"'}, **sent)
    assert answer.status_code == (route.status_code or 200)
    TypeAdapter(route.response_model).validate_json(answer.content, strict=True)
    place = root + route.path_format
    promised = _DOCUMENT["paths"][place][method.lower()]["responses"]
    (reference,) = references(promised[str(answer.status_code)]["content"])
    schema = _DOCUMENT["components"]["schemas"][reference]
    found = answer.json()
    assert set(found[0] if isinstance(found, list) else found) == set(schema["properties"])


_BODIES: dict[str, dict[str, Any]] = {
    "decide_on_translation": {"state": "reviewed"},
    "add_suggestion": {"text": "Weka {n}"},
    "add_webhook": {"url": "https://example.org", "events": ["push.stored"]},
    "add_comment": {"text": "Why not “Weka”?"},
    "take_queue": {"language": "sw"},
    "translate_as_libretranslate": {"q": "Save {n} files", "source": "en", "target": "sw"},
    "accept_units": {"language": "sw"},
    "decide_on_concepts": {"status": "accepted", "concepts": ["form"], "language": "sw"},
    "add_words": {"concept": "form", "language": "sw", "words": ["fomu"]},
}


def test_problems_are_what_their_schemas_promise(client: TestClient, work: Workspace) -> None:
    where = f"{CLINIC}/units/{work.units()['a'].id}/translations/sw"
    invalid = client.get(f"{CLINIC}/units?limit=0")
    assert Problem.model_validate_json(invalid.content, strict=True).errors
    answer = client.put(where, json={"state": "reviewed"}, headers={"If-Match": '"9"'})
    stale = StaleProblem.model_validate_json(answer.content, strict=True)
    assert stale.current.revision == 1
