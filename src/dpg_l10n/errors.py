"""Every deliberate error of the toolkit.

Each class has a permanent ``code``, an English ``template`` that the doors translate and format,
and keyword parameters. A finding of a check is a value and never one of these.

::

    DpgL10nError                  code             console exit
    ├── UsageError                usage                 2
    │   ├── ConfigError           config                2
    │   ├── NotFoundError         not_found             2
    │   └── AmbiguousError        ambiguous             2
    ├── InputError                input                 3
    │   ├── FormatError           format.*              3
    │   ├── DamagedInputError     input.damaged         3
    │   └── PackageError          package.*             3
    ├── UnavailableError          unavailable           4
    │   ├── MissingExtraError     unavailable.extra     4
    │   ├── ModelMissingError     unavailable.model     4
    │   └── StoreUnavailableError unavailable.store     4
    ├── AccessError               access                4
    │   ├── SignInError           access.sign_in        4
    │   ├── ForbiddenError        access.forbidden      4
    │   └── ThrottledError        access.throttled      4
    ├── GateError                 gate                  1
    └── ConflictError             conflict              5
        └── StaleRevisionError    conflict.stale        5
"""

from __future__ import annotations

from typing import Any, ClassVar

from dpg_l10n.i18n import N_


class DpgL10nError(Exception):
    """Root of every error that the toolkit raises on purpose.

    Args:
        template: English sentence with ``{name}`` fields; None keeps the template of the class.
        code: Permanent machine name; None keeps the code of the class.
        params: Values for the fields of the template.
    """

    code: ClassVar[str] = "error"
    template: ClassVar[str] = N_("Something went wrong: {detail}")
    exit_code: ClassVar[int] = 1

    def __init__(
        self, template: str | None = None, *, code: str | None = None, **params: Any
    ) -> None:
        """Keep the template and its values apart, so that a door can translate the first."""
        self.message_template = template or self.template
        self.error_code = code or self.code
        self.params = params
        super().__init__(self.message_template, params)

    def __str__(self) -> str:
        """Return the English sentence with its values."""
        return self.message_template.format_map(_Blank(self.params))


class _Blank(dict[str, Any]):
    """Values of a template; an absent one shows its own name instead of failing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class UsageError(DpgL10nError):
    """The caller asked for something that cannot be meant."""

    code = "usage"
    template = N_("{detail}")
    exit_code = 2


class ConfigError(UsageError):
    """A configuration file or variable cannot be used."""

    code = "config"
    template = N_("{path}: {detail}")


class NotFoundError(UsageError):
    """A named project, catalogue, language, unit or model does not exist."""

    code = "not_found"
    template = N_("There is no {kind} named “{name}”. {hint}")


class AmbiguousError(UsageError):
    """Two answers fit and guessing would be wrong."""

    code = "ambiguous"
    template = N_("{detail}")


class InputError(DpgL10nError):
    """Input was read and refused; nothing was stored."""

    code = "input"
    template = N_("{detail}")
    exit_code = 3


class FormatError(InputError):
    """Bytes that are not a valid file of a format.

    Attributes:
        line: 1-based line, 0 when the error is about the whole file.
        column: 1-based column in characters, 0 when it is about the whole line.
        path: Path as the caller knows it; empty until the caller sets it.
    """

    code = "format.parse"
    template = N_("{detail}")

    def __init__(
        self, template: str, *, code: str, line: int = 0, column: int = 0, **params: Any
    ) -> None:
        """Take the place of the fault beside the message."""
        super().__init__(template, code=f"format.{code}", **params)
        self.line = line
        self.column = column
        self.path = ""

    def __str__(self) -> str:
        """Return ``path:line:column: message``, leaving out what is not known."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        text = super().__str__()
        return f"{place}: {text}" if place else text


class DamagedInputError(InputError):
    """A push that would damage what people wrote (double encoding, lost translations)."""

    code = "input.damaged"
    template = N_("{detail}")


class PackageError(InputError):
    """A model package that is broken, hostile or not what its checksum says."""

    code = "package"
    template = N_("{path}: {detail}")


class UnavailableError(DpgL10nError):
    """Something outside the process is missing."""

    code = "unavailable"
    template = N_("{detail}")
    exit_code = 4


class MissingExtraError(UnavailableError):
    """An optional package is not installed."""

    code = "unavailable.extra"
    template = N_("This needs the “{extra}” extra: pip install 'dpg-l10n[{extra}]'")


class ModelMissingError(UnavailableError):
    """No installed model translates the asked pair."""

    code = "unavailable.model"
    template = N_(
        "No installed model translates {source} to {target}. "
        "Install one with: dpg-l10n models install FILE"
    )


class StoreUnavailableError(UnavailableError):
    """The store cannot be opened."""

    code = "unavailable.store"
    template = N_("The store {store} cannot be opened: {detail}")


class AccessError(DpgL10nError):
    """Somebody asks for what they may not have."""

    code = "access"
    template = N_("{detail}")
    exit_code = 4


class SignInError(AccessError):
    """Nobody is signed in, or with a name, password or token that is not right."""

    code = "access.sign_in"
    template = N_("Sign in first: the name, password or token is missing or not right.")


class ForbiddenError(AccessError):
    """Who is signed in may not do this."""

    code = "access.forbidden"
    template = N_("You may not do this here: it needs the permission “{permission}”.")


class ThrottledError(AccessError):
    """Too many tries; ``seconds`` says how long to wait."""

    code = "access.throttled"
    template = N_("Too many tries. Wait {seconds} seconds.")


class GateError(DpgL10nError):
    """A project does not fulfil what it asks of itself before a release."""

    code = "gate"
    template = N_("The release {name} is not made: {detail}")


class ConflictError(DpgL10nError):
    """Two people, or a person and a push, changed the same thing."""

    code = "conflict"
    template = N_("{detail}")
    exit_code = 5


class StaleRevisionError(ConflictError):
    """A write named a revision that is no longer the current one."""

    code = "conflict.stale"
    template = N_(
        "The text was changed meanwhile: you edited revision {expected}, the current one is "
        "{current}. Your text was kept as a suggestion."
    )
