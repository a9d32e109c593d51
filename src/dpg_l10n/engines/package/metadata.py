"""What a model package says of itself: ``metadata.json`` and the files beside it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dpg_l10n.engines.languages import from_argos
from dpg_l10n.engines.layout import Layout
from dpg_l10n.engines.package.lock import read_lock
from dpg_l10n.engines.tokenizers import BPE, SENTENCEPIECE
from dpg_l10n.errors import PackageError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Pair

METADATA = "metadata.json"

DESCRIPTION = "engine.json"
"""What folders of other models have instead, see :mod:`dpg_l10n.engines.package.described`."""

MAX_METADATA_BYTES = 1024 * 1024
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,39}")
_VOCABULARIES = ("shared_vocabulary", "source_vocabulary", "vocabulary")


@dataclass(frozen=True, slots=True)
class Package:
    """A model package as it lies in a folder."""

    path: Path
    name: str
    """``translate-en_es``; the name of the folder for a broken package."""
    version: str
    pair: Pair | None
    """BCP 47 tags, None for a broken package."""
    title: str
    """For people: ``English → Spanish``."""
    codes: tuple[str, str] = ("", "")
    """Argos's codes of the two languages."""
    licence: str | None = None
    """As the metadata state it; Argos's own packages state none."""
    demonstration: bool = False
    sha256: str = ""
    """Of the archive that it was installed from, empty where nobody knows."""
    problem: str | None = None
    """Why it cannot be used, None when it can."""
    more_pairs: tuple[Pair, ...] = ()
    """Further pairs that the same model translates."""
    layout: Layout = field(default_factory=Layout)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs, none of a broken package."""
        return () if self.pair is None else (self.pair, *self.more_pairs)

    @property
    def non_commercial(self) -> bool:
        """True when the licence forbids commercial use: such a model is used only if none is free."""
        licence = (self.licence or "").lower()
        return "-nc" in licence or "non-commercial" in licence or "noncommercial" in licence

    @property
    def folder_name(self) -> str:
        """Name of the folder in which it is installed."""
        return f"{self.name}-{self.version.replace('.', '_')}"


def read_package(folder: Path) -> Package:
    """Read the metadata of an unpacked package and see that its files are there.

    Raises:
        PackageError: ``package.metadata``: they are missing or unusable; ``package.contents``: a
            file that every package needs is missing.
    """
    metadata = _read_json(folder)
    codes = _text(metadata, "from_code", folder), _text(metadata, "to_code", folder)
    version = _text(metadata, "package_version", folder)
    kind = metadata.get("type", "translate")
    if kind != "translate":
        raise _bad(folder, N_("{path}: not a translation model but “{kind}”"), kind=kind)
    if not all(map(_CODE.fullmatch, codes)) or not VERSION.fullmatch(version):
        raise _bad(folder, N_("{path}: the language codes or the version in {file} are unusable"))
    try:
        pair = Pair(from_argos(codes[0]), from_argos(codes[1]))
    except UsageError as error:
        raise _bad(folder, N_("{path}: {detail}"), detail=error) from error
    _require_files(folder)
    source, target = (str(metadata.get(key) or code) for key, code in
                      zip(("from_name", "to_name"), codes, strict=True))  # fmt: skip
    licence = metadata.get("license") or metadata.get("licence")
    return Package(
        path=folder,
        name=f"translate-{codes[0]}_{codes[1]}",
        version=version,
        pair=pair,
        title=f"{source} → {target}",
        codes=codes,
        layout=Layout(target_prefix=str(metadata.get("target_prefix") or "")),
        licence=licence if isinstance(licence, str) else None,
        demonstration=metadata.get("dpg_l10n_demonstration") is True,
        sha256=read_lock(folder.parent).archive(folder.name),
    )


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts versions: ``1.10`` comes after ``1.9``."""
    parts = re.findall(r"[0-9]+|[A-Za-z]+", version)
    key = ((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
    return (*key, (0, ""))  # the end of a version sorts after letters: 1.0 comes after 1.0rc1


def _read_json(folder: Path) -> dict[str, Any]:
    path = folder / METADATA
    try:
        with path.open("rb") as file:
            data = file.read(MAX_METADATA_BYTES + 1)
        metadata = json.loads(data[:MAX_METADATA_BYTES])
    except OSError as error:
        raise _bad(folder, N_("{path}: {file} is missing or cannot be read")) from error
    except (ValueError, RecursionError) as error:
        raise _bad(folder, N_("{path}: {file} is not valid JSON")) from error
    if not isinstance(metadata, dict):
        raise _bad(folder, N_("{path}: {file} is not a JSON object"))
    return metadata


def _text(metadata: dict[str, Any], key: str, folder: Path) -> str:
    value = metadata.get(key)
    if not isinstance(value, str) or not value:
        raise _bad(folder, N_("{path}: {file} has no “{key}”"), key=key)
    return value


def _require_files(folder: Path) -> None:
    # model/config.json is not asked for: models of CTranslate2 before version 3 have none.
    model = folder / "model"
    vocabularies = (model / (name + end) for name in _VOCABULARIES for end in (".json", ".txt"))
    missing = [
        name
        for name, there in (
            ("model/model.bin", (model / "model.bin").is_file()),
            ("model/shared_vocabulary.json", any(path.is_file() for path in vocabularies)),
            (SENTENCEPIECE, (folder / SENTENCEPIECE).is_file() or (folder / BPE).is_file()),
        )
        if not there
    ]
    if missing:
        raise PackageError(
            N_("{path}: the package lacks {files}"),
            code="package.contents", path=folder, files=", ".join(missing),
        )  # fmt: skip


def _bad(folder: Path, template: str, **params: object) -> PackageError:
    return PackageError(template, code="package.metadata", path=folder, file=METADATA, **params)
