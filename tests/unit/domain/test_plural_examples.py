"""Numbers that tell people what a plural variant is for."""

from __future__ import annotations

from dpg_l10n.domain.plural_examples import examples


def test_categories_show_their_numbers() -> None:
    assert examples(("one", "other"), "en", None) == ("1", "0, 2+")
    assert examples(("zero", "one", "two", "few", "many", "other"), "ar", None)[:4] == (
        "0", "1", "2", "3–10, 103–110",
    )  # fmt: skip


def test_indices_mean_what_the_formula_of_the_file_says() -> None:
    assert examples(("0", "1"), "fr", "nplurals=2; plural=(n > 1);") == ("0–1", "2+")
    assert examples(("0", "1"), "fr", "nplurals=2; plural=(n != 1);") == ("1", "0, 2+")


def test_scattered_numbers_are_cut_short() -> None:
    assert examples(("one", "few", "many", "other"), "ru", None)[0] == "1, 21, …"
