"""The OpenAPI document as a file: ``python -m dpg_l10n_api.snapshot > docs/openapi.json``."""

from __future__ import annotations

import json
import sys

from dpg_l10n.config import settings
from dpg_l10n_api.main import create_app


def snapshot() -> str:
    """Return the OpenAPI document as it is committed; no store is opened for it."""
    return json.dumps(create_app(settings({})).openapi(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(snapshot())
