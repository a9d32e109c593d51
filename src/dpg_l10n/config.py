"""Settings of the program. This is the only reader of the environment."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dpg_l10n.errors import ConfigError
from dpg_l10n.i18n import N_

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says."""

    store: str
    """Database URL."""
    models: Path
    """Folder of model packages, shared with Argos Translate."""
    actor: str
    """Pseudonym that the history shows for work from this console."""
    max_file_bytes: int
    """Larger files are refused before they are read."""
    language: str
    """BCP 47 tag of our own messages."""
    memory: Path | None = None
    """Folder of the memory's index, a copy that may be deleted; None keeps none."""
    least_chrf: float | None = None
    """A model whose drafts people changed so much that they stay below this drafts no more in that
    language; 0 to 100, None for no such bar."""
    oidc: tuple[str, str, str] | None = None
    """Issuer, client id and client secret of an OpenID Connect provider; None where there is none."""
    max_upload_bytes: int = 256 * MIB
    """Larger uploads to the service are refused."""
    webhooks_inside: bool = False
    """True lets webhooks reach private addresses, and without TLS."""
    rate: int = 600
    """Requests a minute of one account, or of one address that is not signed in."""

    @property
    def jobs(self) -> str:
        """Database URL of jobs: a file beside the store's, else the store's own database."""
        if not self.store.startswith("sqlite:"):
            return self.store
        path = self.store.partition(":///")[2].partition("?")[0]
        return f"sqlite:///{path}.jobs" if path and path != ":memory:" else "sqlite://"


def settings(environment: Mapping[str, str] | None = None, *, store: str | None = None) -> Settings:
    """Return the settings.

    Args:
        environment: Variables; None takes those of the process.
        store: Path or URL that goes before ``DPG_L10N_STORE``.

    Raises:
        ConfigError: A variable has a value that cannot be used.
    """
    env = os.environ if environment is None else environment
    megabytes = env.get("DPG_L10N_MAX_FILE_MB", "64")
    if not megabytes.isdecimal() or int(megabytes) == 0:
        raise ConfigError(
            N_("{path} must be a whole number of megabytes above 0, not “{value}”."),
            path="DPG_L10N_MAX_FILE_MB", value=megabytes,
        )  # fmt: skip
    upload = env.get("DPG_L10N_MAX_UPLOAD_MB", "256")
    if not upload.isdecimal() or int(upload) == 0:
        raise ConfigError(
            N_("{path} must be a whole number of megabytes above 0, not “{value}”."),
            path="DPG_L10N_MAX_UPLOAD_MB", value=upload,
        )  # fmt: skip
    rate = env.get("DPG_L10N_RATE", "600")
    if not rate.isdecimal() or int(rate) == 0:
        raise ConfigError(
            N_("{path} must be a whole number above 0, not “{value}”."),
            path="DPG_L10N_RATE", value=rate,
        )  # fmt: skip
    least = env.get("DPG_L10N_LEAST_CHRF", "")
    if least and not (least.isdecimal() and int(least) <= 100):
        raise ConfigError(
            N_("{path} must be a whole number from 0 to 100, not “{value}”."),
            path="DPG_L10N_LEAST_CHRF", value=least,
        )  # fmt: skip
    data = _data_home(env)
    argos = env.get("ARGOS_PACKAGES_DIR")
    url = store_url(store or env.get("DPG_L10N_STORE") or str(data / "dpg-l10n" / "store.db"))
    return Settings(
        store=url,
        models=Path(argos) if argos else _argos_home(env) / "argos-translate" / "packages",
        actor=env.get("DPG_L10N_ACTOR", "maintainer"),
        least_chrf=float(least) if least else None,
        max_file_bytes=int(megabytes) * MIB,
        max_upload_bytes=int(upload) * MIB,
        rate=int(rate),
        webhooks_inside=_switch(
            env.get("DPG_L10N_WEBHOOKS_INSIDE", ""), "DPG_L10N_WEBHOOKS_INSIDE"
        ),
        language=language(env),
        memory=_index_folder(url, env),
        oidc=_provider(env),
    )


def _switch(value: str, name: str) -> bool:
    if value not in ("", "0", "1"):
        raise ConfigError(N_("{path} must be 1 or 0, not “{value}”."), path=name, value=value)
    return value == "1"


def _provider(env: Mapping[str, str]) -> tuple[str, str, str] | None:
    issuer = env.get("DPG_L10N_OIDC_ISSUER", "")
    client = env.get("DPG_L10N_OIDC_CLIENT_ID", "")
    secret = env.get("DPG_L10N_OIDC_CLIENT_SECRET", "")
    if not issuer and not client:
        return None
    if not (issuer and client and secret):
        raise ConfigError(
            N_("{path}, _CLIENT_ID and _CLIENT_SECRET go together: set all three or none."),
            path="DPG_L10N_OIDC_ISSUER",
        )
    return issuer, client, secret


def language(environment: Mapping[str, str] | None = None) -> str:
    """Return the BCP 47 tag in which messages are wanted: the first of ``LANGUAGE``."""
    env = os.environ if environment is None else environment
    return env.get("LANGUAGE", "").split(":", 1)[0].replace("_", "-") or "en"


def wants_colour() -> bool:
    """Tell whether colours are welcome: ``NO_COLOR`` is not set."""
    return "NO_COLOR" not in os.environ


def bundle_key(environment: Mapping[str, str] | None = None) -> bytes | None:
    """Return the key that bundles are signed with, None where there is none.

    Raises:
        ConfigError: It is too short to be one.
    """
    env = os.environ if environment is None else environment
    key = env.get("DPG_L10N_BUNDLE_KEY", "").encode()
    if key and len(key) < _LEAST_KEY:
        raise ConfigError(
            N_("DPG_L10N_BUNDLE_KEY needs at least {least} characters that nobody can guess."),
            least=_LEAST_KEY,
        )
    return key or None


_LEAST_KEY = 16


def server_token(environment: Mapping[str, str] | None = None) -> str | None:
    """Return the token for a service, which is never in a file of a repository."""
    env = os.environ if environment is None else environment
    return env.get("DPG_L10N_TOKEN") or None


def store_url(store: str) -> str:
    """Return the database URL of a path or URL."""
    return store if "://" in store else f"sqlite:///{Path(store).expanduser().absolute()}"


def _index_folder(url: str, env: Mapping[str, str]) -> Path | None:
    """Return where the index of a store lies: beside its file, else among the user's caches."""
    if env.get("DPG_L10N_INDEX"):
        return Path(env["DPG_L10N_INDEX"])
    if url.startswith("sqlite:"):
        path = url.partition(":///")[2].partition("?")[0]
        return Path(f"{path}.index") if path and path != ":memory:" else None
    # the password is no part of which store it is
    place = re.sub(r"//[^@/]*@", "//", url)
    name = hashlib.blake2b(place.encode(), digest_size=8).hexdigest()
    return _cache_home(env) / "dpg-l10n" / "index" / name


def _argos_home(env: Mapping[str, str]) -> Path:
    """Return where Argos Translate keeps its data: the same place on every system."""
    home = Path(env.get("HOME") or Path.home())
    return Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")


def _cache_home(env: Mapping[str, str]) -> Path:
    home = Path(env.get("HOME") or Path.home())
    if env.get("XDG_CACHE_HOME"):
        return Path(env["XDG_CACHE_HOME"])
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA", home)) / "cache"
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"


def _data_home(env: Mapping[str, str]) -> Path:
    if env.get("XDG_DATA_HOME"):
        return Path(env["XDG_DATA_HOME"])
    home = Path(env.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA", home))
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return home / ".local" / "share"
