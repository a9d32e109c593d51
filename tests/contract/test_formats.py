"""What every registered format promises, over the samples in ``tests/data/<name>/``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural, Text, is_blank, texts
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec

_DATA = Path(__file__).parents[1] / "data"
_QUIET = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=30
)


def _files(name: str) -> Iterator[Path]:
    suffixes = FORMATS[name].suffixes
    for path in sorted((_DATA / name).rglob("*")):
        if path.is_file() and path.name.lower().endswith(suffixes):
            yield path


def _readable(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the samples that are valid files; broken ones are there for the format's own tests."""
    for path in _files(name):
        data = path.read_bytes()
        try:
            FORMATS[name].parse(data)
        except FormatError:
            continue
        yield str(path.relative_to(_DATA)), data


_NAMES = FORMATS.names()
_SAMPLES = [
    pytest.param(FORMATS[name], data, id=path) for name in _NAMES for path, data in _readable(name)
]
_FORMATS = [pytest.param(FORMATS[name], id=name) for name in _NAMES]


def _by_hand(catalogue: Catalogue, entries: tuple[Entry, ...] | None = None) -> Catalogue:
    """Return a catalogue as a store makes it: without the layout of its file."""
    return Catalogue(
        catalogue.format, catalogue.entries if entries is None else entries, catalogue.language,
        catalogue.header, catalogue.obsolete, catalogue.encoding,
    )  # fmt: skip


def _variants(spec: FormatSpec, data: bytes) -> Iterator[bytes]:
    """Yield a file with other line ends, byte order mark and end; one that is no text as it is."""
    if spec.binary:
        yield data
        return
    bare = data.removeprefix(b"\xef\xbb\xbf")
    unix = bare.replace(b"\r\n", b"\n")
    yield from (data, b"\xef\xbb\xbf" + bare, unix, unix.replace(b"\n", b"\r\n"))
    yield from (bare.rstrip(b"\r\n"), bare + b"\n\n")


def _said(catalogue: Catalogue) -> dict[str, Text]:
    return {entry.key: entry.text for entry in catalogue.entries}


def _as_source(catalogue: Catalogue) -> Catalogue:
    """Return a source of these messages that says something else, as sources of translations do."""
    texts = {entry.key: _changed(entry.text, " in the source") for entry in catalogue.entries}
    return catalogue.with_texts(texts)


def _changed(text: Text, suffix: str) -> Text:
    if isinstance(text, str):
        return text + suffix
    return Plural(tuple((label, form + suffix) for label, form in text.forms))


@pytest.mark.parametrize("name", _NAMES)
def test_every_format_has_samples_with_texts(name: str) -> None:
    assert any(FORMATS[name].parse(data).entries for _, data in _readable(name))


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
def test_an_unedited_file_comes_back_byte_for_byte(spec: FormatSpec, data: bytes) -> None:
    tried = 0
    for variant in _variants(spec, data):
        try:
            catalogue = spec.parse(variant)
        except FormatError:
            continue  # the format does not allow this variant
        tried += 1
        assert spec.serialize(catalogue, variant) == variant
        assert spec.serialize(_by_hand(catalogue), variant) == variant
    assert tried


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
def test_one_edit_changes_one_entry_and_no_line_of_another(spec: FormatSpec, data: bytes) -> None:
    catalogue = spec.parse(data)
    for entry in catalogue.entries:
        edited = catalogue.with_texts({entry.key: _changed(entry.text, " õ")})
        written = spec.serialize(edited, data)
        again = spec.parse(written, source=_as_source(catalogue))
        assert _said(again) == _said(edited), entry.key
        if spec.binary:
            continue  # no lines: the format's own tests say what of the bytes stays
        before, after = data.split(b"\n"), written.split(b"\n")
        while before and after and before[0] == after[0]:
            del before[0], after[0]
        while before and after and before[-1] == after[-1]:
            del before[-1], after[-1]
        assert len(before) < 12, entry.key


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
def test_an_edit_that_is_undone_says_the_same_as_before(spec: FormatSpec, data: bytes) -> None:
    catalogue = spec.parse(data)
    all_edited = catalogue.with_texts({e.key: _changed(e.text, " x") for e in catalogue.entries})
    written = spec.serialize(all_edited, data)
    back = spec.serialize(_by_hand(catalogue), written)
    assert spec.parse(back).content() == catalogue.content()


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
def test_an_entry_taken_out_takes_no_other_along(spec: FormatSpec, data: bytes) -> None:
    catalogue = spec.parse(data)
    for gone in catalogue.entries:
        rest = tuple(entry for entry in catalogue.entries if entry is not gone)
        left = _said(spec.parse(spec.serialize(_by_hand(catalogue, rest), data)))
        assert is_blank(left.pop(gone.key, None))
        assert left == {entry.key: entry.text for entry in rest}


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
def test_an_entry_put_back_stands_where_it_stood(spec: FormatSpec, data: bytes) -> None:
    catalogue = spec.parse(data)
    for entry in catalogue.entries:
        rest = tuple(other for other in catalogue.entries if other is not entry)
        without = spec.serialize(_by_hand(catalogue, rest), data)
        written = spec.serialize(_by_hand(catalogue), without)
        again = spec.parse(written, source=_as_source(catalogue))
        assert list(_said(again).items()) == list(_said(catalogue).items()), entry.key


_KEYED = [
    param
    for param in _SAMPLES
    if isinstance(param.values[0], FormatSpec)
    and not (param.values[0].multilingual or param.values[0].bilingual)
]


def _begun(spec: FormatSpec, source: Catalogue) -> Catalogue:
    """Return the catalogue that an export begins a new language with."""
    if spec.begin is not None:
        return spec.begin(source, "sw")
    return replace(_by_hand(source, ()), language="sw")


@pytest.mark.parametrize(("spec", "data"), _KEYED)
def test_a_new_language_begins_as_its_source_and_in_its_order(
    spec: FormatSpec, data: bytes
) -> None:
    source = spec.parse(data)
    written = spec.serialize(replace(_begun(spec, source), entries=source.entries), data)
    again = spec.parse(written, source=_as_source(source))
    assert list(_said(again).items()) == list(_said(source).items())


@pytest.mark.parametrize(("spec", "data"), _KEYED)
def test_missing_texts_go_between_those_of_a_translation_as_the_source_has_them(
    spec: FormatSpec, data: bytes
) -> None:
    source = spec.parse(data)
    for some in (source.entries[::2], source.entries[1::2], source.entries[:1]):
        half = spec.serialize(replace(_begun(spec, source), entries=some), data)
        begun = spec.parse(half, source=source)
        written = spec.serialize(replace(begun, entries=source.entries), half)
        again = spec.parse(written, source=_as_source(source))
        assert list(_said(again).items()) == list(_said(source).items())


@pytest.mark.parametrize(("spec", "data"), _KEYED)
def test_a_file_without_any_text_takes_all_of_them(spec: FormatSpec, data: bytes) -> None:
    source = spec.parse(data)
    empty = spec.serialize(replace(_begun(spec, source), entries=()), data)
    begun = spec.parse(empty, source=source)
    written = spec.serialize(replace(begun, entries=source.entries), empty)
    again = spec.parse(written, source=_as_source(source))
    assert _said(again) == _said(source)


_SPECS = [(param, param.values[0]) for param in _SAMPLES]
_BILINGUAL = [param for param, spec in _SPECS if isinstance(spec, FormatSpec) and spec.bilingual]
_MULTILINGUAL = [
    param for param, spec in _SPECS if isinstance(spec, FormatSpec) and spec.multilingual
]


def _filled(entry: Entry) -> Entry:
    """Return an entry with a finished translation, in the shape that its language wants."""
    text = _changed(entry.text, "õ") if isinstance(entry.text, Plural) else f"{len(entry.key)} õ"
    return entry.with_text(text)._replace(flags=entry.flags - {"fuzzy", "reviewed"}, previous=None)


def _translated(spec: FormatSpec, data: bytes) -> tuple[bytes, Catalogue]:
    """Return the complete file of a new language, made from its source, and what it holds."""
    source = spec.parse(data)
    begun = _begun(spec, source)
    made = replace(begun, entries=tuple(map(_filled, begun.entries or source.entries)))
    written = spec.serialize(made, data)
    return written, spec.parse(written)


def _in_crlf(spec: FormatSpec, data: bytes) -> bytes:
    return data if spec.binary else data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.mark.parametrize(("spec", "data"), _BILINGUAL)
def test_missing_units_of_a_bilingual_file_go_where_the_source_has_them(
    spec: FormatSpec, data: bytes
) -> None:
    whole, all_of_them = _translated(spec, _in_crlf(spec, data))
    assert len(all_of_them.entries) == len(spec.parse(data).entries)
    for some in (slice(None, None, 2), slice(1, None, 2), slice(0, 1), slice(0, 0)):
        some_of_them = _by_hand(all_of_them, all_of_them.entries[some])
        half = spec.serialize(some_of_them, whole)
        left = {key: text for key, text in _said(spec.parse(half)).items() if not is_blank(text)}
        assert left == _said(some_of_them)
        complete = replace(spec.parse(half), entries=all_of_them.entries)
        if spec.needs_language:
            complete = replace(complete, language=all_of_them.language)
        written = spec.serialize(complete, half)
        assert list(_said(spec.parse(written)).items()) == list(_said(all_of_them).items())
        if b"\r\n" in half:
            assert written.count(b"\n") == written.count(b"\r\n")


@pytest.mark.parametrize(("spec", "data"), _BILINGUAL)
def test_an_edit_of_a_bilingual_file_that_is_undone_restores_its_bytes(
    spec: FormatSpec, data: bytes
) -> None:
    whole, catalogue = _translated(spec, data)
    for entry in catalogue.entries:
        edited = spec.serialize(catalogue.with_texts({entry.key: _changed(entry.text, "!")}), whole)
        assert edited != whole
        assert spec.serialize(_by_hand(catalogue), edited) == whole, entry.key


def _part(spec: FormatSpec, data: bytes, name: str) -> Catalogue:
    """Return the texts of a language, empty where the file does not have it yet."""
    assert spec.multilingual is not None
    if name in spec.multilingual.languages(data):
        return spec.multilingual.parse(data, name)
    source = spec.parse(data)
    nothing = tuple(entry.with_text("") for entry in source.entries)
    return replace(source, entries=nothing, language=name)


def _everything(spec: FormatSpec, data: bytes, but: str) -> dict[str, dict[str, Text]]:
    """Return what a file says in its source and in every language but one."""
    assert spec.multilingual is not None
    others = [name for name in spec.multilingual.languages(data) if name != but]
    parts = {name: _said(spec.multilingual.parse(data, name)) for name in others}
    return {"": _said(spec.parse(data)), **parts}


@pytest.mark.parametrize(("spec", "data"), _MULTILINGUAL)
def test_texts_that_a_language_lacks_are_added_to_the_file_of_all_and_change_no_other(
    spec: FormatSpec, data: bytes
) -> None:
    assert spec.multilingual is not None
    before = set(spec.multilingual.languages(data))
    for name in sorted(before | {"rw"}):
        begun = _part(spec, data, name)
        wanted = {entry.key: f"{number} õ" for number, entry in enumerate(begun.entries)}
        at_once = spec.serialize(begun.with_texts(wanted), data)
        there = spec.multilingual.languages(at_once)
        spelled = name if name in there else (set(there) - before).pop()
        in_turns = data
        for turn in (1, 0):
            some = {key: text for key, text in wanted.items() if int(text[:-2]) % 2 == turn}
            known = _part(spec, in_turns, name if in_turns == data else spelled)
            in_turns = spec.serialize(known.with_texts(some), in_turns)
        for written in (at_once, in_turns):
            assert _said(_part(spec, written, spelled)) == wanted
            assert _everything(spec, written, spelled) == _everything(spec, data, name)
        if not (spec.binary or spec.name == "dhis2"):  # its lists have no order
            assert at_once == in_turns, name


@pytest.mark.parametrize(("spec", "data"), _MULTILINGUAL)
def test_an_edit_in_the_file_of_all_languages_that_is_undone_restores_what_was(
    spec: FormatSpec, data: bytes
) -> None:
    assert spec.multilingual is not None
    for name in spec.multilingual.languages(data):
        before = _part(spec, data, name)
        for entry in before.entries:
            if is_blank(entry.text):
                continue
            new = _changed(entry.text, " õ")
            edited = spec.serialize(before.with_texts({entry.key: new}), data)
            back = _part(spec, edited, name).with_texts({entry.key: entry.text})
            restored = spec.serialize(back, edited)
            assert _said(_part(spec, restored, name)) == _said(before)
            assert _everything(spec, restored, name) == _everything(spec, data, name)
            is_formula = str(entry.text)[:1] in tuple("=+-@'")  # gets a mark that it lacked
            if not (spec.binary or entry.flags or is_formula):
                assert restored == data, (name, entry.key)


@pytest.mark.parametrize("spec", _FORMATS)
@_QUIET
@given(data=st.binary(max_size=200))
def test_any_bytes_end_in_a_catalogue_or_a_format_error(spec: FormatSpec, data: bytes) -> None:
    _parse_or_refuse(spec, data)


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
@_QUIET
@given(at=st.integers(0, 2000), length=st.integers(0, 20), new=st.binary(max_size=8))
def test_a_damaged_file_ends_in_a_catalogue_or_a_format_error(
    spec: FormatSpec, data: bytes, at: int, length: int, new: bytes
) -> None:
    at %= len(data) + 1
    _parse_or_refuse(spec, data[:at] + new + data[at + length :])


def _parse_or_refuse(spec: FormatSpec, data: bytes) -> None:
    try:
        catalogue = spec.parse(data)
    except FormatError as error:
        refused = error
    else:
        assert spec.serialize(catalogue, data) == data
        return
    assert refused.error_code.startswith("format.")
    assert refused.message_template.format_map(refused.params)  # no field without a value


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
@_QUIET
@given(st.data())
def test_any_texts_can_be_written_and_read_back(
    spec: FormatSpec, data: bytes, draw: st.DataObject
) -> None:
    catalogue = spec.parse(data)
    chosen = draw.draw(st.sampled_from(catalogue.entries))
    count = len(texts(chosen.text))
    new = draw.draw(st.lists(_TEXTS, min_size=count, max_size=count))
    text: Text = new[0]
    if isinstance(chosen.text, Plural):
        text = Plural(tuple(zip(chosen.text.labels, new, strict=True)))
    edited = catalogue.with_texts({chosen.key: text})
    try:
        written = spec.serialize(edited, data)
    except FormatError:
        return  # the format says that it cannot hold this text
    assert _said(spec.parse(written, source=_as_source(catalogue))) == _said(edited)


@pytest.mark.parametrize(("spec", "data"), _SAMPLES)
def test_a_file_written_without_a_template_says_the_same(spec: FormatSpec, data: bytes) -> None:
    catalogue = spec.parse(data)
    if spec.needs_template:
        with pytest.raises(FormatError):
            spec.serialize(_by_hand(catalogue))
        return
    entries = tuple(e._replace(notes="", locations="", line=0) for e in catalogue.entries)
    written = spec.serialize(_by_hand(catalogue, entries))
    again = spec.parse(written, source=_as_source(catalogue))
    assert _said(again) == _said(catalogue)


_KEYS = (
    "",
    "a",
    "a.b",
    "p-1",
    "li-1",
    "h-1",
    "th-1",
    "td0-1",
    "x.q.p-1",
    "meta.-",
    "a\x04b",
    "é [0]",
    "h1",
)


@pytest.mark.parametrize("spec", _FORMATS)
@pytest.mark.parametrize("key", _KEYS)
def test_texts_of_any_keys_are_written_or_refused(spec: FormatSpec, key: str) -> None:
    for text in ("said", Plural.of(one="a", other="b")):
        for entries in ((Entry(key, text),), (Entry(key, text, text), Entry("meta.b", "c", "c"))):
            try:
                written = spec.serialize(Catalogue(spec.name, entries, "fr"))
            except FormatError:
                continue  # the format says that it cannot hold them
            assert isinstance(written, bytes)
