"""Which format a file that is converted has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.paths import unpacked_path
from dpg_l10n.errors import AmbiguousError, NotFoundError
from dpg_l10n.formats import FORMATS
from dpg_l10n.formats.gzipped import readable
from dpg_l10n.formats.mo import compile_mo, parse_mo
from dpg_l10n.formats.spec import FormatSpec, PluralKind
from dpg_l10n.i18n import N_


def _parse_mo(data: bytes, *, source: Catalogue | None = None) -> Catalogue:
    del source  # a compiled catalogue holds its source texts
    return parse_mo(data)


def _write_mo(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    del template  # nobody lays out what programs read
    return compile_mo(catalogue)


MO = readable(
    FormatSpec(
        name="mo",
        title="compiled gettext",
        suffixes=(".mo", ".gmo"),
        bilingual=True,
        plurals=PluralKind.GETTEXT,
        parse=_parse_mo,
        serialize=_write_mo,
        sniff=lambda _path, head: head[:4] in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"),
        begin=FORMATS["po"].begin,
        binary=True,
    )
)
"""Compiled catalogues: no project keeps its texts in them, so that they are no format of files."""


def _every() -> list[FormatSpec]:
    return [*FORMATS, MO]


def form_named(name: str) -> FormatSpec:
    """Return a format by its name.

    Raises:
        NotFoundError: There is none of this name.
    """
    if name == MO.name:
        return MO
    return FORMATS[name]


def form_of(path: str, data: bytes) -> FormatSpec:
    """Return the format of a file by its name and content.

    Raises:
        NotFoundError: No format knows it.
    """
    for form in _every():
        if unpacked_path(path).lower().endswith(form.suffixes) and form.sniff(path, data):
            return form
    raise NotFoundError(kind="format", name=path, hint="Name it with --from: " + _names(FORMATS))


_PLAINEST = frozenset({"json", "csv", "xlsx", "xliff1"})
"""Of the formats that share an ending, those that no single program or tool asks for."""


def form_for(path: str, like: FormatSpec) -> FormatSpec:
    """Return the format that a new file of this name has.

    Args:
        path: The new file.
        like: Format of what is converted, which is taken where the ending may mean it.

    Raises:
        NotFoundError: No format has this ending.
        AmbiguousError: Several have it.
    """
    name = unpacked_path(PurePosixPath(path).name).lower()
    fitting = [form for form in _every() if name.endswith(form.suffixes)]
    if not fitting:
        hint = "Name it with --to: " + _names(FORMATS)
        raise NotFoundError(kind="format", name=path, hint=hint)
    if like in fitting:
        return like
    usual = [form for form in fitting if not form.unusual]
    plainest = [form for form in usual if form.name in _PLAINEST]
    for found in (usual, plainest):
        if len(found) == 1:
            return found[0]
    raise AmbiguousError(
        N_("{path} may be of several formats. Name one with --to: {names}"),
        path=path, names=_names(fitting),
    )  # fmt: skip


def _names(forms: Iterable[FormatSpec]) -> str:
    return ", ".join(form.name for form in forms)
