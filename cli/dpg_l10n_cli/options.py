"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from dpg_l10n.config import Settings, settings
from dpg_l10n.domain.locales import canonical
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.errors import DpgL10nError, UsageError
from dpg_l10n.i18n import N_

F = TypeVar("F", bound=Callable[..., Any])

store_option = click.option(
    "--store",
    metavar="PATH|URL",
    help="Store to use. [default: DPG_L10N_STORE, else one file in your data folder]",
)
server_option = click.option(
    "--server",
    metavar="URL",
    help="Service to ask in place of a store, signed in with DPG_L10N_TOKEN. "
    "[default: that of dpg-l10n.toml, where there is a token]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
directory_argument = click.argument(
    "directory",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)


class Language(click.ParamType[str]):
    """A language code in any usual spelling; commands get BCP 47."""

    name = "language"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the canonical tag or fail with how to write one."""
        try:
            return canonical(value)
        except DpgL10nError as error:
            self.fail(str(error), param, ctx)


language_option = click.option(
    "--language", "-l", "languages", multiple=True, type=Language(), metavar="CODE",
    help="Language, as sw, pt-BR or uz-Latn; may be given several times. [default: all]",
)  # fmt: skip


def project_option(function: F) -> F:
    """Add ``--project``, which defaults to the project of the working directory."""
    return click.option(
        "--project", "-p", metavar="SLUG",
        help="Project in the store. [default: that of the working directory]",
    )(function)  # fmt: skip


def slug_of(project: str | None) -> str:
    """Return the project that was named, else that of the working directory.

    Raises:
        UsageError: None was named and the directory is no project.
    """
    if project:
        return project
    spec = load_spec(Path.cwd())
    if not spec.catalogues:
        raise UsageError(
            N_("This folder holds no catalogue. Name the project: --project SLUG"),
            code="usage.project",
        )
    return spec.slug


def load_spec(directory: Path) -> ProjectSpec:
    """Return the project that a directory holds: from its dpg-l10n.toml, else discovered."""
    from dpg_l10n.services.projectfile import load

    return load(directory)


def drafts_risk(slug: str) -> bool:
    """Tell whether the working directory's dpg-l10n.toml is of a project and lets risk be drafted."""
    from dpg_l10n.services.projectfile import FILENAME

    if not any((Path.cwd() / name).is_file() for name in (FILENAME, "pyproject.toml")):
        return False
    spec = load_spec(Path.cwd())
    return spec.draft_risk and spec.slug == slug


def require_catalogues(spec: ProjectSpec, directory: Path) -> ProjectSpec:
    """Return the project.

    Raises:
        UsageError: It has no catalogue.
    """
    if not spec.catalogues:
        seen = "".join(f"\n{p.path}: {p.message}" for p in spec.problems[:3])
        raise UsageError(
            N_(
                "No catalogue was found in “{directory}”: no files of translations, side by side, in "
                "a format that is read.{seen}\nSay in a dpg-l10n.toml there which file is the source "
                "and where its translations are; docs/configuration.md shows how."
            ),
            code="usage.no_catalogue", directory=directory.resolve(), seen=seen,
        )  # fmt: skip
    return spec


def renamed(spec: ProjectSpec, slug: str) -> ProjectSpec:
    """Return the project under another name in the store."""
    return replace(spec, slug=slug)


def root_of(paths: tuple[Path, ...]) -> Path:
    """Return the repository of some paths: the nearest folder above them that is marked as one.

    Marks are a dpg-l10n.toml and a ``.git``; without one it is the first path's own folder.
    """
    first = (paths[0] if paths else Path.cwd()).resolve()
    folder = first if first.is_dir() else first.parent
    for candidate in (folder, *folder.parents):
        if (candidate / "dpg-l10n.toml").exists() or (candidate / ".git").exists():
            return candidate
    return folder


def is_below(file: Path, folders: Sequence[Path]) -> bool:
    """Tell whether a file is one of some paths or lies below one; without paths every file is."""
    place = file.resolve()
    return not folders or any(place.is_relative_to(folder) for folder in folders)


def reader(directory: Path, config: Settings) -> Callable[[str], bytes]:
    """Return a function that reads a path below a directory and refuses what is too large.

    Its errors: InputError ``input.size`` for a file above ``DPG_L10N_MAX_FILE_MB``.
    """
    from dpg_l10n.services.files import read_limited

    return lambda path: read_limited(directory / path, config.max_file_bytes, path)


def configured(store: str | None) -> Settings:
    """Return the settings with the store that an option named."""
    return settings(store=store)
