"""Read an XLIFF document of either generation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff.dialect import Content, Dialect
from dpg_l10n.formats._xliff.layout import FilePlace, Layout, Place
from dpg_l10n.i18n import N_

SOURCE_LANGUAGE = "source-language"
"""Header field with the language that the file names as its source's."""
NUMBER = re.compile(r"[a-z]{0,2}\d{1,6}|k-[0-9a-f]{16}")
"""An id that only counts units, so that a new unit moves what it stands for, or that was made from
a name that is no id."""
_Tokens = Iterator[re.Match[str]]


class _Read(NamedTuple):
    """A unit before its key is known."""

    content: Content
    file: int
    start: int
    end: int
    line: int


def read(data: bytes, dialect: Dialect, known: Collection[str] = ()) -> Catalogue:
    """Return the catalogue of a document.

    Args:
        data: The whole file.
        dialect: Its generation.
        known: Keys of the source's catalogue: a key that needs its file's name there has it here.

    Raises:
        FormatError: The file is no well-formed XLIFF document of the generation, declares entities,
            or has two units of one id in a file.
    """
    text, codec = _xml.decode(data)
    _xml.verify(text)
    reader = _Reader(text, dialect)
    root = reader.read()
    places: dict[str, Place] = {}
    entries: list[Entry] = []
    new = tuple.__new__  # what a named tuple's own constructor calls, in a third of its time
    for key, is_fixed, each in _keyed(reader.units, reader.files, known):
        if key in places:
            raise FormatError(
                N_("“{key}” stands here and on line {first}. Remove or rename one of them."),
                code="duplicate", line=each.line, key=key,
                first=text.count("\n", 0, places[key].start) + 1,
            )  # fmt: skip
        content, file, start, end, line = each
        places[key] = new(Place, (start, end, file, is_fixed))
        _, name, _, source, said, flags, notes, locations, max_chars = content
        context = name if name and name != key else ""
        if len(reader.files) > 1 and not locations:
            locations = reader.files[file].name
        entry = (key, said, source, context, notes, locations, flags, None, max_chars, line)
        entries.append(new(Entry, entry))
    found = tuple(entries)
    source_language, language = reader.languages
    layout = Layout(data, text, codec, found, places, tuple(reader.files), root, language)
    header = ((SOURCE_LANGUAGE, source_language),) if source_language else ()
    return Catalogue(dialect.format, found, language, header, encoding=codec, layout=layout)


def _keyed(
    units: list[_Read], files: list[FilePlace], known: Collection[str]
) -> Iterator[tuple[str, bool, _Read]]:
    """Yield each unit with its key, and whether another file has one of the same id."""
    names = [_name(each.content) for each in units]
    if any(each.content.name for each in units):
        counts = Counter((each.file, name) for each, name in zip(units, names, strict=True))
        names = [
            each.content.id if counts[each.file, name] > 1 else name
            for each, name in zip(units, names, strict=True)
        ]
    if len(files) < 2:
        yield from ((name, False, each) for name, each in zip(names, units, strict=True))
        return
    distinct = {(name, each.file) for name, each in zip(names, units, strict=True)}
    counts_by_name = Counter(name for name, _ in distinct)
    for name, each in zip(names, units, strict=True):
        qualified = f"{files[each.file].name}:{name}"
        is_repeated = counts_by_name[name] > 1
        yield (qualified if is_repeated or qualified in known else name), is_repeated, each


def _name(content: Content) -> str:
    if content.name and NUMBER.fullmatch(content.id):
        return content.name
    return content.id


class _Reader:
    """One pass over the tokens of a verified text."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.units: list[_Read] = []
        self.files: list[FilePlace] = []
        self.languages: tuple[str | None, str | None] = (None, None)
        self.open: list[bool] = []
        """Whether the texts in each container around are translated."""
        self.line = 1
        self.counted = 0

    def read(self) -> tuple[int, int]:
        """Read everything and return the place of the root's start tag."""
        whole, quick = self.dialect.whole, self.dialect.quick
        tokens = self.dialect.pattern.finditer(self.text)
        root = next(token for token in tokens if token["open"] or token.lastindex == whole)
        self.check_root(root)
        for token in tokens:
            if token.lastindex == whole:
                self.add(quick(token), token.start(), token.end())
            elif token["open"]:
                self.element(token, tokens)
            elif token["close"] and self.open:
                self.open.pop()
        return root.span()

    def check_root(self, root: re.Match[str]) -> None:
        """Refuse what is no XLIFF document of this generation."""
        found = _xml.attributes(root["attributes"] or "")
        if root["open"] != "xliff":
            raise FormatError(
                N_("This is no XLIFF document: its first element is not <xliff>."),
                code="structure", line=self.line_at(root.start()),
            )  # fmt: skip
        if not self.dialect.version.fullmatch(found.get("version", "")):
            raise FormatError(
                N_("This is XLIFF {version}. Name the format “{other}”, or correct the version."),
                code="structure", line=self.line_at(root.start()),
                version=found.get("version", "?"), other=self.dialect.other,
            )  # fmt: skip
        if self.dialect.on_root:
            self.take_languages(found)
        if not _xml.is_empty_element(root):
            self.open.append(True)

    def take_languages(self, found: dict[str, str]) -> None:
        """Keep the languages that the document's first element with any names."""
        source, target = self.dialect.languages
        self.languages = (found.get(source) or None, found.get(target) or None)

    def element(self, token: re.Match[str], tokens: _Tokens) -> None:
        """Enter a container, read a unit of an unusual shape, or pass anything else over."""
        name = token["open"]
        is_empty = _xml.is_empty_element(token)
        if name in self.dialect.containers:
            self.container(name, token)
            return
        if name == self.dialect.unit:
            start, value = token.span()
            close = token if is_empty else _xml.find_end(tokens, self.text)
            value_end = value if is_empty else close.start()
            unit = _xml.Element(name, token["attributes"], start, value, value_end, close.end())
            content = self.dialect.slow(self.text, unit)
            if content is not None:
                self.add(content, start, close.end())
        elif not is_empty:
            _xml.find_end(tokens, self.text)

    def container(self, name: str, token: re.Match[str]) -> None:
        """Enter an element in which units stand."""
        found = _xml.attributes(token["attributes"])
        start, end = token.span()
        if name == "file":
            if not self.files and not self.dialect.on_root:
                self.take_languages(found)
            file_name = found.get(self.dialect.file_name, "")
            self.files.append(FilePlace(file_name, start, end, end))
        elif name == self.dialect.body and self.files:
            self.files[-1] = self.files[-1]._replace(body=end)
        if _xml.is_empty_element(token):
            return
        outside = self.open[-1] if self.open else True
        self.open.append({"yes": True, "no": False}.get(found.get("translate", ""), outside))
        if len(self.open) > _xml.MAX_DEPTH:
            raise FormatError(
                N_("More than {limit} elements inside one another."),
                code="depth", line=self.line_at(start), limit=_xml.MAX_DEPTH,
            )  # fmt: skip

    def add(self, content: Content, start: int, end: int) -> None:
        """Keep a unit, unless it is not to be translated."""
        if content.translate == "no" or not (content.translate or self.open[-1]):
            return
        line = self.line_at(start)
        if not content.id or not self.files:
            raise FormatError(
                N_("A unit needs an id, and a <file> around it."), code="name", line=line
            )
        self.units.append(_Read(content, len(self.files) - 1, start, end, line))

    def line_at(self, start: int) -> int:
        """Return the line of a place at or after the last one asked for."""
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        return self.line
