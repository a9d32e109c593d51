"""Convert a file into another format, and say what had no place in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from dpg_l10n.domain.catalogue import NO_FLAGS, Entry
from dpg_l10n.domain.message import Plural, Text, is_blank
from dpg_l10n.domain.paths import PLACEHOLDER, fill, spell
from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.placeholders.restyle import restyle
from dpg_l10n.errors import FormatError, NotFoundError, UsageError
from dpg_l10n.formats.gzipped import named
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.i18n import N_
from dpg_l10n.services.conversion.content import UNKNOWN, Content, read
from dpg_l10n.services.conversion.forms import form_for, form_named, form_of
from dpg_l10n.services.conversion.losses import KINDS, Loss, losses
from dpg_l10n.services.conversion.making import Restyle, Written
from dpg_l10n.services.conversion.request import (
    ConvertedFile,
    ConvertOptions,
    ConvertReport,
    InputFile,
    LossReport,
)
from dpg_l10n.services.conversion.writing import Writer


def convert(
    inputs: Sequence[InputFile],
    output: str,
    fetch: Callable[[str], bytes],
    write: Callable[[str, bytes], None],
    options: ConvertOptions | None = None,
) -> ConvertReport:
    """Write what some files say in another format.

    Args:
        inputs: One file, or the files of several languages of one catalogue.
        output: Path of the new file; with ``{language}`` in it one is written for each language.
        fetch: Returns the bytes of a path.
        write: Takes path and bytes of each new file, after all of them were made.
        options: How it is meant.

    Raises:
        FormatError: A file is no valid one of its format, or nothing can be written in the new one.
        NotFoundError: A format or language is unknown.
        AmbiguousError: The new file's format is not clear.
        UsageError: ``convert.language``, ``convert.source``, ``convert.template``.
    """
    options = options or ConvertOptions()
    content = gather(inputs, fetch, options)
    template = fetch(options.template) if options.template else None
    if options.to_format:
        form = form_named(options.to_format)
    elif options.template and template is not None:
        form = form_of(options.template, template)
    else:
        form = form_for(output, content.form)
    if template is None and (form.needs_template or form.keys_from_text):
        raise _needs_template(form)
    change = _restyler(content, options.placeholders)
    writer = Writer(
        form, content, template=template, keep_unfinished=options.keep_unfinished, restyle=change
    )
    made: list[tuple[str, str | None, Written]] = []
    outputs = _outputs(form, content, output, options)
    writer.name([language for _, language in outputs])
    for path, language in outputs:
        each = writer.write(language)
        if any(part.placed and not part.found for part in each.parts):
            raise _needs_template(form)
        made.append((path, language, replace(each, data=named(path, each.data))))
    for path, _, each in made:
        write(path, each.data)
    found = losses(content, form, [each for _, _, each in made], change)
    return ConvertReport(
        content.form.name, form.name, len(content.units), tuple(content.translations),
        tuple(
            ConvertedFile(path, language, _said(form, each), len(each.data))
            for path, language, each in made
        ),
        grouped(found, options.examples),
    )  # fmt: skip


def grouped(found: Sequence[Loss], examples: int) -> tuple[LossReport, ...]:
    """Return losses by kind, with a few of each."""
    by_kind: dict[str, list[Loss]] = defaultdict(list)
    for loss in found:
        by_kind[loss.kind].append(loss)
    return tuple(
        LossReport(kind, KINDS[kind], len(some), tuple(some[:examples]))
        for kind, some in by_kind.items()
    )


def gather(
    inputs: Sequence[InputFile], fetch: Callable[[str], bytes], options: ConvertOptions
) -> Content:
    """Return what the files of one catalogue say together.

    Raises:
        FormatError: A file is no valid one of its format.
        NotFoundError: No format knows a file.
        UsageError: ``convert.source``: none of several files of keys is the source.
    """
    source = None
    if options.source is not None:
        data = fetch(options.source.path)
        form = form_of(options.source.path, data)
        own = options.source_language or options.source.language
        with _naming(options.source.path):
            source = read(form, data, language=None, source_language=own)
        source = replace(source, units=_as_source(source))
    elif len(inputs) > 1:
        inputs, source = _own_source(inputs, fetch, options)
    contents = [_one(each, fetch, options, source, len(inputs)) for each in inputs]
    first = contents[0]
    units = {unit.key: unit for each in contents for unit in each.units}
    said = {tag: texts for each in contents for tag, texts in each.translations.items()}
    return replace(first, units=tuple(units.values()), translations=said)


def _as_source(content: Content) -> tuple[Entry, ...]:
    """Return the units of a source file; where it is bilingual and says its own texts, those."""
    if len(content.translations) != 1 or content.form.multilingual is not None:
        return content.units
    (said,) = content.translations.values()
    return tuple(
        unit if is_blank(said.entries[unit.key].text)
        else unit._replace(text=said.entries[unit.key].text)
        for unit in content.units
    )  # fmt: skip


def _one(
    each: InputFile,
    fetch: Callable[[str], bytes],
    options: ConvertOptions,
    source: Content | None,
    files: int,
) -> Content:
    data = fetch(each.path)
    form = form_named(options.from_format) if options.from_format else form_of(each.path, data)
    language = each.language
    if files == 1 and options.language and form.multilingual is None:
        language = options.language
    with _naming(each.path):
        return read(
            form, data, language=language, source_language=options.source_language, source=source
        )


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Have faults of a file say which one it is."""
    try:
        yield
    except FormatError as error:
        error.path = error.path or path
        raise


def _own_source(
    inputs: Sequence[InputFile], fetch: Callable[[str], bytes], options: ConvertOptions
) -> tuple[Sequence[InputFile], Content | None]:
    """Return the files that are translations, and the one among them that is their source."""
    first = inputs[0]
    data = fetch(first.path)
    form = form_named(options.from_format) if options.from_format else form_of(first.path, data)
    if form.bilingual or form.multilingual is not None:
        return inputs, None
    wanted = options.source_language or "en"
    own = next((each for each in inputs if each.language == wanted), None)
    if own is None:
        raise UsageError(
            N_(
                "None of the files is in “{language}”. Name the source with --source FILE, or its "
                "language with --source-language."
            ),
            code="convert.source", language=wanted,
        )  # fmt: skip
    with _naming(own.path):
        source = read(form, fetch(own.path), language=None, source_language=wanted)
    return [each for each in inputs if each is not own], source


def _outputs(
    form: FormatSpec, content: Content, output: str, options: ConvertOptions
) -> list[tuple[str, str | None]]:
    """Return path and language of each file that is to be written."""
    tags = list(content.translations)
    wanted = options.language
    if form.multilingual is not None:
        return [(output, None)]
    if PLACEHOLDER not in output:
        return [(output, _only(content, wanted))]
    if not (form.bilingual and tags) and content.source_language != UNKNOWN:
        tags = [content.source_language, *tags]
    if wanted:
        tags = [tag for tag in tags if tag == wanted]
    if not tags:
        raise _no_language(content, wanted or "")
    return [
        (fill(output, spell(tag, (), form.name)), tag if tag in content.translations else None)
        for tag in tags
    ]


def _only(content: Content, wanted: str | None) -> str | None:
    """Return the language that a file of one language is written in, None for the source."""
    tags = tuple(content.translations)
    if wanted in tags or not tags:
        return wanted if wanted in tags else None
    if wanted is not None and wanted != content.source_language:
        raise _no_language(content, wanted)
    if wanted is not None:
        return None
    if len(tags) > 1:
        raise UsageError(
            N_(
                "This file holds {languages}. Choose one with --language, or write all of them: "
                "put {place} into the name of the new file."
            ),
            code="convert.language", languages=", ".join(tags), place=PLACEHOLDER,
        )  # fmt: skip
    return tags[0]


def _no_language(content: Content, wanted: str) -> NotFoundError:
    have = ", ".join((content.source_language, *content.translations))
    return NotFoundError(kind="language", name=wanted, hint=f"The file holds: {have}.")


def _needs_template(form: FormatSpec) -> UsageError:
    return UsageError(
        N_(
            "{format}: a file of this format is more than its texts. Name one whose texts have these "
            "keys with --template FILE, for example the file that the texts came from."
        ),
        code="convert.template", format=form.title,
    )  # fmt: skip


def _restyler(content: Content, style: str | None) -> Restyle:
    if style is None:
        return lambda text: text
    own = kinds_for(content.form.name, NO_FLAGS) | frozenset(content.form.placeholders)
    said = partial(restyle, kinds=own - {"tag", "entity", "url", "email"}, style=style)

    def change(text: Text) -> Text:
        if isinstance(text, str):
            return said(text)
        return Plural(tuple((label, said(form)) for label, form in text.forms))

    return change


def _said(form: FormatSpec, written: Written) -> int:
    """Return how many messages of a file say something; of a template, how many it has."""
    if form.bilingual and written.parts[0].language is None:
        return len(written.parts[0].found)
    said = {k for part in written.parts for k, e in part.found.items() if not is_blank(e.text)}
    return len(said)
