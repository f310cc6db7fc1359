"""Forms on paper: printed with their serial numbers, typed in by one person and again by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from workflow_app import assessing, documents
from workflow_app.assessment.campaigns import answering, paper
from workflow_app.clock import TZ
from workflow_app.models import Campaign, Subject
from workflow_app.pages.assessment.campaigns import campaign_of
from workflow_app.pages.assessment.office import said
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.printed import printed
from workflow_app.refusing import Refused

TEMPLATE = "documents/rating_form.html"
POINTS = [str(n) for n in range(1, answering.SCALE + 1)]


@login_required
@require_http_methods(["GET", "POST"])
def paper_forms(request: HttpRequest, campaign: int) -> HttpResponse:
    """Print forms, and type in what came back. The number of a form is sent in the body, never in an address."""
    place, refused, sheet = place_of(request), None, None
    found = campaign_of(place, campaign)
    if found.kind != Campaign.Kind.ROUND or found.opened_at is None:
        raise Http404(_("集中评价启动以后才能使用纸质评价表。"))
    typed, do = request.POST, request.POST.get("do", "")
    if request.method == "POST":
        try:
            if do == "print":
                return _printed(request, place, found)
            sheet = paper.sheet_of(found, typed.get("serial", ""), place.at)
            if do == "enter":
                success(request, _enter(request, place, found))
                return redirect("paper_forms", campaign=found.pk)
        except Refused as no:
            refused = no
    rows = [(one, typed.get(one.field, "")) for one in sheet.questions] if sheet else []
    context = {
        "campaign": found, "sheet": sheet, "rows": rows, "points": POINTS, "typed": typed, "waiting": paper.waiting(found), "most": paper.MOST,
        "subjects": found.subjects.select_related("cadre").exclude(cadre=place.account.cadre_id),
        "groups": [one for one in found.version.groups.all() if not one.named] if found.version else [],
    }  # fmt: skip
    return show(request, "assessment/paper_forms", {**context, **said(refused)}, status=422 if refused else 200)


def _enter(request: HttpRequest, place: Place, found: Campaign) -> str:
    given = {name: value for name, value in request.POST.items() if name.startswith("score-") and isinstance(value, str)}
    anew = bool(request.POST.get("anew"))
    if assessing.enter_form(found, request.POST.get("serial", ""), given, anew=anew, by=place.account, at=place.at):
        return _("两次录入一致，已经封存计入。")
    return _("已录入一次，等待另一人复核录入。")


def _printed(request: HttpRequest, place: Place, found: Campaign) -> HttpResponse:
    key, count = request.POST.get("subject", ""), request.POST.get("count", "")
    rows = Subject.objects.filter(campaign=found, pk=int(key) if key.isdigit() else 0)
    subject = rows.select_related("campaign__version", "campaign__organ", "cadre").first()
    if subject is None:
        raise Refused(_("没有选择被考核人。"), way_out=_("在名单中选择。"), rule=paper.RULE, field="subject")
    number, group = int(count) if count.isdigit() and len(count) < 4 else 0, request.POST.get("group", "")
    serials = assessing.issue_forms(subject, group, number, by=place.account, at=place.at)
    with override("zh-hans"):
        made = documents.render(_envelope(found, place.at), _content(request, subject, group, serials), TEMPLATE)
    return printed(made.pdf, f"{found.name}-{_('评价表')}.pdf")


def _envelope(found: Campaign, at: datetime) -> dict[str, Any]:
    organ, title = found.organ, "评价表"
    return {
        "title": title, "title_lines": [title], "number": "", "organ": organ.organ_name or organ.name, "case_no": "", "code": title,
        "issued_on": "", "dated": str(at.astimezone(TZ).date()), "addressee": "", "signatures": [], "formal": False, "verify": None,
        "demo": settings.DEMO,
    }  # fmt: skip


def _content(request: HttpRequest, subject: Subject, group: str, serials: list[str]) -> dict[str, Any]:
    sheet = paper.sheet_of(subject.campaign, serials[0], place_of(request).at)
    closes = subject.campaign.closes_at.astimezone(TZ)
    forms = []
    for one in serials:
        url = f"{settings.PUBLIC_URL}{reverse('rate', args=[one])}"
        forms.append({"serial": paper.shown(one), "picture": documents.picture_of({"verify": {"url": url}})})
    rows = [[one.name, one.definition, *["□"] * answering.SCALE] for one in sheet.questions]
    told = "每项在一个分数下打“√”：1分为差，10分为好。漏评一项的整张作废。不写姓名，不做记号。评完折好投入票箱，也可以扫描二维码在网上填写；一张表只计一次。"
    return {
        "forms": forms, "paragraphs": [told], "sections": [], "rights": [],
        "rows": [
            ("测评", subject.campaign.name), ("被评价人", f"{subject.name}（{subject.post_title}）" if subject.post_title else subject.name),
            ("截止时间", f"{closes:%Y年%-m月%-d日%H:%M}"),
        ],
        "tables": [{"title": "", "head": ["评价项目", "口径", *POINTS], "widths": [17, 28, *[5] * (answering.SCALE - 1), 10], "rows": rows}],
    }  # fmt: skip
