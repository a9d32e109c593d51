"""Read Android string resources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _xml
from dpg_l10n.formats.android import values
from dpg_l10n.formats.android.layout import CDATA, MARKUP, PLAIN, Block, Item, Layout, array_block
from dpg_l10n.i18n import N_

# Nine strings of ten are of this shape and are read in one step: no quotes, escapes, entities or
# breaks in group 3, and what follows the first of those in group 4.
_TOKENS = re.compile(
    r"""<string[ \t\r\n]++name="([^"&<\[]++)"((?:[^"'>/]++|"[^"]*+"|'[^']*+')*+)>
        ([^<&\\"\t\r\n]*+)([^<]*+)</string[ \t\r\n]*+>
    |""" + _xml.PATTERN,
    re.VERBOSE | re.DOTALL,
)  # fmt: skip
_WHOLE_STRING = 4
_COMMENT = 5
_TELLING = re.compile(r"translatable|product")
_DISABLED = re.compile(r"\b(?:string|plurals|string-array)\s[^>]{0,200}?\bname\s*=")
_GROUPS = ("plurals", "string-array")
_Tokens = Iterator[re.Match[str]]


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return the texts of a ``strings.xml``.

    Args:
        data: The whole file.
        source: The parsed source file when a translation is read: a text whose source has inline
            markup is shown as XML even if the translation has lost every tag.

    Raises:
        FormatError: The file is no well-formed resource file, declares entities, or names a
            resource twice.
    """
    text, codec = _xml.decode(data)
    _xml.verify(text)
    inner = frozenset(e.key for e in source.entries if e.flags == MARKUP) if source else PLAIN
    reader = _Reader(text, inner)
    root = reader.read()
    entries = tuple(reader.entries)
    layout = Layout(data, text, entries, reader.blocks, tuple(reader.others), root, codec)
    return Catalogue("android", entries, encoding=codec, layout=layout)


class _Reader:
    """One pass over the tokens of a verified text."""

    def __init__(self, text: str, inner: frozenset[str]) -> None:
        self.text = text
        self.inner = inner
        self.entries: list[Entry] = []
        self.blocks: dict[str, Block] = {}
        self.others: list[tuple[int, int]] = []
        self.comments: list[re.Match[str]] = []
        self.line = 1
        self.counted = 0

    def read(self) -> tuple[int, int]:
        """Read everything and return the place of the root's start tag."""
        file, inner, entries, blocks = self.text, self.inner, self.entries, self.blocks
        tokens = _TOKENS.finditer(file)
        new = tuple.__new__  # what a named tuple's own constructor calls, in a third of its time
        root = next(token for token in tokens if token["open"] or token[1])
        if root["open"] != "resources":
            raise FormatError(
                N_("This is no Android resource file: its first element is not <resources>."),
                code="structure", line=self.line_at(root.start()),
            )  # fmt: skip
        end = root.end()
        for token in tokens:
            shape = token.lastindex
            before, (start, end) = end, token.span()
            if shape == _WHOLE_STRING:
                name, attributes, raw, rest = token.group(1, 2, 3, 4)
                notes, first = self.notes(before, start) if self.comments else ("", start)
                place = new(Block, (first, start, token.start(3), token.end(4), end, None))
                text: str | None = raw
                if rest:
                    text = values.quick(raw + rest)
                elif "  " in raw or raw[:1] in " @?" or raw[-1] == " ":
                    text = None
                if text is None or name in inner or (attributes and _TELLING.search(attributes)):
                    self.string(name, _xml.attributes(attributes), place, notes)
                    continue
                if name in blocks:
                    raise self.duplicate(name, start)
                blocks[name] = place
                self.line = line = self.line + file.count("\n", self.counted, start)
                self.counted = start
                entry = (name, text, None, "", notes, "", PLAIN, None, None, line)
                entries.append(new(Entry, entry))
            elif shape == _COMMENT:
                self.comment(token, before)
            elif token["open"]:
                end = self.element(token, tokens, before)
        return root.span()

    def element(self, token: re.Match[str], tokens: _Tokens, before: int) -> int:
        """Read one top-level element and return where it ends."""
        tag = token["open"]
        start, value = token.span()
        notes, first = self.notes(before, start)
        items: list[tuple[Item, str]] = []
        close = token
        if not _xml.is_empty_element(token):
            close = (
                self.items(items, tokens, tag)
                if tag in _GROUPS
                else _xml.find_end(tokens, self.text)
            )
        value_end = value if close is token else close.start()
        place = Block(first, start, value, value_end, close.end())
        found = _xml.attributes(token["attributes"])
        if tag == "string" or (tag == "item" and found.get("type") == "string"):
            self.string(found.get("name", ""), found, place, notes)
        elif tag in _GROUPS and found.get("translatable") != "false":
            self.check_name(found.get("name", ""), start)
            self.group(tag, found["name"], place, items, notes)
        else:
            self.others.append((first, close.end()))
        return close.end()

    def string(self, name: str, found: dict[str, str], place: Block, notes: str) -> None:
        """Add one string, unless it is marked as not translatable or names another resource."""
        raw = self.text[place.value : place.value_end]
        if found.get("translatable") == "false" or values.is_reference(raw):
            self.others.append((place.start, place.end))
            return
        self.check_name(name and name + found.get("product", ""), place.element)
        key = f"{name}:{found['product']}" if "product" in found else name
        self.claim(key, place)
        self.add(key, place.element, [raw], notes)

    def group(
        self, tag: str, name: str, place: Block, items: list[tuple[Item, str]], notes: str
    ) -> None:
        """Add plurals as one entry, or every item of an array as one."""
        place = place._replace(items=tuple(item for item, _ in items))
        if tag == "plurals":
            self.claim(name, place)
            labels = tuple(item.label for item, _ in items)
            self.add(name, place.element, [raw for _, raw in items], notes, labels)
            return
        self.claim(array_block(name), place)
        if not any(item.is_text for item, _ in items):
            self.others.append((place.start, place.end))
        for item, raw in items:
            if item.is_text:
                self.add(f"{name}[{item.label}]", item.start, [raw], notes)

    def add(
        self,
        key: str,
        start: int,
        raws: list[str],
        notes: str,
        labels: tuple[str, ...] | None = None,
    ) -> None:
        """Add one entry, all of whose values are shown in one way."""
        kinds = {values.kind_of(raw) for raw in raws if raw}
        kind = MARKUP if kinds - {PLAIN} or key in self.inner else PLAIN
        if kinds == {CDATA}:
            kind = CDATA
        line = self.line_at(start)
        found = [values.decode(raw, kind, line) for raw in raws]
        text: Text = found[0] if labels is None else Plural(tuple(zip(labels, found, strict=True)))
        self.entries.append(Entry(key, text, notes=notes, flags=kind, line=line))

    def items(self, found: list[tuple[Item, str]], tokens: _Tokens, tag: str) -> re.Match[str]:
        """Read the items of plurals or of an array and return the end tag."""
        while True:
            token = next(tokens)  # a verified document closes every element
            if token["close"]:
                return token
            if not token["open"]:
                continue
            is_empty = _xml.is_empty_element(token)
            close = token if is_empty else _xml.find_end(tokens, self.text)
            if token["open"] != "item":
                continue
            value_end = token.end() if is_empty else close.start()
            raw = self.text[token.end() : value_end]
            is_plural = tag == "plurals"
            label = self.quantity(token, found) if is_plural else str(len(found))
            is_text = is_plural or not (is_empty or values.is_reference(raw))
            place = (token.start(), token.end(), value_end, close.end())
            found.append((Item(label, *place, is_text), raw))

    def quantity(self, token: re.Match[str], found: list[tuple[Item, str]]) -> str:
        """Return the plural category of an item."""
        label = _xml.attributes(token["attributes"]).get("quantity", "")
        if label not in CLDR_CATEGORIES:
            raise FormatError(
                N_("“{label}” is no plural quantity. Write one of: {known}."),
                code="plural", line=self.line_at(token.start()), label=label,
                known=", ".join(CLDR_CATEGORIES),
            )  # fmt: skip
        if any(item.label == label for item, _ in found):
            raise FormatError(
                N_("The quantity “{label}” stands twice in one <plurals>. Remove one of them."),
                code="duplicate", line=self.line_at(token.start()), label=label,
            )  # fmt: skip
        return label

    def check_name(self, name: str, start: int) -> None:
        """Refuse a name that Android does not allow and that would not be unique here."""
        if not name or "[" in name:
            raise FormatError(
                N_("A resource needs a name of letters, digits, dots and underscores."),
                code="name", line=self.line_at(start),
            )  # fmt: skip

    def claim(self, key: str, place: Block) -> None:
        """Keep the place of an element, or refuse a second one of the same name."""
        if key in self.blocks:
            raise self.duplicate(key, place.element)
        self.blocks[key] = place

    def duplicate(self, key: str, start: int) -> FormatError:
        """Return the error for a name that an earlier element has."""
        return FormatError(
            N_("“{key}” stands here and on line {first}. Remove or rename one of them."),
            code="duplicate", line=self.line_at(start), key=key,
            first=self.text.count("\n", 0, self.blocks[key].element) + 1,
        )  # fmt: skip

    def line_at(self, start: int) -> int:
        """Return the line of a place at or after the last one asked for."""
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        return self.line

    def comment(self, token: re.Match[str], before: int) -> None:
        """Keep a comment that may be a note on what follows it.

        It must not end the line of another element, and must not be a disabled resource.
        """
        breaks = self.text.count("\n", before, token.start())
        is_note = not _DISABLED.search(token["comment"])
        if breaks > 1 or not is_note:
            self.comments = []
        if is_note and (breaks or self.comments):
            self.comments.append(token)

    def notes(self, before: int, start: int) -> tuple[str, int]:
        """Return the notes directly above an element, and where they or the element begin."""
        comments, self.comments = self.comments, []
        if not comments or self.text.count("\n", before, start) > 1:
            return "", start
        lines = (line.strip() for token in comments for line in token["comment"].split("\n"))
        return "\n".join(line for line in lines if line), comments[0].start()
