"""The case: what it is about, where it stands, what comes next and who has it, and everything that happened."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow_app import conduct, ledger
from workflow_app.models import Account, Case, Desk, Document, Outgoing, WorkItem
from workflow_app.pages import offers, timeline, whereabouts, wording
from workflow_app.pages.care.office import managing
from workflow_app.pages.frame import AUDITOR, HANDLER, LEADER, Place, place_of, show
from workflow_app.pages.portal.persons import one_of_mine
from workflow_app.pages.reasons import reason_for, reasoned
from workflow_app.pages.refusals import answered
from workflow_app.pages.suspensions import stops
from workflow_app.steps import Refused


def visible(place: Place, key: int) -> Case:
    """The case, or 404: whether it exists is not said, least of all to the person concerned before they are told."""
    found = (
        place.cases()
        .select_related("cadre__unit", "cadre__post__unit", "organ", "law", "parent", "pool_use__entry__pool")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise place.no_entry(key, _("没有这个案件，或者您无权查看。"))
    if place.is_subject(found):
        one_of_mine(place, key)
    return wording.as_path(found)


@login_required
@require_GET
@reasoned
def case(request: HttpRequest, case: int) -> HttpResponse:
    """Everything about one case."""
    place = place_of(request)
    found = visible(place, case)
    if place.is_subject(found):
        return redirect("portal_case", case=found.pk)
    items = list(WorkItem.objects.filter(process=found).select_related("desk", "owner__cadre").order_by("id"))
    why = reason_for(request, found)
    ledger.read(account=place.account, what="case", ref=found.pk, case=found, at=place.at, desk=_reached(place, items), reason=why)
    papers = timeline.papers_of(found)
    moments, kind = timeline.timeline(found, papers), request.GET.get("show", "")
    hand, stands = offers.at_hand(place, found, items), whereabouts.standings(items)
    context = {
        "pool_open": managing(place, found.cadre) is not None,
        "case": found, "state": wording.state_of(found), "path": wording.path_title(found.flow_class), "hand": hand,
        "stages": whereabouts.stages(found, stands), "map": whereabouts.drawn(found, stands), "ahead": _ahead(found, hand), "papers": papers, "unmade": unmade(found), "show": kind, "kinds": _kinds(),
        "moments": [m for m in moments if not kind or m.kind == kind], "offers": offers.offers(place, found), "key": uuid4().hex,
        "switches": _switches(found), "stops": stops(found, place.today), "assignable": place.sits(LEADER, found.organ.ancestor_ids) is not None,
        "exportable": may_export(place, found), "colleagues": _colleagues(place, hand), "waiting": [item for item in items if item.status == "SCHEDULED"],
    }  # fmt: skip
    return show(request, "case", context)


def unmade(case: Case) -> list[tuple[Document, str]]:
    """Papers whose file could not be made, each with the reason."""
    put_aside = Outgoing.objects.filter(case=case, kind=Outgoing.Kind.RENDER, dead_at__isnull=False, closed_at__isnull=True)
    reasons = dict(put_aside.values_list("target", "error"))
    found = Document.objects.filter(pk__in=reasons, case=case).defer("content").order_by("id")
    return [(paper, reasons[paper.pk]) for paper in found]


def may_export(place: Place, case: Case) -> bool:
    """The whole of a case holds sealed sources: only who handles it, or audits the organ, takes it out of the house."""
    return any(desk.role in (HANDLER, AUDITOR) and desk.unit_id in case.organ.ancestor_ids for desk in place.desks)


def _kinds() -> dict[str, str]:
    return {"act": _("办理"), "period": _("期限"), "read": _("查阅"), "note": _("其他记录")}


def _reached(place: Place, items: list[WorkItem]) -> Desk | None:
    return next((item.desk for item in reversed(items) if item.desk_id in place.desk_ids), None)


def _ahead(case: Case, hand: list[offers.AtHand]) -> list[tuple[str, list[whereabouts.Ahead]]]:
    found = []
    for one in hand:
        node = wording.node_of(case, one.item.step)
        if node is not None and str(one.item.token) != "aside":
            found.append((one.title, whereabouts.ahead(case, node)))
    return list(dict(found).items())


def _switches(case: Case) -> list[tuple[str, bool]]:
    rows = {row["name"]: row["title"] for row in case.law.figures.get("switches", [])}
    return [(rows.get(name, name), bool(on)) for name, on in case.switches.items()]


def _colleagues(place: Place, hand: list[offers.AtHand]) -> dict[int, list[Account]]:
    """Who sits at the desks of the open items today, for handing work over."""
    today = place.today
    valid = Q(seats__valid_to__isnull=True) | Q(seats__valid_to__gte=today)
    found: dict[int, list[Account]] = {}
    for desk in {one.item.desk_id for one in hand}:
        people = Account.objects.filter(valid, seats__desk=desk, seats__valid_from__lte=today, is_active=True)
        found[desk] = list(people.select_related("cadre").distinct().order_by("id"))
    return found


@login_required
@require_POST
@answered
def begin(request: HttpRequest, case: int, step: str) -> HttpResponse:
    """Begin a step that may be taken at any time."""
    place = place_of(request)
    found = visible(place, case)
    node = wording.node_of(found, step)
    if node is None:
        raise Http404(_("没有这一环节。"))
    item = conduct.begin(found, node.step.name, by=place.account, at=place.at, key=request.POST.get("key") or uuid4().hex)
    return redirect("task", item=item.pk)


@login_required
@require_POST
@answered
def assign(request: HttpRequest, item: int) -> HttpResponse:
    """Give an item to somebody at its desk, with a reason."""
    place = place_of(request)
    work = WorkItem.objects.filter(pk=item).select_related("process").first()
    if work is None:
        raise Http404
    found, reason = visible(place, work.process_id), request.POST.get("reason", "").strip()
    to = Account.objects.filter(pk=request.POST.get("to") or 0).first()
    if to is None:
        raise Refused(_("没有选择接办人。"), way_out=_("选择一名在这个岗位有席位的人员。"), rule=_("改派"), field="to")
    if len(reason) < 2:
        raise Refused(_("改派须写明理由。"), way_out=_("补写理由。"), rule=_("改派"), field="reason")
    conduct.assign(work, to=to, by=place.account, reason=reason, at=place.at, key=request.POST.get("key") or uuid4().hex)
    success(request, _("已改派给%(name)s。") % {"name": to.display_name})
    return redirect("case", case=found.pk)
