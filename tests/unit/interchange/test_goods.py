"""Registries of digital public goods in the shapes that they come in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.goods import Good
from dpg_l10n.errors import InputError
from dpg_l10n.interchange.goods import ReadRegistry, read


def registry(document: Any) -> ReadRegistry:
    return read(json.dumps(document).encode(), "folder/registry.json")


EXTRACT = {
    "source": "https://example.org/registry", "commit": "abc123",
    "projects": [
        {"project": "clinic-book", "name": "Clinic  Book", "website": "https://clinic.example.org",
         "type": ["software"], "sectors": ["Health"], "sdgs": [3, 10], "licence": ["GPL-3.0"],
         "repositories": ["https://example.org/clinic"], "owners": ["A ministry"], "stage": "DPG",
         "deploymentCountries": ["KE", "TZ"]},
        {"project": "unscreened", "name": "Unscreened", "stage": "nominee",
         "deploymentCountries": None},
    ],
}  # fmt: skip
LIVE = [
    {"dpgId": "17", "name": "Clinic Book", "slug": "clinic-book", "category": "Open Software",
     "websiteURL": "https://clinic.example.org", "sdgs": [{"number": 3}, {"number": 10}],
     "sourceURL": "See https://example.org/clinic, and https://example.org/more.",
     "deploymentCountries": ["Kenya", "United Republic of Tanzania", "Atlantis"],
     "openLicense": ["GPL-3.0"], "status": "DPG", "contactEmail": "someone@example.org"},
]  # fmt: skip
OLDER = [
    {"id": "clinic-book", "name": "Clinic Book", "stage": "DPG",
     "sdgs": {"sdg": ["3: Good Health and Well-being", "10: Reduced Inequality"]},
     "openlicenses": [{"openLicense": "GPL-3.0"}],
     "repositories": [{"name": "main", "url": "https://example.org/clinic"}],
     "locations": {"deploymentCountries": ["Kenya", "Tanzania"]},
     "organizations": [{"name": "x", "contact_email": "someone@example.org"}]},
]  # fmt: skip


@pytest.mark.parametrize("document", [EXTRACT, LIVE, {"data": LIVE}, OLDER])
def test_every_shape_says_the_same(document: Any) -> None:
    good = registry(document).goods[0]
    assert (good.id, good.name, good.stage) == ("clinic-book", "Clinic Book", "DPG")
    assert good.deployments == ("KE", "TZ")
    assert good.sdgs == (3, 10)
    assert good.licences == ("GPL-3.0",)
    assert good.repositories[0] == "https://example.org/clinic"


def test_nothing_of_people_is_kept() -> None:
    for document in (LIVE, OLDER):
        assert "someone@" not in repr(registry(document))


def test_countries_that_mean_nothing_are_named() -> None:
    assert registry(LIVE).unknown == ("Atlantis",)


def test_where_it_is_from_is_kept() -> None:
    found = registry(EXTRACT)
    assert (found.source, found.version) == ("https://example.org/registry", "abc123")
    bare = registry(LIVE)
    assert (bare.source, bare.version) == ("registry.json", bare.sha256[:12])


def test_unknown_countries_of_use_are_not_an_empty_list() -> None:
    by_id = {good.id: good for good in registry(EXTRACT).goods}
    assert by_id["unscreened"].deployments is None
    assert registry([{"name": "A", "deploymentCountries": []}]).goods[0].deployments == ()


def test_of_a_good_that_is_listed_twice_the_screened_entry_stays() -> None:
    nominee = {"project": "a", "name": "A", "stage": "nominee"}
    screened = {"project": "a", "name": "A", "stage": "DPG", "deploymentCountries": ["KE"]}
    for order in ([nominee, screened], [screened, nominee]):
        assert registry(order).goods == (Good("a", "A", "DPG", deployments=("KE",)),)


def test_records_without_a_name_are_counted() -> None:
    assert registry([{"name": "A"}, {"website": "https://example.org"}, 3]).refused == 2


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"[1]", b"\xff", b"null", b"[" * 100_000])
def test_what_is_no_registry_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read(data, "registry.json")
    assert refused.value.error_code == "input.registry"


_VALUES = st.sampled_from(
    [None, True, 0, 3, 99, -1, 10**30, "", "Kenya", "3: Health", "x" * 300, [], {}, [None], [3, "4", {}],
     [{"number": 3}], {"sdg": ["3", 4]}, [{"url": 3}], [{"name": "Kenya"}, {"code": "KE"}], [["KE"]],
     {"deploymentCountries": ["KE", 3]}, {"deploymentCountries": "KE"}, [{"url": "https://example.org"}]]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["name", "slug", "sdgs", "sectors", "licence", "repositories", "website", "locations",
     "deploymentCountries", "stage", "sourceURL", "project"]
)  # fmt: skip


@given(st.lists(st.dictionaries(_KEYS, _VALUES, max_size=6), max_size=3))
def test_any_record_is_read_or_left_out(records: list[dict[str, Any]]) -> None:
    try:
        found = registry(records)
    except InputError:
        return
    for good in found.goods:
        assert good.id
        assert all(1 <= goal <= 17 for goal in good.sdgs)
