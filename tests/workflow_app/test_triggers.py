"""Guards of the triggers, at their boundaries; a bad file is refused whole."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.story import Town
from workflow_app.assessment.imports import AlreadyImported, import_results
from workflow_app.assessment.sheets import COLUMNS, BadSheet
from workflow_app.assessment.triggers import drafts, last_places
from workflow_app.models import AssessmentResult, ImportBatch


def result(pk: int, year: int, cadre: int = 1, **more: Any) -> AssessmentResult:
    base = {"grade": "COMPETENT", "rank": 1, "group_size": 6, "comparison_group": "科员"}
    return AssessmentResult(pk=pk, year=year, cadre_id=cadre, **(base | more))


def rules(*rows: AssessmentResult, year: int = 2025) -> list[str]:
    return [draft.rule_id for draft in drafts(rows, year=year)]


@pytest.mark.parametrize(
    ("satisfaction", "answers", "raised"), [("59.99", 30, True), ("60.00", 30, False), ("59.99", 29, False), ("12.00", 30, True)]
)
def test_satisfaction_below_sixty_with_thirty_answers(satisfaction: str, answers: int, raised: bool) -> None:
    found = rules(result(1, 2025, satisfaction=Decimal(satisfaction), valid_answers=answers))
    assert ("T-05" in found) == raised


def test_incompetent_once_and_basic_twice() -> None:
    assert rules(result(1, 2025, grade="INCOMPETENT")) == ["T-01"]
    assert rules(result(1, 2024, grade="BASIC"), result(2, 2025, grade="BASIC")) == ["T-02"]
    assert rules(result(2, 2025, grade="BASIC")) == []


def test_three_years_of_excellence_in_a_row_are_a_proposal_to_promote_and_two_are_none() -> None:
    best = [result(n, 2022 + n, grade="EXCELLENT") for n in (1, 2, 3)]
    assert [(draft.rule_id, draft.suggests) for draft in drafts(best, year=2025)] == [("UP-EXC3", "PROMOTE")]
    assert rules(*best[1:]) == []
    assert rules(best[0], result(2, 2024, grade=""), best[2]) == []


def last(pk: int, year: int, size: int = 6, **more: Any) -> AssessmentResult:
    return result(pk, year, rank=size, group_size=size, **more)


def test_last_two_times_and_three_times() -> None:
    assert rules(last(1, 2024), last(2, 2025)) == ["T-04"]
    assert rules(last(1, 2023), last(2, 2024), last(3, 2025)) == ["T-03"]


def test_a_group_of_four_is_no_group_and_five_is() -> None:
    assert rules(last(1, 2024, 4), last(2, 2025, 4)) == []
    assert rules(last(1, 2024, 5), last(2, 2025, 5)) == ["T-04"]


def test_those_who_share_the_bottom_are_not_last() -> None:
    tie = [result(1, 2025, 1, rank=5), result(2, 2025, 2, rank=5)]
    assert last_places(tie) == set()


def test_a_year_without_a_grade_or_without_a_result_breaks_a_chain() -> None:
    assert rules(last(1, 2023), last(2, 2024, grade=""), last(3, 2025)) == []
    assert rules(last(1, 2023), last(3, 2025)) == []


def sheet(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    for row in (COLUMNS, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


GOOD = (2025, "YX00001", "王建国", "市交通运输局", "副局长", "县处级副职", "市直·县处级副职", "称职", 88.5, 91.2, 120, 3, 9)


@pytest.mark.django_db
def test_a_good_file_is_taken_in_once(town: Town, tmp_path: Path) -> None:
    path = sheet(tmp_path / "good.xlsx", GOOD)
    assert import_results(path, by=None, at=town.at).rows == 1
    with pytest.raises(AlreadyImported):
        import_results(path, by=None, at=town.at)


@pytest.mark.django_db
def test_every_fault_is_listed_with_its_place_and_nothing_is_taken_in(town: Town, tmp_path: Path) -> None:
    bad = list(GOOD)
    bad[2], bad[7], bad[8], bad[11] = "王小国", "良好", 120, 12
    path = sheet(tmp_path / "bad.xlsx", GOOD, tuple(bad), (2025, "NOBODY", *GOOD[2:]))
    with pytest.raises(BadSheet) as refused:
        import_results(path, by=None, at=town.at)
    places = {(fault.row, fault.column[0]) for fault in refused.value.faults}
    assert {(3, "C"), (3, "H"), (3, "I"), (3, "L"), (4, "B")} <= places
    assert not ImportBatch.objects.exists()
    assert not AssessmentResult.objects.exists()
