"""U3 资格审核."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from flows.up.bars import BY_HAND
from flows.up.steps.qualify import Qualify
from tests.flows.up.rising import open_case
from tests.flows.up.stand import TODAY, case, moved, printed, refusal, situation
from tests.story import Town
from workflow_app.models import AssessmentResult, Cadre, Deadline, ImportBatch
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = Qualify()
BARS = [{"bar": name, "applies": "no", "reason": "查阅档案和谈话了解。"} for name, _ in BY_HAND]


def sample(**changes: Any) -> dict[str, Any]:
    return {"bars": BARS, "outcome": "qualified", "grade_note": "", "remark": "符合资格。"} | changes


def graded(cadre: int, grade: str, year: int = 2025) -> None:
    batch = ImportBatch.objects.create(
        file_name="x", digest=str(year), rows=1, imported_at=datetime.fromisoformat("2026-01-01T00:00+08:00")
    )
    unit = Cadre.objects.get(pk=cadre).unit
    AssessmentResult.objects.create(
        cadre_id=cadre, year=year, unit=unit, post_title="", post_level="", comparison_group="", grade=grade, batch=batch, row=1
    )


def at(today: date = TODAY, cadre: int = 7) -> Situation:
    here = case("qualifying")
    here.cadre.pk = here.cadre_id = cadre
    return situation(here, today=today)


@pytest.mark.parametrize("grade", ["EXCELLENT", "COMPETENT"])
def test_competent_and_better_is_no_bar(people: dict[int, str], grade: str) -> None:
    graded(7, grade)
    assert refusal(STEP, sample(), at()) == ("", "")


@pytest.mark.parametrize("grade", ["BASIC", "INCOMPETENT"])
def test_the_third_bar_is_checked_from_the_own_data_and_cannot_be_overruled(people: dict[int, str], grade: str) -> None:
    graded(7, grade)
    assert refusal(STEP, sample(), at()) == ("U3-BAR", "outcome")
    assert refusal(STEP, sample(outcome="excluded"), at()) == ("", "")


def test_only_last_years_grade_counts(people: dict[int, str]) -> None:
    graded(7, "BASIC", 2024)
    graded(7, "COMPETENT", 2025)
    assert refusal(STEP, sample(), at()) == ("", "")


def test_a_year_without_a_grade_is_verified_by_a_person_in_words(people: dict[int, str]) -> None:
    assert refusal(STEP, sample(), at()) == ("U3-BAR-3", "grade_note")
    assert refusal(STEP, sample(grade_note="在外挂职，考核称职，见登记表。"), at()) == ("", "")


def test_the_sixth_bar_is_a_running_restriction_to_the_end_of_its_last_day(town: Town) -> None:
    graded(town.wang.pk, "COMPETENT")
    earlier = open_case(town)
    Deadline.objects.create(id=999, case=earlier, rule_id="DN-BAR-REMOVE", starts_on=TODAY, last_day=date(2027, 3, 20), explanation={})
    AssessmentResult.objects.filter(cadre=town.wang).update(year=2026)
    assert refusal(STEP, sample(), at(date(2027, 3, 20), town.wang.pk)) == ("U3-BAR", "outcome")
    assert refusal(STEP, sample(), at(date(2027, 3, 21), town.wang.pk)) == ("", "")


def test_an_admonition_bars_as_well_and_a_revoked_restriction_does_not(town: Town) -> None:
    graded(town.wang.pk, "COMPETENT")
    bar = {"case": open_case(town), "starts_on": TODAY, "last_day": date(2026, 9, 20), "explanation": {}}
    Deadline.objects.create(id=999, rule_id="DN-BAR-DEMOTE", closed_at=town.at, **bar)
    assert refusal(STEP, sample(), at(cadre=town.wang.pk)) == ("", "")
    Deadline.objects.create(id=998, rule_id="DN-ADM-BAR", **bar)
    assert refusal(STEP, sample(), at(cadre=town.wang.pk)) == ("U3-BAR", "outcome")


def test_every_other_bar_is_ticked_by_a_person_with_a_reason(people: dict[int, str]) -> None:
    graded(7, "COMPETENT")
    assert refusal(STEP, sample(bars=BARS[:-1]), at()) == ("U3-BARS", "bars")
    assert refusal(STEP, sample(bars=[*BARS[:-1], BARS[-1] | {"reason": " "}]), at()) == ("U3-REASON", "bars")
    ticked = [BARS[0] | {"applies": "yes", "reason": "经查存在。"}, *BARS[1:]]
    assert refusal(STEP, sample(bars=ticked), at()) == ("U3-BARS", "outcome")
    assert refusal(STEP, sample(bars=ticked, outcome="excluded"), at()) == ("", "")
    assert refusal(STEP, sample(outcome="excluded"), at()) == ("U3-BARS", "outcome"), "nobody is excluded without a bar"


def test_an_exclusion_ends_the_case_and_stays_on_record() -> None:
    assert moved(case("qualifying"), "qualify", "excluded") == "stopped"
    assert moved(case("qualifying"), "qualify", "qualified") == "qualified"


def test_the_form_lists_each_bar_with_result_way_and_reason(people: dict[int, str]) -> None:
    graded(7, "COMPETENT")
    html = printed(STEP, sample(), at())
    assert html.count("系统核对") == 2 and html.count("人工核对") == len(BY_HAND) and "2025年度考核称职" in html
