from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.json_texts import FORMAT, parse, serialize

DATA = """\
{
    "Log in": "Connexion",
    "Hello. How are you?": "Bonjour. Ça va\u202f?",
    "count": 3,
    "What next?": ""
}
""".encode()


def test_a_key_is_the_source_of_its_value() -> None:
    assert [(e.key, e.source, e.text, e.line) for e in parse(DATA).entries] == [
        ("Log in", "Log in", "Connexion", 2),
        ("Hello. How are you?", "Hello. How are you?", "Bonjour. Ça va\u202f?", 3),
        ("What next?", "What next?", "", 5),
    ]


def test_what_has_no_translation_is_left_out_unless_the_file_has_it() -> None:
    entries = (*parse(DATA).entries, Entry("Save", "", "Save"), Entry("Stop it", "Arrêter", "x"))
    written = serialize(Catalogue(FORMAT.name, entries), DATA)
    assert written == DATA.replace(b': ""\n', ': "",\n    "Stop it": "Arrêter"\n'.encode())


def test_a_new_file_is_indented_as_laravel_does() -> None:
    entries = (Entry("A b.", "c", "A b."), Entry("D", "", "D"))
    assert serialize(Catalogue(FORMAT.name, entries, "fr")) == b'{\n    "A b.": "c"\n}\n'


@pytest.mark.parametrize(
    "data", [b'{"a": "x",\n"menu": {"Open it": "y"}}', b'{"a": 1,\n"b": ["y"]}']
)
def test_texts_inside_others_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        parse(data)
    assert (caught.value.error_code, caught.value.line) == ("format.structure", 2)


def test_no_file_is_of_this_format_by_itself() -> None:
    assert not FORMAT.sniff("lang/fr.json", DATA)
