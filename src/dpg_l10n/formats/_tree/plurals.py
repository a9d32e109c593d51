"""Objects whose members are the plural forms of one message: ``one: a file, other: files``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dpg_l10n.domain.catalogue import Catalogue
from dpg_l10n.domain.message import CLDR_CATEGORIES, Plural
from dpg_l10n.formats._tree.nodes import Branch, Leaf, Path, Place, join

_CATEGORIES = frozenset(CLDR_CATEGORIES)


def plural_branches(
    found: Iterable[Place],
    branch_at: Callable[[Path], Branch],
    source: Catalogue | None,
    *,
    lone: bool,
) -> dict[Path, Branch]:
    """Return the branches whose texts are the forms of one message, by path.

    Those whose keys are CLDR categories with ``other`` among them; with a source, those that are
    plurals there and none whose members are texts of their own there.

    Args:
        found: Every text of the file.
        branch_at: Returns the branch at a path.
        source: Parsed source file, None in the source itself.
        lone: True where ``other`` alone makes a plural too, and a form may be no text; False where
            only a source makes it one.
    """
    entries = source.entries if source else ()
    expected = {entry.key for entry in entries if isinstance(entry.text, Plural)}
    single = {entry.key for entry in entries if isinstance(entry.text, str)}
    branches: dict[Path, Branch] = {}
    last: Path = ()
    for _, path, _ in found:
        parent = path[:-1]
        if path[-1] not in _CATEGORIES or parent == last or not parent:
            continue
        last = parent
        branch = branch_at(parent)
        members = branch.members
        forms = [node for node in members.values() if isinstance(node, Leaf)]
        if (
            members.keys() <= _CATEGORIES
            and (("other" in members and (lone or len(members) > 1)) or join(parent) in expected)
            and len(forms) == len(members)
            and (lone or all(form.text is not None for form in forms))
            and not any(join((*parent, label)) in single for label in members)
        ):
            branches[parent] = branch
    return branches
