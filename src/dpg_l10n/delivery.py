"""Sending the messages of webhooks: to the open internet, and nowhere else.

The name of a receiver is resolved once, every address that it stands for is looked at, and the
connection goes to an address that was looked at: a name that stands for another address the next
moment gains nothing. No proxy, no redirect, no cookie, and nothing of the answer but its status.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from dpg_l10n.domain.webhooks import check_url, is_public
from dpg_l10n.errors import UnavailableError, UsageError
from dpg_l10n.i18n import N_

_PART_S = 10.0
"""For a connection to stand, and for each part of an answer."""
_WHOLE_S = 20.0
"""For all of it: a receiver that answers byte by byte is left."""
_MOST_BYTES = 256 * 1024

Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses that a name stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Sender:
    """Sends messages, see :class:`dpg_l10n.ports.webhooks.Deliver`.

    Args:
        inside: True where the operator allows private addresses, and ``http``.
        names: Resolves names.
        whole_s: Seconds for one message, whatever the receiver does.
    """

    def __init__(
        self, *, inside: bool = False, names: Resolve = resolve, whole_s: float = _WHOLE_S
    ) -> None:
        """Send nothing yet."""
        self._inside = inside
        self._names = names
        self._whole_s = whole_s

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send a message and return the status of the answer."""
        check_url(url, inside=self._inside)
        parts = urlsplit(url)
        host, secure = str(parts.hostname), parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        if len(body) > _MOST_BYTES:
            raise UsageError(
                N_("The message has {size} bytes, more than a webhook sends."),
                code="webhook.size", size=len(body),
            )  # fmt: skip
        try:
            addresses = self._checked(host, port)
            connection = _Connection(host, port, addresses, secure=secure)
        except OSError as error:
            raise _silent(host, error) from error
        # the timeout of a socket begins anew with each byte that arrives
        watchdog = threading.Timer(self._whole_s, connection.cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target, body, dict(headers))
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _silent(host, error) from error
        finally:
            watchdog.cancel()
            connection.close()
        if connection.was_cut:
            raise _silent(host, TimeoutError("it took too long"))
        return status

    def _checked(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host, none of which may be one of the inside."""
        found = self._names(host, port)
        for address in found:
            if not self._inside and not is_public(address):
                raise UsageError(
                    N_("Nothing is sent to {host}: it stands for {address}, which is no public address."),
                    code="webhook.address", host=host, address=address,
                )  # fmt: skip
        return found


class _Connection(http.client.HTTPConnection):
    """A connection to addresses that were looked at, whatever the name stands for by now."""

    def __init__(self, host: str, port: int, addresses: Sequence[str], *, secure: bool) -> None:
        super().__init__(host, port, timeout=_PART_S)
        self._addresses = addresses
        self._secure = secure
        self.was_cut = False
        if secure and port == 443:
            self.default_port = 443  # keeps the port out of the Host header

    def connect(self) -> None:
        """Connect to the first address that answers."""
        fault = OSError("The name stands for no address.")
        for address in self._addresses:
            try:
                plain: Any = socket.create_connection((address, self.port), _PART_S)
                break
            except OSError as error:
                fault = error
        else:
            raise fault
        self.sock = plain
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread."""
        # what came until then reads like an answer that has ended
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def _silent(host: str, error: BaseException) -> UnavailableError:
    return UnavailableError(
        N_("The receiver {host} does not answer: {detail}"),
        code="unavailable.webhook", host=host, detail=str(error) or type(error).__name__,
    )  # fmt: skip
