"""JSON of Nextcloud and ownCloud apps (``docs/formats/nextcloud.md``).

https://docs.nextcloud.com/server/latest/developer_manual/basics/front-end/l10n.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring

from dpg_l10n.domain import locales, plurals
from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, NO_FLAGS, Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Plural, Text, plain, texts
from dpg_l10n.errors import FormatError, UsageError
from dpg_l10n.formats._json import (
    Document,
    Layout,
    Raw,
    Writer,
    named,
    template_of,
    unedited,
    write,
)
from dpg_l10n.formats._text import encode, place
from dpg_l10n.formats._tree import Branch, Leaf, Part, Path
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_TRANSLATIONS = "translations"
_RULE = "pluralForm"
_HEADER = "Plural-Forms"
_JOINT = "_::_"
"""Stands between singular and plural of the source in the key of a message with a number."""
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"translations"\s*:\s*\{')


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every member of ``translations``: its key is the source, its value the translation.

    Args:
        data: The whole file.
        source: Not needed: the file holds its own.

    Raises:
        FormatError: The bytes are no JSON object with such a member, or a text stands deeper.
    """
    del source
    document = Document.read(data)
    body = document.root.members.get(_TRANSLATIONS)
    if not isinstance(body, Branch) or body.is_list:
        raise FormatError(
            N_("There is no object “{name}”, which holds the texts."),
            code="structure", line=1, name=_TRANSLATIONS,
        )  # fmt: skip
    entries = tuple(entry for _, entry in _entries(document, body))
    rule = named(document.root, _RULE)
    header = ((_HEADER, rule.text),) if rule and rule.text else ()
    return Catalogue(
        FORMAT.name, entries, header=header, encoding=document.encoding,
        layout=Layout(document, entries),
    )  # fmt: skip


def _entries(document: Document, body: Branch) -> Iterator[tuple[Part, Entry]]:
    """Yield the messages and the members that hold them."""
    line, at = 1, 0
    for part, node in body.members.items():
        line += document.text.count("\n", at, node.key_start)
        at = node.key_start
        context, _, said = str(part).rpartition(CONTEXT_SEPARATOR)
        text: Text
        source: Text = said
        if isinstance(node, Leaf):
            if node.text is None:
                continue
            text = node.text
        else:
            forms = [each.text for each in node.members.values() if isinstance(each, Leaf)]
            if not node.is_list or len(forms) != len(node.members):
                raise FormatError(
                    N_("“{key}” holds neither a text nor a list of plural forms."),
                    code="structure", line=place(document.text, node.start)[0], key=part,
                )  # fmt: skip
            text = Plural(tuple((str(number), form or "") for number, form in enumerate(forms)))
            one, joint, other = said[1:-1].partition(_JOINT)
            if not (joint and one and other and said[0] == said[-1] == "_"):
                one = other = said
            source = Plural.of(one=one, other=other)
        key = bilingual_key(source, context or None)
        if key in body.members and key != part:
            key = str(part)  # the singular is a message of its own too
        yield part, Entry(key, text, source, context, "", "", NO_FLAGS, None, None, line)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON file with the translations of a catalogue.

    A source text without a translation is left out where the file does not have it: the app shows
    the source then, and nothing at all for an empty text. A file of sources alone has all of them.

    Raises:
        FormatError: The template is no JSON object.
    """
    done = unedited(catalogue, template)
    if done is not None:
        return done
    document = template_of(catalogue, template, empty=_begun(catalogue))
    body = document.root.members.get(_TRANSLATIONS)
    there = body.members if isinstance(body, Branch) else {}
    names = (
        {e.key: part for part, e in _entries(document, body)} if isinstance(body, Branch) else {}
    )
    gap = _gap(document, there.values())
    quote = Writer(document.text, document.root, {}).quote
    alone = not any(any(texts(entry.text)) for entry in catalogue.entries)
    wanted: list[tuple[Path, str]] = []
    for entry in catalogue.entries:
        key = names.get(entry.key) or _key(entry)
        path = (_TRANSLATIONS, key)
        if not (alone or key in there or any(texts(entry.text))):
            continue
        if isinstance(entry.text, str):
            wanted.append((path, entry.text))
        elif key in there or gap is None:
            forms = enumerate(entry.text.forms)
            wanted += (((*path, number), form) for number, (_, form) in forms)
        else:
            wanted.append((path, Raw(f"[{gap.join(map(quote, texts(entry.text)))}]")))
    if not wanted and isinstance(body, Branch):
        text = document.text
        return encode(text[: body.start] + "{}" + text[body.end :], document.encoding)
    said = named(document.root, _RULE)
    rule = catalogue.header_field(_HEADER) or (said.text if said else None)
    if rule is not None:
        wanted.append(((_RULE,), rule))
    return write(document, wanted)


def _begun(catalogue: Catalogue) -> bytes:
    """Return a new file in the layout of Nextcloud's tools, with the first message and no text."""
    said = [entry for entry in catalogue.entries if any(texts(entry.text))]
    first = next(iter(said or catalogue.entries), None)
    rule = catalogue.header_field(_HEADER) or _rule(catalogue.language) or ""
    key, rule = (encode_basestring(text) for text in (_key(first) if first else "", rule))
    value = '""' if first is None or isinstance(first.text, str) else '[""]'
    return f'{{ "translations": {{\n    {key} : {value}\n}},"pluralForm" :{rule}\n}}\n'.encode()


def _rule(language: str | None) -> str | None:
    """Return what is usual of the plurals of a language, None where it is no code."""
    try:
        return plurals.gettext_header(locales.canonical(language)) if language else None
    except UsageError:
        return None


def _key(entry: Entry) -> str:
    """Return the key of a message: what it says, both forms of a plural, behind its context."""
    text = entry.key if entry.source is None else plain(entry.source)
    if isinstance(entry.source, Plural):
        one = entry.source.get("one") or text
        text = text if one == text else f"_{one}{_JOINT}{text}_"
    return f"{entry.context}{CONTEXT_SEPARATOR}{text}" if entry.context else text


def _gap(document: Document, members: Iterable[Leaf | Branch]) -> str | None:
    """Return what stands between plural forms in one line, None where each has a line of its own."""
    for node in members:
        if isinstance(node, Branch):
            if "\n" in document.text[node.start : node.end]:
                return None
            ends = [(form.start, form.end) for form in node.members.values()]
            if len(ends) > 1:
                return document.text[ends[0][1] : ends[1][0]]
    return ","


def begin(source: Catalogue, language: str) -> Catalogue:
    """Return the empty catalogue of a new language, with the rule of its plurals."""
    rule = _rule(language) or source.header_field(_HEADER) or ""
    found = plurals.gettext_plural(rule)
    empty = Plural(tuple((str(number), "") for number in range(found.count if found else 2)))
    entries = tuple(
        entry._replace(text=empty if isinstance(entry.source, Plural) else "", line=0)
        for entry in source.entries
    )
    return Catalogue(FORMAT.name, entries, language, ((_HEADER, rule),), encoding=source.encoding)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON object has an object of texts, and the rule of their plurals."""
    return (
        path.lower().endswith(".json")
        and _BEGINS.match(head) is not None
        and (b'"pluralForm"' in head or b"_::_" in head)
    )


FORMAT = FormatSpec(
    name="nextcloud",
    title="Nextcloud JSON",
    suffixes=(".json",),
    bilingual=True,
    plurals=PluralKind.GETTEXT,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    begin=begin,
    placeholders=("brace", "printf"),
)
"""The format, as detection and the services know it."""
