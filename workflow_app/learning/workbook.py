"""Participants and results as a workbook, both ways: all of it or nothing, and every fault with sheet, row, column and what is expected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from workflow_app.assessment.sheets import BadSheet, Fault, Reader, open_book, readers_of
from workflow_app.care.rules import day
from workflow_app.learning import classes, gaps, participants
from workflow_app.learning.participants import Call, Came
from workflow_app.learning.wording import is_mark
from workflow_app.models import Account, Cadre, ClassResult, Participant, Tie, TrainingClass

CALLED, RESULTS, SOURCES = "参训人员", "参训结果", "短板来源"
CALL_COLUMNS = ("干部编号", "姓名", "调训理由", "短板", "来源编号")
RESULT_COLUMNS = ("干部编号", "姓名", "参训情况", "学时", "结业情况", "更正理由")
SOURCE_COLUMNS = ("来源编号", "干部编号", "姓名", "短板", "来源")
OUTCOMES = {str(label): value for value, label in ClassResult.Outcome.choices}
PLACES = {
    "cadre": "干部编号", "reason": "调训理由", "gap": "短板", "source": "来源编号", "outcome": "参训情况", "hours": "学时", "text": "结业情况",
    "why": "更正理由",
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What came in; lines that say what stands already are not counted."""

    called: list[Participant]
    results: list[ClassResult]


def written(found: TrainingClass, kinds: Collection[str], hidden: int | None) -> bytes:
    """Who is called, what came of it, and (of the kinds of source that the reader may know) open gaps to call people for. Reading it in again
    changes nothing. `hidden`: the cadre of the reader, about whom the reader takes nothing along."""
    book = Workbook(write_only=True)
    rows = list(participants.participants(found).exclude(cadre=hidden or 0))
    _sheet(book, CALLED, CALL_COLUMNS, [[one.cadre.number, one.cadre.name, one.reason, *_gap(one, kinds)] for one in rows])
    _sheet(book, RESULTS, RESULT_COLUMNS, [[one.cadre.number, one.cadre.name, *_result(one), ""] for one in rows])
    known = gaps.gaps_of(found.organ, None, kinds)
    _sheet(
        book,
        SOURCES,
        SOURCE_COLUMNS,
        [[one.code, one.cadre.number, one.cadre.name, one.text, one.where] for one in known if one.cadre.pk != hidden],
    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, title: str, columns: tuple[str, ...], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any) -> Any:
    """A cell whose text is never taken for a formula."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _gap(one: Participant, kinds: Collection[str]) -> list[str]:
    kind = gaps.kind_of(one)
    return [one.gap, f"{kind}-{one.score_id or one.point_id or one.training_id}"] if kind in kinds else ["", ""]


def _result(one: Participant) -> list[Any]:
    result = participants.result_of(one)
    return [str(result.get_outcome_display()), result.hours, result.text] if result else ["", "", ""]


@transaction.atomic
def take_in(found: TrainingClass, name: str, source: IO[bytes], kinds: Collection[str], *, by: Account, at: datetime) -> Taken:
    """Call people and enter results. `kinds`: of source that may be named. Raises BadSheet with every fault, or Refused; then nothing is kept."""
    held = classes.held(found)
    classes.check_on(held)
    book, wrong = open_book(name, source), list[Fault]()
    reading = _Reading(held, by, at, kinds)
    calls = [one for line in readers_of(book, CALLED, CALL_COLUMNS, wrong) if (one := reading.call(line))]
    made = participants.keep_called(held, calls, by=by, at=at) if not wrong else []
    reading.known |= {one.cadre.number: one for one in made}
    reading.calling = {one.cadre.number for one in calls}
    came = [result for line in readers_of(book, RESULTS, RESULT_COLUMNS, wrong) if (result := reading.result(line))]
    book.close()
    if wrong:
        raise BadSheet(wrong)
    return Taken(made, participants.keep_results(came, by=by, at=at))


class _Reading:
    """What the lines of a workbook are read against."""

    def __init__(self, found: TrainingClass, by: Account, at: datetime, kinds: Collection[str]) -> None:
        self.found, self.by, self.today, self.kinds = found, by, day(at), kinds
        ties = Tie.objects.values_list("one_id", "other_id")
        people = Cadre.objects.filter(unit__path__startswith=found.organ.path).select_related("unit", "post__unit")
        self.cadres = {one.number: one for one in people}
        self.known = {one.cadre.number: one for one in participants.participants(found)}
        self.called = {one.cadre_id for one in self.known.values()}
        self.calling: set[str] = set()
        self.kept_from = {key for pair in ties.filter(Q(one=by.cadre_id) | Q(other=by.cadre_id)) for key in pair} if by.cadre_id else set()
        self.terms, self.seen = classes.terms_of(found), set[str]()

    def _cadre(self, line: Reader) -> Cadre | None:
        one = self.cadres.get(str(line.cells["干部编号"] or "").strip())
        if one is None:
            line.fault("干部编号", "本机关管理的干部的编号")
            return None
        if str(line.cells["姓名"] or "").strip() not in ("", one.name):
            line.fault("姓名", f"名册中的姓名“{one.name}”")
        return one

    def _barred(self, line: Reader, one: Cadre) -> None:
        if one.pk == self.by.cadre_id or one.pk in self.kept_from:
            line.fault("干部编号", "可以由您登记的干部（您本人、与您有回避关系的，由其他人员登记）")

    def _once(self, line: Reader, one: Cadre) -> None:
        key = f"{line.sheet}:{one.number}"
        if key in self.seen:
            line.fault("干部编号", "每名干部一行（重复）")
        self.seen.add(key)

    def call(self, line: Reader) -> Call | None:
        """Somebody to call; a line about somebody who is called already is passed over when it says the same."""
        one, reason = self._cadre(line), line.text("调训理由", 300)
        gap, code = str(line.cells["短板"] or "").strip(), str(line.cells["来源编号"] or "").strip()
        if one is None:
            return None
        self._once(line, one)
        before = self.known.get(one.number)
        if before is not None:
            if reason != before.reason or [gap, code] not in (_gap(before, self.kinds), ["", ""]):
                line.fault("干部编号", "还没有列入的干部；已列入的，内容与登记的一致")
            return None
        if len(gap) > gaps.LIMIT:
            line.fault("短板", f"不超过{gaps.LIMIT}字")
        self._barred(line, one)
        source = self._source(line, one, code)
        if not line.good:
            return None
        made = Call(one, reason, gap, source)
        for field, expected in participants.call_faults(self.found, made, self.called):
            line.fault(PLACES[field], expected)
        return made if line.good else None

    def _source(self, line: Reader, one: Cadre, code: str) -> gaps.Gap | None:
        if not code:
            return None
        found = next((gap for gap in gaps.gaps_of(self.found.organ, [one.pk], self.kinds) if gap.code == code), None)
        if found is None:
            line.fault("来源编号", "本人的来源编号，见“短板来源”工作表")
        return found

    def result(self, line: Reader) -> Came | None:
        """What came of it; a prepared line without an outcome is passed over, and one that says what stands already."""
        if line.cells["参训情况"] in (None, ""):
            return None
        one = self._cadre(line)
        if one is None:
            return None
        self._once(line, one)
        if one.number not in self.known and one.number not in self.calling:
            line.fault("干部编号", "这个班次的参训人员")
        outcome, hours, text = line.one_of("参训情况", OUTCOMES), self._hours(line), line.text("结业情况", 300)
        if len(text) < 4 or is_mark(text):
            line.fault("结业情况", "不少于4个字的文字，不写分数、名次")
        held = self.known.get(one.number)
        if held is None or hours is None or not line.good:
            return None
        return self._came(line, one, Came(held, outcome, hours, text, str(line.cells["更正理由"] or "").strip()[:200]))

    def _came(self, line: Reader, one: Cadre, came: Came) -> Came | None:
        before = None if one.number in self.calling else participants.result_of(came.participant)
        if participants.same(came, before):
            return None
        self._barred(line, one)
        for field, expected in participants.result_faults(came, self.terms, before, self.today):
            line.fault(PLACES[field], expected)
        return came if line.good else None

    @staticmethod
    def _hours(line: Reader) -> Decimal | None:
        try:
            found = Decimal(str(line.cells["学时"] if line.cells["学时"] not in (None, "") else "x"))
            if found.is_finite():
                return found
        except InvalidOperation:
            pass
        line.fault("学时", "数，最多一位小数")
        return None
