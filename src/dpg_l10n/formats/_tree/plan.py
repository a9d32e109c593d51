"""Compare a tree with the texts it should hold, and say what to write where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from dpg_l10n.errors import FormatError
from dpg_l10n.formats._tree.nodes import Branch, Leaf, Part, Path, join
from dpg_l10n.i18n import N_

Added: TypeAlias = "str | dict[Part, Added] | None"
"""Something new: a text, a mapping (a list where every part is an index) of new things, or null."""


@dataclass(slots=True)
class Edit:
    """What changes inside one branch."""

    texts: dict[Part, str] = field(default_factory=dict)
    """New texts of values that are there."""
    inner: dict[Part, Edit] = field(default_factory=dict)
    """Changes inside branches that are there."""
    gone: set[Part] = field(default_factory=set)
    """Members to take out."""
    added: dict[Part | None, dict[Part, Added]] = field(default_factory=dict)
    """New members by the member (None: the start) that they follow."""

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.texts or self.inner or self.gone or self.added)

    @property
    def moves(self) -> bool:
        """Tell whether members come or go."""
        return bool(self.gone or self.added)


class _State(NamedTuple):
    """What became of a branch: texts were lost, texts stay, other values stay."""

    lost: bool
    kept: bool
    other: bool


def plan(
    root: Branch,
    wanted: Iterable[tuple[Path, str]],
    after: Mapping[Path, Part | None] | None = None,
) -> Edit:
    """Return what must change for a tree to hold the wanted texts and no others.

    A mapping or list that loses its last text goes with it, unless a mapping holds other values.
    While a list keeps any text its other items are blanked, not removed: indexes name them.

    Args:
        root: The file as it is.
        wanted: Texts in catalogue order; a new one goes after the one before it.
        after: For new texts that must stand elsewhere: the sibling they follow, None for first.

    Raises:
        FormatError: ``format.path``: two texts need the same place (``a`` and ``a.b``).
    """
    texts = dict(wanted)
    new = dict(texts)
    edit, _ = _compare(root, (), new, pinned=False)
    if new:
        _add(root, edit, texts, new, after or {})
    return edit


def _compare(
    branch: Branch, path: Path, new: dict[Path, str], *, pinned: bool
) -> tuple[Edit, _State]:
    """Return the changes to what is there; takes the texts that it places out of ``new``."""
    edit = Edit()
    lost = kept = False
    other = not branch.members
    pinned = pinned or branch.is_list or branch.pinned
    for part, node in branch.members.items():
        here = (*path, part)
        if isinstance(node, Leaf):
            text = new.pop(here, None)
            kept = kept or text is not None
            lost = lost or (text is None and node.text is not None)
            other = other or (text is None and node.text is None)
            _compare_leaf(edit, part, node, text, pinned=pinned)
            continue
        inner, state = _compare(node, here, new, pinned=pinned)
        empty = state.lost and not state.kept and (node.is_list or not state.other)
        if here in new and not empty:
            raise _crossing(here)
        if empty and not (pinned or node.pinned):
            lost = True
            edit.gone.add(part)
            continue
        if inner:
            edit.inner[part] = inner
        lost, kept = lost or state.lost, kept or state.kept
        other = other or state.other or node.pinned
    return edit, _State(lost, kept, other)


def _compare_leaf(edit: Edit, part: Part, leaf: Leaf, text: str | None, *, pinned: bool) -> None:
    if text is None and leaf.text is not None and not (pinned or leaf.pinned):
        edit.gone.add(part)
    elif text != leaf.text and (text is not None or leaf.text):
        edit.texts[part] = text or ""


def _add(
    root: Branch,
    root_edit: Edit,
    texts: Mapping[Path, str],
    new: Mapping[Path, str],
    after: Mapping[Path, Part | None],
) -> None:
    last: dict[Path, Part] = {}
    made: dict[Path, dict[Part, Added] | None] = {}
    for path, text in texts.items():
        depth, branch, edit = 0, root, root_edit
        while depth < len(path) - 1 and path[depth] not in edit.gone:
            child = branch.members.get(path[depth])
            if not isinstance(child, Branch):
                break
            branch, edit = child, edit.inner.get(path[depth]) or Edit()
            depth += 1
        if path in new:
            _insert(root, root_edit, path, depth, text, last, made, after)
        else:
            depth = len(path)
        for i in range(depth):
            last[path[:i]] = path[i]


def _insert(
    root: Branch,
    edit: Edit,
    path: Path,
    depth: int,
    text: str,
    last: Mapping[Path, Part],
    made: dict[Path, dict[Part, Added] | None],
    after: Mapping[Path, Part | None],
) -> None:
    branch: Branch = root
    for part in path[:depth]:
        edit = edit.inner.setdefault(part, Edit())
        child = branch.members[part]
        branch = child if isinstance(child, Branch) else branch
    inside = next((i for i in range(len(path), depth, -1) if path[:i] in made), depth)
    members = made.get(path[:inside])
    if inside == depth:
        _make_room(branch, edit, path, depth)
        anchor: Part | None
        if path[depth] in edit.gone:
            anchor = path[depth]
        elif branch.is_list:
            anchor = len(branch.members) - 1 if branch.members else None
        else:
            anchor = after[path] if path in after else last.get(path[:depth])
        members = edit.added.setdefault(anchor, {})
    if members is None or inside == len(path) or _mixed(members, path[inside]):
        raise _crossing(path)
    for i in range(inside, len(path) - 1):
        inner: dict[Part, Added] = {}
        members[path[i]] = made[path[: i + 1]] = inner
        members = inner
    members[path[-1]] = text
    made[path] = None


def _mixed(members: Mapping[Part, Added], part: Part) -> bool:
    """Tell whether a part would make keys and indexes stand side by side."""
    return bool(members) and isinstance(part, int) != isinstance(next(iter(members)), int)


def _make_room(branch: Branch, edit: Edit, path: Path, depth: int) -> None:
    """Take out the null that stands where a mapping or list must go."""
    part = path[depth]
    node = branch.members.get(part)
    if branch.is_list != isinstance(part, int):
        raise _crossing(path)
    if isinstance(node, Leaf) and part not in edit.gone:
        if part in edit.texts or node.text is not None:
            raise _crossing(path)
        edit.gone.add(part)


def padded(members: Mapping[Part, Added], first: int = 0) -> list[Added]:
    """Return new list items in order, with null where an index has none."""
    indexes = [part for part in members if isinstance(part, int)]
    return [members.get(i) for i in range(first, max(indexes, default=first - 1) + 1)]


def _crossing(path: Path) -> FormatError:
    return FormatError(
        N_("“{key}” cannot be written: another text or list stands in its place. Rename one key."),
        code="path", key=join(path),
    )  # fmt: skip
