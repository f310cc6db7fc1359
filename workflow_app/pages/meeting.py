"""The secretary's meeting page: what waits for a meeting, and the agenda in its order."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app.models import SigningSheet
from workflow_app.pages import agenda, desk, queue
from workflow_app.pages.frame import SECRETARY, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused

MOST = 50


@login_required
@require_http_methods(["GET", "POST"])
@answered
def meeting(request: HttpRequest) -> HttpResponse:
    """Choose the cases of a meeting and their order; then one after the other."""
    place = place_of(request)
    own = [seat.pk for seat in place.desks if seat.role == SECRETARY]
    if not own:
        raise Http404(_("您没有会议秘书的席位。"))
    lines = desk.lines(place, queue.keys(own, queue.Filter(), size=MOST)[:MOST])
    waiting = [line for line in lines if not line.signing]
    if request.method == "POST":
        return _begin(request, {line.item.pk for line in waiting})
    chosen = agenda.meeting_of(request).get("items", [])
    done = set(SigningSheet.objects.filter(pk__in=chosen).values_list("pk", flat=True))
    context = {
        "waiting": waiting, "signing": [line for line in lines if line.signing], "chosen": chosen,
        "going_on": [key for key in chosen if key in {line.item.pk for line in waiting}], "done": done,
    }  # fmt: skip
    return show(request, "meeting", context)


def _begin(request: HttpRequest, offered: set[int]) -> HttpResponse:
    wanted = [int(key) for key in request.POST.getlist("item") if key.isdigit() and int(key) in offered]
    if not wanted:
        raise Refused(_("没有选择列入议程的案件。"), way_out=_("至少选择一件，并按上会顺序编号。"), rule=_("会议"))
    wanted.sort(key=lambda key: int(request.POST.get(f"order-{key}") or 99) if (request.POST.get(f"order-{key}") or "0").isdigit() else 99)
    agenda.set_agenda(request, wanted)
    return redirect("task", item=wanted[0])
