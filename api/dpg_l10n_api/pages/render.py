"""Templates into answers: escaped, in the reader's language, with headers that let nothing else in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from dpg_l10n import __version__
from dpg_l10n.domain.message import plain
from dpg_l10n.i18n import interface_languages
from dpg_l10n_api.pages import assets
from dpg_l10n_api.pages.reader import COOKIE, PARAMETER, Reader, chosen, own_name, reader_of

_A_YEAR_S = 31_536_000
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""What every page is sent with: no script or style inside it runs, nothing comes from elsewhere."""


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a page, or 304 where the browser has the same already.

    Args:
        request: Whose language is spoken; ``?lang=`` in its address is remembered.
        template: Name below ``templates/``.
        status: Of the answer.
        values: For the template. ``reader``, ``path`` and ``languages`` are there always.
    """
    reader = reader_of(request)
    text = _environment().get_template(template).render(
        reader=reader,
        path=request.url.path,
        version=__version__,
        anonymous=_is_nobody(request),
        in_english=str(request.url.include_query_params(**{PARAMETER: "en"}).query),
        languages=[
            (tag, own_name(tag), str(request.url.include_query_params(**{PARAMETER: tag}).query))
            for tag in interface_languages()
        ],
        **values,
    )  # fmt: skip
    data = text.encode()
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {
        **HEADERS,
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Language, Cookie",
    }
    answer: Response
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        answer = Response(status_code=304, headers=headers)
    else:
        answer = HTMLResponse(data, status, headers)
    wanted = chosen(request)
    if wanted:
        answer.set_cookie(COOKIE, wanted, max_age=_A_YEAR_S, httponly=True, samesite="lax")
    return answer


def fragment(template: str, reader: Reader, **values: Any) -> str:
    """Return a template as text: a part of a page, or a picture of its own."""
    return _environment().get_template(template).render(reader=reader, **values)


def _is_nobody(request: Request) -> bool:
    """Tell whether it is known that who asks did not sign in."""
    found = getattr(request.state, "principal", None)
    return found is not None and not found.name


@pass_context
def _say(context: Context, text: str) -> str:
    return _reader(context).say(text)


@pass_context
def _say_plural(context: Context, one: str, other: str, count: int) -> str:
    return _reader(context).say_plural(one, other, count)


def _reader(context: Context) -> Reader:
    found: Reader = context["reader"]
    return found


def _filter(name: str) -> Any:
    @pass_context
    def use(context: Context, value: Any) -> str:
        return str(getattr(_reader(context), name)(value))

    return use


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(_say, _say_plural, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    environment.globals["asset"] = assets.address
    environment.globals["once"] = cache
    environment.filters["plain"] = lambda text: "" if text is None else plain(text)
    for name in (
        "number", "percent", "share", "compact", "day", "iso_day", "listed", "language_name", "country_name",
    ):  # fmt: skip
        environment.filters[name] = _filter(name)
    return environment
