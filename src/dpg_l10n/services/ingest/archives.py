"""ZIP archives that pushed files lie in: kept whole, so that an export can give them back."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.paths import in_archive
from dpg_l10n.domain.project import CatalogueSpec
from dpg_l10n.domain.records import StoredCatalogue, StoredFile
from dpg_l10n.services.files import read_archive
from dpg_l10n.services.ingest.run import Run, is_news


def keep_archives(
    run: Run, spec: CatalogueSpec, stored: StoredCatalogue, files: Mapping[str, StoredFile]
) -> None:
    """Keep the archives that files of a catalogue lie in, where they are news.

    Raises:
        InputError: An archive cannot be read.
    """
    paths = [*([spec.source] if spec.source else []), *(target.path for target in spec.targets)]
    seen: set[str] = set()
    for path in paths:
        inside = in_archive(path)
        if inside is None or inside[0] in seen:
            continue
        seen.add(inside[0])
        found = read_archive(path, run.file)
        if found is None:
            continue
        archive, data = found
        if is_news(data, files.get(archive)):
            run.uow.past.keep_file(stored.id, archive, run.action_id)
            run.uow.catalogues.write_file(
                stored.id, archive, data, language=None, spelling=None, action_id=run.action_id
            )
