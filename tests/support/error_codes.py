"""Every error code that the source tree can raise, read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from dpg_l10n import errors

FORMAT_EXIT_CODE = errors.FormatError.exit_code


def error_codes(root: Path) -> dict[str, int]:
    """Return the console's exit code by error code.

    Codes are those of the classes, those that a ``code="…"`` refines, and those handed to a
    function of the formats that makes errors by a parameter named ``code``.

    Args:
        root: Folder of the checkout.
    """
    found = {kind.code: kind.exit_code for kind in _classes(errors.DpgL10nError)}
    formats = root / "src/dpg_l10n/formats"
    makers = dict(maker for path in formats.rglob("*.py") for maker in _makers(_tree(path)))
    for top in ("src", "cli", "api"):
        for path in sorted((root / top).rglob("*.py")):
            if path.name == "errors.py":
                continue
            for call in _calls(_tree(path)):
                if formats in path.parents:
                    codes = (f"format.{code}" for code in _given(call, makers))
                    found.update(dict.fromkeys(codes, FORMAT_EXIT_CODE))
                elif kind := _class_of(call):
                    prefix = "format." if kind is errors.FormatError else ""
                    codes = (prefix + code for code in _keyword(call))
                    found.update(dict.fromkeys(codes, kind.exit_code))
    return found


def _classes(kind: type[errors.DpgL10nError]) -> Iterator[type[errors.DpgL10nError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _classes(child)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _class_of(call: ast.Call) -> type[errors.DpgL10nError] | None:
    kind = getattr(errors, _name(call), None)
    return kind if isinstance(kind, type) and issubclass(kind, errors.DpgL10nError) else None


def _makers(tree: ast.Module) -> Iterator[tuple[str, tuple[int | None, str | None]]]:
    """Yield functions with a parameter ``code``: its place among the arguments, its default."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        if "code" in names:
            yield node.name, (names.index("code"), None)
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if argument.arg == "code":
                known = default if isinstance(default, ast.Constant) else ast.Constant(None)
                yield node.name, (None, known.value if isinstance(known.value, str) else None)


def _given(call: ast.Call, makers: dict[str, tuple[int | None, str | None]]) -> Iterator[str]:
    named = list(_keyword(call))
    yield from named
    place, default = makers.get(_name(call), (None, None))
    if place is not None and len(call.args) > place:
        yield from _constants(call.args[place])
    elif default is not None and not named:
        yield default


def _keyword(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "code":
            yield from _constants(keyword.value)


def _constants(value: ast.expr) -> Iterator[str]:
    """Yield the codes of an expression: a constant, or both arms of a choice."""
    if isinstance(value, ast.IfExp):
        yield from _constants(value.body)
        yield from _constants(value.orelse)
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
