"""PHP files of strings: returned arrays (Laravel, Symfony), assignments (Moodle).

What is kept and what is refused is said in ``docs/formats/php.md``.
"""

from dpg_l10n.formats.php.catalogue import FORMAT, parse, serialize, sniff

__all__ = ["FORMAT", "parse", "serialize", "sniff"]
