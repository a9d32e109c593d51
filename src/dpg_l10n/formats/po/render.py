"""One message as text: written anew, or as it stands in a file with only its changes."""

from __future__ import annotations

import re

from dpg_l10n.domain.catalogue import FUZZY, Entry, bilingual_key
from dpg_l10n.domain.message import Plural, Text, plain, texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.po import comments, grammar
from dpg_l10n.formats.po.wrap import Style, field
from dpg_l10n.i18n import N_

_MARKED = re.compile(r"^([ \t]*)#~(\||[ \t]?)", re.MULTILINE)
_UNMARKED = re.compile(r"^(?=[ \t\r\f\v]*[^\s#])|^[ \t\r\f\v]*#(?=\|)", re.MULTILINE | re.ASCII)

_AFTER_TEXT = slice(Entry._fields.index("text") + 1, Entry._fields.index("line"))
_SINGLE = '\nmsgstr "'

_SEPARATOR = N_("The text of “{source}” holds a NUL or EOT character, which no message can.")
_NO_PLURAL = N_(
    "“{source}” has plural variants in its source, but its translation is a single text. "
    "Give one text per plural form."
)
_NOT_PLURAL = N_("“{source}” has no plural in its source, but its translation has variants.")
_LABELS = N_(
    "The plural variants of “{source}” are called {labels}; in PO files they are numbered from 0."
)


def render(entry: Entry, style: Style, *, obsolete: bool) -> str:
    """Return a message written anew, with its line end.

    Raises:
        FormatError: ``format.text``, ``format.plural``: it cannot be written in a PO file.
    """
    head = comments.rewrite("", comments.NONE, comments.of(entry), style)
    context = context_of(entry)
    lines = [] if context is None else [field("msgctxt", _safe(context, entry.key), style)]
    lines += _source_lines(entry, style) + _text_lines(entry, None, "", style)
    body = style.newline.join(lines) + style.newline
    return mark(head + body) if obsolete else head + body


def rewrite(raw: str, old: Entry, new: Entry, style: Style, *, obsolete: bool) -> str:
    """Return a message with what differs between two entries changed, and no other character.

    Args:
        raw: The message in the file, without marks of an obsolete one.
        old: What it says.
        new: What it is to say: the same source and context.
        style: How the file lays strings out.
        obsolete: Whether to mark each line as obsolete.

    Raises:
        FormatError: ``format.text``, ``format.plural``: it cannot be written in a PO file.
    """
    if new.text != old.text and new[_AFTER_TEXT] == old[_AFTER_TEXT]:
        quick = _with_text(raw, new, style)
        if quick is not None:
            return mark(quick) if obsolete else quick
    match = next(grammar.MESSAGE.finditer(raw))
    was = comments.of(old)
    notes, locations, flags, previous, limit = comments.of(new)
    if FUZZY in old.flags and FUZZY not in new.flags:
        previous = None  # it explains why the message is fuzzy
    head = comments.rewrite(match[1], was, (notes, locations, flags, previous, limit), style)
    body = raw[match.end(1) :]
    if new.source != old.source or new.text != old.text:
        body = _body(match, old, new, style)
    result = raw[: match.start(1)] + head + body
    return mark(result) if obsolete else result


def _with_text(raw: str, new: Entry, style: Style) -> str | None:
    """Return a message with another translation, None where it is not laid out as most are.

    No line of a message but that of its translation begins with this word and a quote.
    """
    at = raw.rfind(_SINGLE)
    if at < 0 or not isinstance(new.text, str):
        return None
    said = field("msgstr", _safe(new.text, plain_source(new)), style)
    return raw[: at + 1] + said + raw[raw.rindex('"') + 1 :]


def context_of(entry: Entry) -> str | None:
    """Return the context of a message, None where it has none at all (which is not ``""``)."""
    source = plain_source(entry)
    return None if entry.key == bilingual_key(source, None) and not entry.context else entry.context


def plain_source(entry: Entry) -> str:
    """Return the (singular) source text of a message; its key where it has none."""
    if entry.source is None:
        return entry.key
    return entry.source if isinstance(entry.source, str) else texts(entry.source)[0]


def mark(raw: str) -> str:
    """Return the lines of a message marked as obsolete, its comments as they were."""
    return _UNMARKED.sub(lambda found: "#~" if found[0] else "#~ ", raw)


def unmark(raw: str) -> str:
    """Return the lines of an obsolete message without their marks."""
    return _MARKED.sub(lambda found: "#|" if found[2] == "|" else "", raw)


def _body(match: re.Match[str], old: Entry, new: Entry, style: Style) -> str:
    raw = match.string
    last = match.end(4) if match[5] is None else match.end(6) - 1
    tail = raw[last + 1 : match.end()]
    forms = ""
    if new.source == old.source:
        text_at = match.start(4) if match[5] is None else match.end(5) + 1
        if match[5] is None:
            kept = raw[match.end(1) : raw.rindex("msgstr", 0, text_at)]
        else:
            forms = match[6]
            kept = raw[match.end(1) : text_at] + style.newline
        lines = _text_lines(new, old.text, forms, style)
    else:
        kept = raw[match.end(1) : match.end(3) + 1] + style.newline
        lines = _source_lines(new, style)[1:] + _text_lines(new, None, "", style)
    return kept + style.newline.join(lines) + tail


def _source_lines(entry: Entry, style: Style) -> list[str]:
    source = plain_source(entry)
    lines = [field("msgid", _safe(source, source), style)]
    if isinstance(entry.source, Plural):
        lines.append(field("msgid_plural", _safe(plain(entry.source), source), style))
    return lines


def _text_lines(entry: Entry, old: Text | None, raw_forms: str, style: Style) -> list[str]:
    """Return the lines of the translation; plural variants that did not change stay as they are."""
    source, text = plain_source(entry), entry.text
    plural = isinstance(entry.source, Plural)
    if isinstance(text, str):
        if not plural:
            return [field("msgstr", _safe(text, source), style)]
        if text:
            raise FormatError(_NO_PLURAL, code="plural", source=source)
        count = len(old.forms) if isinstance(old, Plural) else 2
        text = Plural(tuple((str(index), "") for index in range(count)))
    elif not plural:
        raise FormatError(_NOT_PLURAL, code="plural", source=source)
    if text.labels != tuple(str(index) for index in range(len(text.forms))) or not text.forms:
        raise FormatError(_LABELS, code="plural", source=source, labels=", ".join(text.labels))
    stands = [match[0] for match in grammar.FORM.finditer(raw_forms)]
    before = texts(old) if isinstance(old, Plural) else ()
    return [
        stands[index]
        if index < len(stands) and before[index] == form
        else field(f"msgstr[{index}]", _safe(form, source), style)
        for index, form in enumerate(texts(text))
    ]


def _safe(text: str, source: str) -> str:
    if "\0" in text or "\4" in text:
        raise FormatError(_SEPARATOR, code="text", source=source)
    return text
