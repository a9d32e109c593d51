"""Write one language of an Apple string catalogue: patch what changed, leave every other byte."""

from __future__ import annotations

from collections.abc import Mapping

from dpg_l10n.domain.catalogue import FUZZY, Catalogue, Entry
from dpg_l10n.domain.message import texts
from dpg_l10n.formats._json import Document, apply
from dpg_l10n.formats._tree import Added, Branch, Edit, Part
from dpg_l10n.formats.xcstrings.build import EMPTY_OBJECT, localization, state_of, string_unit
from dpg_l10n.formats.xcstrings.parse import Layout, open_document, read
from dpg_l10n.formats.xcstrings.slots import MAIN, Slot, branch, entry_key, shown, slots, split_key

_EMPTY = '{{\n  "sourceLanguage" : {},\n  "strings" : {{\n\n  }},\n  "version" : "1.0"\n}}'


def serialize(catalogue: Catalogue, template: bytes | None = None) -> bytes:
    """Return the bytes of a string catalogue with the texts of one language.

    A changed text becomes ``translated``, one with the flag ``fuzzy`` ``needs_review``. A string
    that the source lacks is taken out with all its languages; in a translation only its own
    localization is.

    Raises:
        FormatError: The template is no string catalogue, or a text holds half a character.
    """
    layout = catalogue.layout
    own = layout if isinstance(layout, Layout) else None
    if own and own.document.data == template and own.entries is catalogue.entries:
        return own.document.data
    if template is None:
        template = _empty(catalogue.language or "en")
    document = open_document(template)
    now = read(document, catalogue.language)
    edit = Edit()
    _Editor(document, now, catalogue.language).edit(edit, catalogue.by_key())
    return apply(document, edit)


def _empty(language: str) -> bytes:
    quoted = '"' + language.replace("\\", "").replace('"', "") + '"'
    return _EMPTY.format(quoted).encode("utf-8", "replace")


class _Editor:
    """The way from what a file says in one language to what it shall say."""

    def __init__(self, document: Document, now: Catalogue, language: str | None) -> None:
        layout: Layout = now.layout
        self.document = document
        self.now = now.by_key()
        self.strings = layout.strings
        self.language = language or layout.source_language
        self.source_language = layout.source_language
        self.is_source = self.language == layout.source_language

    def edit(self, edit: Edit, wanted: Mapping[str, Entry]) -> None:
        """Fill in the changes."""
        groups: dict[str, dict[str, Entry]] = {}
        for key, entry in wanted.items():
            head, slot = (key, MAIN) if key in self.strings.members else split_key(key)
            groups.setdefault(head, {})[slot] = entry
        changed = {
            self._head(key) for key, entry in wanted.items() if _differs(entry, self.now.get(key))
        }
        changed |= {
            self._head(key)
            for key, entry in self.now.items()
            if key not in wanted and (self.is_source or _says(entry))
        }
        last: Part | None = None
        for head, parts in groups.items():
            if head in self.strings.members:
                last = head
                if head in changed:
                    self.string(edit, head, parts)
            elif self.is_source or any(_says(entry) for entry in parts.values()):
                value = self.new_string(head, parts)
                _at(edit, "strings").added.setdefault(last, {})[head] = value
        for head in changed - groups.keys():
            self.remove(edit, head)

    def _head(self, key: str) -> str:
        return key if key in self.strings.members else split_key(key)[0]

    def string(self, edit: Edit, head: str, parts: Mapping[str, Entry]) -> None:
        """Bring one string to what its entries say."""
        node = branch(self.strings, head)
        local = branch(node, "localizations", self.language)
        found = slots(local)
        if local is not None and all(self.fits(found, name, parts[name]) for name in parts):
            inner = _at(edit, "strings", head, "localizations", self.language)
            for name, entry in parts.items():
                slot = _place(found, name)
                if slot is not None and _differs(entry, self.now.get(entry.key)):
                    self.put(inner, local, slot, entry)
            for name, slot in found.items():
                if name not in parts and entry_key(head, name) in self.now:
                    self.blank(inner, slot)
            return
        saying = {name: entry for name, entry in parts.items() if _says(entry)}
        if not saying and not self.is_source:
            self.remove(edit, head)
            return
        source = branch(node, "localizations", self.source_language)
        value = localization(self.document, saying or parts, local, source)
        self.localize(_at(edit, "strings", head), node, value)

    def fits(self, found: Mapping[str, Slot], name: str, entry: Entry) -> bool:
        """Tell whether an entry has its place in a localization already, or needs none."""
        if not _differs(entry, self.now.get(entry.key)):
            return True
        slot = _place(found, name)
        return slot is not None and slot.is_plural is not isinstance(entry.text, str)

    def localize(self, edit: Edit, node: Branch | None, value: dict[Part, Added]) -> None:
        """Put a localization in its place in the order of Xcode, which is that of the names."""
        locals_ = branch(node, "localizations")
        if locals_ is None:
            _put(edit, node, "localizations", {self.language: value})
        else:
            _put(edit.inner.setdefault("localizations", Edit()), locals_, self.language, value)

    def put(self, edit: Edit, local: Branch, slot: Slot, entry: Entry) -> None:
        """Write the new text of a slot, variant by variant."""
        forms = {"": entry.text} if isinstance(entry.text, str) else dict(entry.text.forms)
        holder = branch(local, *map(str, slot.path))
        for label, text in sorted(forms.items()):
            unit = slot.units.get(label)
            state = state_of(entry, text)
            if unit is None:
                value: Added = {"stringUnit": string_unit(text, state)}
                _put(_at(edit, *slot.path), holder, label, value)
                continue
            here = _at(edit, *unit.path)
            here.texts["value"] = text
            if unit.state != state:
                node = branch(local, *map(str, unit.path))
                if node is not None and "state" in node.members:
                    here.texts["state"] = state
                else:
                    here.added[None] = {"state": state}
        _at(edit, *slot.path).gone.update(label for label in slot.units if label not in forms)

    def blank(self, edit: Edit, slot: Slot) -> None:
        """Leave a slot without a text while others stay: its name would be shown instead."""
        for unit in slot.units.values():
            if unit.text:
                _at(edit, *unit.path).texts["value"] = ""

    def remove(self, edit: Edit, head: str) -> None:
        """Take a language out of a string, or the whole string where it is the source."""
        if self.is_source:
            _at(edit, "strings").gone.add(head)
            return
        node = branch(self.strings, head)
        locals_ = branch(node, "localizations")
        if locals_ is None or self.language not in locals_.members:
            return
        inner = _at(edit, "strings", head)
        if len(locals_.members) == 1:
            inner.gone.add("localizations")
        else:
            _at(inner, "localizations").gone.add(self.language)

    def new_string(self, head: str, parts: Mapping[str, Entry]) -> Added:
        """Return a string that the file has not."""
        first = next(iter(parts.values()))
        value: dict[Part, Added] = {"comment": first.notes} if first.notes else {}
        bare = self.is_source and parts.keys() == {MAIN} and first.text == head
        if not bare:
            found = localization(self.document, parts, None, None)
            value["localizations"] = {self.language: found}
        elif not value:
            return EMPTY_OBJECT
        return value


def _says(entry: Entry) -> bool:
    """Tell whether an entry says anything; a space is something."""
    return any(texts(entry.text))


def _differs(entry: Entry, now: Entry | None) -> bool:
    """Tell whether a file has to be changed for an entry."""
    if now is None:
        return True
    return entry.text != now.text or (
        (FUZZY in entry.flags) is not (FUZZY in now.flags) and _says(entry)
    )


def _place(found: Mapping[str, Slot], name: str) -> Slot | None:
    """Return the slot that a text is written to.

    Where a language varies by device and the source does not, the text of the others is the one.
    """
    return found.get(name) or (shown(found, MAIN) if name == MAIN else None)


def _at(edit: Edit, *path: Part) -> Edit:
    """Return the changes inside a branch."""
    for part in path:
        edit = edit.inner.setdefault(part, Edit())
    return edit


def _put(edit: Edit, inside: Branch | None, part: Part, value: Added) -> None:
    """Put a member in the place of another of its name, else where its name sorts."""
    members = inside.members if inside is not None else {}
    if part in members:
        edit.gone.add(part)
        edit.added.setdefault(part, {})[part] = value
        return
    before = [name for name in members if str(name) < str(part)]
    edit.added.setdefault(before[-1] if before else None, {})[part] = value
