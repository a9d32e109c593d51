"""i18next JSON: plain JSON whose plurals are siblings with suffixes (``docs/formats/i18next.md``).

Version 4 names CLDR categories (``file_one``, ``file_other``); version 3 a plural (``file``,
``file_plural``) or numbers (``file_0``), version 1 a number behind the plural (``file_plural_2``). https://www.i18next.com/misc/json-format
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dpg_l10n.domain.catalogue import Catalogue, Entry
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural, Text
from dpg_l10n.formats._json import (
    Document,
    Layout,
    key_paths,
    source_of,
    template_of,
    unedited,
    write,
)
from dpg_l10n.formats._tree import Part, Path, Place, join
from dpg_l10n.formats.spec import FormatSpec, PluralKind

_SUFFIX = re.compile(
    rf"(.+?)_({'|'.join(CLDR_CATEGORIES)}|plural(?:_[0-9]{{1,3}})?|[0-9]{{1,2}})", re.DOTALL
)
_REST = Entry("", "")[2:-1]
"""Fields of an entry between its text and its line."""

Groups = dict[Path, dict[str, Path]]
"""Path of the base key to the path of each form by its label, in file order."""


def parse(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    """Return every string of a JSON object, plural forms joined into one entry.

    Args:
        data: The whole file.
        source: Parsed source file: its plurals are plurals here too, however few forms there are.

    Raises:
        FormatError: The bytes are no JSON object; the code says why.
    """
    document = Document.read(data)
    groups = _groups(document.places, source)
    names = _names(document, groups)
    base_of = {path: base for base, forms in groups.items() for path in forms.values()}
    by_path = {path: leaf for _, path, leaf in document.places} if groups else {}
    count = document.text.count
    entries: list[Entry] = []
    line, at = 1, 0
    text: Text
    new = tuple.__new__  # a third of the time of the class's own constructor
    for own_key, path, leaf in document.places:
        base = base_of.get(path) if base_of else None
        key, text = own_key, leaf.text or ""
        if base is not None:
            forms = groups.pop(base, None)
            if forms is None:
                continue
            key = names[base]
            text = Plural(tuple((label, by_path[p].text or "") for label, p in forms.items()))
        line += count("\n", at, leaf.key_start)
        at = leaf.key_start
        entries.append(new(Entry, (key, text, *_REST, line)))
    found = tuple(entries)
    layout = Layout(document, found, source_of(source))
    return Catalogue(FORMAT.name, found, encoding=document.encoding, layout=layout)


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a JSON file with the texts and plural forms of a catalogue.

    Raises:
        FormatError: The template is no JSON object; two texts need the same place.
    """
    same = unedited(catalogue, template)
    if same is not None:
        return same
    document = template_of(catalogue, template)
    entries = catalogue.by_key()
    groups = _groups(document.places, catalogue)
    known = {name: base for base, name in _names(document, groups).items()}
    paths = key_paths(catalogue, document, entries)
    for key, entry in entries.items():
        if isinstance(entry.text, Plural):
            paths[key] = known.get(key) or _base(paths[key], entries)
    singles = {paths[key] for key, entry in entries.items() if isinstance(entry.text, str)}
    present = {path for _, path, _ in document.places}
    in_pairs = any(base in forms.values() for base, forms in groups.items())
    wanted: list[tuple[Path, str]] = []
    after: dict[Path, Part | None] = {}
    for key, entry in entries.items():
        base = paths[key]
        if isinstance(entry.text, str):
            wanted.append((base, entry.text))
            continue
        pair = base not in singles and set(entry.text.labels) <= {"one", "other"}
        if pair:
            pair = base in groups[base].values() if base in groups else in_pairs
        standing = groups.get(base, {})
        old = standing.get("1") == base  # version 1: the numbers behind a plural stay as they are
        forms = [
            (standing[label] if old and label in standing else _form(base, label, pair=pair), form)
            for label, form in entry.text.forms
        ]
        wanted += forms
        after.update(_before_first(document, [path for path, _ in forms], present))
    return write(document, wanted, after)


def sniff(path: str, head: bytes) -> bool:
    """Tell whether a JSON object has keys that differ only by a plural suffix."""
    if not path.lower().endswith(".json"):
        return False
    keys = set(re.findall(r'"([^"\\]{1,200})"\s*:\s*"', head.decode("utf-8", "ignore")))
    for key in keys:
        if key.endswith("_plural") and key[:-7] in keys:
            return True
        if key.endswith("_other") and any(
            key[:-5] + label in keys for label in CLDR_CATEGORIES[:-1]
        ):
            return True
    return False


def _groups(found: list[Place], source: Catalogue | None) -> Groups:
    """Return the plural forms of a file, by the path of their base key."""
    entries = source.entries if source else ()
    plurals = {entry.key for entry in entries if isinstance(entry.text, Plural)}
    singles = {entry.key for entry in entries if isinstance(entry.text, str)}
    siblings: dict[Path, dict[str, Path]] = {}
    present = set()
    for key, path, _ in found:
        last = path[-1]
        present.add(path)
        if key in plurals:
            siblings.setdefault(path, {})
        if isinstance(last, str) and "_" in last and (match := _SUFFIX.fullmatch(last)):
            siblings.setdefault((*path[:-1], match[1]), {})[match[2]] = path
    groups: Groups = {}
    for base, forms in siblings.items():
        if str(base[-1]).endswith("_other"):
            continue  # such a name is what _names gives to the forms of a taken key
        expected = join(base) in plurals or join(_general(base)) in plurals
        single = base in present and join(base) not in singles
        free = {label: path for label, path in forms.items() if join(path) not in singles}
        if found_forms := _chosen(base, free, expected=expected, single=single):
            groups[base] = found_forms
    return groups


def _chosen(
    base: Path, forms: Mapping[str, Path], *, expected: bool, single: bool
) -> dict[str, Path]:
    """Return the forms of a plural by their labels, of the newest version that fits; empty for none.

    Args:
        base: Path of the key that the forms share.
        forms: Paths of its siblings by their suffixes.
        expected: The source has a plural of this key.
        single: The key itself is there, and may be a form.
    """
    categories = {label: path for label, path in forms.items() if label in CLDR_CATEGORIES}
    if categories and (expected or ("other" in categories and len(categories) > 1)):
        return categories
    old = {
        label.removeprefix("plural_"): path
        for label, path in forms.items()
        if label.startswith("plural_")
    }
    if single and expected and old:
        return {"1": base, **old}
    if single and "plural" in forms:
        return {"one": base, "other": forms["plural"]}
    numbers = {label: path for label, path in forms.items() if label.isdigit()}
    if expected and numbers:
        return numbers
    return {"one": base} if expected and single else {}


def _names(document: Document, groups: Groups) -> dict[Path, str]:
    """Return the key of each group: its base, or its general form where the base is taken."""
    keys = {path: key for key, path, _ in document.places}
    names = {}
    for base, forms in groups.items():
        taken = base in keys and base not in forms.values()
        names[base] = join(_general(base)) if taken else join(base)
    return names


def _general(base: Path) -> Path:
    return (*base[:-1], f"{base[-1]}_other")


def _base(path: Path, entries: Mapping[str, Entry]) -> Path:
    """Return the path that forms are suffixed to; undoes what :func:`_names` does."""
    last = str(path[-1])
    bare = (*path[:-1], last.removesuffix("_other"))
    return bare if last.endswith("_other") and join(bare) in entries else path


def _form(base: Path, label: str, *, pair: bool) -> Path:
    """Return where a form stands; in a pair (version 3) as ``key`` or ``key_plural``."""
    if pair:
        return base if label == "one" else (*base[:-1], f"{base[-1]}_plural")
    return (*base[:-1], f"{base[-1]}_{label}")


def _before_first(
    document: Document, forms: list[Path], present: set[Path]
) -> dict[Path, Part | None]:
    """Return, for new forms that come before the first present one, the sibling they follow."""
    first = next((path for path in forms if path in present), None)
    if first is None or first is forms[0]:
        return {}
    siblings = document.siblings(first)
    index = siblings.index(first[-1])
    before = siblings[index - 1] if index else None
    return dict.fromkeys(forms[: forms.index(first)], before)


FORMAT = FormatSpec(
    name="i18next",
    title="i18next JSON",
    suffixes=(".json",),
    bilingual=False,
    plurals=PluralKind.CLDR,
    parse=parse,
    serialize=serialize,
    sniff=sniff,
    placeholders=("mustache", "i18next", "numbered"),
)
"""The format, as detection and the services know it."""
