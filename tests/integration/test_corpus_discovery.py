"""Discovery over real repositories: what it finds is what a person wrote down of them."""

from __future__ import annotations

import json
from typing import Any

from dpg_l10n.services.discovery import discover
from tests.support.corpus import require_corpus

READ = (
    "arb",
    "gettext-po",
    "android-xml",
    "java-properties",
    "json-",
    "rails-yaml",
    "apple-strings",
    "php-",
    "xliff",
    "markdown",
    "qt-ts",
    "csv",
    "fluent",
    "resx",
    "xlsform",
    "properties-commcare",
    "tbx",
)


def test_every_catalogue_of_a_supported_format_is_found_with_its_source_and_targets() -> None:
    corpus = require_corpus()
    manifest: list[dict[str, Any]] = json.loads((corpus / "MANIFEST.json").read_text("utf-8"))
    wanted: dict[str, set[tuple[str | None, tuple[str, ...]]]] = {}
    for each in manifest:
        if each["kind"] == "catalogue":
            paths = tuple(sorted((each["target_paths"] or {}).values()))
            supported = each["format"].startswith(READ) and not _of_tests(each["source_path"])
            of_project = wanted.setdefault(each["project"], set())
            if supported:
                of_project.add((each["source_path"], paths))
    found = {
        name: {
            (
                each.source,
                tuple(sorted(file.path for file in each.targets if file.path != each.source)),
            )
            for each in discover(corpus / name).catalogues
        }
        for name in wanted
    }
    assert found == wanted


def _of_tests(path: str | None) -> bool:
    """Tell whether a file is a project's test data, which discovery leaves out."""
    return (path or "").startswith("tests/")
