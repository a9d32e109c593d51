"""How good machine drafts really were: what people made of those that they accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dpg_l10n.domain.message import texts
from dpg_l10n.domain.unit import AcceptedDraft
from dpg_l10n.errors import MissingExtraError
from dpg_l10n.ports import EngineInfo, Store
from dpg_l10n.services.reports import ModelQuality

ENOUGH = 50
"""Accepted texts below which a figure switches nothing off."""


@dataclass(frozen=True, slots=True)
class ModelsReport:
    """Quality of all models that drafted anything that was accepted."""

    project: str | None
    models: tuple[ModelQuality, ...]


def models_report(store: Store, slug: str | None = None) -> ModelsReport:
    """Measure drafts by what people accepted in their place.

    Texts that nobody looked at are in no figure, so the figures say how much work the accepted ones
    were. Drafts that needed no engine (texts without letters) are left out.

    Args:
        store: Where.
        slug: Project; None for all.

    Raises:
        NotFoundError: There is no such project.
        MissingExtraError: sacrebleu is not installed.
    """
    with store.read() as uow:
        project = uow.projects.require(slug) if slug is not None else None
        found = uow.past.accepted_drafts(project.id if project else None)
    return ModelsReport(slug, _measured(found))


def poor_chrf(
    store: Store, info: EngineInfo, language: str, minimum: float | None
) -> ModelQuality | None:
    """Return the quality of a model in a language when it is below a minimum, else None.

    Args:
        store: Where.
        info: The model.
        language: BCP 47 tag.
        minimum: Least chrF; None asks for none.

    Raises:
        MissingExtraError: A minimum is set and sacrebleu is not installed.
    """
    if minimum is None:
        return None
    for one in models_report(store).models:
        same = (one.engine, one.model, one.version) == (info.engine, info.model, info.version)
        if same and one.language == language and is_off(one, minimum):
            return one
    return None


def is_off(one: ModelQuality, minimum: float | None) -> bool:
    """Tell whether a model drafts no more in a language: enough was accepted, and it is below the bar.

    Args:
        one: How good it was.
        minimum: Least chrF; None asks for none.
    """
    return minimum is not None and one.accepted >= ENOUGH and one.chrf < minimum


def _measured(found: Iterable[AcceptedDraft]) -> tuple[ModelQuality, ...]:
    groups: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for one in found:
        detail = dict(one.origin.detail)
        if detail.get("way") == "copy":
            continue
        key = (
            detail.get("engine", ""), detail.get("model", ""), detail.get("version", ""),
            one.language,
        )  # fmt: skip
        pair = " ".join(texts(one.draft)), " ".join(texts(one.accepted))
        groups.setdefault(key, []).append(pair)
    return tuple(_quality(key, pairs) for key, pairs in sorted(groups.items()))


def _quality(key: tuple[str, str, str, str], pairs: list[tuple[str, str]]) -> ModelQuality:
    try:
        from sacrebleu import corpus_chrf, corpus_ter
    except ImportError as error:
        raise MissingExtraError(extra="mt") from error
    drafts, accepted = [draft for draft, _ in pairs], [text for _, text in pairs]
    return ModelQuality(
        *key,
        accepted=len(pairs),
        unchanged=sum(draft == text for draft, text in pairs),
        chrf=round(float(corpus_chrf(drafts, [accepted]).score), 1),
        ter=round(float(corpus_ter(drafts, [accepted]).score), 1),
    )
