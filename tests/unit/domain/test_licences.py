from __future__ import annotations

import pytest

from dpg_l10n.domain.licences import family, may_reuse


@pytest.mark.parametrize(
    ("licence", "found"),
    [
        ("MIT", "permissive"), ("apache-2.0", "permissive"), ("BSD-3-Clause", "permissive"),
        ("CC0-1.0", "permissive"), ("CC-BY-4.0", "permissive"), ("GPL-3.0-only", "gpl"),
        ("AGPL-3.0-or-later", "gpl"), ("LGPL-2.1-only", "gpl"), ("MPL-2.0", "mpl"),
        ("CC-BY-SA-4.0", "cc-by-sa"), ("CC-BY-NC-4.0", None), ("CC-BY-ND-4.0", None),
        ("CC-BY-NC-SA-4.0", None), ("Proprietary", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_licence_has_a_family(licence: str | None, found: str | None) -> None:
    assert family(licence) == found


@pytest.mark.parametrize(
    ("theirs", "ours", "allowed"),
    [
        ("MIT", "MIT", True), ("MIT", "GPL-3.0-only", True), ("MIT", None, True),
        ("GPL-3.0-only", "MIT", False), ("GPL-3.0-only", "AGPL-3.0-only", True),
        ("GPL-3.0-only", "MPL-2.0", False), ("GPL-3.0-only", None, False), (None, "MIT", False),
        (None, None, False), ("CC-BY-NC-4.0", "CC-BY-NC-4.0", False),
        ("MIT OR GPL-3.0-only", "MIT", True), ("MIT AND GPL-3.0-only", "MIT", False),
        ("MIT and GPL-3.0-only", "GPL-3.0-only", True), ("MIT AND Proprietary", "MIT", False),
        ("(MIT OR Apache-2.0) AND MPL-2.0", "MIT", False), ("(MIT OR Apache-2.0)", "MIT", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "MIT", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-3.0-only", True),
        ("GPL-3.0-only", "MIT OR GPL-3.0-only", False),
        ("GPL-3.0-only", "MIT AND GPL-3.0-only", True),
    ],
)  # fmt: skip
def test_texts_travel_where_their_licence_lets_them(
    theirs: str | None, ours: str | None, allowed: bool
) -> None:
    assert may_reuse(theirs, ours) is allowed
