"""Collect the messages of program code and templates into a gettext template."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from tokenize import TokenError
from typing import Any, NamedTuple

from dpg_l10n.domain.catalogue import Catalogue, Entry, bilingual_key
from dpg_l10n.domain.message import Plural, Text, texts
from dpg_l10n.errors import UsageError
from dpg_l10n.formats import FORMATS
from dpg_l10n.i18n import N_

TAGS = ("Translators:", "TRANSLATORS:", "NOTE:", "L10n:")
"""How comments begin that are meant for translators, unless told otherwise."""
_HEADER = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
)
_TEMPLATE_MARKS = (b"{{", b"{%")
_DJANGO = (b"{% load ", b"{% blocktrans", b"{% csrf_token")


class _Language(NamedTuple):
    """What code in one language is read with."""

    method: str
    """Babel's name of the extractor."""
    options: Mapping[str, str]


_PYTHON = _Language("python", {})
_JAVASCRIPT = _Language("javascript", {"parse_template_string": "true", "jsx": "true"})
_JINJA = _Language("jinja2", {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"})
_READ = {
    **dict.fromkeys((".py", ".pyw"), _PYTHON),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx"), _JAVASCRIPT),
    **dict.fromkeys((".html", ".htm", ".jinja", ".jinja2", ".j2"), _JINJA),
}
"""By the ending of a file. Every page counts as a template once braces of one are in it."""
NOT_READ = {
    ".php": "PHP", ".rb": "Ruby", ".erb": "Ruby", ".vue": "Vue", ".svelte": "Svelte", ".c": "C",
    ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".cs": "C#", ".java": "Java",
    ".kt": "Kotlin", ".swift": "Swift", ".m": "Objective-C", ".dart": "Dart", ".go": "Go",
    ".rs": "Rust", ".qml": "QML", ".ui": "Qt Designer", ".glade": "Glade", ".scala": "Scala",
    ".ex": "Elixir", ".pl": "Perl", ".sh": "shell", ".lua": "Lua", ".twig": "Twig",
    ".hbs": "Handlebars", ".ejs": "EJS", ".elm": "Elm", ".xsl": "XSLT",
}  # fmt: skip
"""Code that messages may be in and that nothing here reads, by the ending of a file."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Files whose messages, if there are any, are not in the template."""

    kind: str
    files: int
    example: str
    why: str


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What was collected."""

    messages: int
    places: int
    files: int
    """Files that were read, with messages or without."""
    unread: tuple[Unread, ...]
    added: int
    """Messages that the template did not have."""
    removed: int
    """Messages that it had and no code says any more."""


def extract(
    paths: Sequence[str],
    fetch: Callable[[str], bytes],
    before: bytes | None = None,
    *,
    keywords: Sequence[str] = (),
    tags: Sequence[str] = TAGS,
    keep_going: bool = False,
) -> tuple[bytes, ExtractReport]:
    """Return the template of some files of code.

    No time is written: equal code gives equal bytes.

    Args:
        paths: POSIX paths, which the template names as places.
        fetch: Returns the bytes of a path.
        before: The template as it is; its header, its comments and its layout stay.
        keywords: Names of further functions that mark messages, as ``tr`` or ``tr:1,2``.
        tags: How comments for translators begin.
        keep_going: Leave out files that cannot be read, instead of refusing all.

    Raises:
        UsageError: ``extract.code``: a file cannot be read as code; ``extract.keyword``.
        FormatError: The template as it is is no gettext file.
    """
    marks = _keywords(keywords)
    found: dict[tuple[str | None, str], _Message] = {}
    read = 0
    unread: list[tuple[str, str, str]] = []
    for path in paths:
        suffix = PurePosixPath(path).suffix.lower()
        language = _READ.get(suffix)
        if language is None:
            if suffix in NOT_READ:
                unread.append((NOT_READ[suffix], path, "nothing here reads this language"))
            continue
        data = fetch(path)
        if language is _JINJA:
            if not any(mark in data for mark in _TEMPLATE_MARKS):
                continue
            if any(mark in data for mark in _DJANGO):
                unread.append(("Django template", path, "use Django's makemessages"))
                continue
        try:
            for message in _messages(path, data, language, marks, tags):
                known = found.setdefault((message.context, texts(message.source)[0]), message)
                known.join(message)
        except _UNREADABLE as error:
            if not keep_going:
                raise _unreadable(path, error) from error
            unread.append(("unreadable", path, f"{type(error).__name__}: {error}"))
            continue
        read += 1
    entries = tuple(message.entry() for message in found.values())
    old = FORMATS["po"].parse(before) if before is not None else None
    catalogue = Catalogue("po", entries, None, old.header if old else _HEADER)
    keys = {entry.key for entry in entries}
    known_keys = {entry.key for entry in old.entries} if old else set()
    places = sum(len(message.places) for message in found.values())
    report = ExtractReport(
        len(entries), places, read, _counted(unread), len(keys - known_keys), len(known_keys - keys)
    )
    return FORMATS["po"].serialize(catalogue, before), report


class _Message:
    """One message with all its places."""

    def __init__(self, context: str | None, source: Text, place: str, notes: Sequence[str]) -> None:
        self.context = context
        self.source = source
        self.places = {place: None}
        self.notes = dict.fromkeys(notes)

    def join(self, other: _Message) -> None:
        """Take in what another place says of the same message."""
        if isinstance(other.source, Plural):
            self.source = other.source
        self.places.update(other.places)
        self.notes.update(other.notes)

    def entry(self) -> Entry:
        """Return the message of the template."""
        from babel.messages.catalog import Message

        said = Message(texts(self.source))
        formats = (("python-format", said.python_format),
                   ("python-brace-format", said.python_brace_format))  # fmt: skip
        flags = frozenset(name for name, has in formats if has)
        empty: Text = ""
        if isinstance(self.source, Plural):
            empty = Plural((("0", ""), ("1", "")))
        return Entry(
            bilingual_key(self.source, self.context), empty, self.source, self.context or "",
            "\n".join(self.notes), "\n".join(self.places), flags,
        )  # fmt: skip


def _messages(
    path: str, data: bytes, language: _Language, marks: Mapping[str, Any], tags: Sequence[str]
) -> Iterator[_Message]:
    from babel.messages.extract import extract as collected

    found = collected(
        language.method,
        io.BytesIO(data),
        marks,
        tags,
        dict(language.options),
        strip_comment_tags=True,
    )
    for line, said, notes, context in found:
        forms = (said,) if isinstance(said, str) else tuple(said)
        if not forms[0]:
            continue  # gettext("") is the header
        source: Text = forms[0]
        if len(forms) > 1:
            source = Plural((("one", forms[0]), ("other", forms[1])))
        yield _Message(context, source, f"{path}:{line}", [note.strip() for note in notes])


def _unreadable_kinds() -> tuple[type[Exception], ...]:
    from jinja2 import TemplateError

    return (SyntaxError, TokenError, UnicodeDecodeError, LookupError, ValueError, TemplateError)


_UNREADABLE = _unreadable_kinds()
"""What Babel's extractors raise where a file is not in the language that its name says."""


def _unreadable(path: str, error: Exception) -> UsageError:
    line = getattr(error, "lineno", None)
    return UsageError(
        N_(
            "{place} cannot be read as code: {detail}. Correct it, or leave such files out with "
            "--keep-going: their messages will be missing."
        ),
        code="extract.code", place=f"{path}:{line}" if line else path, detail=str(error).rstrip("."),
    )  # fmt: skip


def _keywords(names: Sequence[str]) -> Mapping[str, Any]:
    from babel.messages.extract import DEFAULT_KEYWORDS
    from babel.messages.frontend import parse_keywords

    marks: dict[str, Any] = {**DEFAULT_KEYWORDS, "pgettext_lazy": ((1, "c"), 2)}
    marks |= {"gettext_lazy": None, "ngettext_lazy": (1, 2), "gettext_noop": None}
    try:
        marks |= parse_keywords(names)
    except ValueError as error:
        raise UsageError(
            N_("“{name}” is no keyword. Write NAME, NAME:1,2 or NAME:1c,2."),
            code="extract.keyword", name=" ".join(names),
        ) from error  # fmt: skip
    return marks


def _counted(unread: Sequence[tuple[str, str, str]]) -> tuple[Unread, ...]:
    counts = Counter((kind, why) for kind, _, why in unread)
    first: dict[tuple[str, str], str] = {}
    for kind, path, why in unread:
        first.setdefault((kind, why), path)
    return tuple(
        Unread(kind, count, first[kind, why], why) for (kind, why), count in sorted(counts.items())
    )
