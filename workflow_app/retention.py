"""What is kept how long, and what happens at the end: payloads are emptied, the record still verifies.

The periods are data (`flows/law/retention.csv`); a class without years is kept for ever. Nothing is erased by a timer: two
people order it, the owner of the tables carries it out, and the unit's journal tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from workflow_app import clock, ledger
from workflow_app.models import Account, Case, Document, Erasure, Office, Rendering
from workflow_app.steps import Refused

RULE = "保管期限"


@dataclass(frozen=True)
class Keeping:
    """One class of cases. `paper`: only cases with such a paper; `years` 0: kept for ever."""

    name: str
    title: str
    path: str
    paper: str
    years: int
    certainty: str
    source: str


@dataclass(frozen=True)
class Kept:
    """A closed case, its class, and the first day on which it may be erased (None: never)."""

    case: Case
    keeping: Keeping
    ends_on: date | None


_classes: list[Callable[[], Iterable[dict[str, str]]]] = []


def register(rows: Callable[[], Iterable[dict[str, str]]]) -> None:
    """Name the reader of the classes; called once by the procedure."""
    _classes[:] = [rows]


def classes() -> list[Keeping]:
    """All classes, in the order in which they are tried."""
    return [
        Keeping(row["class"], row["title"], row["path"], row["paper"], int(row["years"]), row["certainty"], row["source"])
        for row in _classes[0]()
    ]


def keeping_of(case: Case) -> Kept:
    """The class of a case. Raises Refused when no class fits: then nothing may be erased."""
    codes = set(Document.objects.filter(case=case).values_list("code", flat=True))
    for one in classes():
        if one.path == case.flow_class.__name__ and (not one.paper or one.paper in codes):
            return Kept(case, one, _end(case, one))
    raise Refused("这类案件没有规定保管期限。", way_out="先在 retention.csv 中写明类别。", rule=RULE)


def _end(case: Case, keeping: Keeping) -> date | None:
    """Years are counted from the year after the case was closed, as archives count."""
    if not keeping.years or case.finished is None:
        return None
    return date(case.finished.astimezone(clock.TZ).year + 1 + keeping.years, 1, 1)


def due(on: date) -> list[Kept]:
    """Closed cases whose retention has ended, oldest first; those already erased left out."""
    found = [keeping_of(case) for case in Case.objects.filter(finished__isnull=False, erasure__isnull=True).order_by("finished")]
    return [one for one in found if one.ends_on is not None and one.ends_on <= on]


@transaction.atomic
def erase(case: Case, *, ordered_by: Account, confirmed_by: Account, at: datetime) -> int:
    """Empty the payloads of a case whose retention has ended; returns how many. Runs as the owner of the tables.

    Raises Refused: too early, one person alone, somebody without the office, a case that hangs on this one still kept.
    """
    kept = keeping_of(case)
    if kept.ends_on is None or kept.ends_on > at.astimezone(clock.TZ).date():
        until = f"{kept.ends_on}以前" if kept.ends_on else "永久保存，"
        raise Refused(f"《{kept.keeping.title}》{until}不得销毁。", way_out="保管期满后再办理。", rule=RULE)
    offices = {ordered_by.office, confirmed_by.office}
    if ordered_by.pk == confirmed_by.pk or offices != {Office.SYSTEM, Office.AUDIT}:
        raise Refused("销毁由系统管理员提出、审计管理员复核。", way_out="由两名管理员分别办理。", rule="三员分立")
    if case.linked.filter(erasure__isnull=True).exists():
        raise Refused("有关联案件仍在保管期内。", way_out="与关联案件一并期满后办理。", rule=RULE)
    Erasure.objects.create(
        case=case, chain=f"C{case.pk}", retention=kept.keeping.name, ended_on=kept.ends_on, ordered_by=ordered_by,
        confirmed_by=confirmed_by, at=at,
    )  # fmt: skip
    emptied = _empty(case)
    told = {"erasure": {"case": case.number, "class": kept.keeping.name, "by": [ordered_by.pk, confirmed_by.pk], "payloads": emptied}}
    ledger.journal(case.organ, ledger.Entry(kind="ERASE", at=at, actor=ordered_by, outcome="erased", parts=told))
    return emptied


def _empty(case: Case) -> int:
    chain, documents = f"C{case.pk}", Document.objects.filter(case=case)
    papers = list(Rendering.objects.filter(document__in=documents).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workflow_app_recordpart SET value = '' WHERE chain = %s AND value <> ''", [chain])
        count = int(cursor.rowcount)
        cursor.execute("UPDATE workflow_app_document SET content = '{}' WHERE case_id = %s", [case.pk])
        count += int(cursor.rowcount)
        for pk in papers:
            cursor.execute("UPDATE workflow_app_rendering SET pdf = %s WHERE document_id = %s", [b"", pk])
    return count + len(papers)
