"""One timeline of a case: acts and other records, papers, reads, and periods."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from workflow_app.hands import midnight
from workflow_app.models import Case, Deadline, Document, Read, Record, RecordPart
from workflow_app.pages import dates, wording

READS = 60
SAME = timedelta(minutes=10)


@dataclass(frozen=True)
class Moment:
    """One entry."""

    at: datetime
    kind: str  # act, note, read or period
    title: str
    who: str = ""
    detail: str = ""
    paper: Document | None = None
    why: list[str] = field(default_factory=list)
    seq: int = 0
    hash: str = ""


def papers_of(case: Case, *, subject: bool = False) -> list[Document]:
    """Papers of a case, newest first; the person concerned sees those that are meant for them."""
    found = Document.objects.filter(case=case).defer("content").order_by("-id")
    return list(found.filter(open_to_subject=True) if subject else found)


def timeline(case: Case, papers: Iterable[Document]) -> list[Moment]:
    """Everything, newest first."""
    by_record = {paper.record_seq: paper for paper in papers}
    records = Record.objects.filter(case=case).select_related("actor__cadre", "desk").order_by("seq")
    stood = _stood_in(case)
    found = [_record(case, record, by_record, stood.get(record.seq, "")) for record in records if record.kind != "PAPER"]
    reads = Read.objects.filter(case=case).select_related("account__cadre", "desk").order_by("-at")[:READS]
    found += [_read(case, read, by_record) for read in _once(reads)]
    found += [_period(case, one) for one in Deadline.objects.filter(case=case).select_related("item")]
    return sorted(found, key=lambda moment: (moment.at, moment.seq), reverse=True)


def _once(reads: Iterable[Read]) -> list[Read]:
    """A page and the PDF in it are one reading to the eye; the table keeps both."""
    shown: dict[tuple[int, str, int], datetime] = {}
    kept = []
    for read in reads:  # newest first
        key = (read.account_id, read.what, read.ref)
        if key not in shown or shown[key] - read.at > SAME:
            kept.append(read)
        shown[key] = read.at
    return kept


def _stood_in(case: Case) -> dict[int, str]:
    """For whom somebody stood in: record number -> name."""
    parts = RecordPart.objects.filter(chain=f"C{case.pk}", name__in=("actor", "for", "signed"), value__contains='"for')
    found = {}
    for part in parts:
        told = json.loads(part.value)
        last = told[-1] if isinstance(told, list) else told
        found[part.seq] = str(last.get("for") or last.get("name") or "") if isinstance(last, dict) else ""
    found |= {part.seq: json.loads(part.value)["name"] for part in RecordPart.objects.filter(chain=f"C{case.pk}", name="for")}
    return found


def _record(case: Case, record: Record, papers: Mapping[int, Document], stood_for: str) -> Moment:
    step = wording.step_of(case, record.step) if record.step else None
    title = wording.said(step.title) if step else record.step
    desk = record.desk.name if record.desk else ""
    nobody = _("公示期间的反映人") if record.kind == "REPORT" else _("系统（期限届满）")
    name = record.actor.display_name if record.actor else nobody
    told = _("%(name)s（代%(other)s）") % {"name": name, "other": stood_for} if stood_for else name
    who = "·".join(part for part in (told, desk) if part)
    if record.kind != "ACT":
        return Moment(record.at, "note", wording.act_of(record.kind, title), who, seq=record.seq, hash=record.hash)
    moved = "" if record.state_from == record.state_to else wording.state_of(case, record.state_to)
    outcome = wording.outcome_of(step, record.outcome)
    detail = "；".join(part for part in (outcome, _("案件进入“%(state)s”") % {"state": moved} if moved else "") if part)
    no = step.no if step else ""
    return Moment(record.at, "act", f"{no} {title}".strip(), who, detail, papers.get(record.seq), seq=record.seq, hash=record.hash)


def _read(case: Case, read: Read, papers: Mapping[int, Document]) -> Moment:
    named = {paper.pk: str(paper.title) for paper in papers.values()}
    what: dict[str, Any] = {
        "case": _("案件页"),
        "item": wording.title_of(case, read.step),
        "paper": f"《{named.get(read.ref, _('文书'))}》",
        "bundle": _("（下载）案卷包"),
        "hit": _("检索结果"),
        "proof": _("（下载）核验凭证"),
        "file": _("案卷"),
        "readers": _("查阅登记"),
        "authority": _("授权委托书"),
    }
    who = "·".join(part for part in (read.account.display_name, read.desk.name if read.desk else "") if part)
    return Moment(read.at, "read", _("查阅%(what)s") % {"what": what.get(read.what, read.what)}, who)


def _period(case: Case, one: Deadline) -> Moment:
    title = wording.title_of(case, one.item.step) if one.item else wording.period_of(case, one.rule_id)
    ended = _("已办结") if one.closed_at else _("已届满") if one.fired_at else _("进行中")
    detail = _("届满日%(day)s%(mark)s，%(ended)s") % {"day": one.last_day, "mark": _("（暂定）") if one.provisional else "", "ended": ended}
    return Moment(
        midnight(one.starts_on), "period", _("期限起算：%(title)s") % {"title": title}, "", detail, why=dates.why(one.explanation)
    )
