"""Which model serves a language: codes of Argos's packages, and tags that stand in for a tag."""

from __future__ import annotations

from babel.core import get_global

from dpg_l10n.domain.locales import base, canonical

_ARGOS = {"zt": "zh-Hant", "pb": "pt-BR"}


def from_argos(code: str) -> str:
    """Return the BCP 47 tag of a code in a package's metadata.

    Raises:
        UsageError: It is no language code.
    """
    return _ARGOS.get(code) or canonical(code)


def nearest(tag: str) -> tuple[str, ...]:
    """Return the tags whose models may serve a language, the closest first.

    A region may be left out (``es-MX`` is served by ``es``), a script never changes: ``zh-TW`` is
    served by ``zh-Hant`` and not by ``zh``, which is written in simplified characters.
    """
    language = base(tag)
    usual = _likely_script(language)
    script = _script(tag) or _likely_script("_".join(tag.split("-")[:2])) or usual
    candidates = [tag]
    if script:
        candidates.append(f"{language}-{script}")
    if script == usual:
        candidates.append(language)
    return tuple(dict.fromkeys(candidates))


def _script(tag: str) -> str:
    return next((part for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()), "")


def _likely_script(name: str) -> str:
    likely = get_global("likely_subtags").get(name, "")
    return _script(likely.replace("_", "-"))
