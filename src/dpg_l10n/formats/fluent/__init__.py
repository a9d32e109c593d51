"""Project Fluent's ``.ftl`` files.

What is kept and what is refused is said in ``docs/formats/fluent.md``.
"""

from dpg_l10n.formats.fluent.catalogue import FORMAT, parse, serialize, sniff

__all__ = ["FORMAT", "parse", "serialize", "sniff"]
