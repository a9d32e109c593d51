"""PHP files as catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import apply
from dpg_l10n.formats._tree import Branch, Path, Place, join, places, plan, split
from dpg_l10n.formats.php.notes import notes
from dpg_l10n.formats.php.scan import Found, scan
from dpg_l10n.formats.php.write import Writer
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_EMPTY = b"<?php\n\nreturn [\n];\n"
_STRINGS = re.compile(
    rb"""^[ \t]*(?:return\s*(?:array\s*\(|\[)|\$\w+\s*=\s*(?:array\s*\(|array_merge\s*\(|\[)
    |\$\w+\s*(?:\[\s*(?:'[^'\n]*'|"[^"\n]*")\s*\]\s*)+=\s*['"<a\[])""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    codec: str
    found: Found
    paths: dict[str, Path]
    entries: tuple[Entry, ...]

    @cached_property
    def dotted(self) -> bool:
        """Tell whether new keys with dots stand undivided at the top."""
        members = self.found.root.members
        if self.found.statements:
            return True
        nested = any(isinstance(node, Branch) for node in members.values())
        return any("." in str(part) for part in members) or (bool(members) and not nested)

    def path(self, key: str, keys: dict[str, Entry]) -> Path:
        """Return where a key stands or, if it is new, where it belongs."""
        known = self.paths.get(key)
        if known is not None:
            return known
        path = split(key)
        inside = isinstance(self.found.root.members.get(path[0]), Branch)
        crosses = any(join(path[:i]) in keys for i in range(1, len(path)))
        return (key,) if crosses or (self.dotted and not inside) else path


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the strings of a file; nothing in it is ever run.

    Args:
        data: The whole file.
        source: Not needed: the format has no plurals.

    Raises:
        FormatError: The file holds more than plain strings, or a key twice.
    """
    del source
    text, codec = _text.decode(data)
    found = scan(text)
    leaves = places(found.root)
    entries = tuple(_entries(text, found.root, leaves))
    layout = Layout(data, text, codec, found, {key: path for key, path, _ in leaves}, entries)
    return Catalogue("php", entries, encoding=codec, layout=layout)


def _entries(text: str, root: Branch, leaves: list[Place]) -> Iterator[Entry]:
    """Yield the entries of a file's texts, which come in file order."""
    line, at, floor = 1, 0, root.start
    commented = "//" in text or "#" in text or "/*" in text
    for key, _, leaf in leaves:
        start = leaf.key_start
        line += text.count("\n", at, start)
        note = notes(text, start, floor) if commented else ""
        yield Entry(key, leaf.text or "", notes=note, line=line)
        at, floor = start, leaf.end


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a PHP file with the texts of a catalogue.

    Raises:
        FormatError: The template holds more than plain strings, or two texts need one place.
    """
    layout = catalogue.layout
    if not isinstance(layout, Layout) or layout.data != template:
        layout = parse(_EMPTY if template is None else template).layout
    if catalogue.entries is layout.entries:
        return bytes(layout.data)
    keys = catalogue.by_key()
    wanted = [(layout.path(key, keys), plain(entry.text)) for key, entry in keys.items()]
    edit = plan(layout.found.root, wanted)
    if not edit:
        return bytes(layout.data)
    writer = Writer(layout.text, layout.found)
    writer.edit(layout.found.root, edit)
    return _text.encode(apply(layout.text, writer.changes), layout.codec)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a PHP file holds an array of strings or assigns strings to elements of one."""
    if not path.lower().endswith((".php", ".inc")):
        return False
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:5].lower() == b"<?php" and _STRINGS.search(start) is not None


FORMAT = FormatSpec(
    name="php",
    title="PHP strings",
    suffixes=(".php", ".inc"),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("printf", "laravel", "moodle", "brace"),
)
"""The format, as detection and the services know it."""
