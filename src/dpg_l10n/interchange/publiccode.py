"""Languages in a ``publiccode.yml``, the description that public software has of itself.

https://yml.publiccode.tools/schema.core.html: ``localisation.availableLanguages`` is a list of BCP 47
tags, ``localisation.localisationReady`` says whether texts can be translated at all. Everything else
in the file stays byte for byte: comments, order, quotes, line ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import yaml

from dpg_l10n.domain.locales import canonical
from dpg_l10n.errors import FormatError, UsageError
from dpg_l10n.i18n import N_

FILENAME = "publiccode.yml"


class _Listed(NamedTuple):
    tag: str
    """BCP 47."""
    start: int
    end: int
    """Offsets of the item as it is written, quotes included."""


class _Place(NamedTuple):
    """Where the languages stand, or are to stand."""

    text: str
    listed: tuple[_Listed, ...]
    section: yaml.MappingNode | None
    ready: yaml.ScalarNode | None
    sequence: yaml.SequenceNode | None


def languages_of(data: bytes) -> tuple[str, ...]:
    """Return the languages that a file lists, as BCP 47, in its order.

    Raises:
        FormatError: It is no YAML, or no publiccode.yml.
    """
    return tuple(item.tag for item in _read(data).listed)


def with_languages(data: bytes, languages: Sequence[str]) -> bytes:
    """Return a file that lists certain languages and says that it can be translated.

    Languages that are listed already keep their place, spelling and remarks; new ones follow.

    Args:
        data: The file.
        languages: BCP 47 tags, at least one.

    Raises:
        FormatError: It is no YAML, or no publiccode.yml.
    """
    place = _read(data)
    edits: list[tuple[int, int, str]] = []
    if place.section is None:
        edits.append(_new_section(place.text, languages))
    else:
        if place.ready is None:
            edits.append(_new_line(place.text, place.section, "localisationReady: true"))
        elif place.ready.value.lower() not in ("true", "yes", "on"):
            edits.append((place.ready.start_mark.index, place.ready.end_mark.index, "true"))
        if place.sequence is None:
            line = f"availableLanguages: [{', '.join(languages)}]"
            edits.append(_new_line(place.text, place.section, line))
        elif [item.tag for item in place.listed] != list(languages):
            edits += _of_list(place, place.sequence, languages)
    text = place.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    # what was written is what was meant, whatever the file looked like
    if set(languages_of(text.encode())) != set(languages):
        raise FormatError(
            N_("The list of languages is written in a way that cannot be edited. Write "
               "availableLanguages with one language on each line."),
            code="publiccode", line=place.sequence.start_mark.line + 1 if place.sequence else 0,
        )  # fmt: skip
    return text.encode()


def _read(data: bytes) -> _Place:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(N_("The file is not UTF-8."), code="encoding") from error
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FormatError(
            N_("This is no YAML: {detail}"), code="syntax", line=mark.line + 1 if mark else 0,
            detail=getattr(error, "problem", None) or error,
        ) from error  # fmt: skip
    if not isinstance(root, yaml.MappingNode) or _value(root, "publiccodeYmlVersion") is None:
        raise FormatError(
            N_("This is no publiccode.yml: it has no publiccodeYmlVersion."), code="publiccode"
        )
    section = _value(root, "localisation")
    if section is not None and not isinstance(section, yaml.MappingNode):
        raise FormatError(
            N_("“localisation” has to hold localisationReady and availableLanguages."),
            code="publiccode",
            line=section.start_mark.line + 1,
        )
    ready = _value(section, "localisationReady")
    found = _value(section, "availableLanguages")
    sequence = found if isinstance(found, yaml.SequenceNode) else None
    items = sequence.value if sequence else ()
    return _Place(
        text,
        tuple(_listed(item) for item in items),
        section,
        ready if isinstance(ready, yaml.ScalarNode) else None,
        sequence,
    )


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _listed(item: yaml.Node) -> _Listed:
    try:
        tag = canonical(str(item.value))
    except UsageError as error:
        raise FormatError(
            N_("“{name}” is no language code."),
            code="publiccode",
            line=item.start_mark.line + 1,
            name=item.value,
        ) from error
    return _Listed(tag, item.start_mark.index, item.end_mark.index)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _new_section(text: str, languages: Sequence[str]) -> tuple[int, int, str]:
    end = _newline(text)
    lines = ["localisation:", "  localisationReady: true", "  availableLanguages:"]
    lines += [f"    - {tag}" for tag in languages]
    gap = "" if not text or text.endswith("\n") else end
    return len(text), len(text), gap + end + end.join(lines) + end


def _new_line(text: str, section: yaml.MappingNode, line: str) -> tuple[int, int, str]:
    """Return the edit that puts a line before the first one of a section."""
    start = section.start_mark
    return start.index, start.index, line + _newline(text) + " " * start.column


def _of_list(
    place: _Place, sequence: yaml.SequenceNode, languages: Sequence[str]
) -> list[tuple[int, int, str]]:
    text = place.text
    kept = [item for item in place.listed if item.tag in languages]
    new = [tag for tag in languages if tag not in {item.tag for item in kept}]
    if sequence.flow_style:
        said = [text[item.start : item.end] for item in kept] + new
        return [(sequence.start_mark.index, sequence.end_mark.index, f"[{', '.join(said)}]")]
    edits = [(*_line(text, item.start), "") for item in place.listed if item not in kept]
    indent = text[_line(text, place.listed[0].start)[0] : place.listed[0].start]
    end = _line(text, place.listed[-1].start)[1]
    gap = "" if text[:end].endswith("\n") else _newline(text)
    added = "".join(
        f"{gap if not at else ''}{indent}{tag}{_newline(text)}" for at, tag in enumerate(new)
    )
    return [*edits, (end, end, added)] if added else edits


def _line(text: str, offset: int) -> tuple[int, int]:
    """Return where the line of an offset starts and where the next one does."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end + 1
