"""The habits of a file, and values written in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text, _xml
from dpg_l10n.formats.android import values
from dpg_l10n.formats.android.layout import CDATA, MARKUP, Layout
from dpg_l10n.i18n import N_

# XML 1.0 (clause 2.2) has no way to write these but Android has.
_UNWRITABLE = {
    code: f"\\u{code:04x}" for code in (*range(9), 11, 12, *range(13, 32), 0xFFFE, 0xFFFF)
}
_BASE = {**_UNWRITABLE, ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n"}
_EDGES = ((" ", "\\u0020"), ("\r\n", "\\n"), ("\n", "\\n"))
_BARE_QUOTE = re.compile(r"(?:\\.|[^\\\"])*+\"", re.DOTALL)
_BARE_APOSTROPHE = re.compile(r"(?:\\.|[^\\'])*+'", re.DOTALL)
_ESCAPED_LETTER = re.compile(r"\\u(?!00[0-7])[0-9A-Fa-f]{4}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes what can be written in more than one way."""

    newline: str = "\n"
    apostrophe: str = "\\'"
    """``\\'``, or ``'`` where the file never escapes it."""
    quotes: bool = False
    """Texts with an apostrophe stand in double quotes."""
    greater: bool = False
    """``>`` is written ``&gt;``."""
    ascii_only: bool = False
    """Letters beyond ASCII are written ``\\uXXXX``."""
    codec: str = "utf-8"


def style_of(layout: Layout) -> Style:
    """Return the habits of a parsed file."""
    raws = [layout.text[b.value : b.value_end] for b in layout.blocks.values()]
    with_apostrophe = [raw for raw in raws if "'" in raw and "<" not in raw]
    quoted = sum(_is_quoted(raw) for raw in with_apostrophe)
    escaped = sum("\\'" in raw for raw in with_apostrophe if not _is_quoted(raw))
    bare = len(with_apostrophe) - quoted - escaped
    return Style(
        newline=_text.newline(layout.text),
        apostrophe="'" if bare and not escaped else "\\'",
        quotes=quoted > escaped + bare,
        greater=any("&gt;" in raw for raw in raws),
        ascii_only=layout.text.isascii() and any(_ESCAPED_LETTER.search(raw) for raw in raws),
        codec=layout.codec,
    )


def write(text: str, kind: frozenset[str], style: Style, old: str = "") -> str:
    """Return the content of an element that says a text.

    Args:
        text: The text as :func:`values.decode` returns it for this kind.
        kind: The flags of the entry.
        style: The habits of the file.
        old: What the element holds now: its own habits come before the file's.

    Raises:
        FormatError: ``format.markup``: a text with inline markup is not well-formed XML;
            ``format.encoding``: half a surrogate pair.
    """
    _text.encode(text, "utf-8")  # refuses what no escape can say either
    kind = kind & (MARKUP | CDATA)
    if kind == CDATA:
        raw = _write_section(text, style, old)
    elif kind == MARKUP:
        raw = _write_markup(text, style, old)
    else:
        raw = _write_plain(text, style, old)
    if style.ascii_only and kind != MARKUP:
        raw = _NOT_ASCII.sub(_escape_letter, raw)
    if style.codec.startswith("utf-") or kind == CDATA:
        return raw
    return raw.encode(style.codec, "xmlcharrefreplace").decode(style.codec)


def surroundings(raw: str) -> tuple[str, str]:
    """Return the layout around a value (line breaks, indentation) that a changed one keeps."""
    inside = raw.strip(_xml.SPACE)
    if not inside:
        return "", ""
    start = raw.index(inside)
    return raw[:start], raw[start + len(inside) :]


def _write_plain(text: str, style: Style, whole: str) -> str:
    old = whole.strip(_xml.SPACE)
    quoted = _is_quoted(old) or (style.quotes and "'" in text and "\\'" not in old)
    quoted = quoted or "  " in text or text[:1] == " " or text[-1:] == " "
    apostrophe = "'" if quoted and "\\'" not in old else _apostrophe(style, old)
    raw = _xml.escape(text.translate({**_BASE, ord('"'): '\\"', ord("'"): apostrophe}))
    if style.greater or "&gt;" in old:
        raw = raw.replace(">", "&gt;")
    if quoted:
        raw = f'"{raw}"'
    elif raw[:1] in ("@", "?"):
        raw = "\\" + raw
    before, after = surroundings(whole)
    return before + raw + after


def _write_section(text: str, style: Style, old: str) -> str:
    table = _table(style, old)
    raw = text.translate(table).replace("]]>", "]]]]><![CDATA[>")
    before, after = surroundings(old)
    return f"{before}<![CDATA[{raw}]]>{after}"


def _write_markup(text: str, style: Style, old: str) -> str:
    try:
        _xml.verify(f"<text>{text.translate(_UNWRITABLE)}</text>")
    except FormatError as error:
        raise FormatError(
            N_("The markup of this text is broken ({reason}): {text}"),
            code="markup", reason=error.params.get("reason", error.error_code), text=text,
        ) from error  # fmt: skip
    table = _table(style, old)
    raw = "".join(part if is_tag else part.translate(table) for is_tag, part in values.split(text))
    if raw[:1] in ("@", "?"):
        raw = "\\" + raw
    for bare, escaped in _EDGES:
        if raw.startswith(bare):
            raw = escaped + raw[len(bare) :]
        if raw.endswith(bare):
            raw = raw[: -len(bare)] + escaped
    before, after = surroundings(old)
    return f"{before}{raw}{after}"


def _table(style: Style, old: str) -> dict[int, str]:
    """Return how characters are written where quotes and white space are shown as they are."""
    texts = "".join(part for is_tag, part in values.split(old) if not is_tag)
    if values.kind_of(old) == CDATA:
        texts = old
    bare_quotes = _BARE_QUOTE.match(texts) and '\\"' not in texts
    bare_breaks = "\n" in texts.strip(_xml.SPACE) and "\\n" not in texts
    return {
        **_BASE,
        ord("\n"): style.newline if bare_breaks else "\\n",
        ord('"'): '"' if bare_quotes else '\\"',
        ord("'"): _apostrophe(style, texts),
    }


def _apostrophe(style: Style, old: str) -> str:
    if "\\'" in old:
        return "\\'"
    return "'" if _BARE_APOSTROPHE.match(old) else style.apostrophe


def _is_quoted(raw: str) -> bool:
    raw = raw.strip(_xml.SPACE)
    return len(raw) > 1 and raw[0] == raw[-1] == '"' and not raw.endswith('\\"')


def _escape_letter(match: re.Match[str]) -> str:
    code = match[0].encode("utf-16-be").hex()
    return "".join(f"\\u{code[i : i + 4]}" for i in range(0, len(code), 4))
