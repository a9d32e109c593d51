"""Find the messages of a Fluent file and their parts, with their places.

The file is cut where a line begins with a letter, a hyphen or a comment sign: so do Fluent's own
parsers when they go on after an error. What is plain text needs no more; the rest is given to
``fluent.syntax``, which knows the grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from fluent.syntax import FluentParser, ast

from dpg_l10n.formats.fluent.patterns import is_plain

_CHUNK = re.compile(r"^(?=[a-zA-Z#-])", re.MULTILINE)
_HEAD = re.compile(r"(-?[a-zA-Z][a-zA-Z0-9_-]*) *=")
_ATTRIBUTE = re.compile(r"\n +\.([a-zA-Z][a-zA-Z0-9_-]*) *=")
_BRACE = re.compile(r"[{}]")
_MOST_BRACES = 200
"""Braces inside one another that no pattern has; the parser would call itself as often."""


@dataclass(slots=True)
class Part:
    """A pattern: the value of a message, or an attribute."""

    start: int
    """Where what goes with it begins: behind the ``=``, or the line of the attribute."""
    value: int
    """Behind its ``=``."""
    end: int
    """Behind its last character; the line end is not part of it."""


@dataclass(slots=True)
class Block:
    """A message or a term."""

    name: str
    start: int
    """Of the comment above it."""
    first: int
    """Of its own first line."""
    equals: int
    """Behind the ``=``."""
    end: int
    """Where its last line has ended."""
    notes: str
    parts: dict[str, Part] = field(default_factory=dict)
    """By the name of the attribute; the value has none."""


@dataclass(slots=True)
class Junk:
    """Lines that are no Fluent."""

    start: int
    code: str
    message: str


def scan(text: str) -> tuple[list[Block], list[Junk]]:
    r"""Return the messages of a text, and what is none.

    Args:
        text: The whole file, with ``\n`` for line ends.
    """
    cuts = [found.start() for found in _CHUNK.finditer(text)]
    if not cuts and text.strip():
        return _parsed(text) or ([], [Junk(0, "", "")])
    blocks: list[Block] = []
    junk: list[Junk] = []
    comment: list[str] = []
    above = 0
    for number, start in enumerate(cuts):
        end = cuts[number + 1] if number + 1 < len(cuts) else len(text)
        chunk = text[start:end]
        if chunk[0] == "#":
            is_note = chunk.startswith("# ") or chunk == "#\n"
            if not is_note or chunk.count("\n") > 1:
                comment = []
            else:
                above = above if comment else start
                comment.append(chunk[1:].strip())
            continue
        found = _block(text, start, end, comment, above if comment else start)
        comment = []
        if isinstance(found, Block):
            blocks.append(found)
            continue
        whole = _parsed(text)
        return whole if whole is not None else (blocks, [*junk, found])
    return blocks, junk


def _block(text: str, start: int, end: int, comment: list[str], above: int) -> Block | Junk:
    """Return the message of a piece of text, or why it is none."""
    chunk = text[start:end]
    head = _HEAD.match(chunk)
    if head is not None:
        stops = [found.start() for found in _ATTRIBUTE.finditer(chunk, head.end())]
        stops.append(len(chunk))
        block = Block(
            head[1], above, start, start + head.end(), _line_end(text, start, end),
            "\n".join(filter(None, comment)),
        )  # fmt: skip
        if _plain_parts(block, chunk, head.end(), stops, start):
            return block
        if not chunk[head.end() :].strip(" \n"):
            return block  # a message without a text yet, which Fluent passes over
        if not _is_deep(chunk):
            body = FluentParser().parse(chunk).body
            if len(body) == 1 and isinstance(body[0], (ast.Message, ast.Term)):
                found = _from_node(chunk, body[0], 0, len(chunk))
                return _moved(found, start, block)
    return Junk(start, "", "")


def _moved(found: Block, offset: int, block: Block) -> Block:
    """Return a block with the parts of one that was read from a piece that begins at an offset."""
    block.parts = {
        name: Part(part.start + offset, part.value + offset, part.end + offset)
        for name, part in found.parts.items()
    }
    return block


def _plain_parts(block: Block, chunk: str, at: int, stops: list[int], offset: int) -> bool:
    """Fill in the parts of a message if all of them are plain."""
    value = chunk[at : stops[0]]
    if value.strip(" \n"):
        if not is_plain(value):
            return False
        block.parts[""] = Part(offset + at, offset + at, offset + at + len(value.rstrip(" \n")))
    elif block.name[0] == "-" and len(stops) > 1:
        return False
    for start, stop in pairwise(stops):
        found = _ATTRIBUTE.match(chunk, start)
        raw = chunk[found.end() : stop] if found else ""
        if found is None or not raw.strip(" \n") or not is_plain(raw):
            return False
        end = found.end() + len(raw.rstrip(" \n"))
        block.parts.setdefault(
            found[1], Part(offset + start + 1, offset + found.end(), offset + end)
        )
    return bool(block.parts)


def _line_end(text: str, start: int, end: int) -> int:
    """Return where the last line of a piece that is not blank has ended."""
    last = start + len(text[start:end].rstrip(" \n"))
    after = text.find("\n", last)
    return len(text) if after < 0 else after + 1


def _is_deep(text: str) -> bool:
    """Tell whether more braces are inside one another than the parser can follow."""
    depth = deepest = 0
    for sign in _BRACE.findall(text):
        depth = max(depth + (1 if sign == "{" else -1), 0)
        deepest = max(deepest, depth)
    return deepest > _MOST_BRACES


def _parsed(text: str) -> tuple[list[Block], list[Junk]] | None:
    """Return what Fluent's own parser finds, None where it is nested beyond sense."""
    if _is_deep(text):
        return None
    blocks: list[Block] = []
    junk: list[Junk] = []
    for node in FluentParser().parse(text).body:
        start, end = _span(node)
        if isinstance(node, ast.Junk):
            empty = _HEAD.fullmatch(text[start:end].rstrip(" \n"))
            if empty:
                first = start + len(empty[0])
                line_end = _line_end(text, start, end)
                blocks.append(Block(empty[1], start, start, first, line_end, ""))
            else:
                found = node.annotations[0]
                junk.append(Junk(start, found.code, found.message or ""))
        elif isinstance(node, (ast.Message, ast.Term)):
            blocks.append(_from_node(text, node, start, end))
    return blocks, junk


def _from_node(text: str, node: ast.Message | ast.Term, start: int, end: int) -> Block:
    comment = node.comment.content if node.comment and node.comment.content else ""
    first = _span(node.id)[0] - isinstance(node, ast.Term)
    equals = text.index("=", _span(node.id)[1]) + 1
    name = f"-{node.id.name}" if isinstance(node, ast.Term) else node.id.name
    block = Block(name, start, first, equals, _line_end(text, start, end), comment)
    if node.value is not None:
        block.parts[""] = Part(equals, equals, _span(node.value)[1])
    for attribute in node.attributes:
        at, stop = _span(attribute)
        value = text.index("=", _span(attribute.id)[1]) + 1
        line = text.rfind("\n", 0, at) + 1
        block.parts.setdefault(attribute.id.name, Part(line, value, stop))
    return block


def _span(node: ast.SyntaxNode) -> tuple[int, int]:
    return (node.span.start, node.span.end) if node.span else (0, 0)
