"""复盘说明 in the portal: the person's own words about a quarter that went badly."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app.assessment.triggers import retrospect
from workflow_app.pages.frame import place_of, show
from workflow_app.refusing import Refused
from workflow_app.telling import assessed


@login_required
@require_http_methods(["GET", "POST"])
def my_retrospect(request: HttpRequest, finding: int) -> HttpResponse:
    """Write it, or add to it; what was typed stays when it is refused."""
    place, refused = place_of(request), None
    found = next((one for one in retrospect.asked_of(place.account.cadre_id or 0) if one.pk == finding), None)
    if found is None:
        raise Http404(_("没有请您作说明的这一事项。"))
    if request.method == "POST":
        try:
            words = [request.POST.get(name, "") for name in ("causes", "measures", "wants")]
            assessed.write_retrospect(found, *words, by=place.account, at=place.at)
            success(request, _("复盘说明已经提交。它不作为处理的依据，由考核和管理人员阅看。"))
            return redirect("portal_assessment")
        except Refused as no:
            refused = no
    context = {"finding": found, "refused": refused, "typed": request.POST, "simple": True}
    return show(request, "portal/retrospect", context, status=422 if refused else 200)
