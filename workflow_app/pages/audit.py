"""Audit: who did and who read what, by case, person, desk and time; findings; export.

An auditor sees the cases of the own unit and those below; the audit administrator sees what administrators did.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import clock, ledger
from workflow_app.hands import midnight
from workflow_app.models import Case, Office, Read, Record
from workflow_app.pages import wording
from workflow_app.pages.frame import AUDITOR, Place, place_of, show

PAGE, MOST = 60, 10_000
MANY = 30  # cases that one person opened on one day (P): worth a look, proves nothing
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """One row of the audit."""

    at: datetime
    who: str
    desk: str
    case: Case | None
    what: str
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """What is looked for."""

    kind: str
    case: str
    who: str
    since: date | None
    until: date | None

    @classmethod
    def of(cls, get: QueryDict) -> Asked:
        """From the address; what is no date is left out."""
        kind = "reads" if get.get("kind") == "reads" else "acts"
        return cls(kind, get.get("case", "").strip(), get.get("who", "").strip(), _day(get.get("since", "")), _day(get.get("until", "")))

    def narrow(self, rows: Any, person: str) -> Any:
        """Rows within; `person` names the column of who did it."""
        if self.case:
            rows = rows.filter(case__number__contains=self.case)
        if self.who:
            rows = rows.filter(Q(**{f"{person}__username": self.who}) | Q(**{f"{person}__cadre__name__contains": self.who}))
        if self.since:
            rows = rows.filter(at__gte=midnight(self.since))
        if self.until:
            rows = rows.filter(at__lt=midnight(self.until + timedelta(days=1)))
        return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _scope(place: Place) -> tuple[Any, Any]:
    """Records and reads that this person may audit. Raises Http404 for everybody else."""
    if place.account.office == Office.AUDIT:
        return Record.objects.filter(case__isnull=True), Read.objects.none()
    if place.sits(AUDITOR) is None:
        raise Http404
    cases = place.cases().exclude(cadre=place.account.cadre_id or 0)
    return Record.objects.filter(case__in=cases), Read.objects.filter(case__in=cases)


def _found(place: Place, asked: Asked) -> Any:
    records, reads = _scope(place)
    if asked.kind == "reads":
        return asked.narrow(reads, "account").select_related("account__cadre", "desk", "case").order_by("-pk")
    return asked.narrow(records, "actor").select_related("actor__cadre", "desk", "case").order_by("-pk")


def _lines(rows: Iterable[Any]) -> list[Line]:
    return [_reading(row) if isinstance(row, Read) else _act(row) for row in rows]


def _act(row: Record) -> Line:
    title = wording.title_of(row.case, row.step) if row.case and row.step else ""
    what = wording.act_of(row.kind, title) if row.kind != "ACT" else _("办理%(step)s") % {"step": title}
    who = row.actor.display_name if row.actor else _("系统（期限届满）")
    return Line(row.at, who, row.desk.name if row.desk else "", row.case, what)


READING = {
    "case": "案件页",
    "item": "办理页",
    "paper": "文书",
    "bundle": "案卷包（下载）",
    "hit": "检索结果",
    "proof": "核验凭证（下载）",
    "audit": "审计导出",
    "warning": "岗位预警",
    "score": "考核得分",
    "figures": "统计",
    "figures_file": "统计（下载）",
    "roster": "名册（导入检查）",
    "pool": "人选库",
    "care": "帮扶和重新使用",
    "class": "培训班次",
    "class_file": "培训班次（下载）",
    "training": "个人培训记录",
    "talks": "谈心谈话",
    "training_hours": "培训学时",
}


def _reading(row: Read) -> Line:
    step = wording.title_of(row.case, row.step) if row.case and row.step else ""
    what = _("查阅%(what)s") % {"what": READING.get(row.what, row.what) + (f"（{step}）" if step else "")}
    return Line(row.at, row.account.display_name, row.desk.name if row.desk else "", row.case, what, row.reason or "")


def findings(place: Place) -> list[str]:
    """What is worth a look in the last thirty days. It accuses nobody."""
    _records, reads = _scope(place)
    recent = reads.filter(at__gte=place.at - timedelta(days=30))
    busy = recent.annotate(day=TruncDate("at", tzinfo=clock.TZ)).values("account__username", "account__cadre__name", "day")
    busy = busy.annotate(cases=Count("case", distinct=True)).filter(cases__gte=MANY).order_by("-cases")[:20]
    found = [
        _("%(who)s于%(day)s查阅了%(n)s个案件") % {"who": one["account__cadre__name"] or one["account__username"], "day": one["day"], "n": one["cases"]}
        for one in busy
    ]  # fmt: skip
    outside = recent.filter(reason__isnull=False).count()
    return [*found, _("凭监督职责查阅%(n)s次，均写有事由") % {"n": outside}] if outside else found


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """The page: newest first, sixty a page."""
    place, asked = place_of(request), Asked.of(request.GET)
    rows = _found(place, asked)
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows[: PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    return show(request, "audit", {
        "asked": asked, "lines": _lines(shown[:PAGE]), "more": shown[PAGE - 1].pk if len(shown) > PAGE else None, "query": query.urlencode(),
        "findings": findings(place) if place.account.office != Office.AUDIT else [], "later": bool(before), "most": MOST,
    })  # fmt: skip


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


@login_required
@require_GET
def audit_csv(request: HttpRequest) -> HttpResponse:
    """What the page shows, as a table; the export is a reading itself."""
    place, asked = place_of(request), Asked.of(request.GET)
    lines = _lines(_found(place, asked)[:MOST])
    ledger.read(account=place.account, what="audit", ref=len(lines), case=None, at=place.at, reason=request.GET.urlencode())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"审计记录{place.today}.csv") or "attachment"
    response.write("\ufeff")  # spreadsheets take it for GBK otherwise
    table = csv.writer(response)
    table.writerow([_("时间"), _("人员"), _("岗位"), _("案号"), _("内容"), _("事由")])
    for one in lines:
        number = one.case.number if one.case else ""
        table.writerow([safe(cell) for cell in (one.at.astimezone(clock.TZ).isoformat(), one.who, one.desk, number, one.what, one.why)])
    return response
