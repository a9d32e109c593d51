"""Which sentinel a model brings back unharmed, tried out once and written down beside the package.

The same mark is safe in one model and useless in another, and a mark may survive and still spoil the
words around it. So each shape travels through a few sentences in the place of a name, and what
comes out is compared with what the model makes of the name itself.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from dpg_l10n.domain.locales import base
from dpg_l10n.domain.placeholders.sentinels import BRACES, SENTINELS, Sentinel
from dpg_l10n.engines.runtime import Model

FILE = "dpg-l10n.calibration.json"
_VERSION = 1
_CLOSE_ENOUGH = 0.02
"""A shape must be better by this to go before one that more models know."""

_NAMES = ("Anna", "Peter")
_SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "Welcome back, {0}", "Delete {0} from the list?", "{0} was added to the group.",
        "The message could not be sent to {0}.", "Send a copy to {0}", "Created by {0} on Monday",
        "{0} has no permission to open this page.", "You are signed in as {0}.",
        "The file {0} already exists.", "Enter the password of {0}", "Sorry, {0} was not found.",
        "Last changed by {0}", "Ask {0} for help", "Click {0} to continue.",
        "This form belongs to {0} and cannot be deleted.", "Share {0} with other people",
        "Are you sure that you want to remove {0}?", "The report of {0} is ready.",
        "{0} must not be empty.", "Wait until {0} has finished.", "Move {0} to another folder",
        "A new version of {0} is available.", "Replace {0} with {1}", "From {0} to {1}",
        "{0} invited {1} to the project.", "{0} is not the same as {1}.",
        "Copy {0} and {1} to the clipboard", "The name {0} is used by {1} already.",
    ),
    "fr": (
        "Bienvenue, {0}", "Supprimer {0} de la liste ?", "{0} a rejoint le groupe.",
        "Le fichier {0} existe déjà.", "Envoyer une copie à {0}", "Créé par {0} lundi",
        "Remplacer {0} par {1}", "De {0} à {1}", "{0} ne doit pas être vide.",
    ),
    "es": (
        "Bienvenida, {0}", "¿Quitar {0} de la lista?", "{0} se unió al grupo.",
        "El archivo {0} ya existe.", "Enviar una copia a {0}", "Creado por {0} el lunes",
        "Sustituir {0} por {1}", "De {0} a {1}", "{0} no puede estar vacío.",
    ),
}  # fmt: skip
"""Sentences by the language that the model reads. Of another language nothing is tried."""


def calibrated(package: Path, source: str, model: Model, weights: str = "model") -> Sentinel:
    """Return the best sentinel of a package, measured at its first use.

    Args:
        package: Folder of the package; the result is kept in the folder that holds it, where that
            can be written.
        source: BCP 47 tag of the language that the model reads.
        model: The loaded package.
        weights: Folder of the model inside the package.
    """
    stamp = _stamp(package / weights)
    known = _read(package.parent).get(package.name, {})
    if known.get("model") == stamp:
        shares = known.get("sentinels", {})
    else:
        shares = measure(source, model)
        _write(package, {"model": stamp, "sentinels": shares})
    return choose(shares)


def choose(shares: Mapping[str, float]) -> Sentinel:
    """Return the sentinel to use after a measurement; ``{0}`` where nothing was measured."""
    best = max(shares.values(), default=0.0)
    for sentinel in SENTINELS:
        if shares.get(sentinel.name, 0.0) >= best - _CLOSE_ENOUGH and best:
            return sentinel
    return BRACES


def measure(source: str, model: Model) -> dict[str, float]:
    """Return for each sentinel, by its name, how well it travels, 0.0 to 1.0.

    A sentence counts nothing when a mark is lost or doubled, else as much as its translation is
    like that of the same sentence with a name.
    """
    sentences = _SENTENCES.get(base(source), ())
    if not sentences:
        return {}
    named = [text.format(*_NAMES) for text in sentences]
    marked = [[text.format(s.write(0), s.write(1)) for text in sentences] for s in SENTINELS]
    translated = model.translate([*named, *(text for texts in marked for text in texts)])
    size = len(sentences)
    return {
        sentinel.name: round(
            sum(
                _likeness(sentinel, text, made, natural)
                for text, made, natural in zip(
                    sentences, translated[size * (i + 1) :], translated, strict=False
                )
            )
            / size,
            4,
        )
        for i, sentinel in enumerate(SENTINELS)
    }


def _likeness(sentinel: Sentinel, source: str, made: str, natural: str) -> float:
    if sorted(sentinel.numbers(made)) != list(range(2 if "{1}" in source else 1)):
        return 0.0
    return Indel.normalized_similarity(sentinel.fill(made, lambda i: _NAMES[i]), natural)


def _stamp(folder: Path) -> str:
    """Return what tells one model file from another one under the same name."""
    status = (folder / "model.bin").stat()
    return f"{_VERSION}:{status.st_size}:{status.st_mtime_ns}"


def _read(folder: Path) -> dict[str, Any]:
    try:
        data = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return {}  # it is measured again
    return data if isinstance(data, dict) else {}


def _write(package: Path, found: dict[str, Any]) -> None:
    text = json.dumps({**_read(package.parent), package.name: found}, indent=2) + "\n"
    # A folder of Argos's may belong to somebody else; then each process measures for itself.
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=package.parent, prefix=f".{FILE}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(package.parent / FILE)
