"""What XLIFF 2 is to the code that both generations share."""

from __future__ import annotations

import re

from dpg_l10n.formats import _xml
from dpg_l10n.formats._xliff.dialect import Dialect
from dpg_l10n.formats.xliff2.reading import UNIT, WHOLE, quick, slow
from dpg_l10n.formats.xliff2.writing import change, render

DIALECT = Dialect(
    format="xliff2",
    other="xliff1",
    version=re.compile(r"2\.[0-2]"),
    unit="unit",
    containers=frozenset({"file", "group"}),
    file_name="id",
    languages=("srcLang", "trgLang"),
    on_root=True,
    body="file",
    pattern=re.compile(UNIT + _xml.PATTERN, re.VERBOSE | re.DOTALL),
    whole=WHOLE,
    quick=quick,
    slow=slow,
    change=change,
    render=render,
    states=re.compile(r"<segment\b[^>]*\sstate="),
    blank='<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="{source}"{target}>\n'
    '  <file id="f1">\n  </file>\n</xliff>\n',
    indent="    ",
)
