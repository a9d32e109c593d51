"""What the formats of lines ``key = value`` share: INI with its dialects, CommCare's texts, TOML."""

from dpg_l10n.formats._lines.parse import Dialect, Head, More, one_line, parse
from dpg_l10n.formats._lines.write import serialize

__all__ = ["Dialect", "Head", "More", "one_line", "parse", "serialize"]
