"""What the formats with nested keys (JSON, YAML) share: the tree of a file, keys, edit plans.

A file is a tree of :class:`Branch` and :class:`Leaf` with their places in the text. A translation
is a list of ``(path, text)``. :func:`plan` compares the two and says what to write where; the
format writes it in its own syntax, so that everything else keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from dpg_l10n.errors import FormatError
from dpg_l10n.i18n import N_

MAX_DEPTH = 100
"""Nesting that no file of strings needs; deeper ones are an attack or a mistake."""
MAX_INDEX = 9_999
"""Highest list index in a key; a longer list of texts is refused rather than padded."""

Part: TypeAlias = str | int
Path: TypeAlias = tuple[Part, ...]
Added: TypeAlias = "str | dict[Part, Added]"
"""Something new: a text, or a mapping (a list where every part is an index) of new things."""


class Leaf(NamedTuple):
    """A value that holds no others."""

    key_start: int
    """Where its key starts; in a list, where the value starts."""
    start: int
    end: int
    text: str | None
    """Decoded text; None for numbers, booleans, null and references: kept, never an entry."""
    pinned: bool = False
    """Something else in the file refers to it: it may be blanked but not removed."""


class Branch:
    """A mapping or list. ``start`` and ``end`` enclose it, brackets included where it has them."""

    __slots__ = ("end", "flow", "is_list", "key_start", "members", "pinned", "start")

    def __init__(
        self, key_start: int, start: int, *, is_list: bool, flow: bool = True, pinned: bool = False
    ) -> None:
        """Start an empty branch; the scanner fills ``members`` and sets ``end``."""
        self.key_start = key_start
        self.start = start
        self.end = start
        self.is_list = is_list
        self.flow = flow
        self.pinned = pinned
        self.members: dict[Part, Leaf | Branch] = {}


Place: TypeAlias = tuple[str, Path, Leaf]
"""A text with its key and its path; a plain tuple because a file has thousands."""

_SPECIAL = re.compile(r"[.\\]|\[(?=[0-9]+\]$)")
_TOKEN = re.compile(r"(?:[^.\\\[]|\\[\s\S]|\[(?![0-9]{1,4}\](?:\.|\[|$)))*+")
_INDEX = re.compile(r"\[(0|[1-9][0-9]{0,3})\]")


def escape(part: str) -> str:
    """Return a part as it is written within a longer key."""
    return _SPECIAL.sub(r"\\\g<0>", part)


def join(path: Path) -> str:
    r"""Return the key of a path: ``menu.file``, ``days[0]``; a lone part is the key as it is.

    In a longer path a dot or backslash inside a part is written ``\.`` or ``\\``, and the bracket
    of a part that ends like an index ``\[``.
    """
    if len(path) == 1:
        return str(path[0])
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part}]"
        else:
            key += ("." if key or part is not path[0] else "") + escape(part)
    return key


def split(key: str) -> Path:
    """Return the path that :func:`join` made a key of; ``(key,)`` when it made it of none."""
    path: list[Part] = []
    at = 0
    while True:
        token = _TOKEN.match(key, at)
        end = token.end() if token else at
        path.append(re.sub(r"\\([\s\S])", r"\1", key[at:end]))
        at = end
        while index := _INDEX.match(key, at):
            path.append(int(index[1]))
            at = index.end()
        if at < len(key) and key[at] == ".":
            at += 1
            continue
        break
    whole = tuple(path)
    return whole if at == len(key) and len(whole) > 1 and join(whole) == key else (key,)


def places(root: Branch) -> list[Place]:
    """Return every text of a tree in file order, under keys that are unique.

    A lone part that reads like the key of a longer path of the same file is escaped.
    """
    found: list[Place] = []
    _collect(root, "", (), found)
    if any(type(node) is Branch for node in root.members.values()):
        taken = {key for key, _, _ in found}
        if len(taken) < len(found):
            _part(found, taken)
    return found


def _part(found: list[Place], taken: set[str]) -> None:
    """Give lone parts that read like longer paths a key of their own."""
    nested = {key for key, path, _ in found if len(path) > 1}
    for i, (key, path, leaf) in enumerate(found):
        if len(path) == 1 and key in nested:
            while key in taken:
                key = _SPECIAL.sub(r"\\\g<0>", key)
            taken.add(key)
            found[i] = (key, path, leaf)


def _collect(branch: Branch, prefix: str, path: Path, found: list[Place]) -> None:
    """Add the texts of a branch; ``prefix`` is its path as written before a longer key."""
    append = found.append
    for part, node in branch.members.items():
        if isinstance(node, Branch):
            inner = _extend(prefix, part) if path else escape(str(part))
            _collect(node, inner, (*path, part), found)
        elif node[3] is not None:
            if not path:
                key = str(part)
            elif isinstance(part, int) or "." in part or "\\" in part or "[" in part:
                key = _extend(prefix, part)
            else:
                key = f"{prefix}.{part}"
            append((key, (*path, part), node))


def _extend(prefix: str, part: Part) -> str:
    return f"{prefix}[{part}]" if isinstance(part, int) else f"{prefix}.{escape(part)}"


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
    root: Branch, wanted: Iterable[tuple[Path, str]], after: Mapping[Path, Part | None] | None = None
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


def _compare(branch: Branch, path: Path, new: dict[Path, str], *, pinned: bool) -> tuple[Edit, _State]:
    edit = Edit()
    lost = kept = False
    other = not branch.members
    pinned = pinned or branch.is_list or branch.pinned
    for part, node in branch.members.items():
        here = (*path, part)
        if isinstance(node, Leaf):
            text = new.pop(here, None)
            if text is not None:
                kept = True
                if text != node.text:
                    edit.texts[part] = text
            elif node.text is None:
                other = True
            else:
                lost = True
                if not (pinned or node.pinned):
                    edit.gone.add(part)
                elif node.text:
                    edit.texts[part] = ""
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


def _add(
    root: Branch,
    root_edit: Edit,
    texts: Mapping[Path, str],
    new: Mapping[Path, str],
    after: Mapping[Path, Part | None],
) -> None:
    last: dict[Path, Part] = {}
    made: dict[Path, dict[Part, Added]] = {}
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
    made: dict[Path, dict[Part, Added]],
    after: Mapping[Path, Part | None],
) -> None:
    branch: Branch = root
    for part in path[:depth]:
        edit = edit.inner.setdefault(part, Edit())
        child = branch.members[part]
        branch = child if isinstance(child, Branch) else branch
    part = path[depth]
    node = branch.members.get(part)
    if branch.is_list != isinstance(part, int):
        raise _crossing(path)
    if isinstance(node, Leaf) and part not in edit.gone:
        if part in edit.texts or node.text is not None:
            raise _crossing(path)
        edit.gone.add(part)
    if part in edit.gone:
        anchor: Part | None = part
    elif branch.is_list:
        anchor = len(branch.members) - 1 if branch.members else None
    else:
        anchor = after[path] if path in after else last.get(path[:depth])
    members = made.get(path[:depth])
    if members is None or part not in members:
        members = edit.added.setdefault(anchor, {})
    for i in range(depth, len(path) - 1):
        inner = made.setdefault(path[: i + 1], {})
        if members.setdefault(path[i], inner) is not inner:
            raise _crossing(path)
        members = inner
    if path[-1] in members or (members and isinstance(path[-1], int) != isinstance(next(iter(members)), int)):
        raise _crossing(path)
    members[path[-1]] = text


def padded(members: Mapping[Part, Added], first: int = 0) -> list[Added]:
    """Return new list items in order, with an empty text where an index has none."""
    indexes = [part for part in members if isinstance(part, int)]
    return [members.get(i, "") for i in range(first, max(indexes, default=first - 1) + 1)]


def _crossing(path: Path) -> FormatError:
    return FormatError(
        N_("“{key}” cannot be written: another text or list stands in its place. Rename one key."),
        code="path", key=join(path),
    )  # fmt: skip
