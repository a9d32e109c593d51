"""``dpg-l10n serve``: the pages and the HTTP API on this machine."""

from __future__ import annotations

import contextlib
import ipaddress
import signal
import socket
from typing import TYPE_CHECKING

import click

from dpg_l10n import bootstrap
from dpg_l10n.errors import UnavailableError, UsageError
from dpg_l10n.i18n import N_
from dpg_l10n.services.accounts import setup_secret
from dpg_l10n_cli import example, options, output

if TYPE_CHECKING:
    from fastapi import FastAPI

_SECONDS_TO_FINISH = 10


@click.command(
    epilog="""\b
Examples:
  dpg-l10n serve --demo
  dpg-l10n serve --port 9000 --store work.db
  curl http://127.0.0.1:8321/api/v1/projects"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8321, show_default=True, type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="Name or address by which others call this service; may be given several times.",
)  # fmt: skip
@click.option(
    "--demo", is_flag=True,
    help="Show an example in place of your store: texts to review, a country. It is gone at the end.",
)  # fmt: skip
@click.option("--no-worker", is_flag=True, help="Leave long work to “dpg-l10n worker”.")
@click.option(
    "--log", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="What is written of requests: warnings as text, or a line of JSON for each.",
)  # fmt: skip
@options.store_option
@options.json_option
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    demo: bool,
    no_worker: bool,
    log: str,
    store: str | None,
    as_json: bool,
) -> int:
    """Answer the pages and the HTTP API until Ctrl-C.

    On this machine alone nobody has to sign in until there is an account: whoever asks works under
    the pseudonym of DPG_L10N_ACTOR. Where others can reach it (--host), everybody signs in, and the
    first start prints a one-time secret for the first owner.
    """
    from dpg_l10n_api.guard import LOCAL_NAMES
    from dpg_l10n_api.logs import install
    from dpg_l10n_api.main import ROOT, create_app

    bare = host.strip("[]")
    known = {*LOCAL_NAMES, *map(_as_name, names), *(() if _is_any(bare) else (_as_name(bare),))}
    if _is_any(bare) and not names:
        raise UsageError(
            N_(
                "{host} stands for every address of this machine. Say by which others will call "
                "it: --name HOST; requests for other names are refused."
            ),
            host=host,
        )
    if demo and (store is not None or not _is_loopback(bare)):
        raise UsageError(N_("--demo shows an example on this machine alone, without --store."))
    if log == "json":
        install()
    alone = _is_loopback(bare)
    with example.filled() if demo else contextlib.nullcontext(options.configured(store)) as config:
        # a store that cannot be opened is said here, before anything listens
        with bootstrap.open_store(config) as opened:
            secret = None if alone else setup_secret(opened, bootstrap.clock())
        with _listen(bare, port) as listener:
            pages = f"http://{_as_name(bare)}:{listener.getsockname()[1]}"
            if as_json:
                output.print_json({"url": f"{pages}{ROOT}", "pages": f"{pages}/", "setup": secret})
            _announce(pages, f"{pages}{ROOT}", secret, demo=demo)
            _run(create_app(config, names=known, is_local=alone, works=not no_worker), listener)
    output.note("Stopped.")
    return 0


def _announce(pages: str, api: str, secret: str | None, *, demo: bool) -> None:
    """Say where the service is, and how its first owner gets in."""
    output.note(f"Pages: {pages}/ · API: {api} · Ctrl-C stops them.")
    if demo:
        output.note(
            "An example, gone when you stop it:\n"
            f"  review texts    {pages}/p/{example.SLUG}/es\n"
            f"  a country       {pages}/countries/KE"
        )
    if secret is not None:
        output.note(
            "Nobody has an account yet. Whoever has this secret becomes the owner; it is good "
            f"once, for a day:\n  {pages}/setup?secret={secret}\n"
            f"Programs use it with POST {api.removeprefix(pages)}/setup (docs/api.md)."
        )


def _run(app: FastAPI, listener: socket.socket) -> None:
    """Answer requests until somebody stops it.

    Raises:
        UnavailableError: It could not start.
    """
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,  # warnings reach standard error all the same
            access_log=False,  # it would write down who asked from where
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
    )
    # uvicorn finishes what is under way, then raises the signal once more: SIGTERM, by which
    # service managers end us, is to end in the same peace as Ctrl-C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    if not server.started:
        raise UnavailableError(detail="The service could not start; the reason is above.")


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        UnavailableError: The port is taken, or the address is not of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
        # asyncio turns off Nagle's algorithm only where a socket says that it is TCP; with it on, an
        # answer of two writes waits 40 ms for the other side
        return socket.socket(
            family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach()
        )
    except OSError as error:
        raise UnavailableError(
            N_("Cannot listen on {host}, port {port}: {detail}. Choose another with --port."),
            host=host, port=port, detail=error.strerror or error,
        ) from error  # fmt: skip


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host.lower() == "localhost" if address is None else address.is_loopback


def _is_any(host: str) -> bool:
    address = _address(host)
    return host == "" if address is None else address.is_unspecified


def _as_name(host: str) -> str:
    """Return a host as addresses write it: IPv6 in brackets."""
    bare = host.strip("[]")
    address = _address(bare)
    return f"[{bare}]" if address is not None and address.version == 6 else bare


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
