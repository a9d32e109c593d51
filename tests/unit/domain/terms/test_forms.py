"""Forms of words: strict where a term is looked for, lenient where a translation is asked for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpg_l10n.domain.terms import Entry, Said, Terminology, finder
from dpg_l10n.domain.terms.forms import inflected, related
from tests.support.terms import concept


@pytest.mark.parametrize(
    ("word", "term"),
    [("cases", "case"), ("diagnoses", "diagnosis"), ("boxes", "box"), ("body", "bodies"),
     ("symptom", "symptoms"), ("databases", "database"), ("viruses", "virus")],
)  # fmt: skip
def test_a_noun_is_found_in_the_other_number(word: str, term: str) -> None:
    assert inflected(word, term, verb=False)


@pytest.mark.parametrize(
    ("word", "term"),
    [("assigned", "assignment"), ("registration", "registrant"), ("important", "import"),
     ("medic", "medication"), ("nations", "nationality"), ("applicable", "applicant"),
     ("reporter", "report"), ("uploading", "upload"), ("business", "busines")],
)  # fmt: skip
def test_what_only_grew_from_the_same_word_is_another_word(word: str, term: str) -> None:
    assert not inflected(word, term, verb=False)


@pytest.mark.parametrize(
    ("word", "term"),
    [("approved", "approve"), ("approving", "approve"), ("uploaded", "upload"), ("submits", "submit"),
     ("submitted", "submit"), ("verified", "verify"), ("verifying", "verify"), ("displayed", "display")],
)  # fmt: skip
def test_a_verb_is_found_in_its_tenses(word: str, term: str) -> None:
    assert inflected(word, term, verb=True)
    assert not inflected("approval", "approve", verb=True)


def test_an_english_text_is_searched_for_forms_and_not_for_relatives() -> None:
    found = finder([Entry("import", 1), Entry("approve", 2, verb=True), Entry("IDs", 3)], "en")
    text = "Important: two imports were approved with IDs, the importer waits for approval"
    assert [text[each.start : each.end] for each in found.find(text)] == [
        "imports", "approved", "IDs",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("fr", "Approbations en attente", "approuver"),
        ("fr", "Tâches cartographiées", "carte"),
        ("fr", "Evaluation en retard", "évaluation"),
        ("fr", "Votre compte d'utilisateur", "compte utilisateur"),
        ("fr", "Les jeux de données", "jeu de données"),
        ("fr", "Protégez vos données", "protection"),
        ("ar", "معرف قاعدة البيانات", "قاعدة بيانات"),
        ("ar", "تم حذف التقارير", "تقرير"),
        ("ar", "بجميع اللغات", "لغة"),
        ("ar", "للغة", "لغة"),
        ("ar", "حقول إضافية", "حقل"),
        ("ar", "المستوردة", "استيراد"),
        ("ar", "بالمُستخدِم", "مستخدم"),
        ("sw", "Hojaji inayolengwa", "lengo"),
        ("sw", "Yameidhinishwa leo", "idhinisha"),
        ("sw", "Vyeti vya kati", "cheti"),
        ("sw", "Alama yako ya kidole", "alama ya kidole"),
        ("am", "ፋይል ጫኑ", "ፋይሎች"),
        ("am", "የፈቃዱን ደንቦች", "ፍቃድ"),
        ("am", "መለያዎን እናሻሽላለን", "አሻሽል"),
        ("hi", "अमान्य फील्ड", "फ़ील्ड"),
        ("hi", "डिलीवरी की रिपोर्ट", "डिलिवरी"),
        ("ru", "Все отчёты", "отчет"),
    ],
)
def test_a_translation_says_a_term_in_a_form_that_a_good_one_takes(
    language: str, text: str, term: str
) -> None:
    assert Said(text, language).says(term)


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("fr", "Télécharger un document", "téléverser"),
        ("fr", "Comprendre la règle", "compte"),
        ("fr", "La donnée de la base", "base de sang"),
        ("es", "Reporte de progreso", "informe"),
        ("ar", "الاستطلاعات", "استبيان"),
        ("ar", "كلمة السر", "كلمة المرور"),
        ("sw", "Uthibitisho umeshindikana", "uhakiki"),
        ("sw", "Sheria na masharti ya kituo", "muhula"),
        ("am", "ሪፖርትዎን በዝርዝር ይግለጹ", "ዘገባዎች"),
        ("hi", "संबंधित संपर्क", "कॉंटॅक्ट"),
        ("fr", "qui est la", "WHO"),
    ],
)
def test_another_word_does_not_say_it(language: str, text: str, term: str) -> None:
    assert not Said(text, language).says(term)


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["fr", "ar", "am", "sw", "hi"]))
def test_every_word_is_related_to_itself_whatever_else_there_is(
    word: str, other: str, code: str
) -> None:
    assert related(word, word, code)
    assert related(word, other, code) in (True, False)


def test_a_word_of_which_only_one_sense_is_known_is_not_asked_for() -> None:
    request = concept("request", "application (request)", fr=["demande"])
    program = concept("program", "application (program)", fr=["application"])
    (alone,) = Terminology([request], "en", "fr").find("Close the application")
    assert (alone.accepted, alone.concepts) == ((), (request,))
    (both,) = Terminology([request, program], "en", "fr").find("Close the application")
    assert both.accepted == ("demande", "application")
