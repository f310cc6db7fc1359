"""My file: what the person may see of it, in the order in which it matters; what is withheld, and why. And who has read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.clock import TZ
from workflow_app.models import Case, Document, Read, Record, Representation, Seat
from workflow_app.pages import wording
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.portal import persons

READS = 400


def withheld(case: Case) -> dict[str, list[str]]:
    """Reason -> kinds of papers that the person does not get. Neither how many nor when: that could tell who spoke."""
    found: dict[str, list[str]] = {}
    for name, title in Document.objects.filter(case=case, open_to_subject=False).order_by("id").values_list("step", "title"):
        step = wording.step_of(case, name)
        if step is not None and step.withheld and title not in found.setdefault(str(step.withheld), []):
            found[str(step.withheld)].append(title)
    return found


@login_required
@require_GET
def dossier(request: HttpRequest, case: int) -> HttpResponse:
    """The cadre's edition of the file."""
    place = place_of(request)
    found = persons.one_of_mine(place, case)
    ledger.read(account=place.account, what="file", ref=found.case.pk, case=found.case, at=place.at)
    groups: dict[str, list[Document]] = {}
    for paper in reversed(persons.papers_for(found.case)):
        step = wording.step_of(found.case, paper.step)
        groups.setdefault(wording.said(step.shelf) if step and step.shelf else _("其他文书"), []).append(paper)
    context = {"mine": found, "case": found.case, "groups": groups.items(), "withheld": withheld(found.case).items(), "simple": True}
    return show(request, "portal/file", context)


@dataclass(frozen=True)
class Opened:
    """One entry of the readers' register: when, which office, what, and where the case stood."""

    at: datetime
    office: str
    what: str
    stage: str
    own: bool


@login_required
@require_GET
def readers(request: HttpRequest, case: int) -> HttpResponse:
    """Which office opened my file, when, and at which step. Offices, not persons: the record keeps the names."""
    place = place_of(request)
    found = persons.one_of_mine(place, case)
    ledger.read(account=place.account, what="readers", ref=found.case.pk, case=found.case, at=place.at)
    return show(request, "portal/readers", {
        "mine": found, "case": found.case, "rows": register(found.case), "limit": READS, "simple": True,
    })  # fmt: skip


def register(case: Case) -> list[Opened]:
    """The readers' register, newest first; what one office opened again and again on a day at one stage is one line."""
    rows = Read.objects.filter(case=case).select_related("account__cadre", "desk").order_by("-at", "-id")[:READS]
    stages = _stages(case)
    titles = dict(Document.objects.filter(case=case, open_to_subject=True).values_list("pk", "title"))
    offices = _offices(row for row in rows if row.desk is None) | _deputies(case)
    found: dict[tuple[object, ...], Opened] = {}
    for row in rows:
        own = row.account.cadre_id == case.cadre_id
        office = _("我本人") if own else row.desk.name if row.desk else offices.get(row.account_id, _("有关人员"))
        what = _what(case, row, titles)
        stage = next((told for since, told in stages if since <= row.at), _("立案前"))
        found.setdefault((row.at.astimezone(TZ).date(), office, what, stage), Opened(row.at, office, what, stage, own))
    return list(found.values())


def _deputies(case: Case) -> dict[int, str]:
    """Those who act, or acted, for the person: the one whose file it is knows them by name."""
    stands = Representation.objects.filter(principal=case.cadre_id).values_list("account_id", "name")
    return {account: str(_("代为办理人%(name)s") % {"name": name}) for account, name in stands}


def _what(case: Case, row: Read, titles: dict[int, str]) -> str:
    if row.what == "paper":
        return f"《{titles[row.ref]}》" if row.ref in titles else _("一份内部文书")
    if row.what == "item":
        return _("办理“%(step)s”") % {"step": wording.title_of(case, row.step)}
    return {
        "case": _("案件情况"),
        "file": _("案卷"),
        "bundle": _("下载案卷"),
        "hit": _("检索结果"),
        "proof": _("下载核验凭证"),
        "readers": _("查阅登记"),
        "receipt": _("回执"),
    }.get(row.what, _("案卷材料"))


def _stages(case: Case) -> list[tuple[datetime, str]]:
    """When each stage began, newest first, in the words that the person reads elsewhere."""
    rows = Record.objects.filter(case=case, kind="ACT").order_by("-seq").values_list("at", "state_to")
    return [(at, wording.told_of(case, state).title) for at, state in rows]


def _offices(rows: Iterable[Read]) -> dict[int, str]:
    """The first desk at which somebody sat who opened the file otherwise than for an item at a desk."""
    who = {row.account_id: row.at.astimezone(TZ).date() for row in rows}
    seats = Seat.objects.filter(account__in=who).exclude(desk__role="subject").select_related("desk").order_by("desk_id")
    found: dict[int, str] = {}
    for seat in seats.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=min(who.values(), default=date.max))):
        if seat.valid_from <= who[seat.account_id]:
            found.setdefault(seat.account_id, seat.desk.name)
    return found
