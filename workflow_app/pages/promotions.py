"""Proposals to promote as one list of a desk, not one matter each: three years 优秀 is priority among equals, and nothing that is due."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success, warning
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from workflow_app import conduct
from workflow_app.models import Lead
from workflow_app.pages.frame import HANDLER, LEADER, Place, place_of, show
from workflow_app.refusing import Refused

MOST = 500  # entries on the page
SHORTEST = 5  # characters of a reason


def listed(place: Place) -> QuerySet[Lead]:
    """Open proposals to promote at my desks, by unit; nobody reads a proposal about themselves."""
    found = Lead.objects.filter(desk__in=place.desk_ids, suggests=Lead.Suggests.PROMOTE, closed_at__isnull=True)
    return (
        found.exclude(cadre=place.account.cadre_id or 0)
        .select_related("cadre__unit", "cadre__post", "desk__unit")
        .order_by("cadre__unit__code", "cadre__number")
    )


@login_required
@require_http_methods(["GET", "POST"])
def promotions(request: HttpRequest) -> HttpResponse:
    """The list; several entries are put aside together with one reason, each with its own record."""
    place, refused = place_of(request), None
    if not (place.sits(HANDLER) or place.sits(LEADER)):
        raise Http404
    if request.method == "POST":
        try:
            done, failed = _put_aside(request, place)
            if done:
                success(
                    request,
                    ngettext("%(n)s人已记为本次不提出，理由已记入登记簿。", "%(n)s人已记为本次不提出，理由已记入登记簿。", done)
                    % {"n": done},
                )
            for words in failed:
                warning(request, words)
            return redirect("promotions")
        except Refused as no:
            refused = no
    found = listed(place)
    context = {
        "rows": found[:MOST], "count": found.count(), "most": MOST, "refused": refused, "typed": request.POST, "chosen": request.POST.getlist("lead"),
        "key": uuid4().hex,
    }  # fmt: skip
    return show(request, "promotions", context, status=422 if refused else 200)


def _put_aside(request: HttpRequest, place: Place) -> tuple[int, list[str]]:
    """How many were closed, and what hindered the others. Raises Refused when nothing was chosen or no reason given."""
    reason, key = request.POST.get("reason", "").strip()[:500], request.POST.get("key") or uuid4().hex
    chosen = [int(one) for one in request.POST.getlist("lead") if one.isdigit() and len(one) < 19]
    rows = list(listed(place).filter(pk__in=chosen[:MOST]))
    if not rows:
        raise Refused("没有选择人员。", way_out="在名单中勾选。", rule="优先晋升")
    if len(reason) < SHORTEST:
        raise Refused("本次不提出须写明理由（不少于5个字）。", way_out="补写理由。", rule="优先晋升", field="reason")
    done, failed = 0, []
    for one in rows:
        try:
            conduct.close_lead(one, reason=reason, by=place.account, at=place.at, key=f"{key}-{one.pk}")
            done += 1
        except Refused as no:
            failed.append(f"{one.cadre.name}{_('：')}{no.reason}")
    return done, failed
