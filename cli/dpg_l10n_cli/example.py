"""The example that is shipped: an invented product, and small models that know its phrases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dpg_l10n import bootstrap, resources
from dpg_l10n.config import Settings
from dpg_l10n.domain.project import ProjectSpec
from dpg_l10n.errors import UnavailableError
from dpg_l10n.ports import Engine, Store
from dpg_l10n.services.drafting import DraftOptions, draft
from dpg_l10n.services.ingest import PushOptions, push
from dpg_l10n.services.reports import PushReport
from dpg_l10n_cli import options

ACTOR = "demo"
SLUG = "village-health-register"


def tree() -> Path:
    """Return the folder of the example's catalogues."""
    return resources.data_folder("demo")


@contextmanager
def filled() -> Iterator[Settings]:
    """Give settings of a store of the example, pushed and drafted; it is gone afterwards.

    Without the extra ``mt`` there are no drafts of a machine in it.
    """
    with tempfile.TemporaryDirectory(prefix="dpg-l10n-demo-") as folder:
        made = options.configured(str(Path(folder) / "store.db"))
        spec = options.load_spec(tree())
        with bootstrap.open_store(made) as store:
            take_in(store, spec, tree(), made)
            try:
                with engine(made, Path(folder) / "models") as machine:
                    draft(store, spec.slug, machine, bootstrap.clock(), DraftOptions(actor=ACTOR))
            except UnavailableError:
                draft(store, spec.slug, None, bootstrap.clock(), DraftOptions(actor=ACTOR))
        yield made


def take_in(store: Store, spec: ProjectSpec, directory: Path, config: Settings) -> PushReport:
    """Push a working tree as a demonstration does: what can be read is taken, and shown as it is."""
    asked = PushOptions(actor=ACTOR, keep_going=True, accept_damage=True)
    return push(store, spec, options.reader(directory, config), bootstrap.clock(), asked)


@contextmanager
def engine(config: Settings, folder: Path) -> Iterator[Engine | None]:
    """Give an engine that knows the installed models and, put into a folder, the shipped ones.

    Raises:
        UnavailableError: The extra ``mt`` is not installed.
    """
    shipped = bootstrap.models(replace(config, models=folder))
    for package in sorted(resources.data_folder("models").glob("*.argosmodel")):
        shipped.install(package)
    with bootstrap.open_engine(config, "argos", also=[folder]) as opened:
        yield opened
