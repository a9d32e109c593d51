"""A program that answers as Apertium's does, in capitals."""

from __future__ import annotations

import sys
from pathlib import Path

_PROGRAM = f"""#!{sys.executable}
import re, sys
if sys.argv[1] == "-l":
    print("  spa-cat\\n  eng-spa\\n  @trace-x\\n  es-ca_valencia\\n")
elif sys.argv[1] == "--version":
    print("Apertium 3.8.3", file=sys.stderr)
else:
    assert sys.argv[1:5] == ["-z", "-f", "none", "-u"], sys.argv
    text = b""
    while byte := sys.stdin.buffer.read(1):
        if byte != b"\\0":
            text += byte
            continue
        said = text.decode()
        if "stop" in said:
            sys.exit(1)
        parts = re.split(r"(\\[(?:\\\\.|[^\\]])*\\]|\\\\.)", said)
        parts[::2] = [part.upper() for part in parts[::2]]
        sys.stdout.buffer.write("".join(parts).encode() + b"\\0")
        sys.stdout.buffer.flush()
        text = b""
"""


def fake_apertium(folder: Path) -> Path:
    """Write the program into a folder and return its path."""
    program = folder / "apertium"
    program.write_text(_PROGRAM)
    program.chmod(0o755)
    return program
