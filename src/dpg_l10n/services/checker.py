"""Checks on units and translations: the bridge from what the store keeps to the pure checks."""

from __future__ import annotations

from collections.abc import Iterable

from dpg_l10n.checks.run import run
from dpg_l10n.checks.spec import CheckSpec, Subject
from dpg_l10n.domain.findings import Finding
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.placeholders import kinds_for
from dpg_l10n.domain.terms import TermsOf, no_terms
from dpg_l10n.domain.unit import Unit


class Checker:
    """Runs the checks on texts of one catalogue.

    Args:
        format_name: Format of the catalogue: it says which placeholders its texts have.
        source_language: BCP 47 tag.
        terms: Gives the terms that hold, by language of the translation.
        checks: Checks to run; None for all.
    """

    def __init__(
        self,
        format_name: str,
        source_language: str,
        terms: TermsOf = no_terms,
        checks: tuple[CheckSpec, ...] | None = None,
    ) -> None:
        """Prepare a small cache: catalogues have few distinct sets of flags."""
        self._terms = terms
        self._checks = checks
        self._format = format_name
        self._source_language = source_language
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def _flags(self, unit: Unit) -> tuple[frozenset[str], frozenset[str]]:
        found = self._known.get(unit.flags)
        if found is None:
            flags = frozenset(filter(None, unit.flags.split(",")))
            found = self._known[unit.flags] = (flags, kinds_for(self._format, flags))
        return found

    def kinds(self, unit: Unit) -> frozenset[str]:
        """Return the kinds of placeholder that a unit's texts have."""
        return self._flags(unit)[1]

    def findings(self, unit: Unit, text: Text, language: str) -> Iterable[Finding]:
        """Return what the checks say of a text.

        Args:
            unit: What is translated.
            text: The translation.
            language: BCP 47 tag of the translation.
        """
        flags, kinds = self._flags(unit)
        return run(
            Subject(
                source=unit.source,
                target=text,
                language=language,
                source_language=self._source_language,
                format=self._format,
                flags=flags,
                kinds=kinds,
                max_chars=unit.max_chars,
                risk=unit.risk,
                terms=self._terms(language),
            ),
            self._checks,
        )
