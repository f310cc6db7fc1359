"""Campaigns: planned, started, watched by counts alone, reminded of, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import assessing
from workflow_app.assessment.campaigns import closing, links, paper, planning, spot
from workflow_app.assessment.sheets import BadSheet
from workflow_app.clock import TZ
from workflow_app.models import Cadre, Campaign, Scheme, SchemeVersion, Subject, Unit
from workflow_app.pages import wording
from workflow_app.pages.assessment.libraries import as_file, sent_file
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused

SHOWN = 300  # rated persons on the page


def campaign_of(place: Place, key: int) -> Campaign:
    """A campaign of the person's own office. Raises Http404."""
    found = Campaign.objects.filter(pk=key, organ=office_of(place).unit).select_related("version__scheme", "organ").first()
    if found is None:
        raise Http404(_("没有这次测评。"))
    return found


def moment(text: str, field: str) -> datetime:
    """A typed local moment. Raises Refused."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=TZ)
    except ValueError as wrong:
        raise Refused(_("时间不对。"), way_out=_("填写日期和时间。"), rule=planning.RULE, field=field) from wrong


@login_required
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Begin a campaign under a published version."""
    place, refused = place_of(request), None
    organ = office_of(place).unit
    if request.method == "POST":
        try:
            return redirect("campaign", campaign=_begin(request.POST, place, organ).pk)
        except Refused as no:
            refused = no
    versions = (
        SchemeVersion.objects.filter(scheme__organ=organ, published_at__isnull=False).select_related("scheme").order_by("-published_at")
    )
    context = {"versions": versions, "kinds": wording.labels(Campaign.Kind.choices), "typed": request.POST, "year": place.today.year}
    return show(request, "assessment/new_campaign", {**context, **said(refused)}, status=422 if refused else 200)


def _begin(typed: QueryDict, place: Place, organ: Unit) -> Campaign:
    year, kind = typed.get("year", ""), typed.get("kind", "")
    if not year.isdigit() or not 2000 <= int(year) <= 2100 or kind not in Campaign.Kind.values:
        raise Refused(_("年度或方式不对。"), way_out=_("填写四位年度，选择方式。"), rule=planning.RULE, field="year")
    version = SchemeVersion.objects.filter(pk=typed.get("version") or 0, scheme__organ=organ).first()
    closes_at = moment(typed.get("closes_at", ""), "closes_at")
    frame = planning.Frame(typed.get("name", "")[:80], int(year), typed.get("period", "").strip()[:12] or _("年度"), closes_at, kind)
    return planning.plan(organ, version, frame, by=place.account, at=place.at)


@login_required
@require_http_methods(["GET", "POST"])
def campaign(request: HttpRequest, campaign: int) -> HttpResponse:
    """One campaign: who is rated, how far each group has come, and what can be done now."""
    place, refused, tokens = place_of(request), None, list[str]()
    found = campaign_of(place, campaign)
    if request.method == "POST":
        try:
            words, tokens = _act(request, place, found)
            if not tokens:
                success(request, words)
                return redirect("campaign", campaign=found.pk)
        except (Refused, BadSheet) as no:
            refused = no
    if tokens:  # shown once, kept nowhere
        return show(
            request, "assessment/links", {"campaign": found, "links": [request.build_absolute_uri(f"/rate/{one}/") for one in tokens]}
        )
    return show(
        request, "assessment/campaign", {**_context(place, found), "typed": request.POST, **said(refused)}, status=422 if refused else 200
    )


def _act(request: HttpRequest, place: Place, found: Campaign) -> tuple[str, list[str]]:
    """Do what was asked: what it did in words, and the links it made. Raises Refused or BadSheet."""
    do, typed = request.POST.get("do", ""), request.POST
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if do == "subjects":
        return _("已列入%(n)s名被考核人。") % {"n": planning.add_subjects(found, _people(typed, found))}, []
    if do == "units":
        count = planning.add_units(found, _units(typed, found), typed.get("region", "")[:20])
        return _("已列入%(n)s个被考核单位。") % {"n": count}, []
    if do == "propose":
        return _("已按单位和职务生成%(n)s条评价关系。") % {"n": planning.propose(found)}, []
    if do == "plan":
        name, data = sent_file(request)
        return _("已导入%(n)s条评价关系。") % {"n": planning.take_in(found, name, data)}, []
    if do == "ratings":
        name, data = sent_file(request)
        return _("已导入%(n)s份评价。") % {"n": assessing.take_in_ratings(found, name, data, **words)}, []
    if do == "start":
        assessing.start(found, **words, short=typed.get("short", ""))
        return _("测评已经启动，已通知受邀的评价人。"), []
    if do == "remind":
        return _("已提醒%(n)s名还没有领取链接的评价人。") % {"n": assessing.remind(found, **words)}, []
    if do == "close":
        assessing.close(found.pk, why=typed.get("why", ""), **words)
        return _("测评已经结束，评价已经打乱顺序计入；得分由处理进程按比较组逐组计算。"), []
    return "", _links(typed, place, found, words)


def _links(typed: QueryDict, place: Place, found: Campaign, words: dict[str, Any]) -> list[str]:
    subject = (
        Subject.objects.filter(campaign=found, pk=typed.get("subject") or 0).select_related("campaign__version", "campaign__organ").first()
    )
    if subject is None:
        raise Refused(_("没有选择被考核人。"), way_out=_("在名单中选择。"), rule=planning.RULE, field="subject")
    if typed.get("do") == "event":
        happened = moment(typed.get("happened_at", ""), "happened_at")
        return [links.after_service(subject, typed.get("matter", ""), happened_at=happened, **words)]
    count = typed.get("count", "")
    return assessing.issue_links(subject, typed.get("group", ""), int(count) if count.isdigit() and len(count) < 5 else 0, **words)


def _people(typed: QueryDict, found: Campaign) -> list[Cadre]:
    """The cadres of typed numbers, all of them below the organ. Raises Refused naming those that are not."""
    numbers = list(dict.fromkeys(typed.get("numbers", "").replace("，", " ").replace(",", " ").split()))
    within = Cadre.objects.filter(unit__path__startswith=found.organ.path, active=True, number__in=numbers)
    known = {one.number: one for one in within.select_related("unit__parent", "post")}
    missing = [one for one in numbers if one not in known]
    if missing or not numbers:
        raise Refused(
            _("名册中没有这些编号：%(n)s。") % {"n": "、".join(missing[:10])} if numbers else _("没有填写干部编号。"),
            way_out=_("填写本机关管理的在职干部编号，用空格或者换行隔开。"), rule=planning.RULE, field="numbers",
        )  # fmt: skip
    return list(known.values())


def _units(typed: QueryDict, found: Campaign) -> list[Unit]:
    """The units of typed codes, all of them below the organ. Raises Refused naming those that are not."""
    codes = list(dict.fromkeys(typed.get("numbers", "").replace("，", " ").replace(",", " ").split()))
    below = Unit.objects.filter(path__startswith=found.organ.path, code__in=codes).exclude(pk=found.organ_id)
    known = {one.code: one for one in below.select_related("parent")}
    missing = [one for one in codes if one not in known]
    if missing or not codes:
        raise Refused(
            _("本机关管理的单位中没有这些编号：%(n)s。") % {"n": "、".join(missing[:10])} if codes else _("没有填写单位编号。"),
            way_out=_("填写本机关下属单位的编号，用空格或者换行隔开。"), rule=planning.RULE, field="numbers",
        )  # fmt: skip
    return [known[one] for one in codes]


def _context(place: Place, found: Campaign) -> dict[str, Any]:
    subjects = list(
        found.subjects.select_related("cadre", "unit", "feedback").annotate(
            raters=Count("invitations", distinct=True), services=Count("events", distinct=True)
        )[:SHOWN]
    )
    groups = [one for one in found.version.groups.all() if not one.named] if found.version else []
    return {
        "campaign": found, "units": found.of_units, "subjects": subjects, "spot": found.kind == Campaign.Kind.SPOT, "results": spot.results(found) if found.kind == Campaign.Kind.SPOT and found.closed_at else [], "parts": closing.progress(found),
        "wrong": planning.faults(found) if found.opened_at is None else [], "groups": groups, "over": place.at >= found.closes_at,
        "grades": found.closed_at is not None and found.version is not None and found.version.scheme.kind == Scheme.Kind.ANNUAL,
        "far": assessing.computing_of(found), "forms": paper.waiting(found), "reminders": found.reminders.order_by("-id")[:5], "waiting": len(planning.waiting(found)) if found.is_open else 0,
    }  # fmt: skip


@login_required
@require_GET
def plan_file(request: HttpRequest, campaign: int) -> HttpResponse:
    """Who rates whom, as XLSX; of 随时评, which has no plan, the empty sheet of ratings."""
    place = place_of(request)
    found = campaign_of(place, campaign)
    if found.kind == Campaign.Kind.SPOT:
        return as_file(spot.form(), f"ratings-{found.pk}.xlsx")
    return as_file(planning.written(found), f"plan-{found.pk}.xlsx")
