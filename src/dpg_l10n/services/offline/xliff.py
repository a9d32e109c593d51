"""An offline package as XLIFF 1.2, which OmegaT, Virtaal, Poedit and the large tools all open.

The mark is the ``id`` of a unit. Plural variants are units of their own: the format has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.domain.message import Plural, texts
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DpgL10nError, FormatError, InputError
from dpg_l10n.formats import FORMATS
from dpg_l10n.i18n import N_
from dpg_l10n.services.offline.content import Back, Contents, Package, Packed, noted
from dpg_l10n.services.offline.mark import read_mark

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNIT = re.compile(r"<trans-unit\b.*?</trans-unit\s*>", re.DOTALL)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
)
_SHELL = (
    f'{_HEAD}<file original="x" source-language="x" datatype="plaintext"><body>{{}}</body></file>'
    "</xliff>"
)
_SHELL_LINES = _SHELL.partition("{}")[0].count("\n")
_MARKUP = "markup"
_STATES = {
    State.DRAFT: "needs-review-translation",
    State.NEEDS_WORK: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "signed-off",
}


def write(package: Package) -> bytes:
    """Return the package."""
    units = "".join(_units(item) for item in package.items)
    return (
        f"{_HEAD}  <file original={quoteattr(package.project)} "
        f"source-language={quoteattr(package.source_language)} "
        f'target-language={quoteattr(package.language)} datatype="plaintext" '
        f'xml:space="preserve">\n    <body>\n{units}    </body>\n  </file>\n</xliff>\n'
    ).encode()


def holds(item: Packed) -> bool:
    """Tell whether an XML file can hold a string."""
    said = (item.unit.source, item.text or "")
    return not any(_UNWRITABLE.search(each) for text in said for each in texts(text))


def _units(item: Packed) -> str:
    if not item.labels:
        (source,), text = texts(item.unit.source), item.text
        return _unit(item, "", "", source, text if isinstance(text, str) else "")
    return "".join(
        _unit(item, label, number, source, _variant(item, label))
        for label, number, source in zip(item.labels, item.numbers, item.sources, strict=True)
    )


def _variant(item: Packed, label: str) -> str:
    return (item.text.get(label) or "") if isinstance(item.text, Plural) else (item.text or "")


def _unit(item: Packed, label: str, numbers: str, source: str, text: str) -> str:
    mark = item.mark._replace(label=label)
    about = [item.where, *([f"Plural variant “{label}”: {numbers}"] if label else [])]
    notes = "".join(
        f"        <note>{_escaped(line)}</note>\n"
        for line in [*about, *filter(None, _UNWRITABLE.sub("", item.notes).split("\n"))]
    )
    state = f' state="{_STATES[item.state]}"' if item.state in _STATES else ""
    target = f"        <target{state}>{_escaped(text)}</target>\n" if text else ""
    return (
        f'      <trans-unit id="{mark}" xml:space="preserve">\n'
        f"        <source>{_escaped(source)}</source>\n{target}{notes}      </trans-unit>\n"
    )


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def read(data: bytes) -> Contents:
    """Return what a file brings back; units that cannot be read are told one by one.

    Raises:
        FormatError: No unit at all can be read.
    """
    try:
        catalogue = FORMATS["xliff1"].parse(data)
    except FormatError as error:
        return _piecewise(data, error)
    return _contents(catalogue.entries, [], 0)


def _piecewise(data: bytes, whole: FormatError) -> Contents:
    text = data.decode("utf-8-sig", "replace")
    found: list[Contents] = []
    faults: list[tuple[int, DpgL10nError]] = []
    for match in _UNIT.finditer(text):
        line = text.count("\n", 0, match.start())
        try:
            catalogue = FORMATS["xliff1"].parse(_SHELL.format(match[0]).encode())
        except FormatError as error:
            error.line = line + 1
            faults.append((line + 1, error))
            continue
        found.append(_contents(catalogue.entries, [], line - _SHELL_LINES))
    lines = tuple(line for each in found for line in each.lines)
    faults += (fault for each in found for fault in each.faults)
    if not lines:
        raise whole
    return Contents(lines, tuple(faults))


def _contents(
    entries: Iterable[Entry], faults: list[tuple[int, DpgL10nError]], before: int
) -> Contents:
    lines = []
    for entry in entries:
        place = before + entry.line
        mark = read_mark(entry.key)
        if _MARKUP in entry.flags and entry.text:
            faults.append((place, _markup(entry.context or entry.key)))
            continue
        is_noted = noted(entry.notes)
        lines.append(Back(place, mark, entry.text, FUZZY in entry.flags, is_noted))
    return Contents(tuple(lines), tuple(faults))


def _markup(key: str) -> InputError:
    return InputError(
        N_("“{key}”: a tool put elements of its own into the text. Write it as plain text."),
        code="offline.markup", key=key,
    )  # fmt: skip
