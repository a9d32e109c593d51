"""A process that dies while it makes the index anew leaves an index that is whole."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from dpg_l10n.memory.index import GramIndex
from tests.support.memory import Listed

_TEXTS = [f"Save record {number} of the patient" for number in range(3000)]
_CHILD = """
import sys
from pathlib import Path
from dpg_l10n.memory.index import GramIndex
from tests.support.memory import Listed
known = Listed([f"Save record {number} of the patient" for number in range(3000)])
index = GramIndex(Path(sys.argv[1]), few=0)
while True:
    index.rebuild(known)
    print("built", flush=True)
"""


@pytest.mark.parametrize("wait_s", [0.0, 0.01, 0.02, 0.03, 0.05])
def test_an_index_is_whole_whenever_its_maker_dies(tmp_path: Path, wait_s: float) -> None:
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _CHILD, str(tmp_path)], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"built\n"
        time.sleep(wait_s)
        child.kill()
    index, known = GramIndex(tmp_path), Listed(_TEXTS)
    index.follow(known)
    assert known.read == 0
    for number in (0, 1499, 2999):
        (near,) = index.nearest(_TEXTS[number], at_least=1.0, most=1)
        assert near.text_id == number + 1
