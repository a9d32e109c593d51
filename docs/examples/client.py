"""A day with the API of dpg-l10n for each role: ``client.py viewer|translator|reviewer|maintainer|owner``.

Needs httpx (or httpx2), and two variables: ``API``, as https://l10n.example.org/api/v1, and
``DPG_L10N_TOKEN``. Every write names the revision that was seen, and is made again after a look when
somebody else was faster; long work is asked for with a key, so that it can be asked for twice.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from typing import Any

try:
    import httpx
except ImportError:  # the same library under its new name
    import httpx2 as httpx

PROJECT, LANGUAGE = "clinic", "sw"


class Service:
    """The service, signed in with a token."""

    def __init__(self, url: str, token: str) -> None:
        """Open nothing yet."""
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=60)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Return the JSON of an answer; a problem is an error with its own words."""
        answer = self._http.request(method, path, **more)
        if answer.is_error:
            problem = answer.json()
            raise SystemExit(f"{problem['status']} {problem['type']}: {problem['detail']}")
        return answer.json()

    def long(self, path: str, **more: Any) -> Any:
        """Ask for long work and return its job when it has ended."""
        job = self.ask("POST", path, headers={"Idempotency-Key": uuid.uuid4().hex}, **more)
        while job["state"] in ("queued", "running"):
            time.sleep(0.5)
            job = self.ask("GET", f"/jobs/{job['id']}")
        if job["state"] != "done":
            raise SystemExit(f"{job['kind']}: {job['problem']}")
        return job

    def units(self, query: str) -> Any:
        """Yield every unit that a query asks for, page by page."""
        params = {"q": query, "limit": 200, "fields": "unit,key,source,text,state,revision"}
        while True:
            page = self.ask("GET", f"/projects/{PROJECT}/units", params=params)
            yield from page["items"]
            if page["next"] is None:
                return
            params["cursor"] = page["next"]

    def decide(self, unit: Any, **decision: Any) -> Any:
        """Write a decision on the revision that was seen."""
        path = f"/projects/{PROJECT}/units/{unit['unit']}/translations/{LANGUAGE}"
        seen = {"If-Match": f'"{unit["revision"]}"'}
        return self.ask("PUT", path, headers=seen, json=decision)

    def download(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return bytes(self._http.get(path).raise_for_status().content)


def viewer(service: Service) -> None:
    """Look how far a project is, and whom it reaches."""
    for row in service.ask("GET", f"/projects/{PROJECT}/coverage")["languages"]:
        print(f"{row['language']}: {row['coverage']:.0%}")
    print(service.ask("GET", "/countries/KE")["country"])


def translator(service: Service) -> None:
    """Take work, look into the memory, write, and say what is not clear."""
    work = {"language": LANGUAGE, "task": "translate", "limit": 5}
    for unit in service.ask("POST", f"/projects/{PROJECT}/queue", json=work)["items"]:
        where = f"/projects/{PROJECT}/units/{unit['unit']}/translations/{LANGUAGE}"
        known = service.ask("GET", f"{where}/memory")
        print(unit["source"]["text"], known)
        after = service.decide(unit, text=f"«{unit['source']['text']}»", state="translated")
        service.ask("POST", f"{where}/comments", json={"text": "Is this a button?"})
        print(after["state"], after["revision"])


def reviewer(service: Service) -> None:
    """Accept what is right, and send back what is not."""
    for number, unit in enumerate(service.units(f"language:{LANGUAGE} state:translated")):
        if number == 0:
            service.decide(unit, state="needs_work", why="Say it shorter.")
        else:
            service.decide(unit, state="reviewed")
    asked = {"language": LANGUAGE, "q": "origin:import"}
    print(service.long(f"/projects/{PROJECT}/acceptances", json=asked)["report"])


def maintainer(service: Service) -> None:
    """Push the strings, look at the gate, release, and take the files along."""
    source = b'{"open": "Open", "save": "Save", "close": "Close"}\n'
    files = [
        ("file", ("i18n/en.json", source)),
        ("file", ("i18n/sw.json", b'{"save": "Hifadhi"}\n')),
    ]
    print(service.long(f"/projects/{PROJECT}/pushes", files=files)["report"]["catalogues"])
    gate = service.ask("GET", f"/projects/{PROJECT}/gate", params={"language": LANGUAGE})
    print(gate["passed"], [each["message"] for each in gate["conditions"]])
    name = f"v{int(time.time())}"
    asked = {"languages": [LANGUAGE], "release": name}
    job = service.long(f"/projects/{PROJECT}/exports", json=asked)
    print(name, len(service.download(f"/jobs/{job['id']}/file")), "bytes")


def owner(service: Service) -> None:
    """Invite somebody, and look at what was done with accounts."""
    name = f"amina-{uuid.uuid4().hex[:6]}"
    roles = [{"role": "translator", "project": PROJECT, "language": LANGUAGE}]
    made = service.ask("POST", "/accounts", json={"name": name, "roles": roles})
    print("Give them this secret, it is good once:", made["secret"])
    print(service.ask("GET", "/audit")["items"][-1]["event"])


if __name__ == "__main__":
    day = {"viewer": viewer, "translator": translator, "reviewer": reviewer,
           "maintainer": maintainer, "owner": owner}[sys.argv[1]]  # fmt: skip
    day(Service(os.environ["API"], os.environ["DPG_L10N_TOKEN"]))
