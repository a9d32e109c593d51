"""Where a corpus of real catalogues lies, for tests that use it when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def corpus_root() -> Path | None:
    """Return the folder of real catalogues (``DPG_L10N_CORPUS``, else beside the checkout)."""
    folder = Path(os.environ.get("DPG_L10N_CORPUS", _BESIDE))
    return folder if (folder / "MANIFEST.json").is_file() else None


def require_corpus() -> Path:
    """Return the folder of real catalogues or skip the test."""
    root = corpus_root()
    if root is None:
        pytest.skip("no corpus of real catalogues on this machine (DPG_L10N_CORPUS)")
    return root
