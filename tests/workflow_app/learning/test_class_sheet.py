"""Participants and results by workbook: every fault with its place, nothing half-done, and what is written reads in again without change."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.story import Town
from tests.workflow_app.learning.taught import REASON, called, came, gap, lists_of, opened, over
from workflow_app import ledger, training
from workflow_app.assessment.sheets import BadSheet
from workflow_app.learning import gaps, workbook
from workflow_app.models import Cadre, ClassResult, Message, Participant, Record, Tie, TrainingClass
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


def book(calls: list[tuple[Any, ...]] = [], results: list[tuple[Any, ...]] = []) -> BytesIO:  # noqa: B006
    made, out = Workbook(), BytesIO()
    made.remove(made.worksheets[0])
    for title, columns, rows in ((workbook.CALLED, workbook.CALL_COLUMNS, calls), (workbook.RESULTS, workbook.RESULT_COLUMNS, results)):
        sheet = made.create_sheet(title)
        for row in (columns, *rows):
            sheet.append(list(row))
    made.save(out)
    out.seek(0)
    return out


def take(
    town: Town, found: TrainingClass, file: BytesIO, kinds: tuple[str, ...] = gaps.KINDS, who: str = "case_handler1"
) -> workbook.Taken:
    return training.take_in(found, "名单.xlsx", file, kinds, by=town.people[who], at=town.at)


def faults(town: Town, found: TrainingClass, file: BytesIO, **more: Any) -> list[str]:
    with pytest.raises(BadSheet) as bad:
        take(town, found, file, **more)
    return [str(one) for one in bad.value.faults]


def test_people_and_results_come_in_together_and_the_same_file_changes_nothing_more(town: Town) -> None:
    lists_of(town)
    found, code = opened(town), gap(town, gaps.POINT).code
    over(town)
    rows = [("YX00001", "王建国", REASON, "", code), ("YX00020", "何晓晨", "新任科长，补管理课程。", None, None)]
    came_in = [("YX00001", "王建国", "完成", 40, "能独立编制进度计划。", ""), ("YX00020", "", "未参加", 0, "因防汛值守未到。", "")]
    taken = take(town, found, book(rows, came_in))
    assert (len(taken.called), len(taken.results)) == (2, 2)
    lines = Record.objects.filter(kind="CARE", outcome__startswith="c").order_by("seq").values_list("outcome", flat=True)
    assert list(lines) == ["class", "class_sheet", "called", "class_results"]
    ledger.verify(f"J{town.city.pk}")
    assert Participant.objects.get(cadre=town.wang).gap == "工程进度控制不力，三次调整工期。"
    assert Message.objects.filter(account=town.people["wang"], title__startswith="请您参加培训").exists()
    again = take(town, found, BytesIO(workbook.written(found, gaps.KINDS, None)))
    assert again == workbook.Taken([], [])
    assert ClassResult.objects.count() == 2


def test_every_fault_is_told_with_its_place_and_nothing_is_kept(town: Town) -> None:
    lists_of(town)
    found = opened(town)
    over(town)
    rows = [
        ("YX99999", "", REASON, "", ""), ("YX00001", "王建军", REASON, "", ""), ("YX00020", "", "", "", ""), ("YX00020", "", REASON, "", ""),
        ("YX00021", "", REASON, "自己写的短板", ""), ("YX00022", "", REASON, "", "整改-987654"), ("YX00023", "", REASON, "", ""),
    ]  # fmt: skip
    results = [
        ("YX00023", "", "很好", 40, "学得不错。", ""), ("YX00023", "", "完成", "四十", "92分", ""), ("YX00024", "", "完成", 40, "按期完成课程。", ""),
        ("", "", "完成", 40, "按期完成课程。", ""), ("YX00021", "", "", "", "", ""),
    ]  # fmt: skip
    told = faults(town, found, book(rows, results))
    wanted = [
        "“参训人员”第2行A（干部编号）列", "“参训人员”第3行B（姓名）列", "“参训人员”第4行C（调训理由）列", "“参训人员”第5行A（干部编号）列",
        "“参训人员”第6行E（来源编号）列", "“参训人员”第7行E（来源编号）列", "“参训结果”第2行C（参训情况）列", "“参训结果”第3行A（干部编号）列",
        "“参训结果”第3行D（学时）列", "“参训结果”第3行E（结业情况）列", "“参训结果”第4行A（干部编号）列", "“参训结果”第5行A（干部编号）列",
    ]  # fmt: skip
    for place in wanted:
        assert any(place in one for one in told), (place, told)
    assert all("应为" in one for one in told)
    assert not Participant.objects.exists() and not ClassResult.objects.exists()


def test_a_gap_that_is_too_long_is_told(town: Town) -> None:
    lists_of(town)
    found = opened(town)
    told = faults(town, found, book([("YX00001", "", REASON, "进" * 301, gap(town, gaps.POINT).code)]))
    assert len(told) == 1 and "不超过300字" in told[0]


def test_a_file_that_is_no_workbook_or_lacks_its_sheets_says_so(town: Town) -> None:
    found = opened(town)
    assert "无法打开" in faults(town, found, BytesIO(b"not a workbook"))[0]
    empty = BytesIO()
    Workbook().save(empty)
    empty.seek(0)
    assert [one for one in faults(town, found, empty) if "没有这个工作表" in one]


def test_who_is_in_already_stays_as_called_and_a_corrected_result_says_why(town: Town) -> None:
    found = opened(town)
    one = called(town, found)[0]
    over(town)
    training.enter_result(came(one), by=town.people["case_handler1"], at=town.at)
    other = [("YX00001", "", "换了一个理由的点名。", "", "")]
    assert "内容与登记的一致" in faults(town, found, book(other))[0]
    changed = [("YX00001", "", "部分参加", 24, "参加前三天课程。", "")]
    assert "更正理由" in faults(town, found, book([], changed))[0]
    taken = take(town, found, book([], [(*changed[0][:5], "签到表核对有误。")]))
    assert taken.results[0].hours == Decimal(24)


def test_the_own_line_and_that_of_somebody_tied_are_entered_by_others(town: Town) -> None:
    found = opened(town)
    own = Cadre.objects.get(account=town.people["case_handler1"])
    Tie.objects.create(one=town.wang, other=own, kind="OTHER", declared_at=town.at)
    told = faults(town, found, book([(own.number, "", REASON, "", ""), ("YX00001", "", REASON, "", "")]))
    assert len(told) == 2 and all("由其他人员登记" in one for one in told)
    take(town, found, book([(own.number, "", REASON, "", ""), ("YX00001", "", REASON, "", "")]), who="case_handler2")
    over(town)
    results = [(own.number, "", "完成", 40, "能独立编制计划。", ""), ("YX00001", "", "完成", 40, "能独立编制计划。", "")]
    told = faults(town, found, book([], results))
    assert len(told) == 2 and all("由其他人员登记" in one for one in told)
    take(town, found, book([], results), who="case_handler2")


def test_a_source_that_the_reader_may_not_know_of_is_neither_written_nor_taken(town: Town) -> None:
    lists_of(town)
    found, one = opened(town), gap(town, gaps.POINT)
    placement = (gaps.PLAN,)
    assert "本人的来源编号" in faults(town, found, book([("YX00001", "", REASON, "", one.code)]), kinds=placement)[0]
    take(town, found, book([("YX00001", "", REASON, "", one.code)]))
    for kinds, there in ((placement, False), (gaps.KINDS, True)):
        cells = [str(cell) for row in load_workbook(BytesIO(workbook.written(found, kinds, None)))[workbook.CALLED].values for cell in row]
        assert ("工程进度控制不力，三次调整工期。" in cells) is there
    assert take(town, found, BytesIO(workbook.written(found, placement, None)), kinds=placement) == workbook.Taken([], [])


def test_a_text_that_looks_like_a_formula_is_written_as_text(town: Town) -> None:
    found = opened(town)
    by = town.people["case_handler1"]
    Participant.objects.create(training_class=found, cadre=town.wang, post_title="x", reason="=1+1 的理由", by=by, at=town.at)
    sheet = load_workbook(BytesIO(workbook.written(found, gaps.KINDS, None)))[workbook.CALLED]
    assert sheet["C2"].data_type == "s" and sheet["C2"].value == "=1+1 的理由"


def test_a_class_called_off_takes_no_workbook(town: Town) -> None:
    found = opened(town)
    training.call_off(found, "授课人因公出国。", by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="已经取消"):
        take(town, found, book([("YX00001", "", REASON, "", "")]))
