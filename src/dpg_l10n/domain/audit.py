"""The audit log as a chain: who changes a step in it changes every hash after it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One step of the audit log."""

    id: int
    """1 for the first step, one more for each later one."""
    at: int
    """Seconds since 1970 in UTC."""
    actor: str
    event: str
    subject: str
    detail: str
    hash: bytes
    """SHA-256 over the entry and the hash of the one before."""


def chained(entry: AuditEntry, before: bytes) -> AuditEntry:
    """Return a step with the hash that it has after another one.

    Args:
        entry: The step; its own hash is not looked at.
        before: Hash of the step before, empty for the first.
    """
    said = [entry.id, entry.at, entry.actor, entry.event, entry.subject, entry.detail]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(before + text.encode("utf-8", "surrogatepass")).digest()
    return replace(entry, hash=digest)


def first_broken(entries: Iterable[AuditEntry]) -> int | None:
    """Return the number of the first step that was changed, moved or taken out, None where none was.

    A cut at the end shows nothing by itself: keep the last hash elsewhere.
    """
    before = b""
    for number, entry in enumerate(entries, start=1):
        if entry.id != number or chained(entry, before).hash != entry.hash:
            return number
        before = entry.hash
    return None
