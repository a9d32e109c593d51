"""``dpg-l10n extract`` and ``dpg-l10n pseudo`` as a person uses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.domain.message import Plural, plain
from dpg_l10n.formats import FORMATS
from tests.support.console import Console, console_in

_JS = """\
// NOTE: On the button.
const a = gettext("Save"), b = ngettext("%s file", "%s files", n), c = pgettext("menu", "Open");
"""
_PAGE = '<p>{% trans %}Hello {{ name }}{% endtrans %} {{ _("Save") }}</p>\n'


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    return console_in(tmp_path, monkeypatch, capsys)


def _entries(console: Console, path: str = "app.pot") -> dict[str, Entry]:
    return FORMATS["po"].parse(console.files()[path]).by_key()


def test_messages_of_code_and_templates_become_one_template_with_places(console: Console) -> None:
    console.write(
        {"src/a.js": _JS, "src/b.py": 'x = _("Save") + _("{n} left")\n', "src/c.html": _PAGE}
    )
    ran = console("extract", "src", "-o", "app.pot")
    assert ran.code == 0
    found = _entries(console)
    assert set(found) == {"Save", "%s file", "menu\x04Open", "{n} left", "Hello %(name)s"}
    assert found["Save"].locations.split() == ["src/a.js:2", "src/b.py:1", "src/c.html:1"]
    assert found["Save"].notes == "On the button."
    assert found["%s file"].source == Plural.of(one="%s file", other="%s files")
    assert "python-brace-format" in found["{n} left"].flags


def test_equal_code_gives_equal_bytes_and_the_own_header_stays(console: Console) -> None:
    header = 'msgid ""\nmsgstr ""\n"Project-Id-Version: clinic\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    console.write({"a.py": '_("Save")\n_("Open")\n', "app.pot": f"# Ours.\n{header}"})
    assert console("extract", "a.py", "-o", "app.pot").code == 0
    first = console.files()["app.pot"]
    assert first.startswith(f"# Ours.\n{header}".encode())
    assert console("extract", "a.py", "-o", "app.pot", "--check").code == 0
    assert console.files()["app.pot"] == first
    console.write({"a.py": '_("Save")\n'})
    assert console("extract", "a.py", "-o", "app.pot", "--check").code == 1
    assert console.files()["app.pot"] == first
    assert console("extract", "a.py", "-o", "app.pot", "--json").json["removed"] == 1
    assert set(_entries(console)) == {"Save"}


def test_what_nothing_reads_is_counted_and_named(console: Console) -> None:
    console.write({
        "a.py": '_("Save")\n', "b.vue": "<p/>", "c.vue": "<p/>",
        "d.html": '{% load i18n %}{% trans "x" %}', "plain.html": "<p>Words</p>",
    })  # fmt: skip
    report = console("extract", ".", "-o", "app.pot", "--json").json
    assert {each["kind"]: each["files"] for each in report["unread"]} == {
        "Vue": 2, "Django template": 1,
    }  # fmt: skip
    assert report["files"] == 1


def test_code_that_cannot_be_read_stops_it_unless_told_to_go_on(console: Console) -> None:
    console.write({"a.py": '_("Save")\n', "bad.html": "{% trans %}{{ x"})
    ran = console("extract", ".", "-o", "app.pot")
    assert (ran.code, "bad.html:1" in ran.err) == (2, True)
    assert "app.pot" not in console.files()
    assert console("extract", ".", "-o", "app.pot", "--keep-going").code == 0
    assert set(_entries(console)) == {"Save"}


def test_further_functions_and_comments_are_named(console: Console) -> None:
    console.write({"a.py": '# For you: short\ntr("menu", "Open")\n'})
    ran = console("extract", "a.py", "-o", "app.pot", "-k", "tr:1c,2", "-c", "For you:")
    assert ran.code == 0
    assert _entries(console)["menu\x04Open"].notes == "short"
    assert console("extract", "a.py", "-o", "app.pot", "-k", "tr:x").code == 2
    console.write({"only.txt": "words"})
    assert "input.code" in console("extract", "only.txt", "-o", "new.pot").err


def test_a_pseudo_translation_has_the_format_and_the_placeholders_of_its_source(
    console: Console,
) -> None:
    source = '{\n  "a": "Save {name}",\n  "n": "{n, plural, one {# file} other {# files}}"\n}\n'
    console.write({"en.json": source})
    assert console("pseudo", "en.json", "en-XA.json", "--expansion", "0").code == 0
    said = FORMATS["json"].parse(console.files()["en-XA.json"]).by_key()
    assert said["a"].text == "⟦Šåṽé {name}⟧"
    assert said["n"].text == "{n, plural, one {⟦# ƒîļé⟧} other {⟦# ƒîļéš⟧}}"
    assert console("pseudo", "en.json", "en-XA.json").code == 2
    assert console("pseudo", "en.json", "en-XA.json", "--force").code == 0
    longer = FORMATS["json"].parse(console.files()["en-XA.json"]).by_key()
    assert str(longer["a"].text).endswith("··⟧")


def test_words_are_turned_round_for_right_to_left(console: Console) -> None:
    console.write({"en.json": '{"a": "Save %s"}'})
    assert console("pseudo", "en.json", "ar-XB.json", "--rtl", "--expansion", "0").code == 0
    said = FORMATS["json"].parse(console.files()["ar-XB.json"]).by_key()["a"].text
    assert said == "⟦\u200f\u202eSave\u202c\u200f %s⟧"


def test_a_text_that_the_format_holds_in_no_other_way_stays(console: Console) -> None:
    console.write({"en.ftl": "a = Save\nb = { $n ->\n    [one] A file\n   *[other] Files\n}\n"})
    ran = console("pseudo", "en.ftl", "en-XA.ftl", "--json")
    assert (ran.code, ran.json["kept"]) == (0, ["b"])
    assert "[one] A file" in console.files()["en-XA.ftl"].decode()


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_format_has_a_pseudo_translation(console: Console, name: str) -> None:
    form = FORMATS[name]
    data = Path(__file__).parents[1] / "data" / name
    sample = next(
        path for path in sorted(data.rglob("*"))
        if path.name.lower().endswith(form.suffixes) and path.name != "README.md"
        and "broken" not in path.name
    )  # fmt: skip
    ran = console("pseudo", sample, "out", "--format", name, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["units"] > len(ran.json["kept"])
    written = console.files()["out"]
    said = form.parse(written)
    if form.multilingual is not None:
        name = next(n for n in form.multilingual.languages(written) if n.endswith("XA"))
        said = form.multilingual.parse(written, name)
    assert any("⟦" in plain(entry.text) for entry in said.entries)
