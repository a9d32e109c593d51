"""What the formats with nested keys (JSON, YAML) share: the tree of a file, keys, edit plans.

A file is a tree of :class:`Branch` and :class:`Leaf` with their places in the text. A translation
is a list of ``(path, text)``. :func:`plan` compares the two and says what to write where; the
format writes it in its own syntax, so that everything else keeps its bytes.
"""

from dpg_l10n.formats._tree.nodes import (
    MAX_DEPTH,
    Branch,
    Leaf,
    Part,
    Path,
    Place,
    escape,
    join,
    places,
    split,
)
from dpg_l10n.formats._tree.plan import Added, Edit, padded, plan
from dpg_l10n.formats._tree.plurals import plural_branches

__all__ = [
    "MAX_DEPTH",
    "Added",
    "Branch",
    "Edit",
    "Leaf",
    "Part",
    "Path",
    "Place",
    "escape",
    "join",
    "padded",
    "places",
    "plan",
    "plural_branches",
    "split",
]
