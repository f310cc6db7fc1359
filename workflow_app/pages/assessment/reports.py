"""Settled results for the organ above, and meetings of organs about a closed round."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import reporting
from workflow_app.assessment.results import reporting as results
from workflow_app.assessment.units import joint
from workflow_app.documents import RenderingFailed
from workflow_app.models import Campaign, CampaignPaper, GradesSettled, JointAnswer, JointMeeting, Subject
from workflow_app.pages.assessment.campaigns import campaign_of
from workflow_app.pages.assessment.libraries import as_file
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.printed import printed
from workflow_app.refusing import Refused

ORGANS, ANSWERS = 8, 20  # lines of the form


@login_required
@require_http_methods(["GET", "POST"])
def campaign_report(request: HttpRequest, campaign: int) -> HttpResponse:
    """Take the workbook out, look at the list, sign it."""
    place, refused = place_of(request), None
    found = campaign_of(place, campaign)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "export":
                data = reporting.export(found, request.POST.get("to", "")[:80], by=place.account, at=place.at)
                return as_file(data, f"results-{found.year}-{found.pk}.xlsx")
            made = _sign(request.POST, place, found)
            success(request, _("报送表%(n)s已经签发。") % {"n": made.number})
            return redirect("campaign_report", campaign=found.pk)
        except Refused as no:
            refused = no
        except RenderingFailed as no:
            refused = Refused(str(no), way_out=_("更正后再签发。"), rule=results.RULE)
    context = {
        "campaign": found, "settled": GradesSettled.objects.filter(campaign=found).select_related("by__cadre").first(), "typed": request.POST,
        "papers": found.papers.filter(kind="REPORT").select_related("issued_by__cadre").order_by("-id"), "leads": place.sits(LEADER) is not None,
    }  # fmt: skip
    return show(request, "assessment/report", {**context, **said(refused)}, status=422 if refused else 200)


def _sign(typed: QueryDict, place: Place, found: Campaign) -> CampaignPaper:
    if place.sits(LEADER) is None:
        raise Refused(_("报送表由负责人签发。"), way_out=_("请组织部门负责人办理。"), rule=results.RULE)
    return reporting.sign(found, typed.get("to", "")[:80], by=place.account, at=place.at)


@login_required
@require_GET
def report_preview(request: HttpRequest, campaign: int) -> HttpResponse:
    """The list before it is signed."""
    place = place_of(request)
    found = campaign_of(place, campaign)
    try:
        return printed(reporting.preview(found, request.GET.get("to", "")[:80], place.at), "preview.pdf")
    except (Refused, RenderingFailed) as no:
        raise Http404(str(no)) from no


@login_required
@require_GET
def campaign_paper(request: HttpRequest, paper: int) -> HttpResponse:
    """A signed paper of a round of the own office."""
    place = place_of(request)
    rows = CampaignPaper.objects.filter(pk=paper, campaign__organ=office_of(place).unit)
    found = rows.select_related("meeting").first()
    if found is None or (found.meeting is not None and len(_shown_to(place, found.meeting)) < found.meeting.answers.count()):
        raise Http404(_("没有这份文书，或者其中有您本人、您的单位。"))
    return printed(bytes(found.pdf), f"{found.number}.pdf")


def _shown_to(place: Place, meeting: JointMeeting) -> list[JointAnswer]:
    """Answers of a meeting without those about oneself or the own unit."""
    rows = meeting.answers.select_related("subject__cadre", "subject__unit").order_by("subject", "id")
    return [one for one in rows if not one.subject.concerns(place.account)]


@login_required
@require_http_methods(["GET", "POST"])
def campaign_joint(request: HttpRequest, campaign: int) -> HttpResponse:
    """Joint meetings of a round; a record is entered, minutes are signed by another."""
    place, refused = place_of(request), None
    found = campaign_of(place, campaign)
    if found.closed_at is None:
        raise Http404(_("测评结束以后才召开联席会议。"))
    if request.method == "POST":
        try:
            success(request, _hold(request.POST, place, found))
            return redirect("campaign_joint", campaign=found.pk)
        except Refused as no:
            refused = no
        except RenderingFailed as no:
            refused = Refused(str(no), way_out=_("更正后再签发。"), rule=joint.RULE)
    typed = request.POST if request.POST.get("do") == "hold" else QueryDict()
    meetings = found.joint_meetings.select_related("by__cadre", "paper")
    subjects = [one for one in found.subjects.select_related("cadre", "unit")[:300] if not one.concerns(place.account)]
    context = {
        "campaign": found, "meetings": [(one, _shown_to(place, one)) for one in meetings.order_by("-held_on", "-id")], "subjects": subjects, "typed": typed, "today": place.today,
        "organ_rows": [_cells(typed, "organ", n, ("name", "person", "number")) for n in range(_shown(typed, "organ", ORGANS, 3))],
        "answer_rows": [_cells(typed, "said", n, ("subject", "organ", "answer", "document", "matter")) for n in range(_shown(typed, "said", ANSWERS, 6))],
        "answers": JointAnswer.Answer.choices, "me": place.account,
    }  # fmt: skip
    return show(request, "assessment/joint", {**context, **said(refused)}, status=422 if refused else 200)


def _shown(typed: QueryDict, prefix: str, most: int, least: int) -> int:
    """Lines of the form: what was typed and two more."""
    last = max((n for n in range(most) if any(typed.get(key, "").strip() for key in typed if key.startswith(f"{prefix}-{n}-"))), default=-1)
    return min(most, max(least, last + 3))


def _cells(typed: QueryDict, prefix: str, n: int, names: tuple[str, ...]) -> dict[str, str]:
    return {name: typed.get(f"{prefix}-{n}-{name}", "").strip() for name in names}


def _hold(typed: QueryDict, place: Place, found: Campaign) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if typed.get("do") == "minutes":
        key = typed.get("meeting", "")
        meeting = (
            found.joint_meetings.select_related("campaign__organ").filter(pk=int(key) if key.isdigit() and len(key) < 19 else 0).first()
        )
        if meeting is None:
            raise Refused(_("没有这次会议。"), way_out=_("刷新页面。"), rule=joint.RULE)
        return _("纪要%(n)s已经签发。") % {"n": reporting.minutes(meeting, **words).number}
    reporting.hold(found, _sitting(typed, found), **words)
    return _("会议记录已经登记，不能再改；纪要由另一名有权人员签发。")


def _sitting(typed: QueryDict, found: Campaign) -> joint.Sitting:
    try:
        held_on = date.fromisoformat(typed.get("held_on", ""))
    except ValueError as wrong:
        raise Refused(_("召开日期不对。"), way_out=_("填写日期。"), rule=joint.RULE, field="held_on") from wrong
    subjects = {str(one.pk): one for one in found.subjects.select_related("cadre", "unit")}
    organs = [_cells(typed, "organ", n, ("name", "person", "number")) for n in range(ORGANS)]
    rows = [_cells(typed, "said", n, ("subject", "organ", "answer", "document", "matter")) for n in range(ANSWERS)]
    return joint.Sitting(
        held_on, typed.get("convener", "")[:80], typed.get("topic", "")[:200],
        tuple(joint.Present(one["name"][:80], one["person"][:40], one["number"][:20]) for one in organs if any(one.values())),
        tuple(_said(one, subjects) for one in rows if any(one.values())), typed.get("outcome", "")[:600],
    )  # fmt: skip


def _said(cells: dict[str, str], subjects: dict[str, Subject]) -> joint.Said:
    subject = subjects.get(cells["subject"])
    if subject is None:
        raise Refused(
            _("有一项答复没有选择被考核对象。"), way_out=_("在名单中选择，或者清空这一行。"), rule=joint.RULE, field="said-0-subject"
        )
    return joint.Said(subject, cells["organ"][:80], cells["answer"], cells["document"][:120], cells["matter"][:300])
