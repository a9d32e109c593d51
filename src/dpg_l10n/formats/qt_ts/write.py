"""Write Qt's ``.ts`` files: patch the messages that changed, leave every other byte."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import FUZZY, Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, is_empty, plain
from dpg_l10n.formats import _text
from dpg_l10n.formats._markup import attribute, encode, escapes
from dpg_l10n.formats._patch import (
    Edit,
    Layout,
    Span,
    apply,
    edits,
    layout_of,
    line_end,
    line_start,
)
from dpg_l10n.formats._xml import attributes
from dpg_l10n.formats.qt_ts.parse import NAME, Message, parse
from dpg_l10n.formats.qt_ts.plurals import count, formula

_EMPTY = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1">\n</TS>\n'
_LANGUAGE = re.compile(r"""(?<=[ \t\r\n])language[ \t\r\n]*=[ \t\r\n]*(?:"[^"]*"|'[^']*')""")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_NOTE = re.compile(r"<translatorcomment[ \t\r\n>/].*?</translatorcomment[ \t\r\n]*>", re.DOTALL)
_INDENT = "    "


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language.

    Args:
        source: The parsed source file.
        language: Name of the new language as the project's files spell it.
    """
    rule = formula(language)
    empty = Plural(tuple((str(index), "") for index in range(count(rule))))
    entries = tuple(
        entry._replace(
            text=empty if isinstance(entry.source, Plural) else "",
            flags=entry.flags - {FUZZY}, previous=None, line=0,
        )
        for entry in source.entries
    )  # fmt: skip
    return Catalogue(NAME, entries, language, (("Plural-Forms", rule),))


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a ``.ts`` file, laid out as the template is.

    Raises:
        FormatError: The template is no valid file, or a text cannot be written.
    """
    layout = layout_of(catalogue, template, parse, _EMPTY)
    gone = {entry.key for entry in catalogue.obsolete}
    same_language = catalogue.language in (None, _language(layout))
    if (
        catalogue.entries is layout.entries
        and same_language
        and gone >= layout.more.obsolete.keys()
    ):
        return layout.data
    writer = _Writer(layout)
    changes = edits(layout, catalogue.entries, writer.changed, writer.added)
    changes += writer.contexts()
    revived = {entry.key for entry in catalogue.entries}
    for key, message in layout.more.obsolete.items():
        if key not in gone and key not in revived:
            changes.append((message.span.start, message.span.end, ""))
    if not same_language:
        changes.append(_language_edit(layout, str(catalogue.language)))
    return _text.encode(apply(layout.text, changes), layout.codec)


def _language(layout: Layout) -> str | None:
    return attributes(layout.text[slice(*layout.more.root)]).get("language") or None


def _language_edit(layout: Layout, language: str) -> Edit:
    new = f'language="{attribute(language)}"'
    found = _LANGUAGE.search(layout.text, *layout.more.root)
    if found:
        return found.start(), found.end(), new
    return layout.more.root[1], layout.more.root[1], f" {new}"


class _Writer:
    """Writes messages in the style of one file."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.more = layout.more
        self.text = layout.text
        self.newline = _text.newline(layout.text)
        self.signs = escapes(layout.text, "'\">")
        first = layout.spans[0] if layout.spans else None
        self.indent = (
            layout.text[line_start(layout.text, first.key) : first.key] if first else _INDENT
        )
        child = re.compile(r"<message[^>]*>[ \t\r\n]*?\n([ \t]*)<").search(layout.text)
        self.inner = child[1] if child else self.indent + _INDENT
        self.in_lines = re.search(r"\n[ \t]*<numerusform", layout.text) is not None or not first
        self.new: dict[str, list[str]] = {}
        self.place: dict[str, int] = {}

    def changed(self, old: Entry, span: Span, new: Entry) -> Edit | None:
        """Return the edit of a message: its translation, and what its translator says."""
        if (old.text, FUZZY in old.flags, old.notes) == (
            new.text, FUZZY in new.flags, new.notes,
        ):  # fmt: skip
            return None
        return self.replaced(self.more.messages[old.key], old, new)

    def replaced(self, message: Message, old: Entry | None, new: Entry) -> Edit:
        """Return the edit of the translation in a message, its comment above it included."""
        span, text = message.span, self.text
        translation = self.translation(new)
        comment = self.comment(old, new)
        if comment is None:
            if span.value < span.value_end:
                return span.value, span.value_end, translation
            return span.value, span.value, f"{self.inner}{translation}{self.newline}{self.indent}"
        body = text[span.key : span.value]
        known = _NOTE.search(body)
        if known:
            start = span.key + known.start()
            between = text[span.key + known.end() : span.value]
            return start, span.value_end, f"{comment}{between}{translation}"
        lead = f"{comment}{self.newline}{self.inner}" if comment else ""
        return span.value, span.value_end, lead + translation

    def comment(self, old: Entry | None, new: Entry) -> str | None:
        """Return the translator's comment that a message needs, None where it stays as it is."""
        before = old.notes.split("\n") if old else []
        said = self.more.messages[new.key].notes if old else ""
        added = [line for line in new.notes.split("\n") if line and line not in before]
        lost = [line for line in before if line not in new.notes.split("\n")]
        if old is None or not (added or lost):
            return None
        lines = [line for line in said.split("\n") if line and line not in lost] + added
        return f"<translatorcomment>{self.value(chr(10).join(lines))}</translatorcomment>"

    def translation(self, entry: Entry) -> str:
        """Return the element of a translation."""
        unfinished = FUZZY in entry.flags or is_empty(entry.text)
        mark = ' type="unfinished"' if unfinished else ""
        if isinstance(entry.source, Plural) or isinstance(entry.text, Plural):
            return f"<translation{mark}>{self.forms(entry.text)}</translation>"
        return f"<translation{mark}>{self.value(plain(entry.text))}</translation>"

    def forms(self, text: Text) -> str:
        """Return the elements of plural forms."""
        said = [text] if isinstance(text, str) else [form for _, form in text.forms]
        made = [f"<numerusform>{self.value(form)}</numerusform>" for form in said]
        if not self.in_lines:
            return "".join(made)
        lead = f"{self.newline}{self.inner}{_INDENT}"
        return "".join(lead + one for one in made) + f"{self.newline}{self.inner}"

    def value(self, text: str) -> str:
        """Return a text as character data, with ``<byte>`` for what XML cannot hold."""
        pieces: list[str] = []
        at = 0
        for found in _CONTROL.finditer(text):
            pieces.append(encode(text[at : found.start()], self.signs, self.newline))
            pieces.append(f'<byte value="x{ord(found[0]):x}"/>')
            at = found.end()
        return "".join(pieces) + encode(text[at:], self.signs, self.newline)

    def added(self, entry: Entry, anchor: Span | None) -> Edit:
        """Return the edit of a message that the file lacks, or has as an obsolete one."""
        lost = self.more.obsolete.get(entry.key)
        if lost is not None:
            return self.replaced(lost, None, entry)
        name, _ = _name_and_comment(entry.context)
        context = self.more.contexts.get(name)
        message = self.message(entry)
        if context is None:
            self.new.setdefault(name, []).append(message)
            if name not in self.place:
                self.place[name] = self.after_context(anchor)
            return len(self.text), len(self.text), ""
        if anchor is not None and context.start <= anchor.start < context.end:
            at = anchor.end
        else:
            at = line_end(self.text, context.after_name)
        before = "" if self.text[:at].endswith("\n") else self.newline
        return at, at, before + message

    def after_context(self, anchor: Span | None) -> int:
        """Return where a new context belongs: after that of the message before."""
        ends = [c.end for c in self.more.contexts.values() if anchor and c.start < anchor.start]
        at = max(ends, default=0)
        if not at:
            starts = [context.start for context in self.more.contexts.values()]
            at = min(starts) if starts and anchor is None else self.more.end
            return line_start(self.text, at)
        return line_end(self.text, at)

    def contexts(self) -> list[Edit]:
        """Return the edits that add new contexts with their messages."""
        return [
            (
                self.place[name], self.place[name],
                f"<context>{self.newline}{self.indent}<name>{self.value(name)}</name>"
                f"{self.newline}{''.join(messages)}</context>{self.newline}",
            )
            for name, messages in self.new.items()
        ]  # fmt: skip

    def message(self, entry: Entry) -> str:
        """Return a new message, whole lines."""
        source = plain(entry.source) if entry.source is not None else ""
        _, comment = _name_and_comment(entry.context)
        attributes = ' numerus="yes"' if isinstance(entry.source, Plural) else ""
        if not entry.key.endswith(source) or not source or entry.source is None:
            attributes = f' id="{attribute(entry.key)}"{attributes}'
        parts = [self.location(line) for line in entry.locations.split("\n") if line]
        parts.append(f"<source>{self.value(source)}</source>")
        if comment:
            parts.append(f"<comment>{self.value(comment)}</comment>")
        if entry.notes:
            parts.append(f"<extracomment>{self.value(entry.notes)}</extracomment>")
        parts.append(self.translation(entry))
        body = "".join(f"{self.inner}{part}{self.newline}" for part in parts)
        return f"{self.indent}<message{attributes}>{self.newline}{body}{self.indent}</message>{self.newline}"

    @staticmethod
    def location(where: str) -> str:
        """Return the element of a place in the source code."""
        name, colon, line = where.rpartition(":")
        if not colon:
            return f'<location line="{attribute(where)}"/>'
        return f'<location filename="{attribute(name)}" line="{attribute(line)}"/>'


def _name_and_comment(context: str) -> tuple[str, str]:
    """Return the name of a context and the comment that tells a message from its equals."""
    found = re.fullmatch(r"((?:[^|]|\|\|)*+)\|(.+)", context, re.DOTALL)
    return (found[1].replace("||", "|"), found[2]) if found else (context, "")
