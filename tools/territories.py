"""Take population, literacy and languages of countries out of Unicode CLDR: ``python tools/territories.py``.

Babel has shares of languages, but no population and no literacy, and lags behind; so the figures come
from the package ``cldr-core``, which is fetched with npm, or from one that was fetched before::

    python tools/territories.py [cldr-core-48.2.0.tgz]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from dpg_l10n.domain.locales import canonical

VERSION = "48.2.0"
FOLDER = Path(__file__).resolve().parent.parent / "territories"
MEMBER = "package/supplemental/territoryInfo.json"


def vendored(info: dict[str, Any], version: str) -> str:
    """Return the file that is shipped: one territory a line, shares in percent as CLDR writes them."""
    lines = []
    for code, entry in sorted(info.items()):
        if not int(entry["_population"]):
            continue  # ZZ, the unknown territory
        languages: dict[str, list[str]] = {}
        for name, said in sorted(entry["languagePopulation"].items()):
            if name == "und":
                continue  # other languages, nobody knows which
            tag = canonical(name)
            if tag in languages:
                raise SystemExit(f"{code}: {name} and another name are both {tag}")
            found = [said["_populationPercent"], said.get("_officialStatus", "")]
            languages[tag] = [each for each in found if each]
        row = {
            "population": int(entry["_population"]),
            "literacy": entry["_literacyPercent"],
            "languages": languages,
        }
        lines.append(f"{json.dumps(code)}: {json.dumps(row, separators=(',', ':'))}")
    head = {
        "source": "Unicode CLDR, supplemental data, territoryInfo (npm package cldr-core)",
        "version": version,
        "licence": "Unicode-3.0",
    }
    opened = json.dumps(head, indent=1)[:-2]
    return f'{opened},\n "territories": {{\n' + ",\n".join(lines) + "\n}}\n"


def fetched() -> Path:
    """Return the package, fetched into a temporary folder."""
    folder = tempfile.mkdtemp()
    subprocess.run(
        ["npm", "pack", "--silent", f"cldr-core@{VERSION}"],  # noqa: S607 - from PATH
        cwd=folder, check=True, stdout=sys.stderr,
    )  # fmt: skip
    return next(Path(folder).glob("*.tgz"))


def main() -> None:
    """Write the data and its licence."""
    package = Path(sys.argv[1]) if len(sys.argv) > 1 else fetched()
    with tarfile.open(package) as archive:
        info, about, licence = (
            archive.extractfile(name).read()  # type: ignore[union-attr]  # files of the package
            for name in (MEMBER, "package/package.json", "package/LICENSE")
        )
    text = vendored(json.loads(info)["supplemental"]["territoryInfo"], json.loads(about)["version"])
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "cldr.json").write_text(text, encoding="utf-8")
    (FOLDER / "LICENSE").write_bytes(licence)
    print(f"{len(text):,} bytes")


if __name__ == "__main__":
    main()
