"""Pages of running text: which files are translations, since every repository has some pages.

A page is looked at only beside a parallel page in another language. Where the source's path names
no language, its neighbour must follow its structure in other words: ``examples/ts/README.md`` is
about TypeScript and not in Tsonga.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import is_blank, plain
from dpg_l10n.domain.paths import PLACEHOLDER, untranslated
from dpg_l10n.domain.project import TargetFile
from dpg_l10n.errors import FormatError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.services.discovery.tree import Tree

_MAX_PARSED_BYTES = 4 * 1024 * 1024
_LEAST_ALIGNED = 0.25
"""Share of a source's messages that a translation must have in their places."""
_LEAST_OF_WORDS = 0.75
"""The same, where the name of the language is also a word or an abbreviation."""
_ALSO_WORDS = frozenset({
    "am", "as", "be", "bin", "cs", "he", "id", "in", "io", "is", "it", "lo", "ml", "my", "no", "or",
    "se", "sh", "so", "sr", "ss", "tl", "to", "ts", "vi",
})  # fmt: skip
_DOCUSAURUS = re.compile(
    r"(?P<site>(?:.*/)?)"
    + re.escape(f"i18n/{PLACEHOLDER}/docusaurus-plugin-content-")
    + r"(?P<kind>docs|blog|pages)(?:-(?P<own>[^/]+))?/(?:current/|(?P<version>version-[^/]+)/)?"
    r"(?P<rest>.+)"
)
_FOLDERS = {"docs": "docs", "blog": "blog", "pages": "src/pages"}
_FREQUENT = 12
"""So many of a page's most frequent words tell its language: they are its grammar."""
_SAME_WORDS = 0.5
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|https?://\S+")


@lru_cache(maxsize=1)
def page_suffixes() -> frozenset[str]:
    """Return the endings of pages."""
    return frozenset(suffix for spec in FORMATS if spec.keys_from_text for suffix in spec.suffixes)


def has_two_letters(name: str) -> bool:
    """Tell whether a language is spelled with two letters: pages are called ``arb`` and ``csv``."""
    return re.match(r"[A-Za-z]{2}(?![A-Za-z])", name) is not None


def source_page(pattern: str) -> str | None:
    """Return the path of a page without a language that a pattern implies.

    ``README.md`` of ``README.{language}.md``; ``docs/guide.md`` of ``docs/{language}/guide.md``,
    where the folders of the other languages lie inside that of the source; of a Docusaurus site,
    whose translations lie apart, ``docs/guide.md``.
    """
    site = _DOCUSAURUS.fullmatch(pattern)
    if site is not None:
        return _page_of_site(site)
    folder = f"{PLACEHOLDER}/"
    if pattern.count(PLACEHOLDER) == 1 and f"/{pattern}".count(f"/{folder}") == 1:
        return pattern.replace(folder, "")
    return untranslated(pattern)


def _page_of_site(site: re.Match[str]) -> str:
    """Return where Docusaurus has the page that is translated at a path.

    A second plugin of its own name has its pages in a folder of that name, as in the example of
    https://docusaurus.io/docs/docs-multi-instance.
    """
    own, version = site["own"], site["version"]
    if version:
        folder = f"{own}_versioned_docs/{version}" if own else f"versioned_docs/{version}"
    else:
        folder = own or _FOLDERS[site["kind"]]
    return f"{site['site']}{folder}/{site['rest']}"


def is_translation(tree: Tree, source: str, target: TargetFile, spec: FormatSpec) -> bool:
    """Tell whether a page says in other words what another one says."""
    original = _parsed(tree, source, spec)
    if original is None or not original.entries:
        return False
    page = _parsed(tree, target.path, spec, original)
    if page is None:
        return False
    known = original.by_key()
    said = [entry for entry in page.entries if entry.key in known and not is_blank(entry.text)]
    least = _LEAST_OF_WORDS if target.name in _ALSO_WORDS else _LEAST_ALIGNED
    if len(said) < least * len(known):
        return False
    words = _words(original)
    there = _words(page)
    frequent = [word for word, _ in words.most_common(_FREQUENT)]
    shared = sum(word in there for word in frequent)
    return shared <= _SAME_WORDS * len(frequent)


def _parsed(
    tree: Tree, path: str, spec: FormatSpec, source: Catalogue | None = None
) -> Catalogue | None:
    data = tree.read(path, _MAX_PARSED_BYTES)
    if data is None:
        return None
    try:
        return spec.parse(data, source=source)
    except FormatError:
        return None


def _words(catalogue: Catalogue) -> Counter[str]:
    found: Counter[str] = Counter()
    for entry in catalogue.entries:
        found.update(_WORD.findall(_CODE.sub(" ", plain(entry.text)).lower()))
    return found
