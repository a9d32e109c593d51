"""What the dictionaries of a file mean.

https://developer.apple.com/documentation/xcode/localizing-strings-that-contain-plurals
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dpg_l10n.domain.message import CLDR_CATEGORIES
from dpg_l10n.domain.placeholders import find
from dpg_l10n.formats.stringsdict.plist import Dict, Leaf

FORMAT_KEY = "NSStringLocalizedFormatKey"
SPEC = "NSStringFormatSpecTypeKey"
PLURAL = "NSStringPluralRuleType"
VALUE_TYPE = "NSStringFormatValueTypeKey"
VARIANTS = {
    "width": "NSStringVariableWidthRuleType",
    "device": "NSStringDeviceSpecificRuleType",
}
"""Rules whose members are texts of their own, by what stands for them in a key."""

_PRINTF = frozenset({"printf"})
_VARIABLE = re.compile(r"%(?:\d{1,2}\$)?#@(\w{1,80})@")
_TYPE = re.compile(r"%(?:\d{1,2}\$)?[-+0#',]*\d*(?:\.\d+)?((?:hh|h|ll|l|L|q|j|z|t)?[a-zA-Z@])")


class Frame(NamedTuple):
    """A format text around its only variable."""

    before: str
    variable: str
    """As written (``%1$#@files@``)."""
    after: str

    def whole(self, form: str) -> str:
        """Return a form with what stands around it."""
        return f"{self.before}{form}{self.after}"

    def inner(self, text: str) -> str | None:
        """Return the part of a text between what stands around it, None where that differs."""
        fits = len(text) >= len(self.before) + len(self.after)
        if fits and text.startswith(self.before) and text.endswith(self.after):
            return text[len(self.before) : len(text) - len(self.after)]
        return None


def plural_rules(node: Dict) -> dict[str, Dict]:
    """Return the variables of a text with their rules."""
    return {
        name: member.node
        for name, member in node.members.items()
        if isinstance(member.node, Dict) and member.node.text(SPEC) == PLURAL
    }


def frame(text: str, name: str) -> Frame | None:
    """Return what stands around a variable, None where anything else is filled in there too."""
    if text == f"%#@{name}@":
        return Frame("", text, "")
    found = [match for match in _VARIABLE.finditer(text) if match[1] == name]
    others = [each for each in find(text, _PRINTF) if each.text != "%%"]
    if len(found) != 1 or len(others) != 1:
        return None
    return Frame(text[: found[0].start()], found[0][0], text[found[0].end() :])


def forms(rule: Dict) -> dict[str, Leaf]:
    """Return the variants of a rule by their label, in file order."""
    return {
        label: member.node
        for label, member in rule.members.items()
        if isinstance(member.node, Leaf)
        and member.node.text is not None
        and label not in (SPEC, VALUE_TYPE)
    }


def value_type(texts: tuple[str, ...]) -> str:
    """Return the type of the number that texts show (``ld``); ``d`` where none shows it."""
    for text in reversed(texts):
        for match in _TYPE.finditer(text):
            return match[1]
    return "d"


def is_category(label: str) -> bool:
    """Tell whether a label is a plural category."""
    return label in CLDR_CATEGORIES
