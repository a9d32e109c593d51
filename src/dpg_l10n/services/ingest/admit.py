"""Which of the read translations come in: damaged ones stay out before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.project import TargetFile
from dpg_l10n.domain.records import StoredCatalogue, StoredFile
from dpg_l10n.errors import DamagedInputError
from dpg_l10n.formats.spec import FormatSpec
from dpg_l10n.i18n import N_
from dpg_l10n.services.ingest.damage import refuse_damage
from dpg_l10n.services.ingest.run import LastVersion, Run, is_news
from dpg_l10n.services.reports import Refusal

_WAY_OUT = N_("Restore the file from before; to take it in as it is: --accept-damage")


def last_versions(
    run: Run,
    form: FormatSpec,
    stored: StoredCatalogue,
    source: Catalogue | None,
    changed: Iterable[tuple[TargetFile, bytes]],
    parsed: Mapping[str, Catalogue],
    files: Mapping[str, StoredFile],
) -> dict[str, LastVersion]:
    """Return by language what the last push had of each parsed translation."""
    found = {}
    for target, data in changed:
        catalogue = parsed.get(target.language)
        if catalogue is not None:
            last = LastVersion(run.uow, form, stored, target, source, catalogue)
            file = files.get(target.path)
            if not is_news(data, file):
                last.known(catalogue)
            elif file is not None and not file.stands:
                last.known(None)
            found[target.language] = last
    return found


def refuse_damaged(
    run: Run,
    source: Catalogue | None,
    changed: Iterable[tuple[TargetFile, bytes]],
    parsed: dict[str, Catalogue],
    lasts: Mapping[str, LastVersion],
    files: Mapping[str, StoredFile],
) -> set[str]:
    """Take the damaged translations out of the parsed ones; return their languages."""
    refused = set()
    for target, data in changed:
        catalogue = parsed.get(target.language)
        if catalogue is None:
            continue
        if not is_news(data, files.get(target.path)):
            continue
        try:
            refuse_damage(target.path, catalogue, lasts[target.language], source)
        except DamagedInputError as error:
            found = Refusal(target.path, error.error_code, str(error), 0)
            if run.options.accept_damage:
                run.damaged.append(found)
            else:
                run.refused.append(replace(found, message=f"{error} {_WAY_OUT}"))
                refused.add(target.language)
                del parsed[target.language]
    return refused
