"""Grades of a closed annual round: proposed by the office within the share of 优秀, settled by the leader."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import grading
from workflow_app.assessment.results import computing, grades, linked, unit_grades
from workflow_app.assessment.units import joint
from workflow_app.models import AssessmentResult, Campaign, GradeProposal, Scheme, UnitGrade, UnitGradeProposal
from workflow_app.pages import explaining, wording
from workflow_app.pages.assessment.campaigns import campaign_of
from workflow_app.pages.assessment.office import said
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.refusing import Refused

NONE = "NONE"  # no grade, as the form says it; an empty choice is no proposal


@login_required
@require_http_methods(["GET", "POST"])
def campaign_grades(request: HttpRequest, campaign: int) -> HttpResponse:
    """The rated people with score and proposal; a page of proposals is kept whole or not at all."""
    place, refused = place_of(request), None
    found = campaign_of(place, campaign)
    if found.version is None or found.version.scheme.kind != Scheme.Kind.ANNUAL or found.closed_at is None:
        raise Http404(_("年度考核的测评结束以后才能提出等次建议。"))
    if request.method == "POST":
        try:
            success(request, _act(request.POST, place, found))
            return redirect("campaign_grades", campaign=found.pk)
        except Refused as no:
            refused = no
    context = {**_context(place, found, request.POST), **said(refused)}
    return show(request, "assessment/grades", context, status=422 if refused else 200)


def _act(typed: QueryDict, place: Place, found: Campaign) -> str:
    do = typed.get("do", "")
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if do == "share":
        try:
            share = Decimal(typed.get("share", ""))
        except InvalidOperation as wrong:
            raise Refused(_("比例不对。"), way_out=_("填写数字。"), rule=grades.RULE, field="share") from wrong
        grading.approve_share(found, share, typed.get("document", "")[:120], **words)
        return _("优秀比例已经登记。")
    if do == "settle":
        if place.sits(LEADER) is None:
            raise Refused(_("等次由负责人审定。"), way_out=_("请组织部门负责人办理。"), rule=grades.RULE)
        rows, leads = grading.settle(found, typed.get("document", "")[:120], **words)
        if found.of_units:
            return _("%(rows)s个单位的等次已经审定，已告知单位的领导成员。") % {"rows": rows}
        return _("%(rows)s人的等次已经审定，已告知本人；按规则产生%(leads)s条线索。") % {"rows": rows, "leads": leads}
    made = grading.propose(found, list(_wishes(typed, found)), **words)
    return _("已保存%(n)s项等次建议。") % {"n": len(made)}


def _wishes(typed: QueryDict, found: Campaign) -> list[grades.Wish]:
    wishes, allowed = [], list(UnitGrade.values) if found.of_units else [NONE, *AssessmentResult.Grade.values]
    for one in found.subjects.select_related("cadre", "unit"):
        grade = typed.get(f"grade-{one.pk}", "")
        if grade in allowed:
            wishes.append(grades.Wish(one, "" if grade == NONE else grade, typed.get(f"reason-{one.pk}", "")[:300]))
    return wishes


def _context(place: Place, found: Campaign, typed: QueryDict) -> dict[str, Any]:
    scores, share = computing.newest(found), grades.share_of(found)
    known: Mapping[int, GradeProposal | UnitGradeProposal] = unit_grades.proposed(found) if found.of_units else grades.proposed(found)
    inside, typing = grades.within(found, scores), typed.get("do") == "propose"
    lines, matters = [], joint.matters(found)
    for one in found.subjects.select_related("cadre__unit", "unit").order_by("comparison_group", "id"):
        score, proposal = scores.get(one.pk), known.get(one.pk)
        marks = [
            str(explaining.FLAGS[flag]) for flag in (score.flags if score else []) if flag in ("VETO", "REHEAR", "FALSIFIED", "FLOORED")
        ]
        marks += [
            _("联席会议：%(o)s有需要研究的情况（%(d)s）") % {"o": matter.organ, "d": matter.document} for matter in matters.get(one.pk, [])
        ]
        if score is not None and not found.of_units and grades.too_low(score):
            marks.append(_("政治素质%(p)s，低于90，当年不评优秀") % {"p": score.political})
        grade = (proposal.grade or NONE) if proposal else ""
        chosen = typed.get(f"grade-{one.pk}", "") if typing else grade
        reason = typed.get(f"reason-{one.pk}", "") if typing else (proposal.reason if proposal else "")
        lines.append(
            {"subject": one, "score": score, "marks": marks, "inside": one.pk in inside and (found.of_units or not grades.too_low(score)) and "VETO" not in (score.flags if score else []), "proposal": proposal, "grade": chosen, "reason": reason, "own": one.concerns(place.account)}
        )  # fmt: skip
    return {
        "classes": [(one, sum(known[key].grade == "EXCELLENT" for key in one.subjects if key in known)) for one in linked.classes(found, share)], "units": found.of_units,
        "campaign": found, "lines": lines, "choices": list(wording.labels(UnitGrade.choices)) if found.of_units else [*wording.labels(AssessmentResult.Grade.choices), (NONE, _("不定等次"))], "share": share, "usual": grades.usual_share(found),
        "places": grades.places_of(found), "number": len(lines), "taken": sum(one.grade == "EXCELLENT" for one in known.values()),
        "settled": getattr(found, "settled", None), "all": len(known) == len(lines), "leads": place.sits(LEADER) is not None,
        "own_proposal": any(one.by_id == place.account.pk for one in known.values()), "highest": grades.highest(found), "typed": typed,
        "approved": found.shares.select_related("by__cadre").order_by("-id").first(),
    }  # fmt: skip
