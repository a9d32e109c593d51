"""YAML files of nested keys as catalogues: below a locale, or without one."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text
from dpg_l10n.formats._path import family, languages_in
from dpg_l10n.formats._tree import Leaf, Path, join
from dpg_l10n.formats._yaml import LOCALE, Document, Layout, can_be_plain, double_quoted, write
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_FIRST_KEY = re.compile(
    r"\ufeff?(?:[ \t]*(?:#[^\n]*|%[^\n]*|---[ \t]*(?:#[^\n]*)?)?\r?\n)*"
    rf"""(["']?)({LOCALE.pattern})\1[ \t]*:[ \t]*(?:[&{{#][^\n]*)?\r?(?:\n|$)"""
)
_MEMBER = re.compile(
    r"""^[ \t]*+(?:"[^"\n]*+"|'[^'\n]*+'|[^\s#:'"&*!?|>%@`{\[\]},-][^:#\n]*+)
        :(?:[ \t]++(?P<value>[^\s#][^\r\n]*+))?[ \t]*+\r?$""",
    re.MULTILINE | re.VERBOSE,
)
_TOP_KEY = re.compile(r"""^(?:["'\w][^\n]*?|\ufeff\w[^\n]*?):""", re.MULTILINE)
_ONLY_KEY = re.compile(rf"\s*(?:{LOCALE.pattern}):[^\n]*\s*")
"""A locale that holds a text is none."""
_LIST = re.compile(r"(?:[ \t]*+(?:#[^\n]*+|---[^\n]*+)?\r?\n)*+-[ \t]")
_OTHER_VALUE = re.compile(r"[&*!{\[0-9.:~+-]|(?:true|false|yes|no|on|off|null)\b", re.IGNORECASE)


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string below the locale of a file as an entry, plural mappings as one.

    Args:
        data: The whole file.
        source: Parsed source file: its plurals are plurals here too, whatever their forms.

    Raises:
        FormatError: The bytes are no YAML mapping, or a hostile one; the code says why.
    """
    rooted = source is None or source.language is not None or not source.entries
    return _catalogue(FORMAT, Document.read(data, rooted=rooted), source)


def parse_plain(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string of a file as an entry, whatever its only key at the top looks like.

    Args:
        data: The whole file.
        source: As of :func:`parse`.

    Raises:
        FormatError: As :func:`parse`.
    """
    return _catalogue(PLAIN, Document.read(data, rooted=False), source)


def _catalogue(spec: FormatSpec, document: Document, source: Catalogue | None) -> Catalogue:
    plurals = document.plurals(source)
    count, notes = document.text.count, document.notes
    entries: list[Entry] = []
    paths: dict[str, Path] = {}
    line, at = 1, 0
    text: Text
    for own_key, own_path, leaf in document.places:
        key, path, start, text = own_key, own_path, leaf.key_start, leaf.text or ""
        if plurals and own_path[:-1] in plurals:
            path = own_path[:-1]
            key = join(path)
            if key in paths:
                continue
            branch = plurals[path]
            start = branch.key_start
            text = Plural(tuple(
                (str(label), form.text) for label, form in branch.members.items()
                if isinstance(form, Leaf) and form.text is not None
            ))  # fmt: skip
        line += count("\n", at, start)
        at = start
        paths[key] = path
        entries.append(Entry(key, text, notes=notes(start), line=line))
    found = tuple(entries)
    return Catalogue(
        spec.name, found, document.locale, encoding=document.encoding,
        layout=Layout(document, found, paths),
    )  # fmt: skip


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a YAML file with the texts of a catalogue, below its language.

    Raises:
        FormatError: The template is no YAML mapping; two texts need the same place; a member to
            add or remove stands in lines shared with others.
    """
    layout = catalogue.layout if isinstance(catalogue.layout, Layout) else None
    if layout and template in (None, layout.document.data) and _unedited(catalogue, layout):
        return layout.document.data
    return _written(catalogue, layout, _template(catalogue, layout, template))


def serialize_plain(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a YAML file with the texts of a catalogue, without a locale.

    Raises:
        FormatError: As :func:`serialize`.
    """
    layout = catalogue.layout if isinstance(catalogue.layout, Layout) else None
    own = layout is not None and template in (None, layout.document.data)
    document = (
        layout.document if own and layout is not None
        else Document.read(b"{}\n" if template is None else template, rooted=False)
    )  # fmt: skip
    return _written(catalogue, layout, document)


def _written(catalogue: Catalogue, layout: Layout | None, document: Document) -> bytes:
    entries = catalogue.by_key()
    known = {key: path for key, path, _ in document.places}
    known.update((join(path), path) for path in document.plurals(catalogue))
    paths = document.paths(entries, known, layout.paths if layout else {})
    wanted: list[tuple[Path, str]] = []
    for key, entry in entries.items():
        if isinstance(entry.text, Plural):
            wanted += (((*paths[key], label), form) for label, form in entry.text.forms)
        else:
            wanted.append((paths[key], entry.text))
    return write(document, wanted)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a YAML file starts with a locale's key that holds a mapping.

    One without a locale (Symfony, Hugo, Jekyll) is told by a language in its path, and by values
    that are texts for the most part.
    """
    if not path.lower().endswith((".yml", ".yaml")):
        return False
    text = head.decode("utf-8-sig", "ignore")
    if _FIRST_KEY.match(text) is not None:
        return True
    if not any(languages_in(path)) or _LIST.match(text) or _ONLY_KEY.fullmatch(text):
        return False
    values = [found["value"] for found in _MEMBER.finditer(text) if found["value"]]
    said = sum(_OTHER_VALUE.match(value) is None for value in values)
    return said * 2 > len(values)


def sniff_plain(path: str, head: bytes) -> bool:
    """Tell whether all keys of a file stand below one that looks like a locale and is none.

    It is none where the path names another language: ``ui`` or ``my`` in ``en.yaml``.
    """
    if not path.lower().endswith((".yml", ".yaml")):
        return False
    text = head.decode("utf-8-sig", "ignore")
    first = _FIRST_KEY.match(text)
    if first is None or len(_TOP_KEY.findall(text)) != 1:
        return False
    named = {family(name) for name in languages_in(path)}
    return bool(named) and family(first[2]) not in named


def _unedited(catalogue: Catalogue, layout: Layout) -> bool:
    old, new = layout.entries, catalogue.entries
    return catalogue.language == layout.document.locale and (
        old is new
        or (
            len(old) == len(new)
            and all(a is b or a[:2] == b[:2] for a, b in zip(old, new, strict=True))
        )
    )


def _template(catalogue: Catalogue, layout: Layout | None, template: bytes | None) -> Document:
    """Return the document to write into, its locale renamed to the catalogue's language."""
    language = catalogue.language
    if layout and template in (None, layout.document.data):
        document = layout.document
    elif template is not None:
        document = Document.read(template)
    else:
        start = "" if language is None else f"{_key(language)}: "
        document = Document.read((start + "{}\n").encode())
    if document.locale is None or language in (None, document.locale):
        return document
    at = document.root.members[document.locale].key_start
    quote = document.text[at] if document.text[at] in "\"'" else ""
    end = at + len(document.locale) + 2 * len(quote)
    new = f"{quote}{language}{quote}" if quote else _key(str(language))
    text = document.text[:at] + new + document.text[end:]
    return Document.read(text.encode(document.encoding))


def _key(name: str) -> str:
    """Return a locale as a key; ``no`` would be a boolean without quotation marks."""
    return name if can_be_plain(name, flow=False) else double_quoted(name)


FORMAT = FormatSpec(
    name="rails-yaml",
    title="Rails YAML",
    suffixes=(".yml", ".yaml"),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("ruby",),
)
PLAIN = FormatSpec(
    name="yaml",
    title="YAML without a locale",
    suffixes=(".yml", ".yaml"),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse_plain,
    serialize=serialize_plain,
    sniff=sniff_plain,
    placeholders=("ruby",),
    unusual=True,
)
"""The formats, as detection and the services know them."""
