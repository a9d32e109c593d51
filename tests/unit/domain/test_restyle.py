"""Placeholders written as another framework spells them."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.placeholders.restyle import STYLES, restyle

_PO = kinds_for("po")


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("%s of %s", "brace", "{0} of {1}"),
        ("%2$s of %1$d", "brace", "{1} of {0}"),
        ("{0} of {1}", "printf", "%1$s of %2$s"),
        ("{} of {}", "printf", "%1$s of %2$s"),
        ("%(name)s is here", "mustache", "{{name}} is here"),
        ("{{ name }} is here", "python", "%(name)s is here"),
        ("%{name}", "fluent", "{ $name }"),
        ("{ $name }", "dollar", "${name}"),
        ("{$a->name}", "laravel", ":name"),
        ("100%% of %s", "brace", "100% of {0}"),
        ("50% of {name}", "python", "50%% of %(name)s"),
        ("{name}", "brace", "{name}"),
    ],
)
def test_a_placeholder_takes_the_style_that_is_asked_for(
    text: str, style: str, expected: str
) -> None:
    assert restyle(text, _PO, style) == expected


@pytest.mark.parametrize(
    ("text", "style"), [("%(name)s", "printf"), ("%s", "python"), ("{name}", "qt")]
)
def test_a_placeholder_that_a_style_cannot_say_stays(text: str, style: str) -> None:
    assert restyle(text, _PO, style) == text


@pytest.mark.parametrize("style", list(STYLES))
def test_a_text_without_placeholders_stays_but_for_its_percent_signs(style: str) -> None:
    assert restyle("Save the form", _PO, style) == "Save the form"
