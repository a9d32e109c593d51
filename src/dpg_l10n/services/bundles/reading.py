"""The use case: a bundle becomes a project of a store, or joins the one that the store has."""

from __future__ import annotations

import zipfile
import zlib
from functools import partial
from typing import BinaryIO

from dpg_l10n.errors import ConflictError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import Clock, Store, UnitOfWork
from dpg_l10n.services.bundles.archive import damaged, lines, opened, verify_bundle
from dpg_l10n.services.bundles.merge import Merge
from dpg_l10n.services.bundles.reports import BundleRead
from dpg_l10n.services.bundles.sides import Sides

_KIND = "bundle"
_UNREADABLE = (
    ValueError, KeyError, TypeError, StopIteration, IndexError, AttributeError, zipfile.BadZipFile,
    zlib.error,
)  # fmt: skip
"""What lines raise that no store wrote."""


def read_bundle(
    store: Store, scratch: Store, file: BinaryIO, actor: str, clock: Clock, *,
    slug: str | None = None, key: bytes | None = None,
) -> BundleRead:  # fmt: skip
    """Take a bundle into a store.

    A project that the store does not have is there afterwards with all of its history. One that it
    has gets what is new: a text whose history goes on where ours ends gets the rest of it, with the
    people and times of there; where both sides went on ours stays and the other text is a suggestion.

    Args:
        store: Where to.
        scratch: An empty store to look at the bundle in; it is not needed afterwards.
        file: The bundle.
        actor: Pseudonym of who reads it.
        clock: Gives the time.
        slug: Name in the store; None for the bundle's own.
        key: See :func:`dpg_l10n.services.bundles.verify_bundle`.

    Raises:
        InputError: As :func:`dpg_l10n.services.bundles.verify_bundle`; nothing is stored.
        ConflictError: ``bundle.language``: the store's project has another source language.
    """
    told = verify_bundle(file, key)
    report = BundleRead(slug or told.project, told.digest)
    why = f"bundle {told.digest}"
    with opened(file) as archive:
        with store.write() as uow:
            if uow.projects.get(report.project) is None:
                number = _load(archive, uow, report.project)
                uow.projects.begin_action(number, actor, clock.now(), _KIND, why)
                report.new = True
                report.units = told.rows["unit"]
                report.written = told.rows["translation"]
                uow.commit()
                return report
        with scratch.write() as other:
            _load(archive, other, report.project)
            other.commit()
    with scratch.read() as other, store.write() as uow:
        ours, theirs = uow.projects.require(report.project), other.projects.require(report.project)
        last = uow.projects.last_action(ours.id, _KIND)
        done = uow.past.action(ours.id, last[0]) if last else None
        if done is not None and done.why == why:
            report.known = True
            return report
        if ours.source_language != theirs.source_language:
            raise ConflictError(
                N_("The project here is written in {ours}, that of the bundle in {theirs}."),
                code="bundle.language", ours=ours.source_language, theirs=theirs.source_language,
            )  # fmt: skip
        action = uow.projects.begin_action(ours.id, actor, clock.now(), _KIND, why)
        Merge(Sides(uow, ours, other, theirs, action, actor, report)).run()
        uow.commit()
    return report


def _load(archive: zipfile.ZipFile, uow: UnitOfWork, slug: str) -> int:
    """Load a bundle; what nobody could have written is damage.

    Raises:
        InputError: ``bundle.damaged``, ``bundle.newer``.
    """
    try:
        return uow.bundles.load(slug, partial(lines, archive))
    except _UNREADABLE as error:
        raise damaged(f"a row cannot be read ({error})") from error
