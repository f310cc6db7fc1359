"""The indicator library: versions by day, reviews, lists mapped to situations, and its workbook with every fault in its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from openpyxl import Workbook, load_workbook

from tests.workflow_app.assessment.stage import Hall
from workflow_app import assessing
from workflow_app.assessment.library import keeping, workbook
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import GroundList, IndicatorVersion, LibraryReview, Record
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
GOOD = ("Z02", "制度执行", "勤（履职作风）", "基本指标", "定性", "按程序办事。", "督查通报", "是", "2026-01-01", "否", "首次入库")
ENTRY = ("不担当不作为表现清单", "情形清单", "市委文件", "遇到矛盾绕道走", "S03", "否", "2026-01-01")


def book(
    indicators: list[tuple[object, ...]], entries: list[tuple[object, ...]], *, head: tuple[str, ...] = workbook.INDICATORS
) -> BytesIO:
    """A workbook as somebody would fill it in."""
    made = Workbook()
    first = made.active
    assert first is not None
    first.title = "指标"
    for row in (head, *indicators):
        first.append(list(row))
    second = made.create_sheet("清单")
    for row in (workbook.ENTRIES, *entries):
        second.append(list(row))
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out


def taken(hall: Hall, file: BytesIO) -> workbook.Taken:
    """The office imports the file."""
    return assessing.import_library(hall.library, "指标库.xlsx", file, by=hall.office, at=hall.at)


def test_a_good_workbook_is_taken_in_and_recorded(hall: Hall) -> None:
    assert taken(hall, book([GOOD], [ENTRY])) == workbook.Taken(1, 1)
    assert keeping.in_force(hall.library, date(2026, 1, 10))["Z02"].name == "制度执行"
    entry = keeping.lists_in_force(hall.library, date(2026, 1, 10))[0].entries.get()
    assert (entry.text, entry.situation, entry.veto) == ("遇到矛盾绕道走", "S03", False)
    assert Record.objects.filter(kind="ASSESS", outcome="library", actor=hall.office).count() == 1


def test_what_is_exported_and_read_in_again_changes_nothing(hall: Hall) -> None:
    taken(hall, book([GOOD], [ENTRY, (*ENTRY[:3], "虚报数据，经查实", "S04", "是", "2026-01-01")]))
    before = IndicatorVersion.objects.count(), GroundList.objects.count()
    assert taken(hall, BytesIO(workbook.written(hall.library, date(2026, 1, 10)))) == workbook.Taken(0, 0)
    assert (IndicatorVersion.objects.count(), GroundList.objects.count()) == before


def test_a_changed_row_is_a_new_version_and_the_old_one_stays(hall: Hall) -> None:
    taken(hall, book([GOOD], []))
    taken(hall, book([(*GOOD[:5], "按程序办事并留有记录。", *GOOD[6:8], "2026-07-01", "否", "半年调整")], []))
    assert [one.definition for one in IndicatorVersion.objects.filter(indicator__code="Z02")] == ["按程序办事。", "按程序办事并留有记录。"]
    assert keeping.in_force(hall.library, date(2026, 6, 30))["Z02"].number == 1
    assert keeping.in_force(hall.library, date(2026, 7, 1))["Z02"].number == 2


def test_a_retired_indicator_is_out_of_force_from_its_day(hall: Hall) -> None:
    taken(hall, book([GOOD], []))
    taken(hall, book([(*GOOD[:8], "2026-02-01", "是", "不再适用")], []))
    assert "Z02" in keeping.in_force(hall.library, date(2026, 1, 31))
    assert "Z02" not in keeping.in_force(hall.library, date(2026, 2, 1))


BAD: dict[str, tuple[list[tuple[object, ...]], list[tuple[object, ...]], str]] = {
    "aspect": ([(*GOOD[:2], "德才", *GOOD[3:])], [], "工作表“指标”第2行C（类别）列：“德才”；应为德（政治素质）"),
    "empty name": ([("Z02", "", *GOOD[2:])], [], "第2行B（名称）列：空白"),
    "formula": ([("Z02", "=1+1", *GOOD[2:])], [], "不能是公式"),
    "day": ([(*GOOD[:8], "明年", *GOOD[9:])], [], "第2行I（启用日期）列：“明年”；应为日期"),
    "twice": ([GOOD, GOOD], [], "第3行A（编号）列：“Z02”；应为每个编号只列一行"),
    "earlier than the current version": (
        [("Z01", *GOOD[1:8], "2024-01-01", "否", "更正")], [], "第2行I（启用日期）列：“2024-01-01”；应为不早于现行版本的2025-01-01"
    ),
    "situation": ([], [(*ENTRY[:4], "S16", *ENTRY[5:])], "工作表“清单”第2行E（对应情形）列：“S16”；应为S01、S02"),
    "no situation": ([], [(*ENTRY[:4], "", *ENTRY[5:])], "第2行E（对应情形）列：空白"),
    "kind of the same list": ([], [ENTRY, (ENTRY[0], "负面清单", *ENTRY[2:3], "另一条", *ENTRY[4:])], "各行相同"),
    "entry twice": ([], [ENTRY, ENTRY], "同一清单内不重复"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_every_fault_says_its_place_and_what_is_expected_and_nothing_is_taken(hall: Hall, name: str) -> None:
    indicators, entries, words = BAD[name]
    before = IndicatorVersion.objects.count()
    good = ("Z09", *GOOD[1:])
    with pytest.raises(BadSheet) as refused:
        taken(hall, book([*indicators, good], entries))
    assert any(words in str(one) for one in refused.value.faults), [str(one) for one in refused.value.faults]
    assert (IndicatorVersion.objects.count(), GroundList.objects.count()) == (before, 0)


def test_all_faults_are_listed_at_once(hall: Hall) -> None:
    with pytest.raises(BadSheet) as refused:
        taken(hall, book([("Z02", "", "德才", "高级", "随意", "", "", "也许", "明年", "否", "")], [(*ENTRY[:4], "S99", *ENTRY[5:])]))
    assert len(refused.value.faults) == 10


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: BytesIO(b"not a workbook"), "无法打开"),
        (lambda: book([GOOD], [], head=("代码", *workbook.INDICATORS[1:])), "表头“代码”；应为“编号”"),
        (lambda: without_lists(), "没有这个工作表；应为名为“清单”的工作表"),
    ],
)
def test_a_file_that_is_none_is_one_fault(hall: Hall, make: Callable[[], BytesIO], words: str) -> None:
    with pytest.raises(BadSheet) as refused:
        taken(hall, make())
    assert words in str(refused.value.faults[0])


def without_lists() -> BytesIO:
    """A workbook with one sheet."""
    made = load_workbook(book([GOOD], []))
    del made["清单"]
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out


def test_the_library_is_reviewed_by_its_period_counted_from_the_last_review(hall: Hall) -> None:
    assert keeping.next_review(hall.library) == date(2027, 1, 1)
    with pytest.raises(Refused, match="将来"):
        assessing.review_library(hall.library, date(2026, 1, 11), "逐项评审，保留全部指标", by=hall.office, at=hall.at)
    with pytest.raises(Refused, match="评审意见"):
        assessing.review_library(hall.library, date(2026, 1, 9), "好", by=hall.office, at=hall.at)
    assessing.review_library(hall.library, date(2026, 1, 9), "逐项评审，保留全部指标", by=hall.office, at=hall.at)
    assert keeping.next_review(hall.library) == date(2028, 1, 9)
    assert Record.objects.filter(kind="ASSESS", outcome="review").count() == 1


def test_versions_entries_and_reviews_are_never_changed(hall: Hall) -> None:
    taken(hall, book([GOOD], [ENTRY]))
    assessing.review_library(hall.library, date(2026, 1, 9), "逐项评审，保留全部指标", by=hall.office, at=hall.at)
    for change in (
        lambda: IndicatorVersion.objects.update(name="改"), lambda: GroundList.objects.update(name="改"),
        lambda: LibraryReview.objects.all().delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
