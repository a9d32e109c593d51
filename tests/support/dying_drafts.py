"""Drafts that are killed: ``python -m tests.support.dying_drafts MOMENT ARGUMENT...``.

Runs the console with the arguments that follow, once for each ``-p`` project where several are
named with commas, and sends itself SIGKILL at a moment: before the numbered ``statement:7`` (from 1),
before the numbered ``commit:2`` of drafts, or at the first statement ``after:2``. With ``never`` it
lives, and says at the end how many statements and commits there were. No socket leaves the machine.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter

from sqlalchemy import Connection, Engine, event
from tools.draft_projects import refuse_sockets

from dpg_l10n_cli.main import run


def main(moment: str, projects: list[str], arguments: list[str]) -> None:
    """Run the console for each project, and die on the way."""
    refuse_sockets()
    seen: Counter[str] = Counter()

    def die_at(now: str) -> None:
        if now == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_statement(*_: object) -> None:
        seen["statement"] += 1
        die_at(f"statement:{seen['statement']}")
        die_at(f"after:{seen['commit']}")

    def before_commit(connection: Connection) -> None:
        # rows that all projects share are committed by themselves where many write at once
        if connection.get_execution_options().keys() & {"writing", "isolation_level"}:
            seen["commit"] += 1
            die_at(f"commit:{seen['commit']}")

    event.listen(Engine, "before_cursor_execute", before_statement)
    event.listen(Engine, "commit", before_commit)
    for project in projects:
        code = run(["draft", "-p", project, *arguments])
        if code:
            sys.exit(code)
    sys.stderr.write(f"\n{seen['statement']} {seen['commit']}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2].split(","), sys.argv[3:])
