"""Reading registries of digital public goods: the extract of the old one, and both live shapes.

Only what is listed here is read. Names and addresses of people, evidence and answers to screenings are
in the same records and are never looked at.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dpg_l10n.domain.country_names import country_of
from dpg_l10n.domain.goods import Good
from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_

_LISTS = ("projects", "dpgs", "data", "results", "items", "goods")
_URL = re.compile(r"https?://[^\s\"'<>()\[\],;]+")
_NUMBER = re.compile(r"\d+")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class ReadRegistry:
    """What a file holds."""

    goods: tuple[Good, ...]
    source: str
    version: str
    sha256: str
    unknown: tuple[str, ...]
    """Names of countries that mean nothing to us, sorted."""
    refused: int
    """Records without a name."""


def read(data: bytes, path: str) -> ReadRegistry:
    """Return the goods of a registry file.

    Args:
        data: JSON: a list of records, or an object that has one.
        path: For errors, and as the source where the file names none.

    Raises:
        InputError: ``input.registry``: it is no registry.
    """
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _refused(path, str(error)) from error
    head = document if isinstance(document, dict) else {}
    records = next((head[name] for name in _LISTS if isinstance(head.get(name), list)), document)
    if not isinstance(records, list) or len(records) > _MOST:
        raise _refused(path, "there is no list of records in it")
    unknown: set[str] = set()
    found = [_good(record, unknown) if isinstance(record, dict) else None for record in records]
    goods: dict[str, Good] = {}
    for good in filter(None, found):
        # the same good may be listed as a nominee and, later, with its screening
        known = goods.get(good.id)
        if known is None or _rank(good) >= _rank(known):
            goods[good.id] = good
    if not goods:
        raise _refused(path, "none of its records has a name")
    digest = hashlib.sha256(data).hexdigest()
    said = [head.get(name) for name in ("commit", "version", "extracted", "date")]
    version = next((str(each) for each in said if each), digest[:12])
    source = str(head.get("source") or path.rpartition("/")[2])
    return ReadRegistry(
        tuple(sorted(goods.values(), key=lambda good: good.id)),
        source, version, digest, tuple(sorted(unknown)), found.count(None),
    )  # fmt: skip


def _rank(good: Good) -> tuple[bool, bool]:
    return good.stage.upper() == "DPG", good.deployments is not None


def _good(record: dict[str, Any], unknown: set[str]) -> Good | None:
    name = _word(record.get("name"), ())
    ids = (record.get(key) for key in ("project", "slug", "dpgId", "id"))
    identity = next((str(each) for each in ids if each), "")
    if not name and not identity:
        return None
    return Good(
        id=identity or re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or name,
        name=name or identity,
        stage=str(record.get("stage") or record.get("status") or ""),
        website=next(_addresses(_first(record, "website", "websiteURL")), ""),
        licences=_words(_first(record, "licence", "openLicense", "openlicenses", "license"),
                        "spdx", "openLicense", "name"),
        sectors=_words(_first(record, "sectors", "category", "categories"), "name"),
        sdgs=tuple(sorted(set(_goals(_first(record, "sdgs", "SDGs"))))),
        repositories=tuple(dict.fromkeys(_addresses(
            [record.get(key) for key in ("repositories", "sourceURL", "otherSources")]
        ))),
        deployments=_countries(record, unknown),
    )  # fmt: skip


def _first(record: dict[str, Any], *names: str) -> Any:
    return next((record[name] for name in names if record.get(name)), None)


def _words(value: Any, *keys: str) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    found = [_word(item, keys) for item in items]
    return tuple(dict.fromkeys(word for word in found if word))


def _word(item: Any, keys: tuple[str, ...]) -> str:
    if isinstance(item, dict):
        item = next((item[key] for key in keys if item.get(key)), None)
    return " ".join(item.split()) if isinstance(item, str) else ""


def _addresses(value: Any) -> Iterator[str]:
    """Yield the addresses in a value: texts, lists, or objects with a ``url``."""
    if isinstance(value, str):
        yield from (found.rstrip(".") for found in _URL.findall(value))
    elif isinstance(value, list):
        for item in value:
            yield from _addresses(item.get("url") if isinstance(item, dict) else item)


def _goals(value: Any) -> Iterator[int]:
    """Yield goals out of ``3``, ``{"number": 3}``, ``{"SDGNumber": 3}``, ``{"sdg": ["3: Health"]}``."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        if isinstance(item, dict):
            yield from _goals(_first(item, "number", "SDGNumber", "sdg"))
            continue
        found = _NUMBER.match(str(item).strip()) if isinstance(item, (str, int)) else None
        if found and 1 <= int(found[0][:3]) <= 17:
            yield int(found[0])


def _countries(record: dict[str, Any], unknown: set[str]) -> tuple[str, ...] | None:
    places = record.get("locations")
    listed = record.get("deploymentCountries")
    if listed is None and isinstance(places, dict):
        listed = places.get("deploymentCountries")
    if not isinstance(listed, list):
        return None
    codes = set()
    for item in listed:
        name = _word(item, ("code", "alpha2", "iso2", "name", "country"))
        code = country_of(name) if name else None
        if code:
            codes.add(code)
        elif name:
            unknown.add(name[:200])
    return tuple(sorted(codes))


def _refused(path: str, detail: str) -> InputError:
    return InputError(
        N_("{path} is no registry of digital public goods: {detail}."),
        code="input.registry", path=path, detail=detail,
    )  # fmt: skip
