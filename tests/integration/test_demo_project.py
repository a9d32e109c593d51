"""The demonstration project: what its pages say of it is so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n import bootstrap, config
from dpg_l10n.domain.coverage import CountPolicy, LanguageCoverage
from dpg_l10n.domain.findings import Severity
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.domain.query import parse
from dpg_l10n.ports import Store
from dpg_l10n.services.checking import check
from dpg_l10n.services.coverage import coverage
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.export import export
from dpg_l10n.services.ingest import push
from dpg_l10n.services.projectfile import load
from dpg_l10n.services.reading import page

_ROOT = Path(__file__).parents[2]
_DEMO = _ROOT / "demo"
_BUCKETS = ("reviewed", "translated", "needs_work", "draft", "copied", "missing", "total")
_ROW = re.compile(r"^\| (\w+)((?: \| \d+){7}) \| (\d+) % \|$", re.MULTILINE)


def _read(path: str) -> bytes:
    return (_DEMO / path).read_bytes()


@pytest.fixture(scope="module")
def spec() -> ProjectSpec:
    return load(_DEMO)


@pytest.fixture
def store(spec: ProjectSpec) -> Iterator[Store]:
    settings = config.settings({}, store="sqlite:///:memory:")
    with bootstrap.open_store(settings) as opened:
        push(opened, spec, _read, bootstrap.clock())
        yield opened


def test_every_file_of_the_demo_belongs_to_a_catalogue(spec: ProjectSpec) -> None:
    named = {
        path for each in spec.catalogues for path in (each.source, *(t.path for t in each.targets))
    }
    there = {path.relative_to(_DEMO).as_posix() for path in _DEMO.rglob("*") if path.is_file()}
    assert spec.problems == ()
    assert there - named == {"README.md", "dpg-l10n.toml"}


def test_the_configuration_shows_what_a_real_one_has() -> None:
    tables = tomllib.loads((_DEMO / "dpg-l10n.toml").read_text(encoding="utf-8"))
    assert {"project", "catalogue", "coverage"} == tables.keys()


def test_the_demo_has_each_format_and_an_exact_copy_comes_back(
    spec: ProjectSpec, store: Store
) -> None:
    written: dict[str, bytes] = {}
    report = export(store, spec.slug, written.__setitem__)
    assert {each.format for each in spec.catalogues} == {
        "po", "android", "properties", "i18next", "rails-yaml",
    }  # fmt: skip
    assert len(report.files) == len(written) == 25
    assert written == {path: _read(path) for path in written}


def test_the_worked_example_in_the_docs_is_what_the_demo_counts(
    spec: ProjectSpec, store: Store
) -> None:
    page = (_ROOT / "docs/how-counting-works.md").read_text(encoding="utf-8")
    told = {
        name: (*map(int, re.findall(r"\d+", numbers)), int(percent))
        for name, numbers, percent in _ROW.findall(page)
    }
    report = coverage(store, spec.slug, ["fr"])
    counted = {name: _numbers(row) for name, (row,) in report.catalogues.items()}
    assert told == counted | {"all": _numbers(report.languages[0])}


def _numbers(row: LanguageCoverage) -> tuple[int, ...]:
    counts = [int(getattr(row.units, bucket)) for bucket in _BUCKETS]
    return (*counts, row.percent(CountPolicy.TRANSLATED))


def test_the_demo_has_the_faults_that_its_readme_tells_and_no_other(spec: ProjectSpec) -> None:
    found = check(spec, _read).findings
    assert {
        (each.finding.severity, each.finding.code, each.language, each.key)
        for each in found
        if each.finding.severity is not Severity.INFO
    } == {
        (Severity.ERROR, "plural.missing", "ru", "days_ago"),
        (Severity.ERROR, "placeholder.changed", "fr", "dashboard.welcome"),
        (Severity.WARNING, "edge.space", "es", "action.delete"),
    }


def test_one_text_of_the_demo_needs_work_and_others_are_copies(
    spec: ProjectSpec, store: Store
) -> None:
    rows = {row.language: row.units for row in coverage(store, spec.slug).languages}
    assert {name: (row.needs_work, row.copied) for name, row in rows.items()} == {
        "ar": (0, 0), "es": (0, 1), "fr": (1, 2), "ru": (0, 0), "sw": (0, 0),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "sw"])
def test_each_language_gets_drafts_from_what_another_catalogue_has(
    spec: ProjectSpec, store: Store, language: str
) -> None:
    report = draft(store, spec.slug, None, bootstrap.clock(), DraftOptions((language,)))
    drafts = page(store, spec.slug, language, parse("state:draft"), limit=1000).units
    assert report.languages[0].memory == len(drafts) > 0
