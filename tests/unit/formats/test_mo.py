"""Compiled gettext catalogues."""

from __future__ import annotations

import gettext
import io
import struct
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import Plural
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.mo import compile_mo, parse_mo
from dpg_l10n.formats.po import parse
from tests.support.gettext_tools import msgfmt, require_gettext, run

SAMPLE = (Path(__file__).parents[2] / "data" / "po" / "everything.po").read_bytes()
HEADER = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_the_bytes_are_those_of_msgfmt() -> None:
    require_gettext()
    assert compile_mo(parse(SAMPLE)) == msgfmt(SAMPLE)


def test_fuzzy_messages_are_compiled_when_asked_for() -> None:
    require_gettext()
    assert compile_mo(parse(SAMPLE), include_fuzzy=True) == msgfmt(SAMPLE, "--use-fuzzy")


def test_programs_find_texts_contexts_and_plurals() -> None:
    found = gettext.GNUTranslations(io.BytesIO(compile_mo(parse(SAMPLE), include_fuzzy=True)))
    assert found.gettext("Welcome") == "Willkommen"
    assert found.pgettext("menu", "%(count)s people") == "%(count)s Patienten"
    assert found.ngettext("One form", "%d forms", 2) == "%d Formulare"


def test_a_fuzzy_message_is_left_out() -> None:
    found = gettext.GNUTranslations(io.BytesIO(compile_mo(parse(SAMPLE))))
    assert found.pgettext("menu", "%(count)s people") == "%(count)s people"


def test_a_plural_without_its_first_text_is_left_out() -> None:
    data = HEADER + b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] "c"\n'
    assert parse_mo(compile_mo(parse(data))).entries == ()


def test_a_catalogue_in_another_charset_is_compiled_to_utf_8() -> None:
    data = HEADER.replace(b"UTF-8", b"ISO-8859-1") + b'msgid "a"\nmsgstr "\xe9"\n'
    compiled = parse_mo(compile_mo(parse(data)))
    assert compiled.entries[0].text == "é"
    assert compiled.header == (("Content-Type", "text/plain; charset=UTF-8"),)


def test_the_creation_date_of_the_template_is_left_out() -> None:
    catalogue = Catalogue("po", (), header=(("POT-Creation-Date", "2026"), ("Language", "de")))
    assert parse_mo(compile_mo(catalogue)).header == (("Language", "de"),)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", Plural((("0", "a\0b"),))])
def test_a_text_that_cannot_be_compiled_is_refused(text: str | Plural) -> None:
    with pytest.raises(FormatError) as caught:
        compile_mo(Catalogue("po", (Entry("a", text, "a"),)))
    assert caught.value.error_code == "format.text"


def test_what_is_compiled_is_read_again() -> None:
    compiled = parse_mo(compile_mo(parse(SAMPLE), include_fuzzy=True))
    said = {
        entry.key: (entry.text, entry.source, entry.context)
        for entry in parse(SAMPLE).entries
        if entry.text
    }
    assert {e.key: (e.text, e.source, e.context) for e in compiled.entries} == said
    assert compiled.language == "de"


def test_what_polib_and_msgfmt_compile_is_read() -> None:
    source = HEADER + b'msgid "a"\nmsgstr "b"\n'
    compiled = [polib.pofile(source.decode()).to_binary(), compile_mo(parse(source))]
    assert {parse_mo(data).entries for data in compiled} == {(Entry("a", "b", "a"),)}


def test_the_other_byte_order_is_read() -> None:
    data = struct.pack(">7I4I", 0x950412DE, 0, 1, 28, 36, 0, 44, 1, 44, 1, 46) + b"a\0b\0"
    assert parse_mo(data).entries == (Entry("a", "b", "a"),)


def test_a_message_twice_is_refused() -> None:
    data = (
        struct.pack("<7I8I", 0x950412DE, 0, 2, 28, 44, 0, 60, 1, 60, 1, 60, 1, 60, 1, 60) + b"a\0"
    )
    with pytest.raises(FormatError) as caught:
        parse_mo(data)
    assert caught.value.error_code == "format.duplicate"


def test_bytes_of_another_charset_are_refused() -> None:
    data = struct.pack("<7I4I", 0x950412DE, 0, 1, 28, 36, 0, 44, 1, 44, 1, 46) + b"a\0\xe9\0"
    with pytest.raises(FormatError) as caught:
        parse_mo(data)
    assert caught.value.error_code == "format.encoding"


@pytest.mark.parametrize("size", [0, 3, 27, 40, -1])
def test_a_catalogue_that_is_cut_off_is_refused(size: int) -> None:
    with pytest.raises(FormatError) as caught:
        parse_mo(compile_mo(parse(SAMPLE))[:size])
    assert caught.value.error_code == "format.syntax"


@settings(max_examples=200)
@given(st.binary(max_size=200), st.binary(max_size=8))
def test_any_bytes_end_in_a_catalogue_or_a_format_error(data: bytes, start: bytes) -> None:
    for head in (b"", b"\xde\x12\x04\x95" + start):
        try:
            parse_mo(head + data)
        except FormatError as fault:
            known = fault.error_code
            assert known.startswith("format.")


def test_msgunfmt_reads_what_we_compile() -> None:
    require_gettext()
    catalogue = replace(parse(SAMPLE), obsolete=())
    done = run("msgunfmt", compile_mo(catalogue, include_fuzzy=True))
    assert {(e.key, e.text) for e in parse(done.stdout).entries} == {
        (e.key, e.text) for e in catalogue.entries if e.text
    }
