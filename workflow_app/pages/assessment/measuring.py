"""Figures and established matters of a round: what is in, by whom and on what document; a workbook both ways; one by one by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import measuring
from workflow_app.assessment.measuring import facts, figures, workbook
from workflow_app.assessment.measuring import lines as line_rounds
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Campaign, Established, SchemeIndicator, Subject
from workflow_app.pages import wording
from workflow_app.pages.assessment.campaigns import campaign_of
from workflow_app.pages.assessment.libraries import as_file, sent_file
from workflow_app.pages.assessment.office import said
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused

SHOWN = 300  # rated persons on the page


def _round(place: Place, key: int) -> Campaign:
    found = campaign_of(place, key)
    if found.version is None:
        raise Http404(_("随时评没有定量指标。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def campaign_figures(request: HttpRequest, campaign: int) -> HttpResponse:
    """What is measured and established, and entering more of it."""
    place, refused = place_of(request), None
    found = _round(place, campaign)
    if request.method == "POST":
        try:
            success(request, _act(request, place, found))
            return redirect("campaign_figures", campaign=found.pk)
        except (Refused, BadSheet) as no:
            refused = no
    context = {**_context(place, found), "typed": request.POST, **said(refused)}
    return show(request, "assessment/measuring", context, status=422 if refused else 200)


@login_required
@require_GET
def figures_form(request: HttpRequest, campaign: int) -> HttpResponse:
    """The workbook: a line for every figure that is due, with what is known."""
    found = _round(place_of(request), campaign)
    return as_file(workbook.written(found), f"figures-{found.pk}.xlsx")


def _act(request: HttpRequest, place: Place, found: Campaign) -> str:
    do, typed = request.POST.get("do", ""), request.POST
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if do == "file":
        name, data = sent_file(request)
        taken = measuring.take_in(found, name, data, **words)
        return _("已导入：%(f)s项定量得分，%(m)s项认定事项。") % {"f": len(taken.figures), "m": len(taken.facts)}
    if do == "line":
        return _taken_over(typed, found, words)
    if do == "take_back":
        return _taken_back(typed, found, words)
    subject = (
        found.subjects.filter(pk=_key(typed.get("subject")))
        .select_related("cadre", "unit", "campaign__organ", "campaign__version__scheme")
        .first()
    )
    if subject is None:
        raise Refused(_("没有选择被考核人。"), way_out=_("在名单中选择。"), rule=figures.RULE, field="subject")
    if do == "fact":
        measuring.establish(_fact(typed, found, subject), **words)
        return _("认定事项已经登记。")
    made = measuring.enter_figure(_figure(typed, found, subject), **words)
    return _("定量得分已经登记。") if made else _("与已登记的相同，没有重复登记。")


def _taken_back(typed: QueryDict, found: Campaign, words: dict[str, Any]) -> str:
    one = (
        Established.objects.filter(pk=_key(typed.get("matter")), subject__campaign=found)
        .select_related("subject__cadre", "subject__unit", "subject__campaign__organ")
        .first()
    )
    if one is None:
        raise Refused(_("没有这一事项。"), way_out=_("刷新页面。"), rule=facts.RULE)
    measuring.take_back(one, typed.get("why", "")[:200], **words)
    return _("已撤回，理由已记入登记簿。")


def _taken_over(typed: QueryDict, found: Campaign, words: dict[str, Any]) -> str:
    line = line_rounds.offered(found).filter(pk=_key(typed.get("line"))).select_related("organ").first()
    if line is None:
        raise Refused(_("没有选择要转入的测评。"), way_out=_("在列出的测评中选择。"), rule=facts.RULE, field="line")
    return _("已转入%(n)s项得分。") % {"n": measuring.take_over(line, found, **words)}


def _key(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 19 else 0


def _number(text: str, rule: str, field: str) -> Decimal:
    try:
        found = Decimal(text.strip())
        if found != found.quantize(Decimal("0.01")) or abs(found) > 1000:
            raise InvalidOperation
    except InvalidOperation as wrong:
        raise Refused(_("数值不对。"), way_out=_("填写数字，最多两位小数。"), rule=rule, field=field) from wrong
    return found


def _indicator(found: Campaign, text: str | None) -> SchemeIndicator | None:
    return SchemeIndicator.objects.filter(pk=_key(text), version=found.version_id).select_related("indicator__indicator").first()


def _figure(typed: QueryDict, found: Campaign, subject: Subject) -> figures.Figure:
    indicator = _indicator(found, typed.get("indicator"))
    if indicator is None:
        raise Refused(_("没有选择指标。"), way_out=_("在定量指标中选择。"), rule=figures.RULE, field="indicator")
    value, scale = (_number(typed.get(name, ""), figures.RULE, name) for name in ("value", "scale"))
    return figures.Figure(subject, indicator, value, scale, typed.get("source", "")[:200], typed.get("reason", "")[:200])


def _fact(typed: QueryDict, found: Campaign, subject: Subject) -> facts.Fact:
    amount = typed.get("amount", "").strip()
    try:
        day = date.fromisoformat(typed.get("established_on", ""))
    except ValueError:
        day = None
    return facts.Fact(
        subject, typed.get("kind", ""), _number(amount, facts.RULE, "amount") if amount else None, _indicator(found, typed.get("false_indicator")),
        typed.get("why", "")[:300], typed.get("organ", "")[:80], typed.get("document", "")[:120], day,
    )  # fmt: skip


def _context(place: Place, found: Campaign) -> dict[str, Any]:
    assert found.version is not None
    indicators, known, fixed = figures.indicators_of(found), figures.newest(found), figures.signed(found)
    subjects = list(found.subjects.select_related("cadre", "unit")[:SHOWN])
    lines = [
        (one, figures.hindrance(one, fixed, place.account), [(row, known.get((one.pk, row.pk))) for row in indicators]) for one in subjects
    ]
    kinds = [(one, wording.said(Established.Kind(one).label)) for one in facts.kinds_of(found.version)]
    return {
        "rounds": line_rounds.offered(found)[:30], "campaign": found, "indicators": indicators, "lines": lines, "matters": facts.of(found), "kinds": kinds,
        "all_indicators": found.version.indicators.select_related("indicator"), "due": found.subjects.count() * len(indicators), "in": len(known),
        "open": [one for one, hindered, _cells in lines if not hindered], "today": place.today, "share": found.version.quantitative,
        "fixed": fixed,
    }  # fmt: skip
