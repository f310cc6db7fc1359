"""The three lists at the office: drafted, looked at as papers, signed by another; and looking back at what was to be mended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import listing
from workflow_app.assessment.feedback import lists
from workflow_app.assessment.feedback.lists import PointRow
from workflow_app.documents import RenderingFailed
from workflow_app.learning import talks
from workflow_app.models import Feedback, FeedbackPaper, LookBack, Point, Subject
from workflow_app.pages import wording
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.printed import printed
from workflow_app.refusing import Refused

SPARE, MOST = 2, 12  # empty lines of a list in the form, and lines at most
FIELDS = ("text", "measure", "due_on", "responsible")


@login_required
@require_http_methods(["GET", "POST"])
def three_lists(request: HttpRequest, subject: int) -> HttpResponse:
    """The lists of one rated person: the form until they are signed, then as they were served."""
    place, refused = place_of(request), None
    found = (
        Subject.objects.filter(pk=subject, campaign__organ=office_of(place).unit).select_related("campaign__organ", "cadre", "unit").first()
    )
    if found is None or found.concerns(place.account):
        raise Http404(_("没有这一被考核对象，或者是您本人、您的单位。"))
    feedback = (
        Feedback.objects.filter(subject=found)
        .select_related("drafted_by__cadre", "signed_by__cadre", "subject__campaign", "subject__cadre", "subject__unit", "organ")
        .first()
    )
    if request.method == "POST":
        try:
            success(request, _act(request.POST, place, found, feedback))
            return redirect("three_lists", subject=found.pk)
        except Refused as no:
            refused = no
        except RenderingFailed as no:
            refused = Refused(str(no), way_out=_("更正后再签发。"), rule=lists.RULE)
    talk = talks.of_lists(feedback) if feedback is not None else None
    spoken = {"talk": talk, "spoken": talks.stand_of(talk, place.today) if talk is not None else ""}
    context = {"subject": found, "feedback": feedback, "parts": _parts(feedback, request.POST), **_standing(feedback, place), **spoken}
    return show(request, "assessment/lists", {**context, **said(refused)}, status=422 if refused else 200)


def _act(typed: QueryDict, place: Place, subject: Subject, feedback: Feedback | None) -> str:
    if typed.get("do") == "sign":
        if feedback is None:
            raise Refused(_("还没有拟订三单。"), way_out=_("先保存。"), rule=lists.RULE)
        listing.sign_lists(feedback, by=place.account, at=place.at)
        return _("三单已经签发，本人（单位的负责人）可以在“我的事项”中查看、签收和答复。")
    lists.draft(subject, _rows(typed), by=place.account, at=place.at)
    return _("三单已经保存。由另一名有权人员核对后签发。")


def _rows(typed: QueryDict) -> list[PointRow]:
    rows = []
    for which in Point.List.values:
        for n in range(MOST):
            cells = {name: typed.get(f"{which}-{n}-{name}", "").strip() for name in FIELDS}
            if any(cells.values()):
                rows.append(PointRow(which, cells["text"][:500], cells["measure"][:500], _day(cells["due_on"]), cells["responsible"][:80]))
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise Refused(_("日期不对。"), way_out=_("填写日期。"), rule=lists.RULE) from wrong


def _parts(feedback: Feedback | None, typed: QueryDict) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """The lines of each list for the form: as typed, or as kept, and some empty ones."""
    kept: dict[str, list[dict[str, Any]]] = {which: [] for which in Point.List.values}
    if typed:
        for row in _rows(typed) if typed.get("do") == "draft" else []:
            kept[row.list].append({**vars(row), "due_on": row.due_on})
    if feedback is not None and not any(kept.values()):
        for point in feedback.points.all():
            kept[point.list].append({name: getattr(point, name) for name in FIELDS})
    return [(str(which), wording.said(label), [*kept[which], *({} for _n in range(SPARE))][:MOST]) for which, label in Point.List.choices]


def _standing(feedback: Feedback | None, place: Place) -> dict[str, Any]:
    if feedback is None:
        return {"points": []}
    points = feedback.points.prefetch_related("answers", "proofs__upload", "checks__by__cadre")
    return {
        "points": [(one, list(one.answers.all()), list(one.proofs.all()), list(one.checks.all())) for one in points],
        "own_draft": feedback.drafted_by_id == place.account.pk, "kinds": wording.labels(Point.List.choices),
        "order": {"RESULT": 0, "PROBLEM": 1, "MEND": 2},
    }  # fmt: skip


@login_required
@require_GET
def list_pdf(request: HttpRequest, feedback: int, which: str) -> HttpResponse:
    """A list as a paper: as served to office and person, as a preview to the office while it is a draft."""
    place = place_of(request)
    found = Feedback.objects.filter(pk=feedback).select_related("subject__campaign", "subject__cadre", "subject__unit", "organ").first()
    if found is None or which not in Point.List.values:
        raise Http404(_("没有这份清单。"))
    own = found.subject.answers(place.account)
    if not own and (found.subject.concerns(place.account) or office_of(place).unit != found.organ):
        raise Http404(_("没有这份清单。"))
    paper = FeedbackPaper.objects.filter(feedback=found, list=which).first()
    if paper is not None:
        return printed(bytes(paper.pdf), f"{paper.number}.pdf")
    if own:
        raise Http404(_("没有这份清单。"))
    try:
        made = listing.printed(found, None, place.at, [which])[0]
    except RenderingFailed as no:
        raise Http404(str(no)) from no
    return printed(made.pdf, "preview.pdf")


@login_required
@require_http_methods(["GET", "POST"])
def mending(request: HttpRequest) -> HttpResponse:
    """What is to be mended, the earliest first; looking back at one."""
    place, refused = place_of(request), None
    organ = office_of(place).unit
    if request.method == "POST":
        point = lists.to_mend().filter(pk=request.POST.get("point") or 0, feedback__organ=organ).first()
        try:
            if point is None:
                raise Refused(_("没有这项整改。"), way_out=_("刷新页面。"), rule=lists.RULE)
            next_on = _day(request.POST.get("next_on", ""))
            made = listing.look_back(
                point, request.POST.get("result", ""), request.POST.get("findings", ""), next_on, by=place.account, at=place.at
            )
            success(request, _("已登记：%(r)s。") % {"r": wording.said(made.get_result_display())})
            return redirect("mending")
        except Refused as no:
            refused = no
    rows = [(one, lists.to_check_on(one), lists.settled(one)) for one in lists.to_mend().filter(feedback__organ=organ)[:200]]
    rows.sort(key=lambda row: (row[2] is not None, row[1] or date.max))
    context = {"rows": rows, "results": wording.labels(LookBack.Result.choices), "today": place.today, "typed": request.POST}
    return show(request, "assessment/mending", {**context, **said(refused)}, status=422 if refused else 200)
