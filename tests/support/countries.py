"""Projects of several countries and languages, for tests of figures."""

from __future__ import annotations

from dataclasses import replace

from dpg_l10n.ports import Store
from tests.support.projects import Workspace, json_project

SOURCE = {f"k{index}": f"Sentence number {index} of it" for index in range(10)}


def said(count: int, prefix: str) -> dict[str, str]:
    """Return translations of the first texts of the source."""
    return {f"k{index}": f"{prefix} {index}" for index in range(count)}


def add(
    store: Store, slug: str, name: str, deployments: tuple[str, ...] = (), *, source: str = "en",
    **languages: int,
) -> Workspace:  # fmt: skip
    """Push a project of 10 texts, some of which are translated.

    Args:
        store: Where to.
        slug: Of the project.
        name: Of the project.
        deployments: Countries where it is used.
        source: Language of the source.
        languages: How many texts are there in each; ``sw_KE`` for ``sw-KE``.
    """
    texts = {name.replace("_", "-"): said(count, name) for name, count in languages.items()}
    work = json_project(store, SOURCE, languages=texts)
    work.spec = replace(
        work.spec, slug=slug, name=name, deployments=deployments, source_language=source
    )
    work.push()
    return work


def fill(store: Store) -> None:
    """Push three projects: one read by most in Kenya, one begun, one used elsewhere."""
    add(store, "health", "Health Tracker", ("KE", "ET"), sw=10, ki=8, so=9, am=8, luo=3)
    add(store, "farm", "Farm Advice", ("KE",), sw=6, om=2)
    add(store, "civil", "Civil Register", ("IN",), hi=10)
