from __future__ import annotations

import pytest

from dpg_l10n.domain.memory import Asker, Recalled, serves
from dpg_l10n.domain.states import State

_BEST = Recalled(
    1, "Save", "Hifadhi", "sw", State.REVIEWED, "MIT", project="clinic", context="menu"
)  # fmt: skip
_ASKER = Asker("sw", "clinic", "MIT", "menu")


@pytest.mark.parametrize(
    "other",
    [
        _BEST._replace(context="door"),
        _BEST._replace(project="other"),
        _BEST._replace(state=State.TRANSLATED),
        _BEST._replace(language="sw-KE"),
        _BEST._replace(project="", memory="terms.tmx"),
    ],
    ids=["context", "project", "state", "region", "file"],
)
def test_what_is_nearer_to_who_asks_is_worth_more(other: Recalled) -> None:
    assert _ASKER.worth(_BEST, 0.8) > _ASKER.worth(other, 0.8)


def test_another_family_of_licences_is_worth_less() -> None:
    own, permissive = (_BEST._replace(project="x", licence=name) for name in ("GPL-3.0", "MIT"))
    asker = Asker("sw", "clinic", "AGPL-3.0-only")
    assert asker.worth(own, 0.8) > asker.worth(permissive, 0.8)


def test_nobody_in_particular_sees_no_text_of_unknown_licence() -> None:
    nameless = _BEST._replace(project="", memory="found.tmx", licence=None)
    assert not Asker("sw").may_see(nameless)
    assert not _ASKER.may_see(nameless)
    assert _ASKER.may_see(_BEST._replace(licence=None))


@pytest.mark.parametrize(
    ("tag", "language", "does"),
    [
        ("pt", "pt-BR", True), ("pt-PT", "pt-BR", True), ("uz-Cyrl", "uz-Latn", False),
        ("es", "pt", False), ("zh-TW", "zh-CN", False), ("sw", "sw", True),
    ],
)  # fmt: skip
def test_regions_of_a_language_serve_one_another_and_scripts_do_not(
    tag: str, language: str, does: bool
) -> None:
    assert serves(tag, language) is does
