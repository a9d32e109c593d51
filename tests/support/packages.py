"""Model packages for tests: our demonstration models, and copies with something changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MODELS = Path(__file__).resolve().parents[1] / "data" / "models"
EN_ES = MODELS / "translate-en_es.argosmodel"
EN_FR = MODELS / "translate-en_fr.argosmodel"
EN_AR = MODELS / "translate-en_ar.argosmodel"
TOP = "translate-en_es-1_0"


def contents(path: Path = EN_ES) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_metadata(files: Mapping[str, bytes], **changes: Any) -> dict[str, bytes]:
    """Return files whose metadata.json has other values; None removes a key."""
    name = next(name for name in files if name.endswith("/metadata.json"))
    metadata = {**json.loads(files[name]), **changes}
    kept = {key: value for key, value in metadata.items() if value is not None}
    return {**files, name: json.dumps(kept).encode()}


def write_archive(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write an archive and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
