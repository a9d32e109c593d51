"""Backups of PostgreSQL by its own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from dpg_l10n.errors import InputError, UnavailableError
from dpg_l10n.i18n import N_


def dump(url: URL, path: Path) -> None:
    """Write a backup in the custom format of ``pg_dump``.

    Raises:
        UnavailableError: ``pg_dump`` is missing or fails.
    """
    said = _run(
        "pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={path}"
    )
    if said:
        path.unlink(missing_ok=True)
        raise UnavailableError(N_("pg_dump failed: {detail}"), detail=said)


def restore(url: URL, path: Path) -> None:
    """Replace what is in the database by a backup, in one transaction.

    Raises:
        InputError: ``pg_restore`` refuses the backup.
        UnavailableError: ``pg_restore`` is missing.
    """
    said = _run(
        "pg_restore", url, "--single-transaction", "--exit-on-error", "--clean", "--if-exists",
        "--no-owner", "--no-privileges", str(path),
    )  # fmt: skip
    if said:
        raise InputError(N_("{path} cannot be restored: {detail}"), path=path, detail=said)


def _run(program: str, url: URL, *arguments: str) -> str:
    """Run a program on a database; return what it complained of, empty when it did well."""
    found = shutil.which(program)
    if found is None:
        raise UnavailableError(
            N_(
                "{program} was not found. Install the client programs of PostgreSQL, in a version "
                "not older than the server, and have them in PATH."
            ),
            program=program,
        )
    from psycopg.conninfo import make_conninfo

    parts = url.translate_connect_args(username="user", database="dbname")
    parts.pop("password", None)
    place = make_conninfo(**parts, **{name: str(value) for name, value in url.query.items()})
    # the password goes through the environment: arguments are shown to everybody on the machine
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [found, f"--dbname={place}", *arguments],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    return " ".join(done.stderr.split()) if done.returncode else ""
