"""Leads: what raised them, and what a handler makes of them: a case, or a reasoned no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db import OperationalError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workflow_app import caring, conduct, ledger, tenures, vacancies
from workflow_app.assessment.triggers.register import TRIGGERS
from workflow_app.law import current_edition
from workflow_app.models import Cadre, Case, Decision, Desk, Lead, PoolEntry, Post, Unit
from workflow_app.nodes import PATHS, Path
from workflow_app.pages import dates, proofs, wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.finding_forms import LABELS
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.promotions import listed
from workflow_app.pages.refusals import answered, busy
from workflow_app.steps import Refused, Situation, Step

PAGE = 50


@login_required
@require_GET
def leads(request: HttpRequest) -> HttpResponse:
    """Open leads at my desks, the most urgent first."""
    place = place_of(request)
    found = Lead.objects.filter(desk__in=place.desk_ids, closed_at__isnull=True)
    rule = request.GET.get("rule", "")
    found = found.filter(rule_id=rule) if rule else found.exclude(suggests=Lead.Suggests.PROMOTE)  # those are one list of their own
    day, _sep, key = request.GET.get("after", "").partition(".")
    if key.isdigit():
        found = found.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=int(key)))
    rows = list(found.select_related("cadre__unit", "cadre__post").order_by("due_on", "id")[: PAGE + 1])
    more = f"{rows[PAGE - 1].due_on.isoformat()}.{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    lines = [(lead, dates.due(lead.due_on, place.today)) for lead in rows[:PAGE]]
    return show(
        request,
        "leads",
        {"lines": lines, "more": more, "rule": rule, "proposed": listed(place).count(), "paths": [p for p, _ in openable(place)]},
    )


def openable(place: Place) -> Iterator[tuple[type[Path], Desk]]:
    """Paths that one of my desks can open, with that desk."""
    for path in PATHS.values():
        desk = place.sits(str(path.node_of(path.first).step.role)) if path.first else None
        if desk is not None:
            yield path, desk


def _of(place: Place, name: str, suggests: str = "") -> tuple[type[Path], Desk]:
    for path, desk in openable(place):
        if path.__name__ == name or (not name and (not suggests or suggests in path.opened_from)):
            return path, desk
    raise Http404(_("您的岗位不能启动这一程序。"))


def _situation(place: Place, path: type[Path], cadre: Cadre, desk: Desk) -> Situation:
    switches = {row["name"]: row["default"] == "on" for row in current_edition().figures["switches"]}
    case: Case = path.process_class(cadre=cadre, organ=desk.unit, flow_class=path, state=path.process_class.START, switches=switches)
    return Situation(case, place.account, place.at, {})


@login_required
@require_http_methods(["GET", "POST"])
@answered
def lead(request: HttpRequest, lead: int) -> HttpResponse:
    """One lead with its evidence, and the first form of the case that it may become."""
    place = place_of(request)
    found = (
        Lead.objects.filter(pk=lead, desk__in=place.desk_ids)
        .select_related("cadre__unit", "cadre__post__unit", "desk__unit", "case")
        .first()
    )
    if found is None:
        raise Http404(_("没有这条线索，或者您无权查看。"))
    if request.method == "GET":
        ledger.read(account=place.account, what="lead", ref=found.pk, case=None, at=place.at, desk=found.desk)
    start = {"source": _("考核触发"), "found_on": place.today, "trigger_rule": found.rule_id, "summary": found.summary}
    return _opening(request, place, found.cadre, found, start)


@login_required
@require_http_methods(["GET", "POST"])
@answered
def open_for(request: HttpRequest, cadre: int) -> HttpResponse:
    """The first form of a case that starts from a report, a motion, or a post to be filled by competition."""
    known = Cadre.objects.filter(Q(active=True) | Q(number__startswith=vacancies.PREFIX), pk=cadre)
    person = known.select_related("unit", "post__unit").first()
    if person is None:
        raise Http404(_("没有这名干部。"))
    return _opening(request, place_of(request), person, None, {})


@dataclass
class Start:
    """A case about to be opened: path, desk, cadre, the lead behind it, and the form as filled in."""

    path: type[Path]
    desk: Desk
    cadre: Cadre
    lead: Lead | None
    filling: Filling
    # A remedy opens with one of several steps, against a decision, at the organ that decides it.
    first: str = ""
    decision: Decision | None = None
    organ: Unit | None = None
    # The live entry of a candidate pool that the case is opened from; the two are linked as the case is opened.
    entry: PoolEntry | None = None

    @property
    def step(self) -> Step:
        """The first step."""
        return self.path.node_of(self.first or self.path.first).step

    def stated(self, place: Place) -> dict[str, Any]:
        """What the door is told."""
        attacks = {"first": self.first, "decision": self.decision} if self.decision else {}
        organ = self.organ or self.desk.unit
        return {"cadre": self.cadre, "organ": organ, "facts": self.filling.facts(), "by": place.account, "at": place.at, **attacks}


def from_entry(request: HttpRequest, place: Place, entry: PoolEntry) -> HttpResponse:
    """The first form of a case on the way up about somebody in a candidate pool. Whether the entry is live, the caller has asked."""
    return _opening(request, place, entry.cadre, None, {}, entry)


def _opening(
    request: HttpRequest, place: Place, cadre: Cadre, found: Lead | None, start: dict[str, Any], entry: PoolEntry | None = None
) -> HttpResponse:
    suggested = Lead.Suggests.PROMOTE if entry else found.suggests if found else ""
    path, desk = _of(place, "" if entry else request.GET.get("path", ""), suggested)
    if not cadre.unit.path.startswith(desk.unit.path):  # of another organ's people nothing is told
        raise Http404(_("没有这名干部。"))
    data = request.POST if request.method == "POST" else None
    filling = Filling(path.node_of(path.first).step, _situation(place, path, cadre, desk), data, initial=start)
    return go_through(request, place, Start(path, desk, cadre, found, filling, entry=entry))


def go_through(request: HttpRequest, place: Place, begun: Start) -> HttpResponse:
    """Form, preview, signature of a case about to be opened."""
    data, filling = (request.POST if request.method == "POST" else None), begun.filling
    if data is None or data.get("do") == "edit":
        return _form(request, place, begun)
    if not filling.valid():
        return _form(request, place, begun, status=422)
    try:
        return _open(request, place, begun) if data.get("do") == "sign" else _preview(request, place, begun)
    except Refused as refused:
        filling.refuse(refused)
        return _form(request, place, begun, status=409)
    except OperationalError:
        filling.refuse(busy())
        return _form(request, place, begun, status=503)


def _form(request: HttpRequest, place: Place, begun: Start, *, status: int = 200) -> HttpResponse:
    found = begun.lead
    context = {
        "lead": found, "cadre": begun.cadre, "filling": begun.filling, "step": begun.step, "path": begun.path, "desk": begun.desk,
        "path_title": wording.path_title(begun.path), "key": request.POST.get("key") or uuid4().hex,
        "due": dates.due(found.due_on, place.today) if found else None, "evidence": evidence(found) if found else [],
        "trigger": TRIGGERS.get(found.rule_id) if found else None,
        "certainty": wording.certainty_of(begun.step), "history": tenures.history(begun.cadre), "entry": begun.entry,
    }  # fmt: skip
    return show(request, "opening", context, status=status)


def _preview(request: HttpRequest, place: Place, begun: Start) -> HttpResponse:
    seen = conduct.preview_opening(begun.path, **begun.stated(place))
    token = proofs.keep(place.account.pk, seen.paper, seen.content, seen.template)
    context = {
        "filling": begun.filling, "step": begun.step, "seen": seen, "token": token, "key": request.POST.get("key") or uuid4().hex,
        "content": seen.content, "about": begun.cadre.name, "action": request.get_full_path(),
    }  # fmt: skip
    return show(request, "preview", context)


def _open(request: HttpRequest, place: Place, begun: Start) -> HttpResponse:
    seen, key = request.POST.get("seen_hash", ""), request.POST.get("key") or uuid4().hex
    with transaction.atomic():
        case = conduct.open(begun.path, **begun.stated(place), seen=seen, key=key, lead=begun.lead)
        if begun.entry is not None:
            caring.use(begun.entry, case, by=place.account, at=place.at)
    success(request, _("已登记，案号%(number)s，文书正在生成。") % {"number": case.number})
    return redirect("case", case=case.pk)


def evidence(found: Lead) -> list[tuple[str, str]]:
    """The rows behind a lead, as label and value."""
    rows = found.evidence if isinstance(found.evidence, list) else [found.evidence]
    words = {
        "year": "年度", "grade": "等次", "score": "得分", "satisfaction": "群众满意度", "valid_answers": "有效答卷", "rank": "名次",
        "group_size": "组内人数", "comparison_group": "比较组", "unit": "单位", "post_title": "职务", "case": "案件", "row": "文件行号",
        "batch": "导入批次", "file": "文件", "rule": "规则", "reason": "说明", "month": "月份", "colour": "颜色", "items": "项目和得分",
    }  # fmt: skip
    words |= {name: str(label) for name, label in LABELS.items() if name not in words}
    said = {"True": "是", "False": "否"}
    return [
        (words.get(str(k), str(k)), said.get(str(v), str(v)))
        for row in rows
        if isinstance(row, dict)
        for k, v in row.items()
        if v not in (None, "")
    ]


@login_required
@require_POST
@answered
def close(request: HttpRequest, lead: int) -> HttpResponse:
    """Close a lead without a case."""
    place = place_of(request)
    found = Lead.objects.filter(pk=lead, desk__in=place.desk_ids).select_related("desk__unit").first()
    if found is None:
        raise Http404
    conduct.close_lead(
        found, reason=request.POST.get("reason", ""), by=place.account, at=place.at, key=request.POST.get("key") or uuid4().hex
    )
    success(request, _("线索已处理，理由已记入登记簿。"))
    return redirect("leads")


@login_required
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Find the cadre whom a report is about."""
    place, text = place_of(request), request.GET.get("q", "").strip()[:40]
    if next(openable(place), None) is None:
        raise Http404(_("您的岗位不能启动这一程序。"))
    found: list[Cadre] = []
    units = [desk.unit.path for _path, desk in openable(place)]
    if text:
        within = Q(pk__in=[])
        for one in units:
            within |= Q(unit__path__startswith=one)
        named = Q(name__contains=text) | Q(number=text) | Q(unit__name__contains=text)
        found = list(Cadre.objects.filter(within, named, active=True).select_related("unit", "post")[:PAGE])
    chosen, _desk = _of(place, request.GET.get("path", ""))
    posts = vacancies.matching(units, text) if text and "RETURN" in chosen.opened_from else []
    context = {
        "q": text,
        "cadres": found,
        "posts": posts,
        "path_name": chosen.__name__,
        "moves": "RETURN" in chosen.opened_from,
        "path_title": wording.path_title(chosen),
        "back": reverse("leads"),
    }
    return show(request, "choose", context)


@login_required
@require_POST
@answered
def open_for_post(request: HttpRequest, post: int) -> HttpResponse:
    """The first form of a case about a post whose holder a competition will find."""
    place = place_of(request)
    path, desk = _of(place, request.GET.get("path", ""))
    found = Post.objects.filter(pk=post, unit__path__startswith=desk.unit.path).select_related("unit").first()
    if found is None:
        raise Http404(_("没有这个职位。"))
    return redirect(f"{reverse('open_for', args=[vacancies.of(found).pk])}?path={path.__name__}")
