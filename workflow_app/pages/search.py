"""Search by case number, name or unit among the cases a person may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.models import WorkItem
from workflow_app.models.words import cases_with
from workflow_app.pages import wording
from workflow_app.pages.frame import place_of, show

PAGE = 50


@login_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Cases that match every word, newest first."""
    place, text, over = place_of(request), request.GET.get("q", "").strip()[:60], request.GET.get("over", "")
    found = place.cases().exclude(cadre=place.account.cadre_id or 0)
    named = cases_with(text)
    if named is not None:
        found = found.filter(pk__in=named)
    if over in ("open", "done"):
        found = found.filter(finished__isnull=over == "open")
    before = request.GET.get("before", "")
    if before.isdigit():
        found = found.filter(pk__lt=int(before))
    if text:
        ledger.read(account=place.account, what="search", ref=0, case=None, at=place.at, reason=text)
    cases = list(found.select_related("cadre__unit", "cadre__post").order_by("-id")[: PAGE + 1])
    more = cases[PAGE - 1].pk if len(cases) > PAGE else None
    if text:
        ledger.hits(cases[:PAGE], account=place.account, at=place.at)
    items: dict[int, list[str]] = {}
    open_items = WorkItem.objects.filter(process__in=[c.pk for c in cases], status__in=["NEW", "ASSIGNED"]).values_list(
        "process_id", "step"
    )
    by_key = {case.pk: case for case in cases}
    for key, step in open_items:
        items.setdefault(key, []).append(wording.title_of(by_key[key], step))
    rows = [(case, wording.state_of(case), "、".join(items.get(case.pk, []))) for case in cases[:PAGE]]
    return show(request, "search", {"rows": rows, "q": text, "over": over, "more": more, "later": bool(before)})
