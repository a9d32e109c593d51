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
    path = next((f.path for f in uow.catalogues.files(catalogue.id) if f.language == language), "")
    data = uow.catalogues.read_file(catalogue.id, path) if path else None
    formula = form.parse(data).header_field("Plural-Forms") if data is not None else None
    return plurals.labels(language, formula, indexed=True)


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
