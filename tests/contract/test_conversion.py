"""What conversion between any two formats promises, over the samples of every format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.domain.message import Text, is_blank
from dpg_l10n.domain.plural_meaning import Rule, differs, from_icu
from dpg_l10n.errors import FormatError, UsageError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.conversion import ConvertOptions, ConvertReport, InputFile, Loss, convert
from dpg_l10n.services.conversion.content import Content
from dpg_l10n.services.conversion.convert import gather
from dpg_l10n.services.conversion.places import matching

_DATA = Path(__file__).parents[1] / "data"
_BOUND = frozenset({"srt", "webvtt", "h5p", "dhis2", "datapackage", "xlsform", "markdown", "html"})
"""Formats whose files are more than texts: another file of theirs gives the rest."""
_Files = dict[str, bytes]


def _samples(name: str) -> Iterator[tuple[str, bytes]]:
    form = FORMATS[name]
    for path in sorted((_DATA / name).rglob("*")):
        if path.name.lower().endswith(form.suffixes) and path.name != "README.md":
            data = path.read_bytes()
            try:
                form.parse(data)
            except FormatError:
                continue
            yield str(path.relative_to(_DATA)), data


_SAMPLES = [pytest.param(FORMATS[n], d, id=p) for n in FORMATS.names() for p, d in _samples(n)]
_FREE = [FORMATS[name] for name in FORMATS.names() if name not in _BOUND]


class _Step:
    """Files in memory, and the way from those of one format to those of another."""

    def __init__(self, form: FormatSpec, files: _Files, inputs: list[InputFile]) -> None:
        self.form = form
        self.files = files
        self.inputs = inputs
        self.options = ConvertOptions(from_format=form.name, source_language="en")

    def content(self) -> Content:
        return gather(self.inputs, self.files.__getitem__, self.options)

    def to(self, form: FormatSpec, template: bytes | None) -> tuple[_Step, ConvertReport]:
        made: _Files = {}
        several = "all" if form.multilingual else "{language}"
        asked = ConvertOptions(
            from_format=self.form.name, to_format=form.name, source_language="en",
            examples=100_000, template="template" if template is not None else None,
        )  # fmt: skip
        files = {**self.files, "template": template or b""}
        report = convert(
            self.inputs,
            several,
            files.__getitem__,
            lambda path, data: made.update({path: data}),
            asked,
        )
        inputs = [InputFile("all")] if form.multilingual else matching(several, list(made))
        return _Step(form, made, inputs), report


def _all(report: ConvertReport) -> list[Loss]:
    return [loss for each in report.losses for loss in each.examples]


def _begin(form: FormatSpec, data: bytes) -> _Step:
    language = "fr" if form.bilingual else "en"
    return _Step(form, {"given": data}, [InputFile("given", language)])


@pytest.mark.parametrize(("form", "data"), _SAMPLES)
def test_there_and_back_keeps_what_no_report_of_a_loss_names(form: FormatSpec, data: bytes) -> None:
    begun = _begin(form, data)
    before = begun.content()
    broken = []
    for other in _FREE:
        try:
            there, first = begun.to(other, None)
        except FormatError as refused:
            broken.append(f"{other.name}: {refused}")
            continue
        renamed = any(loss.kind == "key" for loss in _all(first))
        if form.name in _BOUND and renamed:
            continue  # the report names the keys without which there is no way back
        back, second = there.to(form, data if form.name in _BOUND else None)
        broken += [
            f"{other.name}: {problem}"
            for problem in _broken(before, back.content(), _all(first), _all(second))
        ]
    assert broken == []


class _Told:
    """What two reports say of one message on its way there and back."""

    def __init__(self, unit: Entry, first: list[Loss], second: list[Loss]) -> None:
        there = {loss.key: loss.new_key for loss in first if loss.kind == "key"}
        back = {loss.key: loss.new_key for loss in second if loss.kind == "key"}
        between = there.get(unit.key, unit.key)
        self.key = back.get(between, between)
        self._losses = {
            (loss.kind, loss.language)
            for losses, key in ((first, unit.key), (second, between))
            for loss in losses
            if loss.key == key
        }

    def of(self, kinds: str, language: str | None = None) -> bool:
        return any((k, tag) in self._losses for k in kinds.split() for tag in (None, language))


def _broken(
    before: Content, after: Content, first: list[Loss], second: list[Loss]
) -> Iterator[str]:
    """Yield what two contents do not share and no report says."""
    gone = {loss.language for loss in (*first, *second) if loss.kind == "language"}
    units = {unit.key: unit for unit in after.units}
    for unit in before.units:
        told = _Told(unit, first, second)
        if is_blank(unit.text) or told.of("message source"):
            continue
        found = units.get(told.key)
        if found is None:
            yield f"{unit.key!r} is gone"
            continue
        yield from _broken_fields(unit, found, told)
        for tag in before.translations.keys() - gone:
            if not told.of("message text plural state", tag):
                yield from _broken_text(before, after, tag, unit, found)


def _broken_fields(unit: Entry, found: Entry, told: _Told) -> Iterator[str]:
    for field, kinds in (("notes", "notes"), ("context", "context key"), ("max_chars", "length")):
        old, new = getattr(unit, field), getattr(found, field)
        if old and str(old).split() != str(new).split() and not told.of(kinds):
            yield f"{unit.key!r}: {field} {old!r} became {new!r}"
    rule = Rule("en")
    if not told.of("text plural") and _differ(unit.text, rule, found.text, rule):
        yield f"{unit.key!r}: {unit.text!r} became {found.text!r}"


def _broken_text(
    before: Content, after: Content, tag: str, unit: Entry, found: Entry
) -> Iterator[str]:
    said, texts = before.translations[tag], after.translations.get(tag)
    entry = said.entries.get(unit.key)
    if entry is None or is_blank(entry.text):
        return
    now = texts.entries.get(found.key) if texts else None
    if now is None or texts is None:
        yield f"{unit.key!r}: nothing in {tag}"
    elif _differ(entry.text, said.rule, now.text, texts.rule):
        yield f"{unit.key!r}, {tag}: {entry.text!r} became {now.text!r}"
    elif (FUZZY in entry.flags) is not (FUZZY in now.flags):
        yield f"{unit.key!r}, {tag}: flags {set(entry.flags)} became {set(now.flags)}"


def _differ(before: Text, rule: Rule, after: Text, after_rule: Rule) -> bool:
    meant = [
        (from_icu(text) or text) if isinstance(text, str) else text for text in (before, after)
    ]
    return differs(meant[0], rule, meant[1], after_rule) is not None


def test_every_format_but_those_of_whole_documents_is_written_from_texts_alone() -> None:
    content = b'{"greeting": "Hello {name}", "farewell": "Good bye"}'
    for form in _FREE:
        step = _Step(FORMATS["json"], {"en": content}, [InputFile("en", "en")])
        there, report = step.to(form, None)
        assert [file.units for file in report.files] == [2], form.name
        assert len(there.content().units) == 2
    for name in _BOUND - {"srt", "webvtt", "h5p"}:
        step = _Step(FORMATS["json"], {"en": content}, [InputFile("en", "en")])
        with pytest.raises(UsageError) as caught:
            step.to(FORMATS[name], None)
        assert caught.value.error_code == "convert.template"
