"""One participant of a class; everything one person was trained in; hours of a year, with those of assessors beside their target."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook

from workflow_app import ledger, training
from workflow_app.learning import classes as room
from workflow_app.learning import gaps, participants, record
from workflow_app.models import Cadre, Participant
from workflow_app.pages.assessment.libraries import as_file
from workflow_app.pages.care.office import matching, people
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.learning.forms import ExcuseForm, ResultForm
from workflow_app.pages.learning.office import ROLES, at_field, class_of, desk_at, desks, kinds
from workflow_app.refusing import Refused

Form = ExcuseForm | ResultForm


@login_required
@require_http_methods(["GET", "POST"])
def participant(request: HttpRequest, found: int, one: int) -> HttpResponse:
    """Somebody called: the answer, an excuse that waits, the result."""
    place, known = place_of(request), kinds(place_of(request))
    held = class_of(place, found)
    row = participants.participants(held).filter(pk=one).exclude(cadre=place.account.cadre_id or 0).first()
    if row is None:
        raise Http404(_("没有这名参训人员，或者您无权查看。"))
    terms, before = room.terms_of(held), participants.result_of(row)
    start = {"outcome": before.outcome, "hours": before.hours, "text": before.text} if before else {"hours": terms.hours}
    made: dict[str, Form] = {"excuse": ExcuseForm(prefix="excuse"), "result": ResultForm(initial=start, prefix="result")}
    if request.method == "POST":
        if _posted(request, place, row, made):
            return redirect("participant", found=held.pk, one=row.pk)
    else:
        ledger.read(account=place.account, what="class", ref=held.pk, case=None, at=place.at, desk=desk_at(place, held))
    context = {
        "one": held, "row": row, "terms": terms, "stand": participants.stand_of(row), "waits": participants.waits(row), "forms": made,
        "where": gaps.where_of(row) if gaps.kind_of(row) in known else "", "told": gaps.kind_of(row) in known, "did": request.POST.get("do", ""),
        "results": sorted(row.results.all(), key=lambda result: -result.pk), "begun": place.today >= terms.first,
    }  # fmt: skip
    return show(request, "learning/participant", context, status=422 if request.method == "POST" else 200)


def _posted(request: HttpRequest, place: Place, row: Participant, made: dict[str, Form]) -> bool:
    do, words = request.POST.get("do", ""), dict[str, Any](by=place.account, at=place.at)
    if do not in made:
        raise Http404
    form = made[do] = type(made[do])(request.POST, prefix=do)
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        if do == "excuse":
            training.decide(row, typed["granted"] == "yes", typed["reason"], **words)
            success(request, _("审批意见已经登记，本人会收到消息。"))
        else:
            training.enter_result(participants.Came(row, typed["outcome"], typed["hours"], typed["text"], typed["why"]), **words)
            success(request, _("结果已经登记，本人可以看到。"))
        return True
    except Refused as no:
        at_field(form, no)
        return False


@login_required
@require_GET
def training_of(request: HttpRequest, cadre: int) -> HttpResponse:
    """Everything one person was trained in; what stands on a source that I may not know of is left out."""
    place, known = place_of(request), kinds(place_of(request))
    one = people(place, ROLES).filter(pk=cadre).first()
    if one is None:
        raise Http404(_("没有这名干部，或者您无权查看。"))
    desk = next(desk for desk in desks(place) if one.unit.path.startswith(desk.unit.path))
    ledger.read(account=place.account, what="training", ref=one.pk, case=None, at=place.at, desk=desk)
    found = [row for row in record.entries(one) if row.participant is not None or row.source_kind in known]
    organs = {desk.unit_id for desk in desks(place)}
    rows = [
        (row, row.source_kind in known, row.participant is not None and row.participant.training_class.organ_id in organs) for row in found
    ]
    years = range(place.today.year, place.today.year - 5, -1)
    totals = [(year, record.hours([one.pk], year).get(one.pk, record.Hours()).total) for year in years]
    return show(request, "learning/person", {"cadre": one, "rows": rows, "totals": totals, "care": gaps.PLAN in known})


def _year(request: HttpRequest, place: Place) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdigit() and 2000 <= int(text) <= place.today.year + 1 else place.today.year


def _hours(request: HttpRequest, place: Place, year: int) -> dict[str, list[tuple[Cadre, record.Hours]]]:
    mine, text = desks(place), request.GET.get("q", "").strip()[:40]
    staff = [one for desk in mine for one in record.assessors(desk.unit, place.today) if one.pk != place.account.cadre_id]
    staff = list({one.pk: one for one in staff}.values())
    found = matching(people(place, ROLES), text)
    counted = record.hours({one.pk for one in [*staff, *found]}, year)
    return {key: [(one, counted.get(one.pk, record.Hours())) for one in rows] for key, rows in (("staff", staff), ("found", found))}


@login_required
@require_GET
def class_hours(request: HttpRequest) -> HttpResponse:
    """Hours in a year: of the assessors, and of people who are looked for."""
    place = place_of(request)
    desk, year = desks(place)[0], _year(request, place_of(request))
    ledger.read(account=place.account, what="training_hours", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    context: dict[str, Any] = {"year": year, "years": range(place.today.year, place.today.year - 5, -1), "target": settings.ASSESSOR_HOURS}
    return show(request, "learning/hours", {**context, "q": request.GET.get("q", "").strip()[:40], **_hours(request, place, year)})


@login_required
@require_GET
def class_hours_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    place = place_of(request)
    desk, year = desks(place)[0], _year(request, place_of(request))
    ledger.read(account=place.account, what="training_hours", ref=desk.unit_id, case=None, at=place.at, desk=desk, reason="xlsx")
    book, out, shown = Workbook(write_only=True), BytesIO(), _hours(request, place, year)
    sheet = book.create_sheet(_("学时"))
    sheet.append([_("年度"), _("干部编号"), _("姓名"), _("单位职务"), _("全年学时"), _("其中考核专员培训")])
    for one, hours in {row[0].pk: row for rows in shown.values() for row in rows}.values():
        sheet.append([year, one.number, one.name, one.post_title, hours.total, hours.assessing])
    book.save(out)
    return as_file(out.getvalue(), f"hours-{year}.xlsx")
