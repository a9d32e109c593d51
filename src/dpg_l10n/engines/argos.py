"""Drafts with the models of Argos Translate, on this machine, many strings at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

from dpg_l10n.engines.languages import nearest
from dpg_l10n.engines.package import Package, installed, verify, version_key
from dpg_l10n.engines.phrases import bare, known_sentences
from dpg_l10n.engines.runtime import Model
from dpg_l10n.engines.sentences import split
from dpg_l10n.engines.spec import EngineSpec
from dpg_l10n.errors import ModelMissingError, PackageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import EngineInfo, Pair

_LOADED_AT_ONCE = 2
"""Models kept in memory, 100 to 400 MB each; the one not used for longest goes first."""

_Key = tuple[Path, int, int]


class ArgosEngine:
    """Translates with installed packages; loads a model when it is first needed.

    Folders are looked through anew in each call, so that a package that was installed, replaced or
    removed meanwhile is noticed.

    Args:
        folders: Folders of packages, in the order in which they are searched.
        threads: Batches decoded at once; None takes one per processor.
    """

    name = "argos"
    sends_text_away = False

    def __init__(self, folders: Sequence[Path], *, threads: int | None = None) -> None:
        """Remember the folders; nothing is loaded yet."""
        self._folders = tuple(folders)
        self._threads = threads
        self._models: OrderedDict[_Key, Model] = OrderedDict()
        self._lock = threading.Lock()

    def pairs(self) -> tuple[Pair, ...]:
        """Return the pairs of the installed packages."""
        return tuple(self._packages())

    def info(self, pair: Pair) -> EngineInfo:
        """Return which package translates a pair.

        Raises:
            ModelMissingError: None does.
        """
        package = self._choose(pair)
        return EngineInfo(
            engine=self.name,
            model=package.name,
            version=package.version,
            sha256=package.sha256,
            licence=package.licence,
            demonstration=package.demonstration,
        )

    def translate(
        self,
        texts: Sequence[str],
        pair: Pair,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """Translate many texts, each distinct sentence of them once.

        White space around and between sentences is that of the source. A demonstration model is
        asked only for what it knows: a text with any other sentence comes back empty.

        Args:
            texts: Whole texts.
            pair: From which language to which; a package for a more general tag serves too.
            progress: Called with the number of texts done since the last call, in proportion to
                the sentences done. An exception that it raises stops the work.

        Raises:
            ModelMissingError: No package has this pair.
            MissingExtraError: CTranslate2 or SentencePiece is not installed.
            PackageError: ``package.checksum``, ``package.model``: the package is damaged.
        """
        package = self._choose(pair)
        model = self._model(package)
        cuts = [split(text) for text in texts]
        sentences = list(
            dict.fromkeys(
                piece.strip() for parts in cuts for piece in parts[::2] if _has_letters(piece)
            )
        )
        known = known_sentences(package.path) if package.demonstration else None
        if known is not None:
            sentences = [sentence for sentence in sentences if bare(sentence) in known]
        steps = _Steps(len(texts), len(sentences), progress)
        translated = dict(zip(sentences, model.translate(sentences, steps.advance), strict=True))
        steps.finish()
        return [_join(parts, translated) for parts in cuts]

    def close(self) -> None:
        """Free the memory of the models; a later call loads them again."""
        with self._lock:
            self._models.clear()

    def _packages(self) -> dict[Pair, Package]:
        """Return the best package of each pair: real before demonstration, then the newest."""
        best: dict[Pair, Package] = {}
        for package in installed(self._folders):
            if package.pair is None:
                continue
            rival = best.get(package.pair)
            if rival is None or _rank(package) > _rank(rival):
                best[package.pair] = package
        return best

    def _choose(self, pair: Pair) -> Package:
        packages = self._packages()
        for target in nearest(pair.target):
            for source in nearest(pair.source):
                package = packages.get(Pair(source, target))
                if package is not None:
                    return package
        raise ModelMissingError(source=pair.source, target=pair.target)

    def _model(self, package: Package) -> Model:
        status = (package.path / "model" / "model.bin").stat()
        key = (package.path, status.st_mtime_ns, status.st_size)
        # Held while loading: of several threads that want the model one loads it, the others wait.
        with self._lock:
            model = self._models.get(key)
            if model is None:
                model = self._load(package)
                self._models[key] = model
            self._models.move_to_end(key)
            while len(self._models) > _LOADED_AT_ONCE:
                self._models.popitem(last=False)
        return model

    def _load(self, package: Package) -> Model:
        result = verify(package)
        if result.pinned and not result.intact:
            raise PackageError(
                N_("{path}: {files} changed since the package was installed. Install it again."),
                code="package.checksum", path=package.path,
                files=", ".join((*result.changed, *result.missing, *result.added)[:5]),
            )  # fmt: skip
        return Model(
            package.path,
            *package.codes,
            target_prefix=package.target_prefix,
            threads=self._threads,
        )


class _Steps:
    """Turns sentences done into whole texts done."""

    def __init__(self, texts: int, sentences: int, report: Callable[[int], None] | None) -> None:
        self._texts = texts
        self._sentences = sentences
        self._report = report
        self._done = 0
        self._told = 0

    def advance(self, sentences: int) -> None:
        self._done += sentences
        self._tell(self._texts * self._done // self._sentences)

    def finish(self) -> None:
        self._tell(self._texts)

    def _tell(self, texts: int) -> None:
        if self._report is not None and texts > self._told:
            self._report(texts - self._told)
            self._told = texts


def _rank(package: Package) -> tuple[bool, tuple[tuple[int, str], ...]]:
    return not package.demonstration, version_key(package.version)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _join(parts: list[str], translated: dict[str, str]) -> str:
    """Return a text from its sentences, empty when one of them has no translation."""
    out = []
    for place, part in enumerate(parts):
        core = part.strip()
        if place % 2 or not _has_letters(core):
            out.append(part)
        elif core not in translated:
            return ""
        else:
            start = len(part) - len(part.lstrip())
            out.append(part[:start] + translated[core] + part[start + len(core) :])
    return "".join(out)


ENGINE = EngineSpec(
    name="argos",
    title="Argos Translate models",
    sends_text_away=False,
    open=ArgosEngine,
)
