"""The three lists in the portal: read, received, answered point by point, and what was done about each."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import listing, uploads
from workflow_app.assessment.feedback import lists
from workflow_app.models import Feedback, Point, PointAnswer
from workflow_app.pages import wording
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused


def feedbacks_of(place: Place) -> list[Feedback]:
    """Signed lists about the person, and about the unit that the person leads; the newest first."""
    cadre = place.account.cadre
    if cadre is None:
        return []
    mine = Q(cadre=cadre)
    if cadre.active and cadre.post is not None and cadre.post.is_leading_member:
        mine |= Q(subject__unit=cadre.unit_id)
    rows = Feedback.objects.filter(mine, signed_at__isnull=False)
    return list(rows.select_related("subject__campaign", "subject__unit").order_by("-signed_at"))


@login_required
@require_http_methods(["GET", "POST"])
def my_feedback(request: HttpRequest, feedback: int) -> HttpResponse:
    """My three lists. Opening them is not receiving them, receiving is not agreeing."""
    place, refused = place_of(request), None
    found = next((one for one in feedbacks_of(place) if one.pk == feedback), None)
    if found is None:
        raise Http404(_("没有这份反馈。"))
    if request.method == "POST":
        try:
            success(request, _act(request, place, found))
            return redirect("my_feedback", feedback=found.pk)
        except Refused as no:
            refused = no
    points = found.points.prefetch_related("answers", "proofs__upload", "checks")
    shown: dict[str, list[Any]] = {which: [] for which in Point.List.values}
    for one in points:
        shown[one.list].append((one, list(one.answers.all()), list(one.proofs.all()), list(one.checks.all()), lists.settled(one)))
    context = {
        "feedback": found, "parts": [(which, wording.said(label), shown[which]) for which, label in Point.List.choices], "stances": wording.labels(PointAnswer.Stance.choices),
        "refused": refused, "typed": request.POST, "simple": True,
    }  # fmt: skip
    return show(request, "portal/feedback", context, status=422 if refused else 200)


def _act(request: HttpRequest, place: Place, found: Feedback) -> str:
    typed, do = request.POST, request.POST.get("do", "")
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if do == "receive":
        listing.receive(found, **words)
        return _("已签收。签收只说明您收到了三单，不表示同意其中的内容。")
    point = (
        found.points.filter(pk=typed.get("point") or 0)
        .select_related("feedback__organ", "feedback__subject__cadre", "feedback__subject__unit")
        .first()
    )
    if point is None:
        raise Refused(_("没有这一项。"), way_out=_("刷新页面。"), rule=lists.RULE)
    if do == "prove":
        file = request.FILES.get("file")
        kept = uploads.keep(file, by=place.account, at=place.at) if file is not None else None
        listing.prove(point, typed.get("text", ""), kept, **words)
        return _("整改情况已经提交。")
    listing.answer(point, typed.get("stance", ""), typed.get("text", ""), **words)
    return _("您的答复已经保存，与清单一并存档。")
