"""Scores of a closed campaign, computed and explained: for who manages the cadres, and for nobody else."""

from __future__ import annotations

from time import monotonic

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import assessing, ledger
from workflow_app.assessment.results import computing
from workflow_app.assessment.results.edition import for_office
from workflow_app.assessment.scoring.tree import Node
from workflow_app.models import Campaign, Desk, Score
from workflow_app.pages import explaining
from workflow_app.pages.frame import AUDITOR, HANDLER, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.warnings import OFFICE, managing
from workflow_app.steps import Refused
from workflow_app.telling import assessed

COMPUTING = (OFFICE, HANDLER)
SPAN = 3.0  # seconds of computing in one request


def _desk(place: Place, campaign: Campaign) -> Desk | None:
    return next((one for one in managing(place) if one.unit_id == campaign.organ_id), None)


def _oversees(place: Place, campaign: Campaign) -> Desk | None:
    return next((one for one in place.desks if one.role == AUDITOR and campaign.organ.path.startswith(one.unit.path)), None)


def _campaign(place: Place, key: int) -> tuple[Campaign, Desk]:
    found = (
        Campaign.objects.filter(pk=key, kind=Campaign.Kind.ROUND, closed_at__isnull=False)
        .select_related("organ", "version__scheme")
        .first()
    )
    desk = (_desk(place, found) or _oversees(place, found)) if found else None
    if found is None or desk is None:
        raise Http404(_("没有这次测评，或者测评还没有结束。"))
    return found, desk


@login_required
@require_GET
def scored(request: HttpRequest) -> HttpResponse:
    """Closed campaigns of my units."""
    place = place_of(request)
    desks = managing(place)
    audited = [desk.unit.path for desk in place.desks if desk.role == AUDITOR]
    if not desks and not audited:
        raise Http404
    mine = Q(organ__in=[desk.unit_id for desk in desks])
    for path in audited:
        mine |= Q(organ__path__startswith=path)
    rows = Campaign.objects.filter(mine, kind=Campaign.Kind.ROUND, closed_at__isnull=False).order_by("-closed_at", "-id")
    return show(request, "scored", {"rows": rows[:100]})


@login_required
@require_http_methods(["GET", "POST"])
@answered
def scores(request: HttpRequest, campaign: int) -> HttpResponse:
    """All scores of a campaign; a handler has them computed (again)."""
    place = place_of(request)
    found, desk = _campaign(place, campaign)
    if request.method == "POST":
        if desk.role not in COMPUTING:
            raise Refused(_("得分由经办人计算。"), way_out=_("请经办人办理。"), rule=_("考核得分"))
        return _compute(request, place, found)
    rows = [one for one in computing.newest(found).values() if not one.subject.concerns(place.account)]
    rows.sort(key=lambda one: (one.subject.comparison_group, one.rank or 10**6, one.subject_id))
    lines = [
        (
            one,
            [str(explaining.FLAGS.get(flag, flag)) for flag in one.flags if flag in ("VETO", "REHEAR", "FLOORED", "FALSIFIED", "NO_SCORE")],
        )
        for one in rows
    ]
    context = {"campaign": found, "lines": lines, "computes": desk.role in COMPUTING, "far": assessing.computing_of(found)}
    return show(request, "scores", context)


def _compute(request: HttpRequest, place: Place, found: Campaign) -> HttpResponse:
    """One like group after another for a few seconds, each stored by itself; then the page says how far it is and asks for the rest.

    So a large round neither keeps a request waiting nor starts anew when it is broken off.
    """
    groups, end = computing.groups_of(found), monotonic() + SPAN
    at, changed, leads = (_count(request.POST.get(name)) for name in ("done", "changed", "leads"))
    while at < len(groups):
        new, raised = assessed.compute_scores(found, by=place.account, at=place.at, groups=groups[at : at + 1])
        at, changed, leads = at + 1, changed + new, leads + raised
        if at < len(groups) and monotonic() >= end:
            far = {"campaign": found, "done": at, "all": len(groups), "changed": changed, "leads": leads}
            return show(request, "computing", far)
    success(request, _("已计算：%(changed)s人的得分是新的或者有变化，产生%(leads)s条线索。") % {"changed": changed, "leads": leads})
    return redirect("scores", campaign=found.pk)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else 0


@login_required
@require_GET
def score(request: HttpRequest, score: int) -> HttpResponse:
    """One score with its calculation: whole for the audit role, without small rater groups for others; the reading is recorded."""
    place = place_of(request)
    found = Score.objects.filter(pk=score).select_related("subject__campaign__organ", "subject__cadre__unit", "subject__unit").first()
    if found is None or found.subject.concerns(place.account):
        raise Http404
    campaign, desk = _campaign(place, found.subject.campaign_id)
    ledger.read(account=place.account, what="score", ref=found.pk, case=None, at=place.at, desk=desk)
    whole = desk.role == AUDITOR  # who rated is sealed from everybody else, and a group of one would tell it
    trees = [Node.read(found.explanation[name]) for name in ("total", "political")]
    total, political = (explaining.lines(one if whole else for_office(one)) for one in trees)
    return show(request, "score", {"score": found, "campaign": campaign, "total": total, "political": political, "whole": whole})
