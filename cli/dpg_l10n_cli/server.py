"""A service in place of a store: the same commands, asked through its API."""

from __future__ import annotations

import http.client
import io
import ipaddress
import json
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from dpg_l10n import __version__
from dpg_l10n.config import server_token
from dpg_l10n.errors import (
    AccessError,
    ConflictError,
    DpgL10nError,
    InputError,
    NotFoundError,
    UnavailableError,
    UsageError,
)
from dpg_l10n.i18n import N_
from dpg_l10n_cli import output

_API = "/api/v1"
_REPORT = "X-Report"
"""Header in which a report comes beside a file."""
_URN = "urn:dpg-l10n:problem:"
_TIMEOUT_S = 120.0
_TRIES = 3
_PAUSES_S = (0.1, 0.2, 0.5, 1.0, 2.0)
"""Between looks at a job; the last one again and again."""
_ENDED = ("done", "failed", "cancelled")
_BY_EXIT: dict[int, type[DpgL10nError]] = {
    kind.exit_code: kind for kind in (UsageError, InputError, UnavailableError, ConflictError)
}


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token is for one service."""

    def redirect_request(self, *_arguments: Any) -> None:
        """Return nothing, which makes the redirect an error."""
        return


class Server:
    """A service.

    Args:
        url: Where it is, with or without ``/api/v1``.
        token: What to sign in with; None asks as nobody.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        """Remember where it is.

        Raises:
            UsageError: The address is none, or the token would go over a network in the clear.
        """
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(N_("{url} is no address of a service."), url=url)
        if token and parts.scheme == "http" and not _is_here(parts.hostname):
            raise UsageError(
                N_("{url} is not encrypted: the token would be read on the way. Use https."),
                url=url,
            )
        self.url = url.rstrip("/").removesuffix(_API)
        self._token = token
        self._opener = urllib.request.build_opener(_Stay)

    def get(self, path: str, **query: Any) -> Any:
        """Return the JSON of an address below the API.

        Raises:
            DpgL10nError: What the service answers, with the exit code of the console.
        """
        with self._open("GET", path, query) as answer:
            return json.load(answer)

    def read(self, kind: Any, path: str, **query: Any) -> Any:
        """Return the JSON of an address as the report of a type that the service made it from."""
        return as_type(kind, self.get(path, **query))

    def put(self, path: str, body: Any, revision: int | None = None) -> Any:
        """Write JSON, over a revision where there are some, and return the JSON that it answers."""
        return self._send("PUT", path, body, revision)

    def post(self, path: str, body: Any, revision: int | None = None) -> Any:
        """Send JSON, made on a revision where that matters, and return the JSON that it answers."""
        return self._send("POST", path, body, revision)

    def _send(self, method: str, path: str, body: Any, revision: int | None) -> Any:
        headers = {"Content-Type": "application/json"}
        if revision is not None:
            headers["If-Match"] = f'"{revision}"'
        with self._open(method, path, {}, headers, json.dumps(body).encode()) as answer:
            return json.load(answer)

    def delete(self, path: str, body: Any = None) -> Any:
        """Delete what is at an address, or what JSON says of it, and return the JSON that it answers."""
        if body is not None:
            return self._send("DELETE", path, body, None)
        with self._open("DELETE", path, {}) as answer:
            return json.load(answer)

    def ask(self, path: str, body: Any) -> Any:
        """Ask for a job with JSON; return the job when it is done."""
        data = json.dumps(body).encode()
        return self._job(path, {}, "application/json", lambda: data, len(data))

    def upload(self, path: str, file: BinaryIO, kind: str, **query: Any) -> Any:
        """Ask for a job with a file of a media type; return the job when it is done."""
        size = file.seek(0, io.SEEK_END)

        def again() -> BinaryIO:
            file.seek(0)
            return file

        return self._job(path, query, kind, again, size)

    def download(self, path: str, file: BinaryIO, **query: Any) -> Any:
        """Write what is at an address into a file, and return the report that came with it."""
        with self._open("GET", path, query) as answer:
            shutil.copyfileobj(answer, file)
            return json.loads(answer.headers.get(_REPORT, "null"))

    def package(self, path: str, body: Any) -> tuple[bytes, Any]:
        """Ask for a file with JSON, and return its bytes and the report that came with it."""
        headers = {"Content-Type": "application/json"}
        with self._open("POST", path, {}, headers, json.dumps(body).encode()) as answer:
            return answer.read(), json.loads(answer.headers[_REPORT])

    def bring(self, path: str, data: bytes) -> Any:
        """Put bytes to an address, and return the JSON that it answers."""
        headers = {"Content-Type": "application/octet-stream"}
        with self._open("PUT", path, {}, headers, data) as answer:
            return json.load(answer)

    def _job(
        self, path: str, query: dict[str, Any], kind: str, data: Callable[[], Any], size: int
    ) -> Any:
        # the key lets the question be asked again when the answer was lost
        headers = {
            "Content-Type": kind,
            "Content-Length": str(size),
            "Idempotency-Key": uuid.uuid4().hex,
        }
        for attempt in range(_TRIES):
            try:
                with self._open("POST", path, query, headers, data()) as answer:
                    return self.finished(json.load(answer))
            except UnavailableError:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_PAUSES_S[attempt])
        raise AssertionError  # pragma: no cover - the last try returned or raised

    def finished(self, job: Any) -> Any:
        """Return the report of a job when it is done, with its number as ``job``.

        Raises:
            DpgL10nError: It failed or was cancelled.
        """
        pauses = iter(_PAUSES_S)
        pause = 0.0
        with output.progress(100, job["kind"].capitalize()) as shown:
            seen = 0
            while job["state"] not in _ENDED:
                time.sleep(pause := next(pauses, pause))
                job = self.get(f"/jobs/{job['id']}")
                reached = 100 * job["done"] // job["whole"] if job["whole"] else 0
                shown.update(reached - seen)
                seen = reached
        if job["state"] == "cancelled":
            raise ConflictError(N_("The job {job} was cancelled."), job=job["id"])
        if job["problem"]:
            problem = job["problem"]
            kind = _BY_EXIT.get(problem["exit_code"], DpgL10nError)
            raise kind("{detail}", code=problem["code"], detail=problem["message"])
        return job

    def _open(
        self, method: str, path: str, query: dict[str, Any], headers: dict[str, str] | None = None,
        data: Any = None,
    ) -> Any:  # fmt: skip
        asked = urllib.parse.urlencode(
            {name: str(value).lower() if isinstance(value, bool) else value
             for name, value in query.items() if value is not None},
            doseq=True,
        )  # fmt: skip
        address = f"{self.url}{_API}{urllib.parse.quote(path)}" + (f"?{asked}" if asked else "")
        sent = {"User-Agent": f"dpg-l10n/{__version__}", **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(address, data, sent, method=method)  # noqa: S310 - checked
        try:
            return self._opener.open(request, timeout=_TIMEOUT_S)
        except urllib.error.HTTPError as error:
            with error:
                raise _as_error(error.code, error.read(65_536)) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise UnavailableError(
                N_("The service {url} does not answer: {detail}"), url=self.url, detail=reason
            ) from error


def as_type(kind: Any, said: Any) -> Any:
    """Return JSON as the dataclass that it was made from."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_python(said)


def chosen(server: str | None, store: str | None, directory: Path) -> Server | None:
    """Return the service that a command is to ask, None for the store.

    An option goes first; without one it is the service that the directory's dpg-l10n.toml names,
    where there is a token for it.

    Raises:
        UsageError: Both were named.
    """
    from dpg_l10n_cli.options import load_spec

    token = server_token()
    if server and store:
        raise UsageError(N_("Name either a store or a server."))
    if server:
        return Server(server, token)
    if store or not token or not (directory / "dpg-l10n.toml").is_file():
        return None
    url = load_spec(directory).server_url
    return Server(url, token) if url else None


def _as_error(status: int, body: bytes) -> DpgL10nError:
    """Return the error that a problem is, with the exit code that it has on this machine."""
    try:
        return problem_error({**json.loads(body), "status": status})
    except (ValueError, KeyError, TypeError):
        detail = f"The service answers {status}."
        return _error(status, "unavailable", detail)


def problem_error(problem: dict[str, Any]) -> DpgL10nError:
    """Return the error that a problem of RFC 9457 is."""
    code = str(problem["type"]).removeprefix(_URN)
    return _error(int(problem["status"]), code, str(problem["detail"]))


def _error(status: int, code: str, detail: str) -> DpgL10nError:
    if status in (401, 403, 429):
        kind: type[DpgL10nError] = AccessError
    elif status == 404:
        return NotFoundError("{detail}", code=code, detail=detail)
    elif status in (409, 412):
        kind = ConflictError
    elif status == 413 or (status == 422 and code.partition(".")[0] in _INPUT):
        kind = InputError
    else:
        kind = UnavailableError if status >= 500 or status < 400 else UsageError
    return kind("{detail}", code=code, detail=detail)


_INPUT = frozenset({"input", "format", "memory", "offline", "package"})


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
