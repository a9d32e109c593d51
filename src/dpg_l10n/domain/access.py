"""Who may do what: roles in projects and languages, and tokens that may do less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dpg_l10n.errors import ForbiddenError


class Permission(StrEnum):
    """One kind of thing that somebody may do in a project."""

    READ = "read"
    """See texts, coverage, history."""
    DISCUSS = "discuss"
    """Suggest, comment, flag."""
    TRANSLATE = "translate"
    """Write texts, reject them."""
    REVIEW = "review"
    """Accept texts as reviewed, one by one or many; withdraw harmful ones."""
    REVIEW_RISK = "review_risk"
    """Accept texts of clinical, legal or safety risk."""
    MAINTAIN = "maintain"
    """Push, draft, export, undo."""
    ADMINISTER = "administer"
    """Give and take roles; read the audit log."""


class Role(StrEnum):
    """What a person is in a project; each has what the one before has, and more."""

    VIEWER = "viewer"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    DOMAIN_REVIEWER = "domain_reviewer"
    """A reviewer who knows the subject: a clinician, a lawyer."""
    MAINTAINER = "maintainer"
    OWNER = "owner"


_ADDED = {
    Role.VIEWER: (Permission.READ,),
    Role.TRANSLATOR: (Permission.DISCUSS, Permission.TRANSLATE),
    Role.REVIEWER: (Permission.REVIEW,),
    Role.DOMAIN_REVIEWER: (Permission.REVIEW_RISK,),
    Role.MAINTAINER: (Permission.MAINTAIN,),
    Role.OWNER: (Permission.ADMINISTER,),
}


def permissions(role: Role) -> frozenset[Permission]:
    """Return what a role may do.

    A maintainer pushes and exports, and accepts no text of risk: that takes somebody who knows the
    subject, whom an owner names.
    """
    order = list(Role)
    held = {each for known in order[: order.index(role) + 1] for each in _ADDED[known]}
    if role is Role.MAINTAINER:
        held.discard(Permission.REVIEW_RISK)
    return frozenset(held)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, in one project or all, for one language or all."""

    role: Role
    project: str | None = None
    """Slug; None for all projects, those to come included."""
    language: str | None = None
    """BCP 47; None for all languages."""

    def covers(self, permission: Permission, project: str | None, language: str | None) -> bool:
        """Tell whether the grant lets somebody do something.

        Args:
            permission: What.
            project: Slug of the project that it is done in; None for what concerns no project.
            language: In which language; None where it concerns no language, or any of them.
        """
        if permission not in permissions(self.role):
            return False
        if self.project is not None and self.project != project:
            return False
        # who works on one language may look at the others: they show how a text is meant
        return self.language in (None, language) or permission is Permission.READ


@dataclass(frozen=True, slots=True)
class Scope:
    """To what a token is limited; None is no limit. It never adds to what its owner may do."""

    project: str | None = None
    language: str | None = None
    permissions: frozenset[Permission] | None = None

    def lets(self, permission: Permission, project: str | None, language: str | None) -> bool:
        """Tell whether the token may be used for something; see :meth:`Grant.covers`."""
        if self.permissions is not None and permission not in self.permissions:
            return False
        if self.project is not None and self.project != project:
            return False
        return self.language in (None, language) or permission is Permission.READ


UNLIMITED = Scope()


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, and what they may do."""

    name: str
    """Pseudonym; empty for somebody who did not sign in."""
    grants: tuple[Grant, ...] = ()
    scope: Scope = UNLIMITED
    account_id: int = 0
    """Number of the account; 0 for the local user and for nobody."""

    def may(
        self, permission: Permission, project: str | None = None, language: str | None = None
    ) -> bool:
        """Tell whether they may do something; see :meth:`Grant.covers`."""
        return self.scope.lets(permission, project, language) and any(
            grant.covers(permission, project, language) for grant in self.grants
        )

    def may_somewhere(self, permission: Permission, project: str | None) -> bool:
        """Tell whether there is a language of a project in which they may do something."""
        languages = {grant.language for grant in self.grants} | {self.scope.language}
        return any(self.may(permission, project, language) for language in languages)

    def require(
        self, permission: Permission, project: str | None = None, language: str | None = None
    ) -> None:
        """Refuse what they may not do.

        Raises:
            ForbiddenError: ``access.forbidden``.
        """
        if not self.may(permission, project, language):
            raise ForbiddenError(
                permission=permission.value, project=project or "", language=language or ""
            )


NOBODY = Principal("")
"""Somebody who did not sign in."""


def local(name: str) -> Principal:
    """Return who uses the service on their own machine: the owner of everything."""
    return Principal(name, (Grant(Role.OWNER),))


def merged(grants: Iterable[Grant], added: Grant) -> tuple[Grant, ...]:
    """Return grants with one more; another role for the same project and language gives way."""
    place = (added.project, added.language)
    kept = [grant for grant in grants if (grant.project, grant.language) != place]
    return (*kept, added)
