"""One timeline of a case: acts and other records, papers, reads, and periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from workflow_app.hands import midnight
from workflow_app.models import Case, Deadline, Document, Read, Record
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
    found = [_record(case, record, by_record) for record in records if record.kind != "PAPER"]
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


def _record(case: Case, record: Record, papers: Mapping[int, Document]) -> Moment:
    step = wording.step_of(case, record.step) if record.step else None
    title = str(step.title) if step else record.step
    desk = record.desk.name if record.desk else ""
    who = "·".join(part for part in (record.actor.display_name if record.actor else _("系统（期限届满）"), desk) if part)
    if record.kind != "ACT":
        return Moment(record.at, "note", wording.act_of(record.kind, title), who, seq=record.seq, hash=record.hash)
    moved = "" if record.state_from == record.state_to else wording.state_of(case, record.state_to)
    outcome = wording.outcome_of(step, record.outcome)
    detail = "；".join(part for part in (outcome, _("案件进入“%(state)s”") % {"state": moved} if moved else "") if part)
    no = step.no if step else ""
    return Moment(record.at, "act", f"{no} {title}".strip(), who, detail, papers.get(record.seq), seq=record.seq, hash=record.hash)


def _read(case: Case, read: Read, papers: Mapping[int, Document]) -> Moment:
    named = {paper.pk: str(paper.title) for paper in papers.values()}
    what: dict[str, Any] = {"case": _("案件页"), "item": wording.title_of(case, read.step), "paper": f"《{named.get(read.ref, _('文书'))}》"}
    who = "·".join(part for part in (read.account.display_name, read.desk.name if read.desk else "") if part)
    return Moment(read.at, "read", _("查阅%(what)s") % {"what": what.get(read.what, read.what)}, who)


def _period(case: Case, one: Deadline) -> Moment:
    title = wording.title_of(case, one.item.step) if one.item else one.rule_id
    ended = _("已办结") if one.closed_at else _("已届满") if one.fired_at else _("进行中")
    detail = _("届满日%(day)s%(mark)s，%(ended)s") % {"day": one.last_day, "mark": _("（暂定）") if one.provisional else "", "ended": ended}
    return Moment(midnight(one.starts_on), "period", _("期限起算：%(title)s") % {"title": title}, "", detail, why=dates.why(one.explanation))
