"""An offline package as PO: for Poedit, Virtaal, Lokalize, OmegaT or any text editor.

The mark stands in ``msgctxt``, which no tool may lose because it is part of a message's identity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpg_l10n.domain import plurals
from dpg_l10n.domain.catalogue import FUZZY, NO_FLAGS, Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Plural, Text, texts
from dpg_l10n.errors import DpgL10nError, FormatError, InputError
from dpg_l10n.formats import FORMATS
from dpg_l10n.i18n import N_
from dpg_l10n.services.offline import variants
from dpg_l10n.services.offline.content import Back, Contents, Package, Packed, noted
from dpg_l10n.services.offline.mark import read_mark

_BLOCK = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)


def write(package: Package) -> bytes:
    """Return the package."""
    formula = next((item.formula for item in package.items if item.formula), None)
    header = formula or plurals.gettext_header(package.language)
    meaning = variants.formula_of(header, package.language)
    fields = (
        ("Project-Id-Version", package.project),
        ("Language", package.language.replace("-", "_")),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", header),
        ("X-Source-Language", package.source_language),
        ("X-Dpg-L10n-Package", f"1 {package.project} {package.language}"),
    )
    entries = tuple(_entry(item, package.language, meaning) for item in package.items)
    return FORMATS["po"].serialize(Catalogue("po", entries, header=fields))


def holds(item: Packed) -> bool:
    """Tell whether a PO file can hold a string."""
    return all(
        "\0" not in each for text in (item.unit.source, item.text or "") for each in texts(text)
    )


def _entry(item: Packed, language: str, meaning: plurals.GettextPlural) -> Entry:
    source: Text = item.unit.source
    text: Text = item.text or ""
    previous = item.previous
    if isinstance(source, Plural):
        source = _pair(source)
        text = (
            variants.spread(text, language, item.formula, meaning)
            if isinstance(text, Plural)
            else Plural(tuple((str(place), text) for place in range(meaning.count)))
        )
        previous = _pair(previous) if isinstance(previous, Plural) else None
    context = f"{item.where} [{item.mark}]"
    flags = frozenset({FUZZY}) if item.why else NO_FLAGS
    key = bilingual_key(source, context)
    return Entry(key, text, source, context, item.notes, "", flags, previous)


def _pair(source: Plural) -> Plural:
    """Return the two variants that a PO file shows of a source."""
    return Plural.of(one=source.get("one") or source.forms[0][1], other=source.forms[-1][1])


def read(data: bytes) -> Contents:
    """Return what a file brings back; messages that cannot be read are told one by one.

    Raises:
        FormatError: No message at all can be read.
    """
    try:
        catalogue = FORMATS["po"].parse(data)
    except FormatError as error:
        return _piecewise(data, error)
    lines = tuple(_back(entry) for entry in catalogue.entries)
    return Contents(lines, (), catalogue.header_field("Plural-Forms"))


def _piecewise(data: bytes, whole: FormatError) -> Contents:
    """Read each message for itself: one that is broken, or stands twice, is no reason to lose others."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines: list[Back] = []
    faults: list[tuple[int, DpgL10nError]] = []
    formula = None
    for line, block in _blocks(text):
        if "\ufffd" in block:
            faults.append((line, _bytes()))
            continue
        try:
            catalogue = FORMATS["po"].parse(block.encode())
        except FormatError as error:
            error.line = line + max(error.line - 1, 0)
            faults.append((error.line, error))
            continue
        formula = formula or catalogue.header_field("Plural-Forms")
        lines += (_back(entry, line - 1) for entry in catalogue.entries)
    if not lines:
        raise whole
    return Contents(tuple(lines), tuple(faults), formula)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield paragraphs with the number of their first line."""
    line, at = 1, 0
    for match in _BLOCK.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield line, match[0]


def _back(entry: Entry, before: int = 0) -> Back:
    is_noted = noted(entry.notes)
    mark = read_mark(entry.context)
    return Back(before + entry.line, mark, entry.text, FUZZY in entry.flags, is_noted)


def _bytes() -> InputError:
    return InputError(
        N_("Some bytes are no UTF-8. Save the file as UTF-8."), code="offline.encoding"
    )
