"""Drafts with the models of Argos Translate, on this machine, many strings at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from dpg_l10n.domain.placeholders.sentinels import BRACES, Sentinel
from dpg_l10n.domain.sentences import split
from dpg_l10n.engines.calibration import calibrated
from dpg_l10n.engines.languages import nearest
from dpg_l10n.engines.package import Package, installed, verify, version_key
from dpg_l10n.engines.phrases import bare, known_sentences
from dpg_l10n.engines.pieces import Steps, has_letters, join
from dpg_l10n.engines.runtime import PARAMETERS, PATIENCE, Model
from dpg_l10n.engines.spec import EngineSpec
from dpg_l10n.engines.spelling import Spelled, spelled
from dpg_l10n.errors import ModelMissingError, PackageError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Candidate, EngineInfo, Pair, Wish

_LOADED_AT_ONCE = 2
"""Models kept in memory, 100 to 400 MB each; the one not used for longest goes first."""

_DEMONSTRATION_PATIENCE = 2.0
"""Such a model is sure of every word: with less the search ends before the best ending is found."""

_Key = tuple[Path, int, int, tuple[str, str]]


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
        self._sentinels: dict[_Key, Sentinel] = {}
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
            parameters=PARAMETERS,
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
        cuts = [split(text) for text in texts]
        sentences = dict.fromkeys(
            piece.strip() for parts in cuts for piece in parts[::2] if has_letters(piece)
        )
        asked = self._asked(package, sentences)
        cores = list(dict.fromkeys(variant.sentence for variant in asked.values()))
        steps = Steps(len(texts), len(cores), progress)
        made = dict(zip(cores, self._model(package).translate(cores, steps.advance), strict=True))
        steps.finish()
        translated = {text: each.restore(made[each.sentence]) for text, each in asked.items()}
        return [join(parts, translated) for parts in cuts]

    def sentinel(self, pair: Pair) -> Sentinel:
        """Return the mark that the pair's model brings back unharmed most often.

        It is measured when a package is used for the first time and kept beside it.

        Raises:
            ModelMissingError: No package has this pair.
        """
        package = self._choose(pair)
        if package.demonstration or package.pair is None:
            return BRACES
        key = _key(package)
        if key not in self._sentinels:
            model = self._model(package)
            self._sentinels[key] = calibrated(
                package.path, package.pair.source, model, package.layout.model
            )
        return self._sentinels[key]

    def candidates(
        self,
        texts: Sequence[str],
        pair: Pair,
        count: int,
        *,
        progress: Callable[[int], None] | None = None,
    ) -> list[list[Candidate]]:
        """Return up to ``count`` translations of each sentence, the likeliest first.

        A demonstration model has one for what it knows and none for anything else.

        Raises:
            ModelMissingError: No package has this pair.
        """
        package = self._choose(pair)
        asked = self._asked(package, dict.fromkeys(texts))
        cores = list(dict.fromkeys(variant.sentence for variant in asked.values()))
        steps = Steps(len(texts), len(cores), progress)
        several = 1 if package.demonstration else count
        made = dict(
            zip(cores, self._model(package).candidates(cores, several, steps.advance), strict=True)
        )
        steps.finish()
        return [
            [one._replace(text=asked[text].restore(one.text)) for one in made[asked[text].sentence]]
            if text in asked
            else []
            for text in texts
        ]

    def weigh(self, texts: Sequence[tuple[str, str]], pair: Pair) -> list[float]:
        """Return the mean log-probability of given translations, as ``(source, target)``.

        Raises:
            ModelMissingError: No package has this pair.
        """
        package = self._choose(pair)
        return self._model(package).weigh(texts)

    def grant(self, wishes: Sequence[Wish], pair: Pair) -> list[Candidate]:
        """Return translations that say a word as wished; a demonstration model grants nothing.

        Raises:
            ModelMissingError: No package has this pair.
        """
        package = self._choose(pair)
        if package.demonstration:
            return [Candidate("", 0.0) for _ in wishes]
        return self._model(package).grant(wishes)

    def plain(self, texts: Sequence[str], pair: Pair) -> list[str]:
        """Return what Argos's own program makes of texts: beam 4, and every ``_`` a space.

        Raises:
            ModelMissingError: No package has this pair.
        """
        model = self._model(self._choose(pair))
        cuts = [split(text) for text in texts]
        pieces = {piece.strip(): "" for parts in cuts for piece in parts[::2] if piece.strip()}
        for piece in pieces:
            pieces[piece] = model.plain(piece)
        return [
            "".join(pieces.get(part.strip(), part) for part in parts).replace("_", " ")
            for parts in cuts
        ]

    def close(self) -> None:
        """Free the memory of the models; a later call loads them again."""
        with self._lock:
            self._models.clear()

    def _asked(self, package: Package, sentences: Iterable[str]) -> dict[str, Spelled]:
        """Return what is translated, in the spelling in which the model gets it."""
        known = known_sentences(package.path) if package.demonstration else None
        if known is None:
            return {text: spelled(text) for text in sentences}
        return {text: Spelled(text, "", False) for text in sentences if bare(text) in known}

    def _packages(self) -> dict[Pair, Package]:
        """Return the best package of each pair: real ones, free ones, newest ones first."""
        best: dict[Pair, Package] = {}
        for package in installed(self._folders):
            for pair in package.pairs:
                rival = best.get(pair)
                if rival is None or _rank(package) > _rank(rival):
                    best[pair] = package if pair == package.pair else _for(package, pair)
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
        key = _key(package)
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
            layout=package.layout,
            threads=self._threads,
            patience=_DEMONSTRATION_PATIENCE if package.demonstration else PATIENCE,
        )


def _rank(package: Package) -> tuple[bool, bool, tuple[tuple[int, str], ...]]:
    free = not package.non_commercial
    return not package.demonstration, free, version_key(package.version)


def _key(package: Package) -> _Key:
    status = (package.path / package.layout.model / "model.bin").stat()
    return package.path, status.st_mtime_ns, status.st_size, package.codes


def _for(package: Package, pair: Pair) -> Package:
    """Return a package of many pairs as that of one of them."""
    return replace(package, pair=pair, codes=(pair.source, pair.target))


ENGINE = EngineSpec(
    name="argos",
    title="Argos Translate models",
    sends_text_away=False,
    open=ArgosEngine,
)
