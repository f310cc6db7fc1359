"""What came by letter about a remedy that runs: entered by a handler of the organ that has it, signed by a second one.

The page hangs on the decision, not on the case: whoever enters a letter need not see the file of the remedy. Nothing is on record
until the first signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_fsm import can_proceed

from workflow_app import conduct, ledger
from workflow_app.hands import on_paper
from workflow_app.models import Case, Decision
from workflow_app.pages import attaching, proofs, wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.frame import HANDLER, SUBJECT, Place, place_of, show
from workflow_app.pages.refusals import answered, busy
from workflow_app.steps import Refused, Situation, Step


@dataclass(frozen=True)
class Letter:
    """A letter about to be entered: whose remedy, as which act, and the form as filled in."""

    place: Place
    case: Case
    step: Step
    filling: Filling
    key: str


def takes(place: Place, case: Case) -> list[Step]:
    """What somebody at the handlers' desk may enter from a letter now: acts for letters, and the person's own where there is no account."""
    kept_out = str(place.account.cadre_id) in case.kept_out
    if case.finished or kept_out or place.is_subject(case) or place.sits(HANDLER, case.organ.ancestor_ids) is None:
        return []
    return list(_open_now(place, wording.as_path(case)))


def _open_now(place: Place, case: Case) -> Iterator[Step]:
    without_account = on_paper(case)
    for node in case.flow_class.humans():
        step = node.step
        written = step.by_letter or (step.role == SUBJECT and without_account)
        begins = node.anytime and step.by_hand and written and can_proceed(getattr(case, step.name))
        if begins and step.barred(Situation(case, place.account, place.at, {})) is None:
            yield step


@login_required
@require_http_methods(["GET", "POST"])
@answered
def enter_letter(request: HttpRequest, decision: int, case: int, step: str) -> HttpResponse:
    """One letter: its form, the paper as it will be, the first signature."""
    data, refusals = attaching.taken_in(request) if request.method == "POST" else (None, {})
    letter = _letter(request, decision, case, step, data)
    if data is None or data.get("do") == "edit":
        return _form(request, letter)
    readable = letter.filling.valid()
    for name, refused in refusals.items():
        letter.filling.refuse_file(name, refused)
    if refusals or not readable:
        return _form(request, letter, status=422)
    try:
        return _sign(request, letter) if data.get("do") == "sign" else _preview(request, letter)
    except Refused as refused:
        letter.filling.refuse(refused)
        return _form(request, letter, status=409)
    except OperationalError:
        letter.filling.refuse(busy())
        return _form(request, letter, status=503)


def _letter(request: HttpRequest, decision: int, case: int, name: str, data: QueryDict | None) -> Letter:
    place = place_of(request)
    found = Case.objects.filter(pk=case, decision=decision).select_related("cadre__unit", "cadre__post__unit", "organ", "law").first()
    step = next((one for one in takes(place, found) if one.name == name), None) if found is not None else None
    if found is None or step is None:
        raise Http404(_("没有可以录入来信的案件，或者不由您的岗位录入。"))
    if request.method == "GET":
        desk = place.sits(HANDLER, found.organ.ancestor_ids)
        ledger.read(account=place.account, what="decision", ref=decision, case=found, at=place.at, step=name, desk=desk)
    filling = Filling(step, Situation(found, place.account, place.at, {}), data)
    return Letter(place, found, step, filling, request.POST.get("key") or uuid4().hex)


def _form(request: HttpRequest, letter: Letter, *, status: int = 200) -> HttpResponse:
    decision = Decision.objects.select_related("organ").get(pk=letter.case.decision_id)
    context = {
        "case": letter.case, "decision": decision, "step": letter.step, "filling": letter.filling, "key": letter.key,
        "certainty": wording.certainty_of(letter.step), "state": wording.state_of(letter.case),
    }  # fmt: skip
    return show(request, "letter_in", context, status=status)


def _preview(request: HttpRequest, letter: Letter) -> HttpResponse:
    place, filling = letter.place, letter.filling
    seen = conduct.foresee(letter.case, letter.step.name, facts=filling.facts(), by=place.account, at=place.at)
    context = {
        "filling": filling, "step": letter.step, "seen": seen, "key": letter.key, "content": seen.content,
        "token": proofs.keep(place.account.pk, seen.paper, seen.content, seen.template), "by_others": True,
        "about": f"{letter.case.number} {letter.case.cadre.name}", "action": request.path,
    }  # fmt: skip
    return show(request, "preview", context)


def _sign(request: HttpRequest, letter: Letter) -> HttpResponse:
    seen = request.POST.get("seen_hash", "")
    facts, by, at = letter.filling.facts(), letter.place.account, letter.place.at
    conduct.file(letter.case, letter.step.name, facts=facts, seen=seen, by=by, at=at, key=letter.key)
    success(request, _("已签名。另一名经办人核对来信、签名以后才生效。"))
    return redirect("decision", decision=letter.case.decision_id)
