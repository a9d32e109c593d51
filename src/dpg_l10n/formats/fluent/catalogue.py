"""Fluent files as catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.formats._patch import Edit, apply
from dpg_l10n.formats.fluent import patterns
from dpg_l10n.formats.fluent.scan import Block, Part, scan
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_INDENT = "    "
_KEY = re.compile(r"(-?[a-zA-Z][a-zA-Z0-9_-]*)(?:\.([a-zA-Z][a-zA-Z0-9_-]*))?")
_MESSAGE = re.compile(r"^-?[a-zA-Z][a-zA-Z0-9_-]* *=", re.MULTILINE)
_CONTENT = re.compile(r"^[^#\s]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Layout:
    """One parsed file."""

    data: bytes
    text: str
    """With ``\n`` for line ends; written with those of the file."""
    codec: str
    newline: str
    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the messages, terms and attributes of a file.

    Args:
        data: The whole file.
        source: Not needed: plurals are selectors inside the texts.

    Raises:
        FormatError: ``format.syntax``: nothing in the file is a message, with Fluent's own code;
            ``format.newline``: line ends of two kinds.
    """
    del source
    text, codec = _text.decode(data)
    newline = "\r\n" if "\r\n" in text else "\n"
    if newline == "\r\n":
        unix = text.replace("\r\n", "\n")
        if unix.count("\n") != text.count("\r\n"):
            raise FormatError(
                N_("Some lines end in CRLF and others in LF. Save the file with one of them."),
                code="newline", line=_mixed(text),
            )  # fmt: skip
        text = unix
    blocks, junk = scan(text)
    if junk and not any(block.parts for block in blocks):
        line, column = _text.place(text, junk[0].start)
        raise FormatError(
            N_("This is not Fluent ({fluent}): {reason}"), code="syntax", line=line, column=column,
            fluent=junk[0].code or "–", reason=junk[0].message or "nested too deep",
        )  # fmt: skip
    entries = tuple(_entries(text, blocks))
    layout = Layout(data, text, codec, newline, entries, tuple(blocks))
    return Catalogue("fluent", entries, encoding=codec, layout=layout)


def _mixed(text: str) -> int:
    lone = re.search(r"(?<!\r)\n", text)
    return _text.place(text, lone.start())[0] if lone else 0


def _entries(text: str, blocks: list[Block]) -> Iterator[Entry]:
    """Yield the parts of messages; of two messages of one name Fluent takes the first."""
    seen = set()
    line, at = 1, 0
    for block in blocks:
        if block.name in seen:
            continue
        seen.add(block.name)
        for name, part in block.parts.items():
            line += text.count("\n", at, part.value)
            at = part.value
            key = f"{block.name}.{name}" if name else block.name
            said = patterns.text_of(text[part.value : part.end])
            yield Entry(key, said, notes=block.notes, line=line)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a Fluent file, laid out as the template is.

    Raises:
        FormatError: The template is no Fluent file, or a text cannot be written in Fluent.
    """
    layout = catalogue.layout
    if not isinstance(layout, Layout) or layout.data != template:
        layout = parse(template or b"").layout
    if catalogue.entries is layout.entries:
        return bytes(layout.data)
    text = apply(layout.text, _Writer(layout).edits(catalogue.entries))
    if layout.newline != "\n":
        text = text.replace("\n", layout.newline)
    return _text.encode(text, layout.codec)


class _Writer:
    """Collects the edits of one file."""

    def __init__(self, layout: Layout) -> None:
        self.text = layout.text
        self.blocks = layout.blocks
        self.old = {entry.key: entry for entry in layout.entries}
        found = re.search(r"\n( +)[^ \n]", layout.text)
        self.indent = found[1] if found else _INDENT

    def edits(self, entries: tuple[Entry, ...]) -> list[Edit]:
        """Return what makes the file hold these entries and no others."""
        wanted: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            found = _KEY.fullmatch(entry.key)
            if found is None:
                raise FormatError(
                    N_("“{key}” is no name of a message or attribute in Fluent."), code="key",
                    key=entry.key,
                )  # fmt: skip
            wanted.setdefault(found[1], {})[found[2] or ""] = entry
        changes: list[Edit] = []
        there: dict[str, Block] = {}
        for block in self.blocks:
            first = there.setdefault(block.name, block)
            if block.name in wanted and block is first:
                changes += self.changed(block, wanted[block.name])
            elif block.name not in wanted and (block.parts or block is not first):
                changes.append((block.start, block.end, ""))
        anchor: Block | None = None
        for name, parts in wanted.items():
            if name in there:
                anchor = there[name]
            else:
                changes.append(self.added(name, parts, anchor))
        return changes

    def changed(self, block: Block, wanted: dict[str, Entry]) -> list[Edit]:
        """Return the edits of a message that stays."""
        changes: list[Edit] = []
        for name, part in block.parts.items():
            entry = wanted.get(name)
            if entry is None:
                changes.append(self.removed(block, name, part))
                continue
            old = self.old[entry.key]
            if old.text != entry.text:
                raw = self.text[part.value : part.end]
                new = patterns.write(plain(entry.text), raw, self.deep(name), entry.key)
                changes.append((part.value, part.end, new))
        at = block.parts[""].end if "" in block.parts else block.equals
        for name, entry in wanted.items():
            if name in block.parts:
                at = block.parts[name].end
            elif name == "":
                new = patterns.write(plain(entry.text), None, self.deep(""), entry.key)
                changes.append((block.equals, block.equals, new))
            else:
                changes.append((at, at, f"\n{self.attribute(name, entry)}"))
        return changes

    def removed(self, block: Block, name: str, part: Part) -> Edit:
        """Return the edit that takes a part out of a message; a term keeps an empty value."""
        if name == "":
            return part.start, part.end, ' { "" }' if block.name.startswith("-") else ""
        return part.start - 1, part.end, ""

    def added(self, name: str, parts: dict[str, Entry], anchor: Block | None) -> Edit:
        """Return the edit that adds a message behind another one, or before all."""
        notes = next(iter(parts.values())).notes
        new = "".join(f"# {line}\n" if line else "#\n" for line in notes.split("\n") if notes)
        value = ' { "" }' if name.startswith("-") else ""
        if "" in parts:
            entry = parts[""]
            value = patterns.write(plain(entry.text), None, self.deep(""), entry.key)
        new += f"{name} ={value}\n"
        new += "".join(f"{self.attribute(one, e)}\n" for one, e in parts.items() if one)
        if anchor is not None:
            before = "" if self.text[: anchor.end].endswith("\n") else "\n"
            return anchor.end, anchor.end, before + new
        if self.blocks:
            start = self.blocks[0].start
            return start, start, new
        before = "" if not self.text or self.text.endswith("\n") else "\n"
        gap = "\n" if self.text.strip() else ""
        return len(self.text), len(self.text), before + gap + new

    def attribute(self, name: str, entry: Entry) -> str:
        """Return a new attribute without its line end."""
        value = patterns.write(plain(entry.text), None, self.deep(name), entry.key)
        return f"{self.indent}.{name} ={value}"

    def deep(self, name: str) -> str:
        """Return the indentation of lines of a value, or of an attribute."""
        return self.indent if not name else self.indent * 2


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a file has Fluent's ending and a message, or nothing but comments."""
    if not path.lower().endswith(".ftl"):
        return False
    text = head.decode("utf-8-sig", "replace")
    return _MESSAGE.search(text) is not None or _CONTENT.search(text) is None


FORMAT = FormatSpec(
    name="fluent",
    title="Fluent",
    suffixes=(".ftl",),
    bilingual=False,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("fluent",),
)
"""The format, as detection and the services know it."""
