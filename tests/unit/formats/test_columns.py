"""Where the sign of a new line goes: in the column of the lines around it."""

from __future__ import annotations

import pytest

from dpg_l10n.domain.catalogue import Entry
from dpg_l10n.formats import FORMATS


def _with_new(name: str, text: str, key: str) -> str:
    """Return a file with a new entry behind its first."""
    data = text.encode()
    found = FORMATS[name].parse(data)
    first, *others = found.entries
    entries = (first, Entry(key, "x"), *others)
    made = type(found)(name, entries, found.language, layout=found.layout)
    return FORMATS[name].serialize(made, data).decode()


@pytest.mark.parametrize(
    ("name", "text", "key", "line"),
    [
        ("php", "<?php\n$l['ab']   = 'A';\n$l['cde']  = 'B';\n", "wxyz", "$l['wxyz'] = 'x';"),
        ("php", "<?php\n$l['ab']   = 'A';\n$l['cd']   = 'B';\n", "wxyz", "$l['wxyz']   = 'x';"),
        ("php", "<?php\n$l['ab']  = 'A';\n$l['cde'] = 'B';\n", "longer", "$l['longer'] = 'x';"),
        ("php", "<?php return [\n  'ab'  => 'A',\n  'cde' => 'B',\n];\n", "w", "  'w'   => 'x',"),
        ("php", "<?php return [\n  'ab' => 'A',\n  'cde' => 'B',\n];\n", "w", "  'w' => 'x',"),
        ("properties", "ab  = A\ncde = B\n", "w", "w   = x"),
        ("properties", "ab = A\ncde = B\n", "w", "w = x"),
        ("properties", "ab    = A\n", "wxyz", "wxyz  = x"),
        ("properties", "ab=A\ncd=B\n", "wxyz", "wxyz=x"),
        ("strings", '"ab"  = "A";\n"cde" = "B";\n', "w", '"w"   = "x";'),
        ("strings", '"ab" = "A";\n"cde" = "B";\n', "w", '"w" = "x";'),
        ("ini", 'AB  = "A"\nCDE = "B"\n', "W", 'W   = "x"'),
        ("ini", 'AB="A"\nCDE="B"\n', "W", 'W="x"'),
    ],
)  # fmt: skip
def test_a_new_sign_stands_in_the_column_that_lines_share(
    name: str, text: str, key: str, line: str
) -> None:
    assert line in _with_new(name, text, key).splitlines()
