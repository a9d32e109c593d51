"""Countries by the names that registries give them."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.country_names import country_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("KE", "KE"),
        ("ke", "KE"),
        ("Kenya", "KE"),
        ("  KENYA ", "KE"),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Republic of the Congo", "CG"),
        ("Tanzania, United Republic of", "TZ"),
        ("Viet Nam", "VN"),
        ("Lao People's Democratic Republic", "LA"),
        ("St. Lucia", "LC"),
        ("Swaziland", "SZ"),
        ("Trinidad & Tobago", "TT"),
        ("Türkiye", "TR"),
        ("Kosovo", "XK"),
        ("Guinea-Bissau", "GW"),
        ("Guinea", "GN"),
        ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("EU", None),
        ("European Union", None),
        ("Atlantis", None),
        ("", None),
        ("ZZ", None),
    ],
)
def test_a_name_says_a_country(name: str, code: str | None) -> None:
    assert country_of(name) == code
