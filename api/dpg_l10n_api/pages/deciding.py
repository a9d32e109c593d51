"""What people do on the review page: every form works without a script."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from dpg_l10n import bootstrap
from dpg_l10n.domain.access import Permission, Principal
from dpg_l10n.domain.message import Text
from dpg_l10n.domain.states import State
from dpg_l10n.errors import DpgL10nError, StaleRevisionError
from dpg_l10n.i18n import N_
from dpg_l10n.ports import SourceIndex, Store
from dpg_l10n.services import conversation, desk, reading, reviewing, webhooks
from dpg_l10n.services.conversation import Subject
from dpg_l10n.services.desk import Desk
from dpg_l10n_api import problems
from dpg_l10n_api.access import Who
from dpg_l10n_api.deps import OpenIndex, OpenStore
from dpg_l10n_api.pages.desk_view import Place
from dpg_l10n_api.pages.forms import DeskRoute, Fields, Posted, see
from dpg_l10n_api.pages.reader import reader_of
from dpg_l10n_api.pages.review import Answer, Back, Here, UnitNumber, allowed, shown

router = APIRouter(prefix="/p/{project}/{language}", include_in_schema=False, route_class=DeskRoute)
_LONGEST_WHY = 2000
_DECISIONS = {"approve": State.REVIEWED, "save": State.TRANSLATED, "reject": State.NEEDS_WORK}
_TALK = ("skip", "flag", "unflag", "comment", "withdraw", "dismiss")
ERRORS = N_("A text with errors cannot be accepted. Correct what the checks found first.")
WARNINGS = N_("The checks found something. Look at it; if the text is right, do the same again.")
NO_REASON = N_("Say what is wrong, so that the translator can do better.")
NO_TEXT = N_("Write a text first; of a plural every variant.")


class Desked:
    """One form, and where it was sent from."""

    def __init__(
        self, request: Request, store: OpenStore, index: OpenIndex, principal: Who, here: Here,
        unit: UnitNumber, posted: Fields, back: Back = 0,
    ) -> None:  # fmt: skip
        """Keep what the framework read."""
        self.request = request
        self.store: Store = store
        self.index: SourceIndex = index
        self.principal: Principal = principal
        self.here: Place = here
        self.unit = unit
        self.posted: Posted = posted
        self.back = back

    def again(self, answer: Answer) -> Response:
        """Return the page of the unit once more."""
        return shown(
            self.request, self.store, self.index, self.principal, self.here, self.unit, self.back,
            answer=answer,
        )  # fmt: skip

    def subject(self) -> Subject:
        """Return what is spoken of."""
        return Subject(self.here.project, self.unit, self.here.language, self.principal.name)


Sent = Annotated[Desked, Depends()]


@router.post("/{unit}", name="page_decide")
def decide(sent: Sent) -> Response:
    """Do what the button says that was pressed."""
    act, posted = posted_act(sent.posted), sent.posted
    allowed(sent.principal, sent.here, _NEEDED.get(act, Permission.DISCUSS))
    view = reading.read(sent.store, sent.here.project, sent.unit, sent.here.language)
    forms = posted.all("text")
    wanted = max(len(view.labels), 1)
    forms = [form.replace("\r\n", "\n") for form in (forms + [""] * wanted)[:wanted]]
    wrote = desk.said(view, forms)
    told = Answer(text=wrote, why=posted.get("why", _LONGEST_WHY), seen=tuple(posted.all("seen")))
    if act in ("insert", "use", "fix", "check"):
        return sent.again(replace(told, text=_changed(sent, act, view, forms)))
    try:
        if act in _TALK:
            return _talk(sent, act, told)
        return _decide(sent, view, _DECISIONS[act], told)
    except StaleRevisionError:
        return sent.again(replace(told, status=412, conflict=True))
    except DpgL10nError as error:
        body = problems.described(error, reader_of(sent.request).say)
        return sent.again(replace(told, status=int(body["status"]), refused=str(body["detail"])))


_NEEDED = {
    "approve": Permission.REVIEW,
    "save": Permission.TRANSLATE,
    "reject": Permission.TRANSLATE,
    "dismiss": Permission.TRANSLATE,
    "withdraw": Permission.REVIEW,
    "skip": Permission.DISCUSS,
}


def posted_act(posted: Posted) -> str:
    """Return what a form asks for: a decision, a word to say, or a change of the text."""
    for name in ("insert", "use", "dismiss"):
        if name in posted:
            return name
    act = posted.get("act", 20)
    known = (*_DECISIONS, *_TALK, "fix", "check")
    return act if act in known else "check"


def _changed(sent: Desked, act: str, view: reading.UnitView, forms: list[str]) -> Text | None:
    """Return the text with something put into it that a script would have put at the caret."""
    if act == "use":
        try:
            used = [str(form) for form in json.loads(sent.posted.get("use"))]
        except (ValueError, TypeError):
            used = forms
        return desk.said(view, used) if len(used) == len(forms) else desk.said(view, forms)
    if act == "insert":
        forms = [*forms[:-1], forms[-1] + sent.posted.get("insert", 200)]
    wrote = desk.said(view, forms)
    if act == "fix" and wrote is not None:
        return _look(sent, wrote).fixed or wrote
    return wrote


def _look(sent: Desked, text: Text | None) -> Desk:
    here = sent.here
    return desk.look(
        sent.store, here.project, sent.unit, here.language, bootstrap.clock(), text=text
    )  # fmt: skip


def _decide(sent: Desked, view: reading.UnitView, state: State, told: Answer) -> Response:
    """Write a decision, after asking once where the checks found something."""
    here, principal = sent.here, sent.principal
    revision = int(sent.posted.get("revision", 9) or 0)
    new = None if told.text == view.text and revision == view.revision else told.text
    if state is State.NEEDS_WORK:
        if not told.why.strip():
            return sent.again(replace(told, status=422, refused=NO_REASON))
        new = None
    elif told.text is None:
        return sent.again(replace(told, status=422, refused=NO_TEXT))
    elif revision == view.revision:
        asked = _asked(sent, state, told)
        if asked is not None:
            return sent.again(asked)
    made = reviewing.Decision(
        state, revision, principal.name, new, told.why if state is State.NEEDS_WORK else "",
        principal.may(Permission.REVIEW_RISK, here.project, here.language),
    )  # fmt: skip
    reviewing.decide_unit(
        sent.store, here.project, sent.unit, here.language, made, bootstrap.clock()
    )  # fmt: skip
    return see(here.to(after=sent.unit))


def _asked(sent: Desked, state: State, told: Answer) -> Answer | None:
    """Return what to ask a person before their decision is written, None where nothing is."""
    grave = [each for each in _look(sent, told.text).findings if each.severity != "info"]
    errors = [each for each in grave if each.severity == "error"]
    if errors and state is State.REVIEWED:
        return replace(told, status=409, refused=ERRORS)
    codes = tuple(sorted({each.code for each in grave}))
    if set(codes) <= set(told.seen):
        return None
    return replace(told, status=409, refused=WARNINGS, seen=codes)


def _talk(sent: Desked, act: str, told: Answer) -> Response:
    """Say something of a text, or mark it."""
    store, subject, clock = sent.store, sent.subject(), bootstrap.clock()
    here = sent.here.to(sent.unit, back=sent.back)
    if act == "skip":
        conversation.mark(store, subject, "skip", "", clock)
        return see(sent.here.to(after=sent.unit))
    if act in ("flag", "unflag"):
        if act == "flag":
            conversation.mark(store, subject, "flag", told.why, clock)
        else:
            conversation.unmark(store, subject, "flag", clock)
    elif act == "comment":
        said = sent.posted.get("comment", 10_000).strip()
        if said:
            conversation.comment(store, subject, said, clock)
    elif act == "dismiss":
        number = sent.posted.get("dismiss", 19)
        conversation.dismiss(store, subject, int(number) if number.isdigit() else 0, "", clock)
    else:
        if not told.why.strip():
            return sent.again(replace(told, status=422, refused=NO_REASON))
        revision = int(sent.posted.get("revision", 9) or 0)
        done = conversation.withdraw(store, subject, revision, told.why, clock)
        event = webhooks.withdrawn(done.view, sent.here.project, done.releases)
        jobs = sent.request.app.state.jobs
        webhooks.announce(store, jobs, sent.here.project, "text.withdrawn", event, clock)
        if done.releases:
            return sent.again(Answer(recalled=tuple(each.name for each in done.releases)))
    if told.text is not None and told.text != _look(sent, None).view.text:
        return sent.again(told)  # what is written and not yet decided on stays in the form
    return see(here)
