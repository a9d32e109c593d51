"""Fetch what the pages ship of others, as ``static/vendor/vendor.toml`` names it: ``python tools/vendor.py``.

Needs npm. A file whose SHA-256 is not the one that is written down is refused.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "api/dpg_l10n_api/pages/static/vendor"


def fetch(asset: dict[str, str]) -> None:
    """Bring one asset and its licence into the folder."""
    with tempfile.TemporaryDirectory() as work:
        subprocess.run(
            ["npm", "pack", "--silent", f"{asset['name']}@{asset['version']}"],  # noqa: S607 - from PATH
            cwd=work, check=True, stdout=sys.stderr,
        )  # fmt: skip
        with tarfile.open(next(Path(work).glob("*.tgz"))) as archive:
            data = _member(archive, f"package/{asset['source']}")
            licence = _member(archive, "package/LICENSE")
    found = hashlib.sha256(data).hexdigest()
    if found != asset["sha256"]:
        raise SystemExit(f"{asset['file']}: SHA-256 is {found}, not {asset['sha256']}")
    (FOLDER / asset["file"]).write_bytes(data)
    (FOLDER / asset["licence_file"]).write_bytes(licence)
    print(f"{asset['file']}: {len(data)} bytes")


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise SystemExit(f"{name} is not in the package")
    return file.read()


if __name__ == "__main__":
    for each in tomllib.loads((FOLDER / "vendor.toml").read_text(encoding="utf-8"))["asset"]:
        fetch(each)
