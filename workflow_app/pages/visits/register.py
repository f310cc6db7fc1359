"""The register of visits, and one visit: its plan, its report, what was found and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, visiting
from workflow_app.documents import RenderingFailed
from workflow_app.models import Disposal, Established, Finding, Visit, VisitFinding, VisitPaper
from workflow_app.pages.frame import AUDITOR, Place, place_of, show
from workflow_app.pages.printed import printed
from workflow_app.pages.refusals import answered
from workflow_app.pages.visits.office import day, key_of, lines, organ_of, refused_at, seen_by, works
from workflow_app.refusing import Refused
from workflow_app.visits import disposing, kinds, reporting

SHOWN = 100
MOST_FINDINGS = 20


class ReportForm(forms.Form):
    """What a team reports."""

    first, last = day(lazy("到达日期")), day(lazy("离开日期"))
    talks = forms.IntegerField(label=lazy("个别谈话人数"), min_value=0, max_value=5000, initial=0)
    summary = lines(lazy("检查情况"), 1000, lazy("看了哪些材料、问了哪些事项、总的情况。不写谈话人姓名，不写私事。"))
    findings = lines(
        lazy("发现的问题"), 8000, lazy("每行一项：问题，竖线“|”，佐证材料的名称和文号。没有发现问题的，空着。"), required=False, rows=4
    )
    short_why = forms.CharField(label=lazy("不足的理由"), max_length=300, required=False, help_text=lazy("时间或者谈话人数不足时填写。"))
    late_why = forms.CharField(label=lazy("迟报理由"), max_length=300, required=False, help_text=lazy("超过报告期限时填写。"))

    def clean_findings(self) -> list[tuple[str, str]]:
        """Every line a finding with the paper that shows it."""
        rows = [one.strip() for one in self.cleaned_data["findings"].splitlines() if one.strip()]
        if len(rows) > MOST_FINDINGS:
            raise forms.ValidationError(_("一次报告不超过%(n)s项。") % {"n": MOST_FINDINGS})
        found = []
        for one in rows:
            what, mark, paper = one.replace("｜", "|").partition("|")
            if not mark or not paper.strip():
                raise forms.ValidationError(_("“%(line)s”没有写佐证材料。") % {"line": one[:40]})
            found.append((what.strip()[:500], paper.strip()[:200]))
        return found


def _due(one: Visit, today: date) -> tuple[str, str]:
    """The stand of a visit in words, and its urgency."""
    if hasattr(one, "cancelled"):
        return _("已取消"), ""
    if hasattr(one, "report"):
        return _("已报告"), ""
    if one.last >= today:
        return (_("进行中"), "") if one.first <= today else (_("已安排"), "")
    due = reporting.due_on(one)
    words = _("报告期限%(d)s") % {"d": due}
    return (_("%(w)s，已过期") % {"w": words}, "danger") if due < today else (words, "")


@login_required
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """All visits of my organ, the newest first; findings without a word stand on top."""
    place = place_of(request)
    organ = organ_of(place)
    rows = [(one, *_due(one, place.today)) for one in seen_by(place)[:SHOWN]]
    waiting = VisitFinding.objects.filter(report__visit__in=seen_by(place).values("pk"), disposal__isnull=True)
    context = {
        "rows": rows, "organ": organ, "works": works(place, organ), "shown": SHOWN,
        "waiting": waiting.select_related("report__visit__unit")[:SHOWN],
    }  # fmt: skip
    return show(request, "visits/home", context)


@login_required
@require_http_methods(["GET", "POST"])
@answered
def visit(request: HttpRequest, visit: int) -> HttpResponse:
    """One visit."""
    place, refused = place_of(request), None
    found = seen_by(place).filter(pk=visit).first()
    if found is None:
        raise Http404(_("没有这次走访，或者您无权查看。"))
    report = ReportForm(initial={"first": found.first, "last": found.last})
    if request.method == "POST":
        if request.POST.get("do") == "report":
            report = ReportForm(request.POST)
        try:
            if said := _act(request, place, found, report):
                success(request, said)
                return redirect("visit", visit=found.pk)
        except Refused as no:
            refused = no
            if report.is_bound:
                refused_at(report, no)
    else:
        ledger.read(account=place.account, what="visit", ref=found.pk, case=None, at=place.at)
    bad = request.method == "POST"
    return show(
        request, "visits/visit", _context(place, found, report) | {"refused": refused, "typed": request.POST}, status=422 if bad else 200
    )


def _act(request: HttpRequest, place: Place, found: Visit, report: ReportForm) -> str:
    typed = request.POST
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if report.is_bound:
        if not report.is_valid():
            return ""
        visiting.report(found, reporting.Told(**report.cleaned_data), **words)
        return _("报告已经提交。")
    if not works(place, found.organ):
        raise Http404
    if typed.get("do") == "cancel":
        visiting.cancel(found, typed.get("reason", "")[:300], **words)
        return _("已经取消，有关人员会收到消息。")
    if typed.get("do") == "issue" and hasattr(found, "report"):
        visiting.issue(found.report, **words)
        return _("报告已经签发。")
    seen = VisitFinding.objects.filter(pk=key_of(typed.get("seen")), report__visit=found).select_related("report__visit__unit").first()
    if seen is None:
        raise Http404
    visiting.dispose_seen(seen, word_of(typed, _matters(found)), **words)
    return _("处理已经记录。")


def word_of(typed: Any, matters: list[tuple[str, Any]]) -> disposing.Word:
    """What was said of a thing found; the matter is one of those that the page offered."""
    chosen: Any = dict(matters).get(typed.get("matter", ""))
    return disposing.Word(
        typed.get("outcome", ""), typed.get("dispose_reason", "")[:300], chosen if isinstance(chosen, Finding) else None,
        chosen if isinstance(chosen, Established) else None,
    )  # fmt: skip


def _matters(found: Visit) -> list[tuple[str, Any]]:
    """Matters about people of the unit that were entered through their own doors since the report."""
    if not hasattr(found, "report"):
        return []
    since, path = found.report.at, found.unit.path
    findings = (
        Finding.objects.filter(cadre__unit__path__startswith=path, entered_at__gte=since).select_related("cadre__unit").order_by("-pk")
    )
    rows = Established.objects.filter(subject__cadre__unit__path__startswith=path, at__gte=since, taken_back__isnull=True)
    established = rows.select_related("subject__cadre__unit", "subject__campaign").order_by("-pk")
    return [(f"finding-{one.pk}", one) for one in findings[:SHOWN]] + [(f"established-{one.pk}", one) for one in established[:SHOWN]]


def _context(place: Place, found: Visit, report: ReportForm) -> dict[str, Any]:
    words, urgency = _due(found, place.today)
    told = getattr(found, "report", None)
    findings = (
        told.findings.select_related("disposal__finding__cadre", "disposal__established__subject__cadre", "disposal__by__cadre")
        if told
        else []
    )
    mine = any(one.cadre_id == place.account.cadre_id for one in found.team.all())
    open_now = told is None and not hasattr(found, "cancelled")
    return {
        "visit": found, "stand": words, "urgency": urgency, "due": reporting.due_on(found), "measure": kinds.measure(found.kind, found.unit),
        "short": kinds.shortfall(found.kind, found.unit, told.first, told.last, told.talks) if told else "", "findings": findings,
        "works": works(place, found.organ), "oversees": place.sits(AUDITOR) is not None, "mine": mine, "report": report,
        "can_report": open_now and mine and found.first <= place.today, "can_cancel": open_now and works(place, found.organ),
        "begun": found.first <= place.today, "open_now": open_now, "matters": _matters(found),
        "outcomes": [(value, label) for value, label in Disposal.Outcome.choices if value != Disposal.Outcome.CORRECTED],
        "paper": VisitPaper.objects.filter(report=told).defer("pdf", "content").first() if told else None,
        "open_findings": any(not hasattr(one, "disposal") for one in findings), "days": (told.last - told.first).days + 1 if told else 0, "joined": found.joined_by.filter(cancelled__isnull=True).select_related("organ"),
    }  # fmt: skip


@login_required
@require_GET
def visit_report(request: HttpRequest, visit: int) -> HttpResponse:
    """The paper of the report: as issued, or as it would be now."""
    place = place_of(request)
    found = seen_by(place).filter(pk=visit, report__isnull=False).first()
    if found is None:
        raise Http404(_("没有这次走访，或者您无权查看。"))
    paper = VisitPaper.objects.filter(report__visit=found).first()
    ledger.read(account=place.account, what="visit", ref=found.pk, case=None, at=place.at)
    try:
        pdf = bytes(paper.pdf) if paper else visiting.preview(found.report, place.at)
    except RenderingFailed as no:
        raise Http404(str(no)) from no
    return printed(pdf, f"visit-{found.pk}.pdf")
