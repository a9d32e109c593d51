"""Tests of which language a draft is in."""

from __future__ import annotations

import pytest

from dpg_l10n.services.drafting.spoken import strays


@pytest.mark.parametrize(
    ("text", "target", "strayed"),
    [
        ("Guarde los cambios antes de cerrar el formulario", "es", False),
        ("Guarde los cambios antes de cerrar el formulario", "es-419", False),
        ("Guarde las alterações antes de fechar o formulário", "es", True),
        ("Guarde las alterações antes de fechar o formulário", "pt-BR", False),
        ("Enregistrez vos modifications avant de fermer le formulaire", "es", True),
        ("Hifadhi mabadiliko kabla ya kufunga fomu hii", "sw", False),
        ("Hifadhi mabadiliko kabla ya kufunga fomu hii", "so", True),
        ("फारम बन्द गर्नु अघि परिवर्तनहरू बचत गर्नुहोस्", "ne", False),
        ("फ़ॉर्म बंद करने से पहले परिवर्तन सहेजें", "ne", True),
        ("Збережіть зміни, перш ніж закрити форму", "ru", True),
    ],
)
def test_a_text_in_another_language_is_told(text: str, target: str, strayed: bool) -> None:
    assert strays(text, target) is strayed


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Fechar a janela", "es"),  # too short to say
        ("Spremite promjene prije zatvaranja obrasca", "sr"),  # nobody tells these apart by words
        ("Lagre endringene før du lukker skjemaet", "da"),
        ("Guarde los cambios antes de cerrar el formulario", "qya"),  # a language nobody taught it
        ("Guarde los cambios antes de cerrar el formulario", "uz-Cyrl"),
    ],
)
def test_in_doubt_a_text_is_in_the_language_that_was_asked_for(text: str, target: str) -> None:
    assert not strays(text, target)
