"""A push that is killed: ``python -m tests.support.dying URL VERSION MOMENT``.

Pushes a version of a small project and sends itself SIGKILL at a moment: before the numbered
statement (from 1), before the ``commit``, or right after it, at the ``end``. With ``never`` it
lives, and prints how many statements there were.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from itertools import count

from sqlalchemy import Connection, Engine, event

from dpg_l10n.store.uow import SqlStore
from tests.support.projects import Workspace, json_bytes, spec_of

UNITS = 120
LANGUAGES = ("sw", "am", "fr")


def workspace(store: SqlStore, version: int) -> Workspace:
    """Return the project: in version 2 every text differs, and a few of the keys are new."""
    keys = [f"k{number + version * UNITS // 30}" for number in range(UNITS)]
    files = {"i18n/en.json": json_bytes({key: f"Text {key} {version}" for key in keys})}
    for language in LANGUAGES:
        texts = {key: f"{language} {key} {version}" for key in keys}
        files[f"i18n/{language}.json"] = json_bytes(texts)
    spec = spec_of("json", "i18n/en.json", "i18n/{language}.json", *LANGUAGES)
    return Workspace(store, spec, files)


def main(url: str, version: int, moment: str) -> None:
    """Push, and die on the way."""
    with closing(SqlStore(url)) as store:
        pushed = workspace(store, version)
        numbers = count(1)
        statements = 0

        def die_at(now: str) -> None:
            if now == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        def before_statement(*_: object) -> None:
            nonlocal statements
            statements = next(numbers)
            die_at(str(statements))

        def before_commit(connection: Connection) -> None:
            # rows that all projects share are committed by themselves where many write at once
            if connection.get_execution_options().keys() & {"writing", "isolation_level"}:
                die_at("commit")

        event.listen(Engine, "before_cursor_execute", before_statement)
        event.listen(Engine, "commit", before_commit)
        if pushed.push().refused:
            sys.exit("the push was refused")
        die_at("end")
        sys.stdout.write(f"{statements}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
