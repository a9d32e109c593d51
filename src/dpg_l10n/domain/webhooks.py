"""Webhooks: what a project tells others, signed as Standard Webhooks has it.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from dpg_l10n.errors import UsageError
from dpg_l10n.i18n import N_

EVENTS = ("push.stored", "job.ended", "release.made", "text.withdrawn", "coverage.below")
"""What a webhook can ask for."""
TEST = "webhook.test"
"""Sent when somebody asks for it, whatever the webhook asks for."""
MOST_CHARACTERS = 2000
PAUSES_S = (5, 300, 1800, 7200, 18_000, 36_000, 50_400)
"""After each try that failed; after the last there is none any more: a day and a half in all."""
_SECRET = "whsec_"  # noqa: S105 - how one begins
_BAD = N_("“{url}” cannot be the address of a webhook: {detail}")
_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32",  # metadata of two hosters, relays
            "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "fec0::/10",
        ),
    )
)  # fmt: skip
"""Never asked, although Python may call them global: they lead to other addresses, or to a hoster's own."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a project's events go."""

    id: int
    url: str
    events: tuple[str, ...]
    actor: str
    """Pseudonym of who made it."""
    created: int
    """Seconds since 1970 in UTC."""
    secret: str
    """Shown once; kept because each message is signed with it."""
    gone: bool = False
    """True when the receiver said that it is gone for good: nothing is sent any more."""


def secret_of(data: bytes) -> str:
    """Return random bytes as the secret of a webhook."""
    return _SECRET + base64.b64encode(data).decode()


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    """Return the value of ``webhook-signature``."""
    key = base64.b64decode(secret.removeprefix(_SECRET))
    signed = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def check_url(url: str, *, inside: bool) -> None:
    """Refuse what cannot be the address of a receiver.

    Args:
        url: Address.
        inside: True where the operator allows private addresses, and ``http``.

    Raises:
        UsageError: ``webhook.url``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(url, "it is no URL.") from None
    if len(url) > MOST_CHARACTERS or not url.isascii() or any(each <= " " for each in url):
        raise _refused(url[:80], "write it in at most 2000 characters of ASCII.")
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise _refused(url, "it has to begin with https://.")
    if not parts.hostname or port == 0:
        raise _refused(url, "it names no host.")
    if "@" in parts.netloc or parts.fragment:
        raise _refused(url, "it must hold no user, password or fragment.")
    try:
        address = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return  # a name: what it stands for is looked at when something is sent
    if not inside and not is_public(str(address)):
        raise _refused(url, "the address is not a public one.")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet.

    Not so are private, loopback, link-local and shared addresses, those of metadata services, and
    those that carry another address inside.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return not any(found in network for network in _NETWORKS if network.version == found.version)


def _refused(url: str, detail: str) -> UsageError:
    return UsageError(_BAD, code="webhook.url", url=url, detail=detail)
