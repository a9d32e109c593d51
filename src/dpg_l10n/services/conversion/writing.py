"""Content as the bytes of another format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from dpg_l10n.domain.catalogue import FUZZY, Entry
from dpg_l10n.errors import FormatError
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.services.conversion.content import Content, Said
from dpg_l10n.services.conversion.making import Maker, Restyle, Written

_MOST_NAME = 48


class Writer:
    """Writes content in one format.

    Args:
        form: The format.
        content: What was read.
        template: File of the format whose layout is taken; None for the format's usual one.
        keep_unfinished: Whether texts that need work stay where the format cannot mark them.
        restyle: What is done to each text before it is written.
    """

    def __init__(
        self,
        form: FormatSpec,
        content: Content,
        *,
        template: bytes | None = None,
        keep_unfinished: bool = False,
        restyle: Restyle = lambda text: text,
    ) -> None:
        """Write nothing yet."""
        self._form = form
        self._content = content
        self._keep = keep_unfinished
        self._maker = Maker(form, content, template, keep_unfinished, restyle)

    def write(self, language: str | None) -> Written:
        """Return the file of one language, None for the source alone.

        A format that holds all languages gets every one, whichever is named.

        Raises:
            FormatError: Nothing of it can be written.
        """
        said = self._said(language)
        wanted, refused = self._possible(said)
        made = self._maker.make(wanted, said)
        unmarked = self._unmarked(made, said)
        if unmarked:
            wanted = [unit for unit in wanted if unit.key not in unmarked]
            made = self._maker.make(wanted, said)
        return replace(made, refused=refused, unmarked=unmarked)

    def name(self, languages: Sequence[str | None]) -> None:
        """Choose names that the format can hold, the same in the files of all languages.

        A key that can be written stays. Of those that cannot, names are made, or of all where that
        helps more of them.
        """
        given = dict(self._maker.names)
        bad = self._all_misnamed(languages)
        ways = [(len(bad), given)]
        for some in (bad, set(given)) if bad else ():
            taken = set(given) - some
            self._maker.names = {k: _identifier(k, taken) if k in some else k for k in given}
            ways.append((len(self._all_misnamed(languages)), self._maker.names))
        self._maker.names = min(ways, key=lambda way: way[0])[1]

    def _all_misnamed(self, languages: Sequence[str | None]) -> set[str]:
        return {key for language in languages for key in self._misnamed(self._said(language))}

    def _said(self, language: str | None) -> Said | None:
        """Return the texts of a language, whose own messages become units where keys are enough."""
        said = self._content.translations.get(language) if language else None
        if said is not None and not self._form.bilingual:
            for key, entry in said.entries.items():
                self._maker.units.setdefault(key, entry._replace(text=""))
                self._maker.names.setdefault(key, key)
        return said

    def _misnamed(self, said: Said | None) -> set[str]:
        """Return the units that cannot be written under their names, or not read again."""
        units = list(self._maker.units.values())
        try:
            made = self._maker.make(units, said)
        except FormatError:
            refused = self._refused(units, said)
            if len(refused) == len(units):
                return set(refused)
            made = self._maker.make([unit for unit in units if unit.key not in refused], said)
        else:
            refused = {}
        if self._form.bilingual and self._form.plurals is PluralKind.GETTEXT:
            return set()  # a message is known by its text
        part = made.parts[0]
        wrong = {
            key
            for key in part.placed
            if key not in part.found or part.found[key].key != self._maker.names[key]
        }
        return wrong | set(refused)

    def _possible(self, said: Said | None) -> tuple[list[Entry], dict[str, str]]:
        """Return the units that can be written, and why the others cannot."""
        units = list(self._maker.units.values())
        try:
            self._maker.make(units, said)
        except FormatError:
            refused = self._refused(units, said)
            if len(refused) == len(units):
                raise
            return [unit for unit in units if unit.key not in refused], refused
        return units, {}

    def _refused(self, units: Sequence[Entry], said: Said | None) -> dict[str, str]:
        """Return the units that stop a file from being written, found by halving."""
        refused: dict[str, str] = {}
        fine: list[Entry] = []
        work = [list(units)]
        while work:
            some = work.pop()
            try:
                self._maker.make([*fine, *some], said)
            except FormatError as error:
                half = len(some) // 2
                if half:
                    work += [some[half:], some[:half]]
                else:
                    refused[some[0].key] = str(error)
            else:
                fine += some
        return refused

    def _unmarked(self, made: Written, said: Said | None) -> frozenset[str]:
        if said is None or self._keep or self._form.marks_unfinished:
            return frozenset()
        found = made.parts[-1].found
        return frozenset(
            key
            for key, entry in said.entries.items()
            if FUZZY in entry.flags and key in found and FUZZY not in found[key].flags
        )


def _identifier(key: str, taken: set[str]) -> str:
    """Return a name that every format takes, of letters, digits and underscores."""
    plain = unicodedata.normalize("NFKD", key)
    name = re.sub(r"[^A-Za-z0-9]+", "_", plain.encode("ascii", "ignore").decode()).strip("_")
    name = name[:_MOST_NAME].rstrip("_") or "text"
    if name[0].isdigit():
        name = f"text_{name}"
    found, count = name, 1
    while found in taken:
        count += 1
        found = f"{name}_{count}"
    taken.add(found)
    return found
