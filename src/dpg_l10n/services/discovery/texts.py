"""JSON files whose keys are the source texts, of which none has to be the source."""

from __future__ import annotations

import re

from dpg_l10n.domain.locales import base, canonical, is_language
from dpg_l10n.domain.paths import literal_prefix
from dpg_l10n.domain.project import DEFAULT_SOURCE_LANGUAGE
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.discovery.contents import keys_if_read
from dpg_l10n.services.discovery.groups import Group
from dpg_l10n.services.discovery.tree import Tree

IN_KEYS = "json-texts"
"""Name of their format."""
_WORDS = re.compile(r"\S \S|\w[.!?…:]$|[^\x00-\x7f]")
"""Several words, the end of a sentence, or a letter that names of keys do not have."""
_NAME = re.compile(r"\w+(?:[._\-/:]\w+)+|[a-z]+[a-z0-9]*(?:[A-Z]\w*)?|[A-Z0-9_]{2,}")
"""``auth.failed``, ``save_button``, ``saveButton``, ``SAVE``."""
_LEAST_WORDS = 0.25
_MOST_NAMES = 0.1
_LARAVEL = "config/app.php"
_LOCALE = re.compile(
    rb"""['"](locale|fallback_locale)['"]\s*=>\s*(?:env\(\s*['"]\w+['"]\s*,\s*)?['"]([\w-]{2,20})['"]"""
)


def are_keyed_by_text(each: Group, tree: Tree) -> bool:
    """Tell whether the keys of a group's files are source texts, and not names of messages.

    Every file is one object of texts. Enough of its keys are several words or a sentence, and next to
    none is a name such as ``save_button``; ``Save`` may be either.
    """
    if each.suffix != ".json":
        return False
    keys: set[str] = set()
    for path in each.files.values():
        found = _keys(tree, path)
        if found is None:
            return False
        keys |= found
    words = sum(_WORDS.search(key) is not None for key in keys)
    names = sum(_NAME.fullmatch(key) is not None for key in keys)
    return words > 0 and words >= _LEAST_WORDS * len(keys) and names <= _MOST_NAMES * len(keys)


def is_fragment(each: Group, tree: Tree, path: str) -> bool:
    """Tell whether a file has less than half of the keys that another file of its group has.

    So have English files of Laravel, which only say some texts otherwise.
    """
    largest = max(each.files.values(), key=lambda other: (len(tree.head(other)), other))
    if each.suffix != ".json" or len(tree.head(path)) * 2 >= len(tree.head(largest)):
        return False
    few, many = _keys(tree, path), _keys(tree, largest)
    return few is not None and many is not None and len(few) * 2 < len(many)


def _keys(tree: Tree, path: str) -> frozenset[str] | None:
    """Return the keys of an object of texts, None of any other file."""
    return keys_if_read(tree, path, FORMATS[IN_KEYS])


def language_of_keys(each: Group, tree: Tree) -> str:
    """Return the base language of such keys: what Laravel falls back to and has no file for.

    English where no ``config/app.php`` above the files says another.
    """
    have = {base(canonical(name)) for name in each.names}
    folder = literal_prefix(each.pattern).rpartition("/")[0]
    while True:
        path = f"{folder}/{_LARAVEL}" if folder else _LARAVEL
        said = dict(_LOCALE.findall(tree.head(path))) if path in tree.present else {}
        for setting in (b"fallback_locale", b"locale"):
            name = said.get(setting, b"").decode()
            if name and is_language(name) and base(canonical(name)) not in have:
                return base(canonical(name))
        if not folder:
            return DEFAULT_SOURCE_LANGUAGE
        folder = folder.rpartition("/")[0]
