"""What a check says of a text: rules with a permanent code, and findings made by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
"""Start and end (exclusive) of the faulty part of a text, in characters."""


class Severity(StrEnum):
    """What a finding does: an error blocks, a warning asks, an info is there to be read."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class _Blank(dict[str, str]):
    """Values of a template; an absent one shows its own name."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check says of one text. A value, never an exception."""

    code: str
    """Permanent name of the rule (``"placeholder.lost"``)."""
    severity: Severity
    message_template: str
    """English sentence with ``{name}`` fields, marked for translation where the rule is made."""
    params: tuple[tuple[str, str], ...] = ()
    """Values of the fields."""
    span: Span | None = None
    """Where in the target text, None when the fault is something that is not there."""
    variant: str | None = None
    """Label of the plural variant, None for a message without variants or for all of them."""

    @property
    def message(self) -> str:
        """The English sentence with its values."""
        return self.formatted(self.message_template)

    def formatted(self, template: str) -> str:
        """Return a sentence with the values; the template is the rule's own or its translation.

        A field without a value shows its own name: a translation of the template may be wrong.
        """
        return template.format_map(_Blank(self.params))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check can find: calling it makes the finding."""

    code: str
    severity: Severity
    """Severity in the ordinary case; a check may find a case worse or milder."""
    template: str
    """English sentence with ``{name}`` fields, marked with ``N_``."""

    def __call__(
        self,
        *,
        severity: Severity | None = None,
        span: Span | None = None,
        variant: str | None = None,
        **params: str,
    ) -> Finding:
        """Return a finding of this rule; ``severity`` overrides the ordinary one."""
        return Finding(
            self.code, severity or self.severity, self.template, tuple(params.items()), span, variant
        )  # fmt: skip


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among some findings, None when there are none."""
    order = list(Severity)
    return min((finding.severity for finding in findings), key=order.index, default=None)
