"""Small numbers that rows hold instead of words. A number is never reused for another word."""

from __future__ import annotations

from dpg_l10n.domain.coverage import Bucket
from dpg_l10n.domain.states import State
from dpg_l10n.domain.terms import TermStatus, Use

STATES = {
    0: State.MISSING,
    1: State.DRAFT,
    2: State.NEEDS_WORK,
    3: State.TRANSLATED,
    4: State.REVIEWED,
}
STATE_CODES = {state: code for code, state in STATES.items()}
BUCKETS = {
    1: Bucket.DRAFT,
    2: Bucket.NEEDS_WORK,
    3: Bucket.TRANSLATED,
    4: Bucket.REVIEWED,
    5: Bucket.COPIED,
}
COPIED = 5
TERM_STATUSES = {0: TermStatus.SUGGESTED, 1: TermStatus.ACCEPTED, 2: TermStatus.REJECTED}
TERM_STATUS_CODES = {status: code for code, status in TERM_STATUSES.items()}
USES = {0: Use.PREFERRED, 1: Use.ADMITTED, 2: Use.FORBIDDEN}
USE_CODES = {use: code for code, use in USES.items()}


def bucket_code(state: int, copied: int) -> int:
    """Return the bucket of a row from its state and its mark of being a copy."""
    return COPIED if copied and state >= 3 else state
