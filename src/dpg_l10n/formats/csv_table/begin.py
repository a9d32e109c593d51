"""CSV files made new."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from dpg_l10n.formats import _text


def begin(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a CSV file (RFC 4180) with the mark without which spreadsheets misread UTF-8.

    Raises:
        FormatError: ``format.encoding``: half a surrogate pair, which is no character.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return _text.encode(text.getvalue(), "utf-8-sig")
