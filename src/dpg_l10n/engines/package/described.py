"""Folders of CTranslate2 models that somebody describes in ``engine.json``.

One model may translate between many languages, told by a token before the source or the target.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from dpg_l10n.domain.locales import canonical
from dpg_l10n.engines.layout import Layout
from dpg_l10n.engines.package.lock import read_lock, sha256_of
from dpg_l10n.engines.package.metadata import (
    DESCRIPTION,
    MAX_METADATA_BYTES,
    VERSION,
    Package,
)
from dpg_l10n.errors import PackageError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Pair

FAMILY = "ctranslate2-seq2seq"
_KEYS = frozenset({
    "family", "name", "version", "title", "pairs", "codes", "source_prefix", "source_suffix",
    "target_prefix", "source_tokenizer", "target_tokenizer", "model", "licence", "training_data",
    "sha256",
})  # fmt: skip


def read_described(folder: Path) -> Package:
    """Read the description of a model and see that its files are there.

    Raises:
        PackageError: ``package.metadata``: it is missing or unusable; ``package.contents``: a file
            that it names is missing; ``package.checksum``: the model is not the described one.
    """
    data = _read(folder)
    unknown = ", ".join(sorted(data.keys() - _KEYS))
    if unknown:
        raise _bad(folder, N_("{path}: {file} has keys that nobody knows: {detail}"), unknown)
    if data.get("family") != FAMILY:
        raise _bad(folder, N_("{path}: {file} wants “family” to be {detail}"), FAMILY)
    name, version = _text(data, "name", folder), _text(data, "version", folder)
    if not VERSION.fullmatch(version) or not VERSION.fullmatch(name.replace("_", "-")):
        raise _bad(folder, N_("{path}: “{detail}” in {file} is unusable"), f"{name} {version}")
    pairs = _pairs(data, folder)
    codes = _codes(data, folder)
    layout = Layout(
        model=_inside(data, "model", "model", folder),
        source_tokenizer=_inside(data, "source_tokenizer", "sentencepiece.model", folder),
        target_tokenizer=_inside(data, "target_tokenizer", "sentencepiece.model", folder),
        source_prefix=str(data.get("source_prefix") or ""),
        source_suffix=str(data.get("source_suffix") or ""),
        target_prefix=str(data.get("target_prefix") or ""),
        codes=codes,
    )
    _require(folder, layout, data.get("sha256"))
    licence = data.get("licence")
    return Package(
        path=folder,
        name=name,
        version=version,
        pair=pairs[0],
        title=str(data.get("title") or name),
        codes=(pairs[0].source, pairs[0].target),
        licence=licence if isinstance(licence, str) else None,
        sha256=read_lock(folder.parent).archive(folder.name),
        more_pairs=pairs[1:],
        layout=layout,
    )


def _read(folder: Path) -> dict[str, Any]:
    try:
        with (folder / DESCRIPTION).open("rb") as file:
            data = json.loads(file.read(MAX_METADATA_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        raise _bad(folder, N_("{path}: {file} cannot be read: {detail}"), error) from error
    if not isinstance(data, dict):
        raise _bad(folder, N_("{path}: {file} is not a JSON object"))
    return data


def _pairs(data: dict[str, Any], folder: Path) -> tuple[Pair, ...]:
    found = data.get("pairs")
    if not isinstance(found, list) or not found:
        raise _bad(folder, N_("{path}: {file} names no “pairs”"))
    try:
        return tuple(
            Pair(canonical(str(source)), canonical(str(target))) for source, target in found
        )
    except (UsageError, TypeError, ValueError) as error:
        raise _bad(folder, N_("{path}: {file} has unusable “pairs”: {detail}"), error) from error


def _codes(data: dict[str, Any], folder: Path) -> tuple[tuple[str, str], ...]:
    try:
        found = {canonical(tag): str(code) for tag, code in (data.get("codes") or {}).items()}
    except (UsageError, AttributeError) as error:
        raise _bad(folder, N_("{path}: {file} has unusable “codes”: {detail}"), error) from error
    return tuple(sorted(found.items()))


def _text(data: dict[str, Any], key: str, folder: Path) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise _bad(folder, N_("{path}: {file} has no “{detail}”"), key)
    return value


def _inside(data: dict[str, Any], key: str, usual: str, folder: Path) -> str:
    value = str(data.get(key) or usual)
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or "\\" in value:
        raise _bad(folder, N_("{path}: {file} names a file outside the folder: {detail}"), value)
    return value


def _require(folder: Path, layout: Layout, expected: Any) -> None:
    weights = folder / layout.model / "model.bin"
    names = [f"{layout.model}/model.bin", layout.source_tokenizer, layout.target_tokenizer]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise PackageError(
            N_("{path}: the package lacks {files}"),
            code="package.contents", path=folder, files=", ".join(dict.fromkeys(missing)),
        )  # fmt: skip
    if expected is not None and sha256_of(weights) != str(expected).lower():
        raise PackageError(
            N_("{path}: its SHA-256 is {found}, expected {expected}"),
            code="package.checksum", path=folder, found=sha256_of(weights), expected=expected,
        )  # fmt: skip


def _bad(folder: Path, template: str, detail: object = "") -> PackageError:
    return PackageError(
        template, code="package.metadata", path=folder, file=DESCRIPTION, detail=detail
    )
