"""A glossary with a TBX file for each language, as Weblate keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.console import Console, console_in

FRENCH = (Path(__file__).parents[1] / "data" / "tbx-pairs" / "fr.tbx").read_text()
AMHARIC = """\
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="fever"><langSet xml:lang="en"><tig><term>fever</term></tig></langSet></termEntry>
</body></text></martif>
"""


@pytest.fixture
def console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Console:
    console = console_in(tmp_path, monkeypatch, capsys)
    console.write({"glossary/fr.tbx": FRENCH, "glossary/am.tbx": AMHARIC})
    return console


def test_the_files_of_all_languages_are_one_catalogue(console: Console) -> None:
    assert console("init").code == 0
    written = (console.folder / "dpg-l10n.toml").read_text()
    assert written.count("[[catalogue]]") == 1
    assert 'target = "glossary/{language}.tbx"' in written
    rows = console("coverage", "--format", "json").json["languages"]
    assert {row["language"]: row["units"]["translated"] for row in rows} == {"am": 0, "fr": 2}
    assert {row["units"]["total"] for row in rows} == {3}


def test_terms_are_edited_in_their_own_files(console: Console) -> None:
    console("push")
    report = console("export", "--out", "out", "--json").json
    assert all(each["unchanged"] for each in report["files"])
    for language, text in (("am", "ትኩሳት"), ("so", "qandho")):
        edit = ("review", "edit", "-l", language, "--revision", "0", "--text", text)
        assert console(*edit, "glossary", "fever").code == 0
    console("export", "--out", "out")
    files = console.files()
    assert files["out/glossary/fr.tbx"] == FRENCH.encode()
    section = '<langSet xml:lang="am"><tig><term>ትኩሳት</term></tig></langSet></termEntry>\n</body>'
    assert files["out/glossary/am.tbx"].decode() == AMHARIC.replace(
        "</termEntry>\n</body>", section
    )
    somali = files["out/glossary/so.tbx"].decode()
    assert "<term>fever</term>" in somali
    assert '<langSec xml:lang="so">' in somali


def test_one_file_is_a_catalogue_of_its_own_where_the_configuration_names_no_other(
    console: Console,
) -> None:
    console.write({"dpg-l10n.toml": '[[catalogue]]\nname = "a"\nsource = "glossary/fr.tbx"\n'})
    (found,) = console("push", "--json").json["catalogues"]
    assert (found["format"], list(found["languages"])) == ("tbx", ["fr"])
