"""Bodies of requests: bounded in size and time, and uploads that go to disk as they come."""

from __future__ import annotations

import asyncio
import json
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dpg_l10n.errors import InputError
from dpg_l10n.i18n import N_
from dpg_l10n_api.problems import on_http

MOST_BYTES = 8 << 20
"""Of a body that is no upload."""
_PAUSE_S = 30.0
"""Longest silence in the middle of a body."""
_UPLOADS = re.compile(r"/api/v1/(?:projects/[^/]+/pushes|(?:memories|glossaries)/[^/]+/imports)")
_MOST_FILES = 20_000
_MOST_FIELDS = 2_000
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Bounds:
    """Refuses bodies that are too large, or come too slowly.

    Args:
        app: The application.
        upload_bytes: Most bytes of an upload.
    """

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        """Remember the limit."""
        self._app = app
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on that is refused as soon as it is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._upload_bytes if _UPLOADS.fullmatch(scope["path"]) else MOST_BYTES
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await on_http(Request(scope), _too_large(most))(scope, receive, send)
            return
        left, more = most, True

        async def bounded() -> Message:
            nonlocal left, more
            if not more:
                return await receive()
            try:
                async with asyncio.timeout(_PAUSE_S):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, "The body came too slowly.") from error
            left -= len(message.get("body", b""))
            more = message.get("more_body", False)
            if left < 0:
                raise _too_large(most)
            return message

        await self._app(scope, bounded, send)


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"A body here has at most {most >> 20} MiB.")


async def fields(request: Request) -> dict[str, Any]:
    """Return the fields of a body that is a JSON object or a form; may be asked for again.

    A field that a form has several times is a list.

    Raises:
        RequestValidationError: It is neither.
    """
    known: dict[str, Any] | None = getattr(request.state, "fields", None)
    if known is None:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        known = await (_form(request) if kind in _FORMS else _object(request))
        request.state.fields = known
    return known


async def _form(request: Request) -> dict[str, Any]:
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        found = {name: form.getlist(name) for name in form}
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


async def _object(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise _invalid("The body is no JSON.") from error
    if not isinstance(found, dict):
        raise _invalid("The body is no JSON object.")
    return found


def _invalid(message: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body",), "msg": message, "type": "body"}])


@asynccontextmanager
async def archive(request: Request) -> AsyncIterator[tuple[BinaryIO, int]]:
    """Give the files of an upload as one archive on disk, with its size.

    Either the body is a ZIP, or its parts are files whose names are their paths.

    Raises:
        InputError: ``input.archive``: it is neither.
    """
    with TemporaryFile() as opened:
        file = cast(BinaryIO, opened)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            async with request.form(max_files=_MOST_FILES, max_fields=0) as form:
                parts = [part for part in form.getlist("file") if isinstance(part, UploadFile)]
                if not parts:
                    raise _no_archive()
                await run_in_threadpool(_pack, parts, file)
        elif kind == "application/zip":
            async for data in request.stream():
                file.write(data)
        else:
            raise _no_archive()
        size = file.tell()
        file.seek(0)
        yield file, size


@asynccontextmanager
async def body_on_disk(request: Request) -> AsyncIterator[tuple[BinaryIO, int]]:
    """Give the body of a request as a file, at its beginning, with its size."""
    with TemporaryFile() as opened:
        file = cast(BinaryIO, opened)
        async for data in request.stream():
            file.write(data)
        size = file.tell()
        file.seek(0)
        yield file, size


def _no_archive() -> InputError:
    return InputError(
        N_("Send a ZIP as application/zip, or files as parts “file” of multipart/form-data."),
        code="input.archive",
    )


def _pack(parts: list[UploadFile], file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts:
            name = part.filename or ""
            if name in made.NameToInfo:
                raise InputError(
                    N_("Two files of the upload are called {path}: send each path once."),
                    code="input.archive", path=name,
                )  # fmt: skip
            # no time in it: the same parts are the same bytes when they are sent again
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with made.open(info, "w") as target:
                while data := part.file.read(1 << 20):
                    target.write(data)
