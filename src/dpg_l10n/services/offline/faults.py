"""Why a string of an offline package is refused, or kept beside the current text."""

from __future__ import annotations

from dpg_l10n.errors import ConflictError, InputError
from dpg_l10n.i18n import N_
from dpg_l10n.services.offline.mark import Mark

OUTDATED_WHY = "Written in an offline package for an earlier source."


def require_place(mark: Mark, project: str, language: str) -> None:
    """Refuse a string of another project or language.

    Raises:
        InputError: ``offline.project`` or ``offline.language``.
    """
    if mark.project != project:
        raise InputError(
            N_("This string is of the project {other}, not of {project}."),
            code="offline.project", other=mark.project, project=project,
        )  # fmt: skip
    if mark.language != language:
        raise InputError(
            N_("This string is in {other}, not in {language}."),
            code="offline.language", other=mark.language, language=language,
        )  # fmt: skip


def unmarked() -> InputError:
    """Return the refusal of a string that does not say what it belongs to."""
    return InputError(
        N_("This string does not say what it belongs to: it was added, or its mark was changed. Only "
           "strings that were taken out can come back."),
        code="offline.mark",
    )  # fmt: skip


def unknown_revision(mark: Mark, key: str) -> InputError:
    """Return the refusal of a string whose mark names a text that never was."""
    return InputError(
        N_("“{key}”: its mark names revision {revision}, which never was. It was changed."),
        code="offline.mark", key=key, revision=mark.revision,
    )  # fmt: skip


def gone(unit: int) -> InputError:
    """Return the refusal of a string whose source is no longer there."""
    return InputError(
        N_("There is no unit {unit} any more: its source was taken out."), code="offline.unit",
        unit=unit,
    )  # fmt: skip


def outdated(key: str) -> ConflictError:
    """Return what is said of a text for an earlier source."""
    return ConflictError(
        N_("“{key}”: its source changed since the package was made. Your text was kept as a "
           "suggestion."),
        code="offline.outdated", key=key,
    )  # fmt: skip


def twice(key: str) -> InputError:
    """Return the refusal of a string that the file has with two texts."""
    return InputError(
        N_("“{key}” stands in the file twice, with two texts. Keep one of the two."),
        code="offline.twice", key=key,
    )  # fmt: skip


def cell(key: str, kind: str) -> InputError:
    """Return the refusal of what a spreadsheet made of a text."""
    return InputError(
        N_("“{key}”: the cell holds no text ({kind}). Format it as text and write it once more."),
        code="offline.cell", key=key, kind=kind,
    )  # fmt: skip


def variants(key: str) -> InputError:
    """Return the refusal of plural variants that are not whole."""
    return InputError(
        N_("“{key}”: some plural variants are missing or empty. Fill them all."),
        code="offline.variants", key=key,
    )  # fmt: skip


def stripped(key: str) -> InputError:
    """Return the refusal to take a draft for accepted because a tool lost its mark."""
    return InputError(
        N_("“{key}”: its mark is gone, and so is the note beside it, as when a tool takes all comments "
           "out. It stays as it was: accept it on its page, or send the file with its comments."),
        code="offline.stripped", key=key,
    )  # fmt: skip
