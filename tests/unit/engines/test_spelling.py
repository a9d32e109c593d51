from __future__ import annotations

import pytest

from dpg_l10n.engines.spelling import spelled


@pytest.mark.parametrize(
    ("source", "asked", "made", "restored"),
    [
        ("SAVE ALL", "Save all", "Guardar todo", "GUARDAR TODO"),
        ("Name:", "Name", "Nombre", "Nombre:"),
        ("Loading…", "Loading", "Cargando", "Cargando…"),
        ("Loading...", "Loading", "Cargando.", "Cargando..."),
        ("MOVE {0} NOW", "Move {0} now", "Mueva {0} ya", "MUEVA {0} YA"),
        ("SMS", "SMS", "SMS", "SMS"),
        ("Save", "Save", "Guardar", "Guardar"),
        ("Wait. Then:", "Wait. Then:", "Espere. Luego:", "Espere. Luego:"),
        (":", ":", ":", ":"),
        ("Name:", "Name", "", ""),
    ],
)
def test_a_variant_is_translated_as_its_plain_form(
    source: str, asked: str, made: str, restored: str
) -> None:
    variant = spelled(source)
    assert variant.sentence == asked
    assert variant.restore(made) == restored
