"""What every store promises of glossaries."""

from __future__ import annotations

from dataclasses import replace

from dpg_l10n.domain.records import Project
from dpg_l10n.domain.terms import Concept, Glossary, Term, TermStatus, Use, Wanted
from dpg_l10n.ports import Store
from tests.support.stores import PROJECT, Begun
from tests.support.terms import concept


def _bare(concepts: list[Concept]) -> list[Concept]:
    return [replace(each, id=0) for each in concepts]


def test_a_glossary_is_kept_and_read_back(begun: Begun) -> None:
    glossaries = begun.uow.glossaries
    health = glossaries.save(Glossary("health", licence="CC0-1.0", at=100), "amina")
    put = [
        replace(concept("dose", "dose", risk="clinical", sw=["dozi", "-kipimo"]), note="Not a measure."),
        replace(concept("who", "WHO", keep=True), glossary="health"),
    ]  # fmt: skip
    assert glossaries.put(health, put, "amina", 100) == 2
    put = [replace(each, glossary="health") for each in put]
    assert _bare(glossaries.concepts(Wanted())) == put
    assert glossaries.put(health, put, "juma", 200) == 0
    assert glossaries.overview() == ((health, 2, 2),)
    again = glossaries.save(Glossary("health", licence="MIT", at=200), "juma")
    assert again == Glossary("health", "", "MIT", 200, health.id)
    assert glossaries.remove(health) == 2
    assert (glossaries.overview(), glossaries.concepts(Wanted())) == ((), [])


def test_a_concept_is_written_anew_by_its_key(begun: Begun) -> None:
    glossaries = begun.uow.glossaries
    health = glossaries.save(Glossary("health"), "amina")
    old = concept("dose", "dose", sw=["dozi", "kipimo"])
    glossaries.put(health, [old], "amina", 100)
    (english, *_) = old.terms
    terms = (english, Term("sw", "kipimo", Use.FORBIDDEN, TermStatus.ACCEPTED), Term("fr", "dose"))
    new = replace(old, terms=terms, risk="clinical", glossary="health")
    assert glossaries.put(health, [new, concept("x", "x")], "juma", 200) == 2
    assert _bare(glossaries.concepts(Wanted(keys=("dose",)))) == [new]


def test_concepts_are_asked_for_by_what_they_are(begun: Begun) -> None:
    glossaries = begun.uow.glossaries
    shared = glossaries.save(Glossary("health"), "amina")
    own = glossaries.save(Glossary("ours", begun.project.slug), "amina")
    suggested = TermStatus.SUGGESTED
    glossaries.put(
        shared,
        [concept("dose", "dose", fr=["dose"], sw=["dozi"]), concept("ÉTÉ", "summer", status=suggested, fr=["été"])],
        "amina",
        100,
    )  # fmt: skip
    glossaries.put(own, [concept("card", "card", sw=["kadi"])], "amina", 100)

    def keys(wanted: Wanted) -> list[str]:
        return [each.key for each in glossaries.concepts(wanted)]

    assert keys(Wanted(project_id=begun.project.id)) == ["dose", "ÉTÉ", "card"]
    assert keys(Wanted(project_id=begun.project.id + 1)) == ["dose", "ÉTÉ"]
    assert keys(Wanted(glossary="ours")) == ["card"]
    assert keys(Wanted(status=TermStatus.ACCEPTED)) == ["dose", "card"]
    assert keys(Wanted(open_in="fr")) == ["ÉTÉ"]
    assert keys(Wanted(text="DOZ")) == ["dose"]
    assert keys(Wanted(text="Été")) == ["ÉTÉ"]
    assert keys(Wanted(text="%")) == []
    first = glossaries.concepts(Wanted(limit=1))
    assert [each.key for each in first] == ["dose"]
    assert keys(Wanted(after=first[0].id, limit=1)) == ["ÉTÉ"]
    (dose, _, card) = glossaries.concepts(Wanted(languages=("sw",)))
    assert [term.text for term in (*dose.terms, *card.terms)] == ["dozi", "kadi"]
    assert (dose.own, card.own, card.glossary) == (False, True, "ours")


def test_many_concepts_are_written_at_once(begun: Begun) -> None:
    glossaries = begun.uow.glossaries
    many = glossaries.save(Glossary("many"), "amina")
    put = [concept(f"k{number}", f"word {number}", sw=[f"neno {number}"]) for number in range(2500)]
    assert glossaries.put(many, put, "amina", 100) == 2500
    assert glossaries.put(many, put, "amina", 200) == 0
    assert len(glossaries.concepts(Wanted())) == 2500


def test_terms_are_those_of_now_after_a_change_and_after_another_glossary_of_the_name(
    store: Store,
) -> None:
    def put(*concepts: Concept, anew: bool = False) -> Project:
        with store.write() as uow:
            project = uow.projects.save(PROJECT)
            known = uow.glossaries.get("health")
            if known is not None and anew:
                uow.glossaries.remove(known)
            health = uow.glossaries.save(Glossary("health"), "amina")
            uow.glossaries.put(health, concepts, "amina", 100)
            uow.commit()
            return project

    def enforced() -> list[str]:
        with store.read() as uow:
            found = uow.glossaries.terminology(project, "sw", enforced=True)
            hits = found.find("a dose of water") if found else []
            return [each.key for hit in hits for each in hit.concepts]

    project = put(concept("dose", "dose", sw=["dozi"]))
    assert enforced() == ["dose"]
    put(concept("water", "water", sw=["maji"]))
    assert enforced() == ["dose", "water"]
    put(concept("water", "water", sw=["maji"]), anew=True)
    assert enforced() == ["water"]
    put(concept("dose", "dose", sw=["dozi"]), anew=True)
    assert enforced() == ["dose"]
