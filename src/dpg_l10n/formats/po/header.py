"""The header of a PO file: its charset, its fields, and the header of a new language."""

from __future__ import annotations

import re

from dpg_l10n.domain import locales, plurals
from dpg_l10n.domain.catalogue import FUZZY, Catalogue
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import UsageError
from dpg_l10n.formats._gettext import Fields, codec, field, field_line, read
from dpg_l10n.formats.po import comments, grammar
from dpg_l10n.formats.po.wrap import Style, lines_of

_HEADER_BYTES = re.compile(
    rb'(?:\A|[\n\r"])(?:\xef\xbb\xbf)?[ \t]*msgid[ \t]*""\s*+msgstr((?:\s*+"[^"\n]*+")++)'
)
_QUOTED = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"')
_JOIN = re.compile(rb'"\s*+"')
_TEMPLATE_VALUES = (
    "PACKAGE VERSION", "YEAR-MO-DA HO:MI+ZONE", "FULL NAME <EMAIL@ADDRESS>", "EMAIL@ADDRESS",
    "LANGUAGE <LL@li.org>", "nplurals=INTEGER; plural=EXPRESSION;",
)  # fmt: skip
"""What extractors write where a person is to write something."""
_USUAL_ORDER = (
    "project-id-version", "report-msgid-bugs-to", "pot-creation-date", "po-revision-date",
    "last-translator", "language-team", "language", "mime-version", "content-type",
    "content-transfer-encoding", "plural-forms",
)  # fmt: skip


def declared_codec(data: bytes) -> str | None:
    """Return the codec that the header in the bytes declares, None where it declares none.

    Raises:
        FormatError: ``format.encoding``: the charset is unknown.
    """
    match = _HEADER_BYTES.search(data)
    if match is None:
        return None
    return codec(_JOIN.sub(b"", match[1]).decode("ascii", "replace"))


def new(fields: Fields, language: str) -> Fields:
    """Return the header of a language that starts from a template's.

    What is the template's own stays (project, address for bugs, creation date); what extractors
    leave for a person to fill in goes. No date is written: equal input gives equal bytes.

    Args:
        fields: The template's; empty where it has none.
        language: Name of the language as the project's files spell it.
    """
    kept = tuple(pair for pair in fields if pair[1] not in _TEMPLATE_VALUES)
    kept = with_field(kept, "Language", language)
    kept = with_field(kept, "MIME-Version", "1.0")
    kept = with_field(kept, "Content-Type", "text/plain; charset=UTF-8")
    kept = with_field(kept, "Content-Transfer-Encoding", "8bit")
    try:
        forms = plurals.gettext_header(locales.canonical(language))
    except UsageError:  # a name that is no language code: nothing is known of its plurals
        return kept
    return with_field(kept, "Plural-Forms", forms)


def with_field(fields: Fields, name: str, value: str) -> Fields:
    """Return the fields with one of them set, a new one where gettext's tools put it."""
    wanted = name.lower()
    if field(fields, name) is not None:
        return tuple((key, value) if key.lower() == wanted else (key, old) for key, old in fields)
    rank = _USUAL_ORDER.index(wanted)
    before = set(_USUAL_ORDER[:rank])
    at = max((i + 1 for i, (key, _) in enumerate(fields) if key.lower() in before), default=0)
    return (*fields[:at], (name, value), *fields[at:])


def effective(catalogue: Catalogue, template: Fields) -> Fields:
    """Return the header to write: the catalogue's, else the template's, with its language."""
    fields = catalogue.header or template
    language = catalogue.language
    if not language or language == field(fields, "Language"):
        return fields
    return with_field(fields, "Language", language) if fields else new((), language)


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language.

    Args:
        source: The parsed template, or the catalogue of the source language.
        language: Name of the new language as the project's files spell it.
    """
    fields = new(source.header, language)
    rule = plurals.gettext_plural(field(fields, "Plural-Forms"))
    empty = Plural(tuple((str(index), "") for index in range(rule.count if rule else 2)))
    entries = tuple(
        entry._replace(
            text=empty if isinstance(entry.source, Plural) else "",
            flags=entry.flags - {FUZZY}, previous=None, line=0,
        )
        for entry in source.entries
    )  # fmt: skip
    return Catalogue(source.format, entries, language, fields)


def render(fields: Fields, style: Style) -> str:
    """Return a header written anew, with its line end."""
    lines = [f'"{line}"' for pair in fields for line in lines_of(field_line(*pair), style)]
    return style.newline.join(['msgid ""', 'msgstr ""', *lines, ""])


def rewrite(raw: str, old: Fields, new: Fields, style: Style) -> str:
    """Return the header's message with the changed fields changed, and all other lines kept.

    The fuzzy flag of a template goes with its language.

    Args:
        raw: The message in the file.
        old: The fields it has.
        new: The fields it is to have.
        style: How the file lays strings out.
    """
    if new == old:
        return raw
    match = next(grammar.MESSAGE.finditer(raw))
    head = match[1]
    if field(old, "Language") != field(new, "Language"):
        says = comments.read(head, "latin-1")
        head = comments.rewrite(head, says, (*says[:2], says[2] - {FUZZY}, *says[3:]), style)
    start = match.end(3) + 1
    end = match.end(4) + 1 if match[5] is None else match.end(6)
    standing = _standing_lines(raw[start:end], style)
    lines = []
    for pair in new:
        kept = standing.get(pair)
        lines += [kept] if kept else [f'"{part}"' for part in lines_of(field_line(*pair), style)]
    body = style.newline.join([raw[match.end(1) : start], 'msgstr ""', *lines])
    return raw[: match.start(1)] + head + body + raw[end:]


def _standing_lines(raw: str, style: Style) -> dict[tuple[str, str], str]:
    """Return the lines of a file's header by the field that they hold."""
    # Latin-1 never fails; a field that it reads wrongly is merely written anew.
    found: dict[tuple[str, str], str] = {}
    lines: list[str] = []
    for line in _QUOTED.findall(raw):
        if lines or line != '""':  # which usually stands before the first field, and is none of it
            lines.append(line)
        if line.endswith('\\n"'):
            fields = read(grammar.unescape("\n".join(lines)[1:-1], "latin-1"))
            if len(fields) == 1:
                found[fields[0]] = style.newline.join(lines)
            lines = []
    return found
