"""What a converted file does not say any more, found by reading it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dpg_l10n.domain.catalogue import CONTEXT_SEPARATOR, FUZZY, REVIEWED, Entry
from dpg_l10n.domain.message import Plural, Text, is_blank, texts
from dpg_l10n.domain.placeholders import find, icu, kinds_for
from dpg_l10n.domain.plural_meaning import Rule, differs, exact_numbers, from_icu, says
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.services.conversion.content import Content, Said, context_of
from dpg_l10n.services.conversion.making import Part, Restyle, Written
from dpg_l10n.services.conversion.shapes import has_icu

KINDS = {
    "message": "messages that the file does not hold",
    "text": "texts that read differently",
    "source": "source texts",
    "language": "languages",
    "plural": "plural variants",
    "placeholder": "placeholders that this format does not have, kept as they are",
    "markup": "markup that this format does not have, kept as it is",
    "key": "keys that had to change",
    "state": "states (fuzzy, reviewed)",
    "previous": "previous source texts",
    "context": "contexts",
    "notes": "notes for translators",
    "location": "places in the code",
    "length": "length limits",
    "flag": "other flags",
    "obsolete": "obsolete messages",
    "header": "header fields",
}
"""Kinds of loss, in the order of their weight, with words for people."""
_MARKUP = frozenset({"inline", "numbered", "link", "code", "element"})
_OWN_FIELDS = frozenset({
    "mime-version", "content-type", "content-transfer-encoding", "language", "plural-forms",
    "source-language",
})  # fmt: skip
"""Header fields that say what every file says in its own way."""
_EXAMPLE = 60


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that has no place in the written file."""

    kind: str
    key: str
    """Of the message; empty where the file as a whole is meant."""
    detail: str
    language: str | None = None
    new_key: str = ""
    """The key that the message has now, where that is the loss."""


@dataclass(frozen=True, slots=True)
class _Asked:
    content: Content
    form: FormatSpec
    restyle: Restyle


def losses(
    content: Content, form: FormatSpec, written: Sequence[Written], restyle: Restyle
) -> list[Loss]:
    """Return everything that was read and cannot be read again.

    Args:
        content: What was read.
        form: Format that was written.
        written: The files: one for each language, or one for all.
        restyle: What was done to each text before it was written.
    """
    asked = _Asked(content, form, restyle)
    found: list[Loss] = []
    for each in written:
        for part in each.parts:
            found += _of_part(asked, each, part)
    parts = [part for each in written for part in each.parts]
    found += _of_files(asked, parts)
    order = list(KINDS)
    return sorted(dict.fromkeys(found), key=lambda loss: order.index(loss.kind))


def _of_part(asked: _Asked, written: Written, part: Part) -> Iterator[Loss]:
    said = asked.content.translations.get(part.language) if part.language else None
    for unit in asked.content.units:
        yield from _of_unit(asked, written, part, said, unit)
    if said is not None:
        units = {unit.key for unit in asked.content.units}
        for key, entry in said.entries.items():
            if key not in units and key not in part.found and not is_blank(entry.text):
                yield Loss("message", key, "its source is not known", part.language)


def _of_unit(
    asked: _Asked, written: Written, part: Part, said: Said | None, unit: Entry
) -> Iterator[Loss]:
    old = said.entries.get(unit.key) if said is not None else None
    is_said = old is not None and not is_blank(old.text)
    found = part.found.get(unit.key)
    key, language = unit.key, part.language
    if key in written.unmarked:
        why = "left out: it needs work, which this format cannot say"
        if asked.form.bilingual:  # with its translation goes its source
            yield Loss("message", key, why)
        else:
            yield Loss("state", key, why, language)
        return
    if found is None:
        alone = said is not None and not asked.form.bilingual
        if is_said or not (alone or is_blank(unit.text)):
            why = written.refused.get(key, "it is not in the file")
            yield Loss("message", key, why, language if alone else None)
        return
    source_rule = Rule(asked.content.source_language)
    if said is None or asked.form.bilingual:
        after = found.source if asked.form.bilingual else found.text
        pair = asked.form.bilingual and asked.form.plurals is PluralKind.GETTEXT
        rule = Rule("en") if pair else source_rule
        yield from _of_text(asked, unit, unit.text, source_rule, after or "", rule, None)
    if said is not None and old is not None and is_said:
        yield from _of_text(asked, unit, old.text, said.rule, found.text, part.rule, language)
        yield from _of_state(old, found, key, language)
    if asked.form.multilingual is None or said is None:
        yield from _of_fields(asked, unit, found)


def _of_text(
    asked: _Asked, unit: Entry, before: Text, rule: Rule, after: Text, after_rule: Rule,
    language: str | None,
) -> Iterator[Loss]:  # fmt: skip
    before = asked.restyle(before)
    meant, read = _meant(before), _meant(after)
    number = differs(meant, rule, read, after_rule)
    if number is not None:
        several = isinstance(meant, Plural) or isinstance(read, Plural)
        told = _short(says(meant, number, rule)), _short(says(read, number, after_rule))
        detail = f"“{told[0]}” became “{told[1]}”"
        yield Loss(
            "plural" if several else "text",
            unit.key,
            f"of {number}: {detail}" if several else detail,
            language,
        )
    elif isinstance(after, str) and icu.START.search(after) and not has_icu(asked.form):
        yield Loss("plural", unit.key, f"stays an ICU message: “{_short(after)}”", language)
    yield from _of_syntax(asked, unit, after, language)


def _meant(text: Text) -> Text:
    if isinstance(text, Plural) or exact_numbers(text):
        return text
    return from_icu(text) or text


def _of_syntax(asked: _Asked, unit: Entry, after: Text, language: str | None) -> Iterator[Loss]:
    """Say which placeholders mean nothing to a reader of the format."""
    before = asked.content.form
    if before.name == asked.form.name:
        return
    kinds = kinds_for(before.name, unit.flags) | frozenset(before.placeholders)
    theirs = kinds_for(asked.form.name) | frozenset(asked.form.placeholders)
    known = frozenset(asked.form.placeholders) or theirs
    for text in texts(after):
        for each in find(text, kinds | theirs):
            if each.kind in _MARKUP and each.kind not in theirs:
                yield Loss("markup", unit.key, each.text, language)
            elif (
                each.kind in kinds - _MARKUP and each.kind in _ARGUMENTS and each.kind not in known
            ):
                yield Loss("placeholder", unit.key, each.text, language)


_ARGUMENTS = frozenset({
    "printf", "python", "ruby", "arg", "qt", "webextension", "mediawiki", "i18next", "dollar",
    "mustache", "moodle", "fluent", "brace", "vue", "at", "h5p", "laravel", "drupal", "hash",
    "hashed", "angular",
})  # fmt: skip
"""Kinds that a program puts a value in the place of."""


def _of_state(old: Entry, found: Entry, key: str, language: str | None) -> Iterator[Loss]:
    for flag in (FUZZY, REVIEWED):
        if flag in old.flags and flag not in found.flags:
            yield Loss("state", key, f"{flag}: the mark has no place", language)
    if old.previous is not None and found.previous != old.previous:
        yield Loss("previous", key, "the source text that it was made for", language)


def _of_fields(asked: _Asked, unit: Entry, found: Entry) -> Iterator[Loss]:
    carried = unit.context in (context_of(unit), unit.key)
    if found.key != unit.key:
        yield Loss(
            "key", unit.key, f"“{_short(unit.key)}” became “{_short(found.key)}”", None, found.key
        )
        carried = False
    if unit.context and found.context != unit.context and not carried:
        yield Loss("context", unit.key, _short(unit.context))
    if unit.notes and _words(found.notes) != _words(unit.notes):
        yield Loss("notes", unit.key, _short(unit.notes))
    if unit.locations and _words(found.locations) != _words(unit.locations):
        yield Loss("location", unit.key, _short(unit.locations))
    if unit.max_chars is not None and found.max_chars != unit.max_chars:
        yield Loss("length", unit.key, f"at most {unit.max_chars} characters")
    for flag in sorted(unit.flags - found.flags - {FUZZY, REVIEWED}):
        yield Loss("flag", unit.key, flag)


def _of_files(asked: _Asked, parts: Sequence[Part]) -> Iterator[Loss]:
    content, form = asked.content, asked.form
    languages = {part.language for part in parts}
    for tag, said in content.translations.items():
        if tag not in languages:
            count = sum(not is_blank(entry.text) for entry in said.entries.values())
            if count:
                yield Loss("language", "", f"{tag}, {count} texts", tag)
        if said.obsolete and form.name != content.form.name:
            yield from (
                Loss("obsolete", entry.key.replace(CONTEXT_SEPARATOR, "|"), "", tag)
                for entry in said.obsolete
            )
    if not form.bilingual and None not in languages:
        for unit in content.units:
            if not is_blank(unit.text):
                yield Loss(
                    "source", unit.key, _short(says(unit.text, 1000, Rule(content.source_language)))
                )
    kept = {name.lower() for part in parts for name, _ in part.header}
    headers = [content.header, *(said.header for said in content.translations.values())]
    for name, value in _once(pair for header in headers for pair in header):
        if name.lower() not in kept | _OWN_FIELDS:
            yield Loss("header", "", f"{name}: {_short(value)}")


def _once(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return dict.fromkeys(pairs)


def _words(text: str) -> list[str]:
    return text.split()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXAMPLE else f"{line[:_EXAMPLE]}…"
