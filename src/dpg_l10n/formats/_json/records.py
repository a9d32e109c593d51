"""Reading and writing of the dialects whose messages are records, or some of the texts of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring as quote

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json.document import (
    Document,
    Layout,
    Look,
    Syntax,
    key_paths,
    template_of,
    unedited,
)
from dpg_l10n.formats._json.skim import Member, Skimmed, skim
from dpg_l10n.formats._json.view import Note
from dpg_l10n.formats._json.write import Raw, Writer, apply, copied
from dpg_l10n.formats._text import encode
from dpg_l10n.formats._tree import Added, Branch, Edit, Leaf, Part, Path, plan
from dpg_l10n.i18n import N_

_NO_NOTE = Note()


@dataclass(frozen=True)
class Dialect:
    """How one dialect differs from plain JSON."""

    name: str
    look: Look
    record: Callable[[Entry, str, Document], Added] | None = None
    """Return what a new message is written as, given its entry, its text and the file it goes
    into; None where that is the text alone."""
    flat: bool = True
    """True where a key is never divided at its dots."""
    copies: bool = True
    """True where a new message of a translation is the source's record with another text. In a
    file whose messages are texts alone it is one too."""
    empty: bytes = b"{}\n"
    """What a file without messages holds."""
    mirrors: bool = False
    """True where objects stay when they lose their last text, because their place says what they
    are."""
    skim: Callable[[list[Member]], tuple[str | None, Iterable[Skimmed]] | None] | None = None
    """Return language and messages of a file's members, None where the view has to be asked."""
    syntax: Syntax | None = None
    """Reads another syntax than JSON's."""
    writer: type[Writer] | None = None
    """Writes another syntax than JSON's."""


def parse_records(dialect: Dialect, data: bytes, source: Catalogue | None) -> Catalogue:
    """Return the messages of a file.

    Raises:
        FormatError: The bytes are no file of the dialect.
    """
    model = source.layout if source else None
    model = model.document if isinstance(model, Layout) else None
    if dialect.skim:
        document = Document.later(data, dialect.look)
        members = skim(document.text)
        found = dialect.skim(members) if members is not None else None
        if found is not None:
            return _skimmed(dialect, document, model, *found)
    document = Document.read(data, dialect.look, dialect.syntax)
    notes = document.view.notes
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    new = tuple.__new__  # a third of the time of the class's own constructor
    for key, _, (_, value, _, text, _) in document.places:
        if value > at:
            line += count("\n", at, value)
            at = value
        note, context, limit = notes.get(value, _NO_NOTE)
        fields = (key, text or "", None, context, note, "", NO_FLAGS, None, limit, line)
        entries.append(new(Entry, fields))
    return _catalogue(dialect, document, model, document.view.language, entries)


def _skimmed(
    dialect: Dialect,
    document: Document,
    model: Document | None,
    language: str | None,
    found: Iterable[Skimmed],
) -> Catalogue:
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    new = tuple.__new__
    for key, text, start, note in found:
        line += count("\n", at, start)
        at = start
        notes, context, limit = note or _NO_NOTE
        entries.append(
            new(Entry, (key, text, None, context, notes, "", NO_FLAGS, None, limit, line))
        )
    return _catalogue(dialect, document, model, language, entries)


def _catalogue(
    dialect: Dialect,
    document: Document,
    model: Document | None,
    language: str | None,
    entries: Iterable[Entry],
) -> Catalogue:
    found = tuple(entries)
    layout = Layout(document, found, model, language)
    return Catalogue(dialect.name, found, language, encoding=document.encoding, layout=layout)


def serialize_records(
    dialect: Dialect,
    catalogue: Catalogue,
    template: bytes | None,
    adjust: Callable[[Document, Edit], None] | None = None,
) -> bytes:
    """Return the bytes of a file with the texts of a catalogue.

    Args:
        dialect: The format.
        catalogue: What the file shall say.
        template: As for every format.
        adjust: Called with the document and the changes to it, to add some of the dialect's own.

    Raises:
        FormatError: The template is no file of the dialect; a text has plural variants; two texts
            need the same place; the dialect cannot hold a key.
    """
    layout = catalogue.layout
    same = unedited(catalogue, template)
    if same is not None and _names(layout, catalogue.language):
        return same
    document = template_of(catalogue, template, dialect.look, dialect.empty, dialect.syntax)
    document = _renamed(document, catalogue.language, dialect.look)
    entries = catalogue.by_key()
    if dialect.flat:
        paths: dict[str, Path] = {key: (key,) for key in entries}
    else:
        paths = key_paths(catalogue, document, entries)
    wanted = [(paths[key], _text(entry)) for key, entry in entries.items()]
    lost = [place for place in document.places if place[0] not in entries]
    if dialect.mirrors and lost:
        edit = plan(document.root, [*wanted, *((path, leaf.text or "") for _, path, leaf in lost)])
        for _, path, _ in lost:
            _within(edit, path[:-1]).gone.add(path[-1])
    else:
        edit = plan(document.root, wanted)
    _follow_heads(document.root, edit)
    if edit:
        model = layout.source if isinstance(layout, Layout) and dialect.copies else None
        keys = {path: key for key, path in paths.items()}
        if document.view.texts or (dialect.record and not document.places):
            _dress(edit, (), document.root, _dresser(dialect, document, model, entries, keys))
    if adjust:
        adjust(document, edit)
    return apply(document, edit, dialect.writer)


def _follow_heads(root: Branch, edit: Edit) -> None:
    """Put new first texts behind what a file says of itself at its top (``@metadata``)."""
    last: Part | None = None
    for part in root.members:
        if str(part)[:1] != "@" or str(part)[1:] in root.members or part in edit.gone:
            break
        last = part
    if last is not None and None in edit.added:
        edit.added[last] = {**edit.added.pop(None), **edit.added.get(last, {})}


def _within(edit: Edit, path: Path) -> Edit:
    for part in path:
        edit = edit.inner.setdefault(part, Edit())
    return edit


def _text(entry: Entry) -> str:
    if isinstance(entry.text, Plural):
        raise FormatError(
            N_("“{key}” has plural variants, which this format cannot hold. Use ICU messages."),
            code="plural", key=entry.key,
        )  # fmt: skip
    return entry.text


def _names(layout: object, language: str | None) -> bool:
    """Tell whether a file already names the language that it should."""
    return language is None or (isinstance(layout, Layout) and layout.language == language)


def _renamed(document: Document, language: str | None, look: Look) -> Document:
    """Return a document that names another language."""
    view = document.view
    if language is None or language == view.language or not view.marks:
        return document
    pieces: list[str] = []
    at = 0
    for leaf in view.marks:
        pieces += document.text[at : leaf.start], f'"{language}"'
        at = leaf.end
    text = "".join(pieces) + document.text[at:]
    return Document.read(encode(text, document.encoding), look)


_Dresser = Callable[[Path, str], Added]


def _dresser(
    dialect: Dialect,
    document: Document,
    model: Document | None,
    entries: Mapping[str, Entry],
    keys: Mapping[Path, str],
) -> _Dresser:
    leaves = {key: leaf for key, _, leaf in model.places} if model else {}

    def dress(path: Path, text: str) -> Added:
        key = keys[path]
        leaf = leaves.get(key)
        if model is not None and leaf is not None and _is_record(model, leaf):
            return copied(model, leaf, text)
        return dialect.record(entries[key], text, document) if dialect.record else text

    return dress


def _is_record(document: Document, leaf: Leaf) -> bool:
    return leaf.start in document.view.texts


def _dress(edit: Edit, path: Path, branch: Branch, dress: _Dresser) -> None:
    """Turn new texts into new records, everywhere in a change."""
    for part, inner in edit.inner.items():
        child = branch.members[part]
        if isinstance(child, Branch):
            _dress(inner, (*path, part), child, dress)
    for members in edit.added.values():
        _dress_new(members, path, dress)


def _dress_new(members: dict[str | int, Added], path: Path, dress: _Dresser) -> None:
    for part, value in members.items():
        here = (*path, part)
        if isinstance(value, dict):
            _dress_new(value, here, dress)
        elif isinstance(value, str):
            members[part] = dress(here, value)


def record_like(document: Document, fields: Mapping[str, str]) -> Added:
    """Return a new record as the others of a file are laid out: in one line, or one a line."""
    view = document.view
    starts = list(view.texts)[:1]
    for start in starts:
        leaf = next((leaf for _, _, leaf in document.places if leaf.start == start), None)
        if leaf:
            return laid_out(document.text[start : leaf.end], fields)
    return dict[Part, Added](fields.items())


def laid_out(sample: str, fields: Mapping[str, str]) -> Added:
    """Return a new record in one line where a sample is, else a member a line."""
    if sample[:1] == "{" and "\n" not in sample:
        pad = " " if sample[1:2] == " " else ""
        colon, comma = (": ", ", ") if '": ' in sample else (":", ",")
        members = comma.join(f"{quote(key)}{colon}{quote(text)}" for key, text in fields.items())
        return Raw(f"{{{pad}{members}{pad}}}")
    return dict[Part, Added](fields.items())
