"""The kinds of placeholder, and which of them the texts of a format use."""

from __future__ import annotations

from functools import lru_cache

MARKUP = frozenset({"tag", "entity", "url", "email"})
"""Kinds that are no placeholders but are not translated either; never part of :data:`DEFAULT`."""

DEFAULT = frozenset({
    "printf", "python", "brace", "mustache", "icu", "ruby", "dollar", "hash", "fluent", "moodle",
    "i18next", "numbered", "at", "hashed", "angular",
})  # fmt: skip
"""Kinds that ordinary prose does not look like; what :func:`find` seeks unless told otherwise."""

AMBIGUOUS = frozenset(
    {
        "arg",
        "inline",
        "qt",
        "vue",
        "laravel",
        "h5p",
        "drupal",
        "webextension",
        "mediawiki",
        "code",
        "link",
        "element",
    }
)
"""Kinds that prose can look like (``12:30``, ``@someone``, ``100%1``, ``$5``) or HTML is (``<x>``):
only when asked for."""

ALL = DEFAULT | AMBIGUOUS | MARKUP
"""Every kind there is."""

_PLAIN = DEFAULT - {"at"}
"""Drupal's ``@name`` is found in gettext files; elsewhere prose has it (``@group1, user2``)."""

_NO_PRINTF = _PLAIN - {"printf", "python"}
_NO_PERCENT = _NO_PRINTF - {"ruby"}
"""Where ``%{ $n }`` is a percent sign before a number, as Turkish and Basque write it."""

_FORMATS: dict[str, frozenset[str]] = {
    "po": DEFAULT,
    "po-keys": DEFAULT,
    # Rails interpolates %{name} only; its date and number patterns ("%d %b", "%n%u") are written
    # differently in every language.
    "rails-yaml": _NO_PRINTF,
    "fluent": _NO_PERCENT,
    "xlsform": _NO_PRINTF,
    "qt-ts": _NO_PRINTF | {"qt"},
    "json": _PLAIN | {"vue"},
    "json-texts": _PLAIN | {"vue", "laravel"},
    "nextcloud": _PLAIN | {"qt"},  # %n is the number
    "php": _PLAIN | {"laravel"},
    "json5": _PLAIN | {"vue"},
    "structured-json": _PLAIN | {"vue"},
    "arb": _NO_PERCENT,
    "formatjs": _NO_PERCENT,
    "webextension": _NO_PRINTF | {"webextension"},
    "banana": _PLAIN | {"mediawiki"},
    "xcstrings": _PLAIN | {"arg"},
    "laravel": _PLAIN | {"laravel"},
    "xliff1": _PLAIN | {"inline"},
    "xliff2": _PLAIN | {"inline"},
    "h5p": _PLAIN | {"h5p"},
    # Prose: of the templates in it only those of site generators ({{ site.name }}) are markup.
    "markdown": frozenset({"mustache", "code", "link"}),
    "html": frozenset({"mustache", "element"}),
}

_FLAGS: dict[str, frozenset[str]] = {
    "c": frozenset({"printf"}),
    "objc": frozenset({"printf"}),
    "php": frozenset({"printf"}),
    "perl": frozenset({"printf"}),
    "lua": frozenset({"printf"}),
    "awk": frozenset({"printf"}),
    "sh-printf": frozenset({"printf"}),
    "java-printf": frozenset({"printf"}),
    "javascript": frozenset({"printf"}),
    "boost": frozenset({"printf"}),
    "tcl": frozenset({"printf"}),
    "object-pascal": frozenset({"printf"}),
    "python": frozenset({"printf", "python"}),
    "ruby": frozenset({"printf", "ruby"}),
    "qt": frozenset({"qt"}),
    "qt-plural": frozenset({"qt"}),
    "kde": frozenset({"qt"}),
    "kde-kuit": frozenset({"qt"}),
    "python-brace": frozenset({"brace"}),
    "perl-brace": frozenset({"brace"}),
    "c++": frozenset({"brace"}),
    "csharp": frozenset({"brace"}),
    "java": frozenset({"brace", "icu"}),
    "rust": frozenset({"brace"}),
}
"""Kinds by the gettext flag without its ``-format``."""

_PERCENT = frozenset({"printf", "python", "ruby", "qt"})
"""Kinds that begin with a percent sign: a flag that names one of them settles how it is read."""


@lru_cache(maxsize=256)
def kinds_for(format_name: str, flags: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the kinds of placeholder to look for in a text, :data:`MARKUP` included.

    A format's own kinds come first; a gettext flag of the entry (``python-format``) then settles
    how percent signs are read, and ``no-…-format`` switches the kinds of that language off.

    Args:
        format_name: Name of a file format (``"android"``); an unknown one gets the default kinds,
            without those that only gettext files have.
        flags: Flags of the entry; those that name no placeholder syntax are ignored.
    """
    kinds = _FORMATS.get(format_name, _PLAIN) | MARKUP
    names = {flag.removesuffix("-format") for flag in flags if flag.endswith("-format")}
    wanted = frozenset().union(*(_FLAGS.get(name, ()) for name in names))
    refused = {name.removeprefix("no-") for name in names if name.startswith("no-")}
    unwanted = frozenset().union(*(_FLAGS.get(name, ()) for name in refused))
    if wanted & _PERCENT:
        kinds -= _PERCENT
    return (kinds - unwanted) | wanted
