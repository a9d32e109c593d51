"""Which plural variants a translation has in the files of a catalogue."""

from __future__ import annotations

from dpg_l10n.domain import plurals
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural
from dpg_l10n.domain.records import StoredCatalogue
from dpg_l10n.errors import UsageError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import PluralKind
from dpg_l10n.i18n import N_
from dpg_l10n.ports import UnitOfWork


def variant_labels(uow: UnitOfWork, catalogue: StoredCatalogue, language: str) -> tuple[str, ...]:
    """Return the labels that plural variants carry: indices in gettext, else CLDR categories.

    Args:
        uow: A unit of work.
        catalogue: Whose files are meant; a gettext file's own formula says how many there are.
        language: BCP 47 tag of the translation.
    """
    form = FORMATS[catalogue.format]
    if form.plurals is not PluralKind.GETTEXT:
        return plurals.labels(language, None, indexed=False)
    return plurals.labels(language, plural_formula(uow, catalogue, language), indexed=True)


def plural_formula(uow: UnitOfWork, catalogue: StoredCatalogue, language: str) -> str | None:
    """Return the ``Plural-Forms`` that a language's own file has; None in formats without any."""
    if FORMATS[catalogue.format].plurals is not PluralKind.GETTEXT:
        return None
    files = uow.catalogues.files(catalogue.id)
    file = next((file for file in files if file.language == language), None)
    if file is None:
        return None
    if file.sha256 not in _FORMULAS:
        if len(_FORMULAS) >= _MOST_FORMULAS:
            _FORMULAS.clear()
        data = uow.catalogues.read_file(catalogue.id, file.path) or b""
        _FORMULAS[file.sha256] = FORMATS[catalogue.format].parse(data).header_field("Plural-Forms")
    return _FORMULAS[file.sha256]


_FORMULAS: dict[bytes, str | None] = {}
"""By checksum of the file: a page of units asks again and again, and a file is long to parse."""
_MOST_FORMULAS = 10_000


def fitted(
    uow: UnitOfWork, catalogue: StoredCatalogue, language: str, text: Plural, key: str
) -> Plural:
    """Return variants in the order of files, whatever order they were given in.

    A category too many or too few is for the checks to find; a label of the wrong kind would stop
    every later export of the catalogue.

    Args:
        uow: A unit of work.
        catalogue: Where the text goes.
        language: BCP 47 tag.
        text: The variants.
        key: Of the unit, for the message.

    Raises:
        UsageError: ``state.shape``: files of the catalogue cannot hold variants of these labels.
    """
    wanted = variant_labels(uow, catalogue, language)
    indexed = wanted[0].isdigit()
    order = wanted if indexed else CLDR_CATEGORIES
    given = set(text.labels)
    if not (given == set(order) if indexed else given <= set(order)):
        raise UsageError(
            N_("“{key}”: the plural variants are called {wanted} here, not {given}."),
            code="state.shape", key=key, wanted=", ".join(wanted), given=", ".join(text.labels),
        )  # fmt: skip
    return Plural(tuple(sorted(text.forms, key=lambda form: order.index(form[0]))))
