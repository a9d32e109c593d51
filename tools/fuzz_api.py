"""Try the HTTP API with what nobody thought of: schemathesis on its whole OpenAPI document.

    fuzz_api.py [--seconds 600] [--seed 1] [--role owner] [--role viewer] [--only OPERATION]

A service of its own, in a temporary folder, with the demonstration project; all checks, examples, the edges
of every parameter, random values and sequences of operations. Each role gets an equal share of the time.
Operations that would end the run's own token are tried last, with tokens of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_CONFIG = Path(__file__).with_name("schemathesis.toml")
_HOOKS = Path(__file__).with_name("schemathesis_hooks.py")
_CONSOLE = [sys.executable, "-c", "from dpg_l10n_cli.main import main; main()"]
_ENDING = ("revoke_token", "delete_me", "set_account_state", "sign_out", "give_role", "take_role")
"""Operations by which a run could shut itself out."""
_ENDING_SECONDS = 10


def main() -> int:
    """Run and return 1 where a check failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--role", action="append", help="owner, viewer, …; nobody signs in")
    parser.add_argument("--only", action="append", default=[], help="operation id")
    asked = parser.parse_args()
    roles = asked.role or ["owner", "translator", "nobody"]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DPG_L10N_STORE": f"{folder}/store.db", "DPG_L10N_RATE": "1000000",
            "XDG_DATA_HOME": folder, "HOME": folder,
        }  # fmt: skip
        console("push", str(_ROOT / "demo"), "--json")
        console("glossary", "import", "--starter", "--json")
        console("user", "add", "keeper", "--role", "owner", "--json")
        with subprocess.Popen(
            [*_CONSOLE, "serve", "--port", "0", "--json"], stdout=subprocess.PIPE, text=True
        ) as service:
            try:
                assert service.stdout is not None  # noqa: S101 - asked for
                url = json.loads("".join(iter(service.stdout.readline, "}\n")) + "}")["url"]
                rest = [] if asked.only else [f"--exclude-operation-id={name}" for name in _ENDING]
                only = [f"--include-operation-id={name}" for name in asked.only]
                for role in roles:
                    seconds = asked.seconds // len(roles)
                    failed |= fuzz(url, role, seconds, asked.seed, [*rest, *only])
                for name in () if asked.only else _ENDING:
                    just = [f"--include-operation-id={name}"]
                    failed |= fuzz(url, roles[0], _ENDING_SECONDS, asked.seed, just)
            finally:
                service.terminate()
    return int(failed)


def fuzz(url: str, role: str, seconds: int, seed: int, more: Sequence[str]) -> bool:
    """Run once as a role; return whether a check failed."""
    print(f"--- as {role}", flush=True)
    sign = ["-H", f"Authorization: Bearer {token(role)}"] if role != "nobody" else []
    return bool(
        subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIG), "run", f"{url}/openapi.json",
             "--url", url.removesuffix("/api/v1"), "--max-time", str(seconds),
             "--seed", str(seed), "--continue-on-failure", "--suppress-health-check", "all",
             "--warnings", "off", "--request-timeout", "20", "--no-color",
             "--generation-database", "none", *sign, *more],
            check=False, env={**os.environ, "SCHEMATHESIS_HOOKS": str(_HOOKS)},
        ).returncode
    )  # fmt: skip


def token(role: str) -> str:
    """Make an account with a role and return a token of it."""
    name = f"fuzz-{os.urandom(6).hex()}"
    console("user", "add", name, "--role", role, "--json")
    every = [f"--permission={each}" for each in _PERMISSIONS]
    return str(json.loads(console("token", "add", name, "fuzz", *every, "--json"))["secret"])


_PERMISSIONS = (
    "read", "discuss", "translate", "review", "review_risk", "maintain", "administer",
)  # fmt: skip


def console(*arguments: str) -> str:
    """Run a command and return what it printed."""
    return subprocess.run(
        [*_CONSOLE, *arguments], check=True, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
