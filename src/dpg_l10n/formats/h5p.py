"""Language files of H5P libraries, which mirror their semantics (``docs/formats/h5p.md``).

https://h5p.org/documentation/for-developers/translations
"""

from __future__ import annotations

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import (
    Dialect,
    Document,
    Layout,
    View,
    Writer,
    hidden,
    named,
    parse_records,
    serialize_records,
    shape,
)
from dpg_l10n.formats._text import place
from dpg_l10n.formats._tree import Branch
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_TEXTS = frozenset({"label", "description", "placeholder", "default", "entity", "example"})
_LISTS = frozenset({"fields", "options", "widgets"})
_OBJECTS = frozenset({"field", "important"})


def look(text: str, root: Branch) -> View:
    """Return the texts for people of a language file, or of a library's ``semantics.json``.

    Raises:
        FormatError: ``root``: the file is neither.
    """
    semantics = root if root.is_list else root.members.get("semantics")
    if not isinstance(semantics, Branch) or not semantics.is_list:
        if not root.members:
            return View(root)
        line, column = place(text, root.start)
        raise FormatError(
            N_("Neither a list of fields nor an object with one under “semantics”."),
            code="root", line=line, column=column,
        )  # fmt: skip
    if root.is_list:
        root = Branch(semantics.key_start, semantics.start, is_list=False)
        root.end = semantics.end
        root.members["semantics"] = semantics
    for part, node in root.members.items():
        if node is not semantics:
            root.members[part] = hidden(node)
    fields = _items(semantics)
    for field in fields:  # grows while it is walked
        fields += _look_at(field)
    return View(root)


def _items(branch: Branch) -> list[Branch]:
    """Return the objects of a list; what else is in it is no text."""
    found = []
    for part, node in branch.members.items():
        if isinstance(node, Branch) and not node.is_list:
            found.append(node)
        else:
            branch.members[part] = hidden(node)
    return found


def _look_at(field: Branch) -> list[Branch]:
    """Hide what is no text of a field; return the objects within it that may have some."""
    kind = named(field, "type")
    inner = []
    for part, node in field.members.items():
        if isinstance(node, Branch):
            if part in _LISTS and node.is_list:
                inner += _items(node)
                continue
            if part in _OBJECTS and not node.is_list:
                inner.append(node)
                continue
        elif part in _TEXTS and (part != "default" or kind is None or kind.text == "text"):
            continue
        field.members[part] = hidden(node)
    return inner


class _Writer(Writer):
    nothing = "{}"


_DIALECT = Dialect("h5p", look, flat=False, copies=False, mirrors=True, writer=_Writer)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every text for people of a language file.

    Raises:
        FormatError: The bytes are no language file; the code says why.
    """
    return parse_records(_DIALECT, data, source)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a language file with the texts of a catalogue.

    Raises:
        FormatError: The template is no language file; a text has plural variants; a key names no
            place that a text can have.
    """
    for entry in catalogue.entries:
        name = entry.key.rpartition(".")[2]
        if not entry.key.startswith("semantics[") or name not in _TEXTS:
            raise FormatError(
                N_("“{key}” is no path of a text in semantics (like {example})."),
                code="key", key=entry.key, example="semantics[0].label",
            )  # fmt: skip
    layout = catalogue.layout
    if isinstance(layout, Layout) and layout.document.data == _DIALECT.empty:
        template = None
    return serialize_records(_DIALECT, catalogue, template)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language.

    A library's own semantics hold much that a language file does not: only the mirror of its texts
    is made of them.
    """
    layout = source.layout
    if not isinstance(layout, Layout) or layout.document.text[layout.document.root.start] == "{":
        return Catalogue("h5p", (), language, encoding=source.encoding)
    empty = Layout(Document.read(_DIALECT.empty, look), (), layout.document)
    return Catalogue("h5p", (), language, layout=empty)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON file is a mirror of semantics, or a library's semantics themselves."""
    if not path.lower().endswith(".json"):
        return False
    if path.rpartition("/")[2] == "semantics.json":
        return shape(head).root == "[" and b'"label"' in head
    return b'"semantics"' in head[:4096] and shape(head).keys == {"semantics"}


FORMAT = FormatSpec(
    name="h5p",
    title="H5P language file",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("h5p", "tag"),
)
"""The format, as detection and the services know it."""
