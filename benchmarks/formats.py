"""Parse and serialize of our formats beside translate-toolkit's, in CPU seconds.

    python benchmarks/formats.py [--units 8500] [--runs 7]

Makes one catalogue per format, reads and writes it with both in turn, and prints medians and
ratios. A text counts as read when a caller has it as a string, so the peer's units are asked for
theirs. What is written is the file with one edited entry: an unedited one is handed back as it came,
which is no work to measure. Without the peer only our own figures are printed:
pip install translate-toolkit lxml ruamel.yaml moz.l10n[xml]
"""

from __future__ import annotations

import argparse
import gc
import importlib
import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dpg_l10n.domain.catalogue import Catalogue

LANGUAGE = "sw"
"""Of the translations, in files that hold the source too."""
WORDS = [
    "the", "patient", "record", "form", "data", "sync", "save", "user", "visit", "clinic",
    "mwonekano", "mgonjwa", "hifadhi", "données", "accès", "élément", "l'eau", "%1$s", "{name}",
    "ለታካሚ", "የተመዘገበ", "नया", "रोगी",
]  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One catalogue: our format, the peer's class and the bytes."""

    title: str
    format: str
    peer: str
    data: bytes
    key: str
    """Of the entry that the edit changes."""
    moz: str = ""
    """Name of the format at moz.l10n, the second peer; empty where it is not asked."""


def texts(units: int) -> list[tuple[str, str, str]]:
    """Return section, key and text of each unit, always the same."""
    draw = random.Random(8500)
    return [
        (f"section_{i // 100}", f"key_{i}", " ".join(draw.choices(WORDS, k=draw.randint(1, 14))))
        for i in range(units)
    ]


def cases(units: int) -> list[Case]:
    """Return one catalogue per format."""
    made = texts(units)
    nested: dict[str, dict[str, str]] = {}
    for section, key, text in made:
        nested.setdefault(section, {})[key] = text
    flat = {f"{section}.{key}": text for section, key, text in made}
    android = "".join(
        f'    <string name="{key}">{text.replace(chr(39), chr(92) + chr(39))}</string>\n'
        for _, key, text in made
    )
    yaml = "sw:\n" + "".join(
        f"  {section}:\n"
        + "".join(
            f"    {key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in of.items()
        )
        for section, of in nested.items()
    )
    units_1 = "".join(
        f'      <trans-unit id="{key}" xml:space="preserve">\n        <source>{text}</source>\n'
        f'        <target state="translated">{text} sw</target>\n'
        f'        <note from="developer">In {section}</note>\n      </trans-unit>\n'
        for section, key, text in made
    )
    units_2 = "".join(
        f'    <unit id="{key}">\n      <notes>\n'
        f'        <note category="developer">In {section}</note>\n      </notes>\n'
        f'      <segment state="translated">\n        <source>{text}</source>\n'
        f"        <target>{text} sw</target>\n      </segment>\n    </unit>\n"
        for section, key, text in made
    )
    files = {
        "xliff2": '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="sw">\n'
        f'  <file id="app">\n{units_2}  </file>\n</xliff>\n',
        "xliff1": '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
        '  <file source-language="en" target-language="sw" datatype="plaintext" original="app">\n'
        f"    <body>\n{units_1}    </body>\n  </file>\n</xliff>\n",
        "android": f'<?xml version="1.0" encoding="utf-8"?>\n<resources>\n{android}</resources>\n',
        "properties": "".join(f"{key} = {text}\n" for key, text in flat.items()),
        "nested": json.dumps(nested, ensure_ascii=False, indent=2) + "\n",
        "flat": json.dumps(flat, ensure_ascii=False, indent=2) + "\n",
        "arb": json.dumps(
            {
                name: value
                for _, key, text in made
                for name, value in ((key, text), (f"@{key}", {"description": f"About {key}."}))
            },
            ensure_ascii=False,
            indent=2,
        ),
        "messages": json.dumps(
            {key: {"message": text, "description": f"About {key}."} for _, key, text in made},
            ensure_ascii=False,
            indent=2,
        ),
        "yaml": yaml,
        "strings": "".join(
            f"/* In {section} */\n{json.dumps(f'{section}.{key}')} = "
            f"{json.dumps(text, ensure_ascii=False)};\n\n"
            for section, key, text in made
        ),
        "qt": '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
        '<TS version="2.1" language="sw" sourcelanguage="en">\n'
        + "".join(
            f"<context>\n    <name>{section}</name>\n"
            + "".join(
                f"    <message>\n        <source>{key} {text}</source>\n"
                f"        <translation>{text} sw</translation>\n    </message>\n"
                for key, text in of.items()
            )
            + "</context>\n"
            for section, of in nested.items()
        )
        + "</TS>\n",
        "resx": '<?xml version="1.0" encoding="utf-8"?>\n<root>\n'
        '  <resheader name="resmimetype">\n    <value>text/microsoft-resx</value>\n  </resheader>\n'
        + "".join(
            f'  <data name="{key}" xml:space="preserve">\n    <value>{text}</value>\n  </data>\n'
            for _, key, text in made
        )
        + "</root>\n",
        "tbx": '<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX" xml:lang="en">\n'
        "<martifHeader><fileDesc><sourceDesc><p>Words</p></sourceDesc></fileDesc></martifHeader>\n"
        "<text><body>\n"
        + "".join(
            f'<termEntry id="{key}">\n  <descrip type="definition">In {section}</descrip>\n'
            f'  <langSet xml:lang="en"><tig><term>{text}</term></tig></langSet>\n'
            f'  <langSet xml:lang="sw"><tig><term>{text} sw</term></tig></langSet>\n</termEntry>\n'
            for section, key, text in made
        )
        + "</body></text>\n</martif>\n",
        "texts": json.dumps(
            {f"{key} {text}": f"{text} sw" for _, key, text in made}, ensure_ascii=False, indent=4
        )
        + "\n",
        "fluent": "".join(
            f"{key} = {text.replace('{', '(').replace('}', ')')}\n" for _, key, text in made
        ),
    }
    path = "section_0.key_5"
    return [
        Case("Android", "android", "aresource:AndroidResourceFile", files["android"].encode(), "key_5", "android"),
        Case("XLIFF 1.2", "xliff1", "xliff:xlifffile", files["xliff1"].encode(), "key_5", "xliff"),
        Case("XLIFF 2", "xliff2", "xliff2:Xliff2File", files["xliff2"].encode(), "key_5"),
        Case("properties", "properties", "properties:javautf8file", files["properties"].encode(), path, "properties"),
        Case("JSON nested", "json", "jsonl10n:JsonNestedFile", files["nested"].encode(), path, "plain_json"),
        Case("JSON flat", "json", "jsonl10n:JsonFile", files["flat"].encode(), path, "plain_json"),
        Case("JSON of texts", "json-texts", "jsonl10n:JsonFile", files["texts"].encode(), "key_5", "plain_json"),
        Case("Flutter ARB", "arb", "jsonl10n:ARBJsonFile", files["arb"].encode(), "key_5"),
        Case("WebExtension", "webextension", "jsonl10n:WebExtensionJsonFile", files["messages"].encode(), "key_5", "webext"),
        Case("Apple strings", "strings", "properties:stringsutf8file", files["strings"].encode(), path),
        Case("Qt", "qt-ts", "ts2:tsfile", files["qt"].encode(), "key_5"),
        Case(".NET", "resx", "resx:RESXFile", files["resx"].encode(), "key_5"),
        Case("Fluent", "fluent", "fluent:FluentFile", files["fluent"].encode(), "key_5", "fluent"),
        Case("Rails YAML", "rails-yaml", "yaml:RubyYAMLFile", files["yaml"].encode(), path),
        Case("TBX", "tbx", "tbx:tbxfile", files["tbx"].encode(), "key_5"),
    ]  # fmt: skip


def cpu(action: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    action()
    return time.process_time() - start


def ours(case: Case) -> dict[str, Callable[[], object]]:
    """Return our actions by name.

    Raises:
        ImportError: The format is not there yet.
    """
    from dpg_l10n.formats import FORMATS

    spec = FORMATS[case.format]
    inside = spec.multilingual
    turns = itertools.cycle((case.data, case.data + b"\n"))  # other bytes: nothing is remembered

    def read() -> Catalogue:
        data = next(turns)
        source = spec.parse(data)
        return source if inside is None else inside.parse(data, LANGUAGE)

    catalogue = spec.parse(case.data) if inside is None else inside.parse(case.data, LANGUAGE)
    name = case.key.rpartition(".")[2]
    key = next(e.key for e in catalogue.entries if e.key.endswith(name) or f"{name} " in e.key)
    edited = catalogue.with_texts({key: "Edited"})
    return {
        "parse": read,
        "write": lambda: spec.serialize(edited, case.data),
    }


def theirs(case: Case) -> dict[str, Callable[[], object]]:
    """Return the peer's actions by name.

    Raises:
        ImportError: The peer, or something it needs for this format, is not installed.
    """
    module, _, name = case.peer.partition(":")
    make: Any = getattr(importlib.import_module(f"translate.storage.{module}"), name)

    def read() -> Any:
        store = make()
        store.parse(case.data)
        return store

    def parse() -> list[tuple[str, str]]:
        return [(unit.getid(), str(unit.target)) for unit in read().units]

    changed = read()
    changed.units[5].target = "Edited"
    return {"parse": parse, "write": lambda: bytes(changed)}


def mozillas(case: Case) -> dict[str, Callable[[], object]]:
    """Return the second peer's actions by name, none where it is not asked.

    Raises:
        ImportError: It is not installed.
    """
    if not case.moz:
        return {}
    resources: Any = importlib.import_module("moz.l10n.resource")
    model: Any = importlib.import_module("moz.l10n.model")
    kind: Any = getattr(importlib.import_module("moz.l10n.formats").Format, case.moz)

    def parse() -> list[tuple[object, str]]:
        made = resources.parse_resource(kind, case.data)
        return [
            ((*section.id, *entry.id), "".join(map(str, entry.value.pattern)))
            for section in made.sections
            for entry in section.entries
            if isinstance(entry, model.Entry)
        ]

    parse()
    return {"parse": parse}


def installed(
    case: Case, actions: Callable[[Case], dict[str, Callable[[], object]]]
) -> dict[str, Callable[[], object]]:
    """Return a peer's actions, none where it is not installed."""
    try:
        return actions(case)
    except ImportError as error:
        print(f"{case.title:12} no peer: {error}", file=sys.stderr)
        return {}


def compare(case: Case, units: int, runs: int) -> None:
    """Print the row of one format."""
    try:
        mine = ours(case)
    except ImportError as error:
        print(f"{case.title:12} skipped: {error}")
        return
    peer, second = (installed(case, actions) for actions in (theirs, mozillas))
    gc.collect()
    gc.freeze()  # what one side keeps in memory shall not slow the other's garbage collection
    seconds: dict[tuple[str, str], list[float]] = {}
    sides = {"ours": mine, "peer": peer, "moz": second}
    for _ in range(runs):
        for name in mine:
            for side, actions in sides.items():
                if name in actions:
                    seconds.setdefault((name, side), []).append(cpu(actions[name]))
    medians = {which: statistics.median(found) for which, found in seconds.items()}
    cells = []
    for name in mine:
        ours_s = max(medians[name, "ours"], 1e-6)
        cell = f"{name} {units / ours_s:>9,.0f} u/s"
        if name in peer:
            peer_s = medians[name, "peer"]
            cell += f" (peer {units / peer_s:>9,.0f}, x{peer_s / ours_s:,.1f})"
        if name in second:
            moz_s = medians[name, "moz"]
            cell += f" (moz.l10n {units / moz_s:>9,.0f}, x{moz_s / ours_s:,.1f})"
        cells.append(cell)
    if peer:
        both = [medians["parse", who] + medians["write", who] for who in ("peer", "ours")]
        cells.append(f"both x{both[0] / both[1]:.1f}")
    print(f"{case.title:12} " + "   ".join(cells))


def main() -> None:
    """Run every comparison."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--units", type=int, default=8500)
    options.add_argument("--runs", type=int, default=7, help="at least 5 for a median")
    options.add_argument("--only", help="a format's name")
    asked = options.parse_args()
    print(f"{asked.units:,} units, medians of {asked.runs}, CPU seconds, in turn with the peer")
    for case in cases(asked.units):
        if asked.only in (None, case.format):
            compare(case, asked.units, asked.runs)


if __name__ == "__main__":
    main()
