"""Figures and established matters as a workbook, both ways: all of it or nothing, and every fault with sheet, row, column and what is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import IO

from django.db import transaction
from openpyxl import Workbook

from workflow_app.assessment.measuring import facts, figures
from workflow_app.assessment.schemes.reading import key_of
from workflow_app.assessment.sheets import BadSheet, Fault, Reader, open_book, readers_of
from workflow_app.models import Account, Campaign, Established, Measured, SchemeIndicator, Subject

FIGURES, FACTS = "定量得分", "认定事项"
FIGURE_COLUMNS = ("被考核人编号", "被考核人", "指标编号", "指标", "得分", "满分", "依据文件", "更正理由")
FACT_COLUMNS = ("被考核人编号", "被考核人", "种类", "数值", "指标编号", "事实", "认定机关", "依据文件", "认定日期")
KINDS = {str(label): value for value, label in Established.Kind.choices}
PLACES = {
    "value": "得分", "scale": "满分", "source": "依据文件", "reason": "更正理由", "kind": "种类", "amount": "数值", "indicator": "指标编号",
    "why": "事实", "organ": "认定机关", "document": "依据文件", "established_on": "认定日期",
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What came in; what says the same as before is not counted."""

    figures: list[Measured]
    facts: list[Established]

    @property
    def subjects(self) -> set[int]:
        """Whom it is about."""
        return {one.subject_id for one in self.figures} | {one.subject_id for one in self.facts}


def written(campaign: Campaign) -> bytes:
    """A line for every figure that is due, with what is known of it, and the matters that stand; reading it in again changes nothing."""
    book, known = Workbook(write_only=True), figures.newest(campaign)
    sheet = book.create_sheet(FIGURES)
    sheet.append(list(FIGURE_COLUMNS))
    rows = figures.indicators_of(campaign)
    for subject in campaign.subjects.select_related("cadre", "unit"):
        for row in rows:
            one = known.get((subject.pk, row.pk))
            said = [one.value, one.scale, one.source] if one else ["", 100, ""]
            sheet.append([subject.number, subject.name, key_of(row), row.indicator.name, *said, ""])
    sheet = book.create_sheet(FACTS)
    sheet.append(list(FACT_COLUMNS))
    for fact in facts.of(campaign):
        if not hasattr(fact, "taken_back"):
            code = key_of(fact.indicator) if fact.indicator else ""
            day = fact.established_on.isoformat() if fact.established_on else ""
            who = [fact.subject.number, fact.subject.name]
            sheet.append([*who, str(fact.get_kind_display()), fact.amount, code, fact.why, fact.organ, fact.document, day])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@transaction.atomic
def take_in(campaign: Campaign, name: str, source: IO[bytes], today: date, *, by: Account, at: datetime) -> Taken:
    """Take figures and matters in. Raises BadSheet with every fault; then nothing is kept."""
    book, wrong = open_book(name, source), list[Fault]()
    place = _Place(campaign, today, by)
    measured = [found for line in readers_of(book, FIGURES, FIGURE_COLUMNS, wrong) if (found := place.figure(line))]
    established = [fact for line in readers_of(book, FACTS, FACT_COLUMNS, wrong) if (fact := place.fact(line))]
    book.close()
    if wrong:
        raise BadSheet(wrong)
    fresh = [one for one in established if not facts.known(one)]
    return Taken(figures.keep(measured, place.known, by=by, at=at), facts.keep(fresh, by=by, at=at))


class _Place:
    """What the lines of a workbook are read against."""

    def __init__(self, campaign: Campaign, today: date, by: Account) -> None:
        self.campaign, self.today, self.by = campaign, today, by
        self.subjects = {one.number: one for one in campaign.subjects.select_related("cadre", "unit", "campaign")}
        self.indicators = {key_of(one): one for one in figures.indicators_of(campaign)}
        self.all = {key_of(one): one for one in campaign.version.indicators.all()} if campaign.version else {}
        self.known, self.fixed = figures.newest(campaign), figures.signed(campaign)
        self.seen: set[tuple[object, ...]] = set()

    def subject(self, line: Reader) -> Subject | None:
        """Whom the line is about."""
        found = self.subjects.get(str(line.cells["被考核人编号"] or "").strip())
        if found is None:
            line.fault("被考核人编号", "本次测评被考核人的编号")
            return None
        if line.cells["被考核人"] not in (None, "", found.name):
            line.fault("被考核人", f"名册中的名称“{found.name}”")
        return found

    def _open(self, line: Reader, subject: Subject) -> None:
        """Lists that are signed stand, and nobody enters their own: a line that would change something is a fault."""
        hindered = figures.hindrance(subject, self.fixed, self.by)
        if hindered:
            line.fault("被考核人编号", f"可以登记的被考核人（{hindered}）")

    def figure(self, line: Reader) -> figures.Figure | None:
        """A figure; a prepared line without points is not measured yet and passed over."""
        if line.cells["得分"] in (None, ""):
            return None
        subject, indicator = self.subject(line), self.indicators.get(str(line.cells["指标编号"] or "").strip())
        value, scale, source = line.amount("得分"), line.amount("满分"), line.text("依据文件", 200)
        if indicator is None:
            line.fault("指标编号", "方案中的定量指标：" + ("、".join(self.indicators) or "没有"))
        if scale is None and line.cells["满分"] in (None, ""):
            line.fault("满分", "大于0、不超过100的满分")
        if not line.good or subject is None or indicator is None or value is None or scale is None:
            return None
        one = figures.Figure(subject, indicator, value, scale, source, str(line.cells["更正理由"] or "").strip()[:200])
        before = self.known.get((subject.pk, indicator.pk))
        if figures.changes(one, before):
            self._open(line, subject)
        self._once(line, "指标编号", (subject.pk, indicator.pk))
        _tell(line, figures.faults(one, before))
        return one

    def fact(self, line: Reader) -> facts.Fact | None:
        """An established matter."""
        assert self.campaign.version is not None
        subject, kind, amount = self.subject(line), line.one_of("种类", KINDS), line.amount("数值")
        indicator, day = self._falsified(line, kind), line.day("认定日期")
        why, organ, document = line.text("事实", 300), line.text("认定机关", 80), line.text("依据文件", 120)
        if not line.good or subject is None:
            return None
        one = facts.Fact(subject, kind, amount, indicator, why, organ, document, day)
        if not facts.known(one):
            self._open(line, subject)
        self._once(line, "依据文件", (subject.pk, kind, amount, indicator, document))
        _tell(line, facts.faults(one, self.campaign.version, self.today))
        return one

    def _falsified(self, line: Reader, kind: str) -> SchemeIndicator | None:
        code = str(line.cells["指标编号"] or "").strip()
        found = self.all.get(code)
        if (kind == Established.Kind.FALSIFIED and found is None) or (code and found is None):
            line.fault("指标编号", "方案中的指标：" + "、".join(self.all))
        return found

    def _once(self, line: Reader, column: str, key: tuple[object, ...]) -> None:
        if key in self.seen:
            line.fault(column, "与上面各行不重复")
        self.seen.add(key)


def _tell(line: Reader, found: list[tuple[str, str]]) -> None:
    for field, expected in found:
        line.fault(PLACES[field], expected)
