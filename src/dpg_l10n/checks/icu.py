"""ICU MessageFormat texts that a program cannot read, or that lack a case."""

from __future__ import annotations

from dpg_l10n.checks.spec import CheckSpec, Pair, Subject, When
from dpg_l10n.domain import plurals
from dpg_l10n.domain.findings import Finding, Rule, Severity
from dpg_l10n.domain.placeholders import icu
from dpg_l10n.i18n import N_

SYNTAX = Rule(
    "icu.syntax",
    Severity.ERROR,
    N_("The source has the cases “{argument}, {type}”, which cannot be read here: check the braces and the names of the cases."),
)  # fmt: skip
CATEGORY = Rule(
    "icu.category",
    Severity.ERROR,
    N_("“{argument}, {type}” lacks cases that this language needs: {categories}."),
)


def _run(subject: Subject, pairs: tuple[Pair, ...]) -> list[Finding]:
    found: list[Finding] = []
    for label, source, target, _ in pairs:
        if "icu" not in subject.kinds or "," not in source or not icu.START.search(source):
            continue
        wanted = icu.parse(source).arguments()
        if not wanted:
            continue
        present = icu.parse(target).arguments()
        if not present or any(
            icu.parse_at(target, start.start()) is None for start in icu.START.finditer(target)
        ):
            first = wanted[0]
            found.append(SYNTAX(variant=label, argument=first.name, type=first.type))
            continue
        for argument in present:
            missing = ", ".join(_missing(argument, wanted, subject.language))
            if missing:
                found.append(
                    CATEGORY(
                        variant=label,
                        argument=argument.name,
                        type=argument.type,
                        categories=missing,
                    )
                )
    return found


def _missing(
    argument: icu.Argument, wanted: tuple[icu.Argument, ...], language: str
) -> tuple[str, ...]:
    """Return the cases that an argument must have and lacks."""
    like = [one for one in wanted if (one.name, one.type) == (argument.name, argument.type)]
    if argument.type == "plural":
        varies = any(set(one.labels) != {"other"} for one in like)
        needed = plurals.required(language) if varies else ("other",)
        # An exact case says for one number what its category would say.
        exact = {"one": "=1", "two": "=2", "zero": "=0"}
        return tuple(
            label
            for label in needed
            if label not in argument.labels
            and not (label in exact and exact[label] in argument.labels)
        )
    if argument.type == "select":
        needed = tuple(dict.fromkeys(label for one in like for label in one.labels))
        return tuple(label for label in needed if label not in argument.labels)
    return () if "other" in argument.labels else ("other",)


CHECK = CheckSpec("icu", (SYNTAX, CATEGORY), _run, when=When.SIGNS)
