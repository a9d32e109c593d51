"""Ask the HTTP API a little of everything and keep what it answers, as examples of its description.

    python tools/api_examples.py > api/dpg_l10n_api/examples.json

A service of its own, in this process and a temporary folder, with a small made-up project. Lists are cut to
their first members, and what is secret or drawn by lot is replaced.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from typing import Any
from unittest.mock import patch

from starlette.testclient import TestClient

from dpg_l10n import bootstrap
from dpg_l10n.config import settings
from dpg_l10n.domain.access import Permission
from dpg_l10n.services import accounts
from dpg_l10n_api.main import ROOT, create_app, fits

Answers = dict[str, dict[str, Any]]
"""Operation: status: what it answered."""
_MOST = 2
_NOW = 1_767_225_600
_SECRET = "shown-once"  # noqa: S105 - it stands for one
_HERE = "http://127.0.0.1"
_WORDS = "four words by heart"
_PROJECT = f"{ROOT}/projects/clinic"
_GLOSSARY = "concept_id,definition,en,sw\ndose,A quantity of medicine taken at once.,dose,dozi\n"
_MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="none" creationtoolversion="1" segtype="block" o-tmf="none"
 adminlang="en" srclang="en" datatype="plaintext"/><body><tu><tuv xml:lang="en"><seg>Wash your hands.</seg></tuv>
<tuv xml:lang="sw"><seg>Nawa mikono.</seg></tuv></tu></body></tmx>
"""
_FILES = {
    "dpg-l10n.toml": (
        '[project]\nslug = "clinic"\nname = "Clinic"\nlicence = "CC-BY-4.0"\ndeployments = ["KE"]\n\n'
        '[[catalogue]]\nname = "app"\nsource = "i18n/en.json"\ntarget = "i18n/{language}.json"\n'
    ),
    "i18n/en.json": json.dumps({
        "visit.save": "Save the visit", "visit.dose": "Next dose of {medicine}",
        "visit.files": "{count} files", "close": "Close",
    }),
    "i18n/sw.json": json.dumps({
        "visit.save": "Hifadhi ziara", "visit.dose": "Dozi ijayo ya {medicine}", "close": "Funga",
    }),
}  # fmt: skip


class _Clock:
    """A clock that goes on by a second a look."""

    def __init__(self) -> None:
        self._at = _NOW

    def now(self) -> int:
        self._at += 1
        return self._at


class Asking:
    """Asks one operation after another and keeps the answers.

    Args:
        client: Of the service.
        answers: Where they are kept.
    """

    def __init__(self, client: TestClient, answers: Answers) -> None:
        """Ask nothing yet but what there is."""
        self._client = client
        self._names = _operations(client)
        self._answers = answers

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        """Return the JSON of an answer, which is kept as the example of its operation.

        Raises:
            ValueError: The service refused.
        """
        answer = self._client.request(method, path, **more)
        if answer.is_error:
            raise ValueError(f"{method} {path}: {answer.status_code} {answer.text}")
        body = answer.json()
        name = self._named(method, path.partition("?")[0])
        self._answers.setdefault(name, {}).setdefault(str(answer.status_code), _short(body))
        return body

    def _named(self, method: str, path: str) -> str:
        found = [
            (template.count("{"), name)
            for (verb, template), name in self._names.items()
            if verb == method and fits(template, path)
        ]
        return min(found)[1]


def _operations(client: TestClient) -> dict[tuple[str, str], str]:
    paths = client.get(f"{ROOT}/openapi.json").json()["paths"]
    return {
        (method.upper(), path): operation["operationId"]
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def _short(body: Any, name: str = "") -> Any:
    """Return an answer with few members, and without what is good for one reader alone."""
    if isinstance(body, dict):
        # those who work have a clock of their own
        late = {"updated": body["created"] + 3} if "updated" in body else {}
        return {key: _short(value, key) for key, value in {**body, **late}.items()}
    if isinstance(body, list):
        return [_short(each) for each in body[:_MOST]]
    return _SECRET if name == "secret" else body


def answers() -> Answers:
    """Return what a service answers to a little of everything."""
    clock = _Clock()
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(bootstrap, "clock", lambda: clock),
    ):
        known = settings(
            {"DPG_L10N_STORE": f"sqlite:///{folder}/store.db", "XDG_DATA_HOME": folder}
        )
        with bootstrap.open_store(known) as store:
            secret = accounts.setup_secret(store, clock)
        assert secret is not None  # noqa: S101 - the store is new
        asked: Answers = {}
        with TestClient(create_app(known, is_local=False, works=True), base_url=_HERE) as client:
            ask = Asking(client, asked)
            token = _people(ask, client, secret)
            _texts(ask)
            _review(ask)
            _terms(ask)
            _offline(ask, client)
            _jobs(ask, client)
        # nobody works here: what is to be sent to others stays where it is
        with TestClient(create_app(known, is_local=False), base_url=_HERE) as client:
            client.headers["Authorization"] = token
            ask = Asking(client, asked)
            _hooks(ask)
            _ends(ask)
    return dict(sorted(asked.items()))


def _people(ask: Asking, client: TestClient, secret: str) -> str:
    who = {"name": "amina", "password": _WORDS}
    ask("POST", f"{ROOT}/setup", json={"secret": secret, **who})
    ask("POST", f"{ROOT}/session", json=who)
    made = ask("POST", f"{ROOT}/tokens", json={"name": "CI", "permissions": [*Permission]})
    ask("DELETE", f"{ROOT}/session")
    client.cookies.clear()
    token = f"Bearer {made['secret']}"
    client.headers["Authorization"] = token
    return token


def _texts(ask: Asking) -> None:
    parts = [("file", (path, text)) for path, text in _FILES.items()]
    ask("POST", f"{_PROJECT}/pushes", files=parts)
    ask("PATCH", _PROJECT, json={"public": True})
    for path in ("", "/catalogues", "/coverage", "/trend", "/gate"):
        ask("GET", _PROJECT + path)
    for path in ("/projects", "/languages", "/countries/KE", "/countries/KE/trend"):
        ask("GET", ROOT + path)
    for path in ("/healthz", "/readyz", "/languages", "/tm/languages/"):
        ask("GET", path)


def _review(ask: Asking) -> None:
    units = {
        each["key"]: each["unit"] for each in ask("GET", f"{_PROJECT}/units?language=sw")["items"]
    }
    save, dose, files, close = (
        f"{_PROJECT}/units/{units[key]}/translations/sw"
        for key in ("visit.save", "visit.dose", "visit.files", "close")
    )
    seen = {"If-Match": '"1"'}
    ask("GET", save)
    ask("PUT", save, json={"state": "reviewed"}, headers=seen)
    ask("GET", f"{save}/history")
    ask("POST", f"{_PROJECT}/queue", json={"language": "sw", "task": "review"})
    ask("POST", f"{dose}/comments", json={"text": "Is this a date or an amount?"})
    ask("PUT", f"{dose}/marks/flag", json={"why": "The word for dose is not settled."})
    suggested = ask("POST", f"{dose}/suggestions", json={"text": "Dozi inayofuata ya {medicine}"})
    ask("GET", f"{dose}/talk")
    number = suggested["suggestions"][0]["id"] if "suggestions" in suggested else suggested["id"]
    ask("POST", f"{dose}/suggestions/{number}/dismiss", json={"why": "Too long for the button."})
    ask("DELETE", f"{dose}/marks/flag")
    batch = [
        {
            "unit": units["visit.files"],
            "language": "sw",
            "revision": 0,
            "state": "translated",
            "text": "Faili {count}",
        }
    ]
    ask("POST", f"{_PROJECT}/units:batch", json={"items": batch})
    ask("POST", f"{_PROJECT}/units:accept", json={"language": "sw", "q": "state:translated"})
    ask("GET", f"{files}/memory")
    seen = {"If-Match": f'"{ask("GET", close)["revision"]}"'}
    ask("POST", f"{close}/withdraw", json={"why": "It insults the reader."}, headers=seen)


def _terms(ask: Asking) -> None:
    made = ask(
        "POST", f"{ROOT}/glossaries/terms/imports?project=clinic", content=_GLOSSARY,
        headers={"Content-Type": "text/csv"},
    )  # fmt: skip
    assert made["state"] == "done"  # noqa: S101 - it is small
    ask(
        "POST",
        f"{ROOT}/glossaries/terms/decisions",
        json={"status": "accepted", "concepts": ["dose"], "language": "sw"},
    )
    ask(
        "POST",
        f"{ROOT}/glossaries/terms/words",
        json={"concept": "dose", "language": "fr", "words": ["dose"]},
    )
    for path in ("", "/terms", "/terms/concepts"):
        ask("GET", f"{ROOT}/glossaries{path}")
    ask("GET", f"{_PROJECT}/concepts", params={"q": "dose"})
    ask("GET", f"{_PROJECT}/terms", params={"language": "sw", "text": "Next dose"})
    unit = ask("GET", f"{_PROJECT}/units", params={"q": "language:sw key:visit.dose"})["items"][0][
        "unit"
    ]
    ask("GET", f"{_PROJECT}/units/{unit}/translations/sw/terms")
    ask(
        "POST", f"{ROOT}/memories/health/imports?licence=CC0-1.0", content=_MEMORY,
        headers={"Content-Type": "application/x-tmx+xml"},
    )  # fmt: skip
    ask("GET", f"{ROOT}/memories")
    ask("GET", f"{ROOT}/memory/search", params={"text": "Wash your hands", "language": "sw"})
    ask("GET", "/tm/en/sw/unit/Wash your hands.")
    ask("POST", "/translate", json={"q": "Wash your hands.", "source": "en", "target": "sw"})


def _offline(ask: Asking, client: TestClient) -> None:
    where = f"{_PROJECT}/packages/sw"
    package = client.post(where, json={"format": "po"})
    ask("PUT", where, content=package.content, headers={"Content-Type": "application/octet-stream"})


def _jobs(ask: Asking, client: TestClient) -> None:
    def ended(job: dict[str, Any]) -> None:
        for _ in range(600):
            if client.get(f"{ROOT}/jobs/{job['id']}").json()["state"] not in ("queued", "running"):
                return
            time.sleep(0.1)

    for path, body in (
        ("exports", {"languages": ["sw"], "release": "v1.4.0"}),
        ("drafts", {"languages": ["sw"]}),
        ("acceptances", {"language": "sw", "q": "origin:import"}),
        ("term-checks", {"languages": ["sw"]}),
        ("undos", {"id": 1, "dry_run": True}),
    ):
        ended(ask("POST", f"{_PROJECT}/{path}", json=body))
    job = ask("POST", f"{ROOT}/reports", json={"about": "countries", "names": ["KE"]})
    ended(job)
    ask("GET", f"{ROOT}/jobs/{job['id']}")
    ask("GET", f"{ROOT}/jobs")
    ask("DELETE", f"{ROOT}/jobs/{job['id']}")
    ask("GET", f"{_PROJECT}/releases")
    ask("GET", f"{_PROJECT}/releases/v1.4.0")
    ask("GET", f"{_PROJECT}/models")


def _hooks(ask: Asking) -> None:
    wanted = {"url": "https://ci.example.org/l10n", "events": ["release.made"]}
    number = ask("POST", f"{_PROJECT}/webhooks", json=wanted)["id"]
    ask("GET", f"{_PROJECT}/webhooks")
    ask("POST", f"{_PROJECT}/webhooks/{number}/test")
    ask("DELETE", f"{_PROJECT}/webhooks/{number}")


def _ends(ask: Asking) -> None:
    ask("DELETE", f"{ROOT}/glossaries/terms")
    ask("DELETE", f"{ROOT}/memories/health")
    role = {"role": "translator", "project": "clinic", "language": "sw"}
    ask("POST", f"{ROOT}/accounts", json={"name": "juma", "roles": []})
    ask("PUT", f"{ROOT}/accounts/juma/roles", json=role)
    ask("GET", f"{ROOT}/accounts")
    ask("DELETE", f"{ROOT}/accounts/juma/roles", json=role)
    ask("PUT", f"{ROOT}/accounts/juma/state", json={"disabled": True})
    ask("GET", f"{ROOT}/me")
    ask("GET", f"{ROOT}/me/export")
    ask("GET", f"{ROOT}/audit")
    ask("PUT", f"{ROOT}/me/password", json={"old": _WORDS, "new": "five other words by heart"})
    spare = ask("POST", f"{ROOT}/tokens", json={"name": "spare"})["token"]["id"]
    ask("GET", f"{ROOT}/tokens")
    ask("DELETE", f"{ROOT}/tokens/{spare}")
    ask("POST", f"{ROOT}/accounts", json={"name": "asha", "roles": [{"role": "owner"}]})
    ask("DELETE", f"{ROOT}/me")


if __name__ == "__main__":
    json.dump(answers(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
