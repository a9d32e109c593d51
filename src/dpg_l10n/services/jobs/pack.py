"""A working tree as an archive: what a push from here to a service sends."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dpg_l10n.domain.paths import in_archive
from dpg_l10n.domain.project import CatalogueSpec, ProjectSpec
from dpg_l10n.errors import InputError
from dpg_l10n.formats import FORMATS
from dpg_l10n.services.files import read_archive
from dpg_l10n.services.projectfile import FILENAME, write


def pack(
    spec: ProjectSpec,
    root: Path,
    read: Callable[[str], bytes],
    file: BinaryIO,
    progress: Callable[[str], None] = lambda _path: None,
) -> None:
    """Write the files of a project, and a configuration that names them, into an archive.

    Args:
        spec: The project.
        root: Its folder.
        read: Returns the bytes of a path of the spec.
        file: Where to; it stands at its end afterwards.
        progress: Called with the path of each translation before it is read.

    Raises:
        InputError: A path cannot be read.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FILENAME, write(replace(spec, server_url=None), root))
        packed = {FILENAME}
        for catalogue in spec.catalogues:
            for target in catalogue.targets:
                progress(target.path)
                _add(archive, packed, target.path, read)
            if catalogue.source:
                _add(archive, packed, catalogue.source, read)
                _add_documentation(archive, packed, catalogue, read)


def _add(
    archive: zipfile.ZipFile, packed: set[str], path: str, read: Callable[[str], bytes]
) -> None:
    inside = in_archive(path)
    if path in packed or (inside is not None and inside[0] in packed):
        return
    whole, data = read_archive(path, read) or (path, read(path))
    archive.writestr(whole, data)
    packed.add(whole)


def _add_documentation(
    archive: zipfile.ZipFile,
    packed: set[str],
    catalogue: CatalogueSpec,
    read: Callable[[str], bytes],
) -> None:
    beside = FORMATS[catalogue.format].documentation
    if beside is None:
        return
    folder, slash, _ = str(catalogue.source).rpartition("/")
    try:
        _add(archive, packed, f"{folder}{slash}{beside}", read)
    except (OSError, InputError):
        return  # it is notes for translators; without them the push is the same
