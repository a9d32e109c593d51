"""What ``deploy/`` holds can be read by what it is for, and names commands and options that exist."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from dpg_l10n import config
from dpg_l10n_cli.main import LazyGroup

_DEPLOY = Path(__file__).parents[2] / "deploy"


def options_of(words: list[str]) -> None:
    """Fail where a command line has a command or an option that does not exist."""
    group = LazyGroup(name="dpg-l10n")
    command = group.get_command(click.Context(group), words[0])
    assert command is not None, words
    command.make_context(words[0], words[1:])


def docker() -> list[tuple[str, str]]:
    text = (_DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def test_the_image_runs_as_nobody_special_and_says_how_it_is() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL",
             "HEALTHCHECK", "ENTRYPOINT", "CMD"}  # fmt: skip
    found = docker()
    assert {name for name, _ in found} <= known
    said = dict(found)
    assert said["USER"] not in ("root", "0")
    assert json.loads(said["ENTRYPOINT"]) == ["dpg-l10n"]
    options_of(json.loads(said["CMD"]))
    assert "/healthz" in said["HEALTHCHECK"]
    assert all("--require-hashes" in value or "--no-deps" in value
               for name, value in found if name == "RUN" and "pip install" in value)  # fmt: skip


def compose() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((_DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return made


def test_the_services_of_the_compose_file_run_commands_that_exist() -> None:
    services = compose()["services"]
    assert set(services) == {"db", "serve", "worker"}
    for name in ("serve", "worker"):
        options_of([re.sub(r"\$\{.*\}", "localhost", word) for word in services[name]["command"]])
        assert services[name]["environment"]["DPG_L10N_STORE"].startswith("postgresql://")
    assert all(port.startswith("127.0.0.1:") for port in services["serve"]["ports"])


def test_no_password_is_in_the_compose_file() -> None:
    password = compose()["services"]["db"]["environment"]["POSTGRES_PASSWORD"]
    assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", password)


def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names have their case
    parser.read(_DEPLOY / "dpg-l10n.service", encoding="utf-8")
    return parser


def test_the_unit_starts_a_command_that_exists_and_may_little() -> None:
    service = unit()["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert Path(program).is_absolute()
    options_of(words)
    for name in ("NoNewPrivileges", "DynamicUser", "PrivateTmp", "ProtectHome"):
        assert service[name] == "yes"
    assert {"Unit", "Service", "Install"} == set(unit().sections())


@pytest.mark.parametrize("path", ["Dockerfile", "compose.yaml", "dpg-l10n.service"])
def test_variables_are_read(path: str) -> None:
    text = (_DEPLOY / path).read_text(encoding="utf-8")
    read = set(re.findall(r'"(DPG_L10N_[A-Z_]+)"', Path(config.__file__).read_text("utf-8")))
    assert set(re.findall(r"DPG_L10N_[A-Z_]+", text)) <= read
