"""The registry as every store keeps it."""

from __future__ import annotations

from dpg_l10n.domain.goods import Good, RegistryImport
from dpg_l10n.ports import Store

CLINIC = Good(
    "clinic",
    "Clinic «ä»",
    "DPG",
    "https://example.org",
    ("MIT",),
    ("Health",),
    (3,),
    ("x",),
    ("KE",),
)
FIRST = RegistryImport("by hand", "1", "00", 100)


def test_a_registry_is_kept_whole(store: Store) -> None:
    with store.write() as uow:
        assert uow.goods.imported() is None
        uow.goods.replace([Good("none", "None", deployments=()), CLINIC, Good("a", "A")], FIRST)
        uow.commit()
    with store.read() as uow:
        assert uow.goods.list() == (
            Good("a", "A"),
            CLINIC,
            Good("none", "None", deployments=()),
        )
        assert uow.goods.imported() == FIRST


def test_a_new_registry_takes_the_place_of_the_old_one(store: Store) -> None:
    second = RegistryImport("by hand", "2", "11", 200)
    for goods, said in (([CLINIC], FIRST), ([Good("b", "B")], second)):
        with store.write() as uow:
            uow.goods.replace(goods, said)
            uow.commit()
    with store.read() as uow:
        assert [good.id for good in uow.goods.list()] == ["b"]
        assert uow.goods.imported() == second
