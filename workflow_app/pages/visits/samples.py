"""The verification sample of a round: published, drawn, and what its checks came to."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import verifying
from workflow_app.assessment.measuring import facts, figures
from workflow_app.models import Campaign, Established, Measured, SampleCheck, SamplePlan, Unit
from workflow_app.pages.frame import ASSESSORS, AUDITOR, HANDLER, LEADER, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.visits.office import desk_of, key_of
from workflow_app.refusing import Refused
from workflow_app.visits import sampling

CHECKERS = (ASSESSORS, HANDLER, LEADER)
SHOWN = 100


def organ_of(place: Place) -> Unit:
    """The organ whose rounds I verify or oversee. Raises Http404."""
    return desk_of(place, (*CHECKERS, AUDITOR)).unit


def checks_here(place: Place, organ: Unit) -> bool:
    """Whether I am one who checks, and do not only oversee."""
    return any(place.sits(role, [organ.pk]) for role in CHECKERS)


def may_draw(place: Place, organ: Unit) -> bool:
    """Whether I publish and draw: the assessment office, or a leader."""
    return any(place.sits(role, [organ.pk]) for role in (ASSESSORS, LEADER))


@login_required
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """Closed rounds of my organ, each with its sample."""
    place = place_of(request)
    organ = organ_of(place)
    rounds = Campaign.objects.filter(organ=organ, kind=Campaign.Kind.ROUND, closed_at__isnull=False).select_related("sample_plan")[:SHOWN]
    rows = []
    for one in rounds:
        checks = SampleCheck.objects.filter(campaign=one)
        late = checks.filter(begun__isnull=True, begin_by__lt=place.at).count()
        rows.append((one, checks.count(), checks.filter(result__isnull=False).count(), late))
    return show(request, "visits/samples", {"rows": rows, "organ": organ})


def _campaign(place: Place, key: int) -> Campaign:
    found = Campaign.objects.filter(pk=key, organ=organ_of(place), closed_at__isnull=False).select_related("organ", "sample_plan").first()
    if found is None:
        raise Http404(_("没有这次测评，或者它还没有结束。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
@answered
def sample(request: HttpRequest, campaign: int) -> HttpResponse:
    """One round: publish, draw, raise a check, and see what the checks came to."""
    place, refused = place_of(request), None
    found = _campaign(place, campaign)
    if request.method == "POST":
        try:
            success(request, _act(request, place, found))
            return redirect("sample", campaign=found.pk)
        except Refused as no:
            refused = no
    return show(
        request, "visits/sample", _context(place, found) | {"refused": refused, "typed": request.POST}, status=409 if refused else 200
    )


def _act(request: HttpRequest, place: Place, found: Campaign) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    do = request.POST.get("do")
    if do == "raise":
        if not checks_here(place, found.organ):
            raise Http404
        row = _row(found, request.POST.get("row", ""))
        if row is None:
            raise Refused(_("没有选择数据。"), way_out=_("在名单中选择一项。"), rule="三查核验", field="row")
        verifying.raise_check(row, request.POST.get("why", "")[:300], **words)
        return _("已经登记，48小时内应当启动核验。")
    if not may_draw(place, found.organ):
        raise Http404
    if do == "publish":
        made = verifying.publish(found, **words)
        return _("已经公布：从%(n)s项中抽取%(m)s项。种子已写入登记簿。") % {"n": len(made.frame.splitlines()), "m": made.count}
    plan = SamplePlan.objects.filter(campaign=found).select_related("campaign__organ").first()
    if plan is None:
        raise Http404
    return _("已经抽出%(n)s项，48小时内应当启动核验。") % {"n": len(verifying.draw(plan, **words))}


def _row(found: Campaign, name: str) -> Established | Measured | None:
    kind, _sep, key = name.partition(":")
    model: Any = {"established": Established, "figure": Measured}.get(kind)
    if model is None:
        return None
    row: Established | Measured | None = (
        model.objects.filter(pk=key_of(key), subject__campaign=found).select_related("subject__campaign", "subject__cadre__unit").first()
    )
    return row


def _context(place: Place, found: Campaign) -> dict[str, Any]:
    plan = getattr(found, "sample_plan", None)
    rows = SampleCheck.objects.filter(campaign=found).select_related(
        "established__subject__cadre__unit", "established__by__cadre", "established__indicator__indicator", "measured__subject__cadre__unit",
        "measured__by__cadre", "measured__indicator__indicator", "begun__by__cadre", "result__disposal",
    )  # fmt: skip
    checks = list(rows)
    taken = {one.row for one in checks}
    free: list[tuple[str, Established | Measured]] = [
        (f"figure:{one.pk}", one) for one in figures.newest(found).values() if one not in taken
    ]
    free += [(f"established:{one.pk}", one) for one in facts.of(found) if one not in taken and not hasattr(one, "taken_back")]
    return {
        "campaign": found, "plan": plan, "checks": checks, "drawn": any(one.ground != SampleCheck.Ground.OPINION for one in checks),
        "size": len(plan.frame.splitlines()) if plan else 0, "each": len(plan.each.splitlines()) if plan else 0,
        "frame": sampling.frame_of(found) if plan is None else None, "may_draw": may_draw(place, found.organ), "now": place.at,
        "checks_here": checks_here(place, found.organ), "faults": verifying.faults_of(plan) if plan else [], "share": sampling.SHARE,
        "free": [(name, one) for name, one in free[:SHOWN] if one.subject.cadre_id != place.account.cadre_id],
    }  # fmt: skip


@login_required
@require_GET
def sample_frame(request: HttpRequest, campaign: int) -> HttpResponse:
    """The published frame as text: with the seed, anybody draws again."""
    found = _campaign(place_of(request), campaign)
    plan = getattr(found, "sample_plan", None)
    if plan is None:
        raise Http404
    answer = HttpResponse(plan.frame, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="frame-{found.pk}.txt"'
    return answer
