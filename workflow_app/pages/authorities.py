"""Written authorities that wait for a handler: who wants to act for whom, the paper, and yes or no with a reason."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow_app import authority, ledger
from workflow_app.models import Representation, Upload
from workflow_app.pages.frame import HANDLER, place_of, show
from workflow_app.pages.handed_out import handed_out
from workflow_app.pages.refusals import answered


@login_required
@require_GET
def authorities(request: HttpRequest) -> HttpResponse:
    """Everything to be verified at my desk."""
    place = place_of(request)
    if not place.sits(HANDLER):
        raise Http404
    return show(request, "authorities", {"rows": authority.waiting(place.desks), "key": uuid4().hex})


def _waiting(request: HttpRequest, key: int) -> Representation:
    found: Representation | None = authority.waiting(place_of(request).desks).filter(pk=key).first()
    if found is None:
        raise Http404(_("没有这份授权，或者已经核验。"))
    return found


@login_required
@require_GET
def proof(request: HttpRequest, stand: int) -> HttpResponse:
    """The written authority, as a file; reading it is recorded."""
    place, found = place_of(request), _waiting(request, stand)
    ledger.read(account=place.account, what="authority", ref=found.pk, case=found.case, at=place.at, desk=authority.desk_of(found))
    return handed_out(Upload.objects.get(pk=found.proof_id), found.proof.name)


@login_required
@require_POST
@answered
def decide(request: HttpRequest, stand: int) -> HttpResponse:
    """Good, or refused with a reason."""
    place, found = place_of(request), _waiting(request, stand)
    accept = request.POST.get("do") == "accept"
    authority.decide(
        found,
        accept=accept,
        reason=request.POST.get("reason", ""),
        by=place.account,
        at=place.at,
        key=request.POST.get("key") or uuid4().hex,
    )
    success(request, _("授权已经核验通过。") if accept else _("已经退回，理由会告知申请人。"))
    return redirect("authorities")
