"""Competitions that are open: every cadre who signs in sees the announcement and may apply once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import conduct
from workflow_app.models import Case, Notice, Receipt
from workflow_app.nodes import Path
from workflow_app.pages import notices, proofs, wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered, busy
from workflow_app.steps import Refused, Situation, Step

APPLICANT = "applicant"


def application(path: type[Path]) -> Step:
    """The step by which a cadre applies."""
    return next(node.step for node in path.humans() if node.step.role == APPLICANT)


@login_required
@require_GET
def competitions(request: HttpRequest) -> HttpResponse:
    """Open announcements, and whether I have applied."""
    place = place_of(request)
    if place.account.cadre_id is None:
        raise Http404(_("只有干部可以报名。"))
    found = notices.running(Notice.Kind.COMPETITION, place.at)
    sent = dict(Receipt.objects.filter(account=place.account, case__in=[one.case_id for one in found]).values_list("case_id", "pk"))
    return show(request, "competitions", {"rows": [(one, sent.get(one.case_id)) for one in found], "simple": True})


@login_required
@require_http_methods(["GET", "POST"])
@answered
def competition(request: HttpRequest, token: str) -> HttpResponse:
    """One announcement with the form to apply."""
    place = place_of(request)
    if place.account.cadre_id is None:
        raise Http404(_("只有干部可以报名。"))
    notice = notices.one(token, Notice.Kind.COMPETITION, place.at)
    case = wording.as_path(Case.objects.select_related("organ", "cadre__unit").get(pk=notice.case_id))
    step = application(case.flow_class)
    data = request.POST if request.method == "POST" else None
    filling = Filling(step, Situation(case, place.account, place.at, {}), data)
    context = {"notice": notice, "filling": filling, "step": step, "key": request.POST.get("key") or uuid4().hex, "simple": True}
    context["sent"] = Receipt.objects.filter(account=place.account, case=case, document__step=step.name).first()
    if data is None or data.get("do") == "edit" or not filling.valid():
        return show(request, "competition", context, status=422 if data is not None and data.get("do") != "edit" else 200)
    try:
        return _send(request, place, case, filling) if data.get("do") == "sign" else _preview(request, place, case, filling, context)
    except Refused as refused:
        filling.refuse(refused)
        return show(request, "competition", context, status=409)
    except OperationalError:
        filling.refuse(busy())
        return show(request, "competition", context, status=503)


def _preview(request: HttpRequest, place: Place, case: Case, filling: Filling, context: dict[str, Any]) -> HttpResponse:
    seen = conduct.foresee(case, filling.step.name, facts=filling.facts(), by=place.account, at=place.at)
    token = proofs.keep(place.account.pk, seen.paper, seen.content, seen.template)
    more = {"seen": seen, "token": token, "content": seen.content, "about": context["notice"].title, "action": request.path, "portal": True}
    return show(request, "preview", {**context, **more})


def _send(request: HttpRequest, place: Place, case: Case, filling: Filling) -> HttpResponse:
    key = f"a-{request.POST.get('key') or uuid4().hex}"[:60]
    conduct.file(
        case, filling.step.name, facts=filling.facts(), seen=request.POST.get("seen_hash", ""), by=place.account, at=place.at, key=key
    )
    return redirect("portal_sent", paper=Receipt.objects.get(account=place.account, key=key).pk)
