"""How languages are spelled in requests, as the OpenAPI document says it."""

from __future__ import annotations

from typing import Any

_END = r"([-_]([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
TAG: dict[str, Any] = {
    "pattern": (
        "^([A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?" + _END + "(@[a-z]{4,8})?"
        r"|[a-z]{2,3}-r[A-Z]{2}|b\+[a-z]{2,3}(\+[A-Z][a-z]{3})?(\+[A-Z]{2})?)$"
    )
}
"""Of the JSON schema alone: what a name stands for is decided by the library, which says more of a
name that it does not know."""
