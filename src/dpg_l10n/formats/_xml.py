"""What the XML formats share: a hardened check, then tokens with their places in the text.

A file is first read by expat, without building anything, which settles whether it is well-formed.
After that a regular expression is enough to find every tag with its exact place: of a document
that is known to be well-formed and declares no entities, each ``<`` begins a token that
:data:`TOKEN` describes. So a writer can change one value and leave all other bytes alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from dpg_l10n.errors import FormatError
from dpg_l10n.formats import _text
from dpg_l10n.i18n import N_

MAX_DEPTH = 100
"""Elements inside elements that a file may have; catalogues need about ten."""

SPACE = " \t\r\n"
"""White space as XML knows it (clause 2.3); ``str.strip`` without it would take far more."""

PATTERN = r"""
    <(?:
        !--(?P<comment>.*?)-->
      | !\[CDATA\[(?P<cdata>.*?)\]\]>
      | \?.*?\?>
      | !DOCTYPE(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>
      | /(?P<close>[^ \t\r\n>]++)[ \t\r\n]*+>
      | (?P<open>[^ \t\r\n/>!?]++)(?P<attributes>(?:[^"'>]++|"[^"]*+"|'[^']*+')*+)>
    )"""
TOKEN = re.compile(PATTERN, re.VERBOSE | re.DOTALL)
"""One piece of markup of a well-formed document. ``attributes`` of an empty element ends in "/"."""

_DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["']([\w.-]{1,40})["']"""
)
# Codecs that give back the bytes they read. Stateful ones (UTF-7, ISO 2022) do not.
_CODEC = re.compile(
    r"utf-8|(?:us-)?ascii|iso-8859-\d\d?|windows-125\d|koi8-[ru]|gbk|gb2312|gb18030|big5"
    r"|shift_jis|euc-(?:jp|kr)|tis-620"
)
_UTF_16 = re.compile(r"utf-?16(?:le|be)?")

_ATTRIBUTE = re.compile(r"""([^ \t\r\n=/]++)[ \t\r\n]*+=[ \t\r\n]*+(?:"([^"]*+)"|'([^']*+)')""")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]{1,8})|#([0-9]{1,8})|([^;&\s]{1,40}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_UNDEFINED = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_IN_ATTRIBUTE = {34: "&quot;", 39: "&apos;", 10: "&#10;", 13: "&#13;", 9: "&#9;"}
_BREAKS = str.maketrans("\t\r\n", "   ")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of an XML file and the codec for :func:`_text.encode`.

    A byte order mark wins over the declaration, the declaration over UTF-8 (XML 1.0, appendix F).

    Raises:
        FormatError: ``format.encoding``: the declared encoding is unknown or wrong.
    """
    match = _DECLARED.match(data)
    declared = match[1].decode("ascii", "replace").lower() if match else "utf-8"
    declared = "utf-8" if declared == "utf8" else declared
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not marked and not _CODEC.fullmatch(declared):
        template = (
            N_("The file says that it is {encoding}, but its bytes are not. Save it as UTF-8.")
            if _UTF_16.fullmatch(declared)
            else N_("The encoding “{encoding}” is not supported. Save the file as UTF-8.")
        )
        raise FormatError(template, code="encoding", line=1, encoding=declared)
    text, codec = _text.decode(data, declared)
    if not codec.startswith("utf-") and _text.encode(text, codec) != data:
        raise FormatError(
            N_("Some bytes cannot be kept in the encoding “{encoding}”. Save the file as UTF-8."),
            code="encoding", encoding=declared,
        )  # fmt: skip
    return text, codec


def verify(text: str) -> None:
    """Make sure that a text is one well-formed XML document without declarations of its own.

    Nothing outside the text is ever read, and no entity is ever expanded. The text holds no half
    surrogate pairs: :func:`decode` makes none, and a writer has to refuse them before.

    Raises:
        FormatError: ``format.xml``: not well-formed; ``format.entity``: the document type declares
            entities or attributes, or an undefined entity is used.
    """
    parser = expat.ParserCreate("utf-8")

    def refuse(name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise FormatError(
                N_("The document type declares entities of its own, which can be used to attack "
                   "readers. Write their values into the texts and remove the declarations."),
                code="entity", line=parser.CurrentLineNumber,
                column=parser.CurrentColumnNumber + 1,
            )  # fmt: skip

    def skipped(name: str, parameter: bool) -> None:
        raise _undefined(name, parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise FormatError(
            N_("This is not well-formed XML: {reason}."),
            code="entity" if error.code == _UNDEFINED else "xml",
            line=error.lineno, column=error.offset + 1, reason=expat.ErrorString(error.code),
        ) from error  # fmt: skip


def is_empty_element(token: re.Match[str]) -> bool:
    """Tell whether a start tag is also the end of its element (``<a/>``)."""
    return token["attributes"].endswith("/")


def find_end(tokens: Iterator[re.Match[str]], text: str) -> re.Match[str]:
    """Return the end tag of the element whose start tag was the last token taken.

    Args:
        tokens: Matches of a pattern that contains :data:`PATTERN`, over a verified text.
        text: That text, for the place of an error.

    Raises:
        FormatError: ``format.depth``: more than :data:`MAX_DEPTH` elements inside one another.
    """
    depth = 1
    while True:
        token = next(tokens)  # a verified document closes every element
        if token["close"]:
            depth -= 1
            if not depth:
                return token
        elif token["open"] and not is_empty_element(token):
            depth += 1
            if depth > MAX_DEPTH:
                line, column = _text.place(text, token.start())
                raise FormatError(
                    N_("More than {limit} elements inside one another."),
                    code="depth", line=line, column=column, limit=MAX_DEPTH,
                )  # fmt: skip


class Element(NamedTuple):
    """One element by its places in the text."""

    name: str
    """As the file spells it, with its prefix."""
    attributes: str
    """Of the start tag as written, for :func:`attributes`."""
    start: int
    value: int
    value_end: int
    """The content. Of an empty-element tag both are its end."""
    end: int


def children(text: str, start: int, end: int) -> list[Element]:
    """Return the elements directly inside a part of a verified text.

    Raises:
        FormatError: ``format.depth``: more than :data:`MAX_DEPTH` elements inside one another.
    """
    found = []
    tokens = TOKEN.finditer(text, start, end)
    for token in tokens:
        if token["open"]:
            first, value = token.span()
            close = token if is_empty_element(token) else find_end(tokens, text)
            value_end = value if close is token else close.start()
            found.append(
                Element(token["open"], token["attributes"], first, value, value_end, close.end())
            )
    return found


def with_attributes(tag: str, changes: Mapping[str, str | None]) -> str:
    """Return a start tag with some attributes changed, added at its end or, where None, left out."""
    left = dict(changes)
    pieces, done = [], 0
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] not in left:
            continue
        value = left.pop(match[1])
        group = 3 if match[2] is None else 2
        if value is None:
            pieces.append(tag[done : match.start()].rstrip(SPACE))
            done = match.end()
        else:
            pieces += (tag[done : match.start(group)], quote(value))
            done = match.end(group)
    rest = tag[done:]
    close = "/>" if rest.endswith("/>") else ">"
    body = rest[: -len(close)]
    added = "".join(
        f' {name}="{quote(value)}"' for name, value in left.items() if value is not None
    )
    stem = body.rstrip(SPACE) if added else body
    return "".join(pieces) + stem + added + body[len(stem) :] + close


def quote(value: str) -> str:
    """Return a text as it stands in an attribute, whatever quotes are around it."""
    return escape(value).translate(_IN_ATTRIBUTE)


def attributes(raw: str) -> dict[str, str]:
    """Return the attributes of a start tag by the names they have in the file (``tools:ignore``).

    Raises:
        FormatError: ``format.entity``: an undefined entity in a value.
    """
    return {
        match[1]: unescape((match[2] or match[3] or "").translate(_BREAKS))
        for match in _ATTRIBUTE.finditer(raw)
    }


def attribute_span(text: str, start: int, end: int, name: str) -> tuple[int, int] | None:
    """Return where the value of an attribute stands, without its quotes.

    Args:
        text: A document.
        start: Where the attributes of a start tag begin in it.
        end: Where they end.
        name: Of the attribute.
    """
    for match in _ATTRIBUTE.finditer(text, start, end):
        if match[1] == name:
            return match.span(2) if match[2] is not None else match.span(3)
    return None


def unescape(text: str) -> str:
    """Replace character references and the five entities of XML by their characters.

    Of a verified text: expat has refused references to what is no character, outside of CDATA sections.

    Raises:
        FormatError: ``format.entity``: another entity, or a number beyond Unicode.
    """
    return _ENTITY.sub(_character, text) if "&" in text else text


def escape(text: str) -> str:
    """Return the text as character data: ``&``, ``<`` and the ``>`` of ``]]>`` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")


def _character(match: re.Match[str]) -> str:
    if match[3]:
        if match[3] not in _NAMED:
            raise _undefined(match[3], 0)
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    if code > sys.maxunicode:
        raise _undefined(match[0][1:-1], 0)
    return chr(code)


def _undefined(name: str, line: int) -> FormatError:
    return FormatError(
        N_("The entity &{name}; is not defined. Write the character itself."),
        code="entity", line=line, name=name,
    )  # fmt: skip
