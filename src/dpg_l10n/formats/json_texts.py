"""JSON whose keys are the source texts, as Laravel has it (``docs/formats/json-texts.md``).

https://laravel.com/docs/localization#using-translation-strings-as-keys
"""

from __future__ import annotations

from dpg_l10n.domain.catalogue import NO_FLAGS, Catalogue, Entry
from dpg_l10n.domain.message import plain
from dpg_l10n.errors import FormatError
from dpg_l10n.formats._json import Document, Layout, glance, retouched, template_of, write
from dpg_l10n.formats._text import place
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_

_REST = Entry("", "")[3:-1]
"""Fields of an entry between its source and its line."""
_EMPTY = b'{\n    "": ""\n}\n'
"""A member that goes shows how the new ones are laid out: Laravel indents by four spaces."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every member of a JSON object: its key is the source, its value the translation.

    Args:
        data: The whole file.
        source: Not needed: the file holds its own.

    Raises:
        FormatError: The bytes are no JSON object, or a text stands in an object or a list.
    """
    del source
    document = Document.later(data)
    seen = glance(document.text, flat=True)
    if seen is not None:
        new = tuple.__new__  # a third of the time of the class's own constructor
        found = tuple([new(Entry, (e[0], e[1], e[0], *_REST, e[-1])) for e in seen])
        return Catalogue(
            FORMAT.name, found, encoding=document.encoding, layout=Layout(document, found)
        )
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    for key, path, leaf in document.places:
        line += count("\n", at, leaf.start)
        at = leaf.start
        if len(path) > 1:
            raise FormatError(
                N_("“{key}” stands inside another key. Files whose keys are the source texts hold "
                   "texts only; set “source” and the format “json” where keys are names."),
                code="structure", line=place(document.text, leaf.start)[0], key=key,
            )  # fmt: skip
        entries.append(Entry(key, leaf.text or "", key, "", "", "", NO_FLAGS, None, None, line))
    found = tuple(entries)
    return Catalogue(FORMAT.name, found, encoding=document.encoding, layout=Layout(document, found))


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON file with the translations of a catalogue.

    A source text without a translation is left out where the file does not have it: Laravel shows
    the source then, and nothing at all for an empty text. A file of sources alone has all of them.

    Raises:
        FormatError: The template is no JSON object.
    """
    done = retouched(catalogue, template)
    if done is not None:
        return done
    document = template_of(catalogue, template, empty=_EMPTY)
    there = document.root.members
    texts = {entry.key: plain(entry.text) for entry in catalogue.entries}
    alone = not any(texts.values())
    wanted = [((key,), text) for key, text in texts.items() if text or alone or key in there]
    return write(document, wanted)


def sniff(path: str, head: bytes) -> bool:
    """Return False: only that no other file is the source tells these files from other JSON."""
    del path, head
    return False


FORMAT = FormatSpec(
    name="json-texts",
    title="JSON, keys are the source texts",
    suffixes=(".json",),
    bilingual=True,
    plurals=PluralKind.NONE,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("laravel", "brace", "mustache", "printf"),
)
"""The format, as detection and the services know it."""
