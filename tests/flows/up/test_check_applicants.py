"""U2c 资格审查."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from flows.up.steps.check_applicants import CheckApplicants
from tests.flows.up.stand import case, moved, printed, refusal, situation
from workflow_app.models import AssessmentResult, Cadre, ImportBatch
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = CheckApplicants()
APPLIED = (31, 32, 33)
AFTER = date(2026, 3, 28)


def at(today: date = AFTER) -> Situation:
    applicants = [{"cadre": n, "name": f"报名{n}", "post_title": "市水利局科长"} for n in APPLIED]
    return situation(
        case(
            "applying",
            settled={
                "announce_competition": {"last_day": "2026-03-27", "panel": [21, 22, 23]},
                "apply_for_post": {"applicants": applicants},
            },
        ),
        today=today,
    )


def sample(**changes: Any) -> dict[str, Any]:
    rows = [{"cadre": n, "eligible": "yes", "reason": "符合条件。"} for n in APPLIED]
    return {"applicants": rows, "outcome": "proceed", "remark": "三人均符合。"} | changes


def test_after_the_last_day_everybody_is_checked() -> None:
    assert refusal(STEP, sample(), at()) == ("", "")


def test_not_before_applications_have_closed() -> None:
    assert refusal(STEP, sample(), at(date(2026, 3, 27))) == ("UP-COMP-APPLY", "")


def test_nobody_is_left_out_and_nobody_is_added() -> None:
    assert refusal(STEP, sample(applicants=sample()["applicants"][:2]), at()) == ("U2C-ALL", "applicants")
    more = [*sample()["applicants"], {"cadre": 34, "eligible": "yes", "reason": "另加。"}]
    assert refusal(STEP, sample(applicants=more), at()) == ("U2C-ALL", "applicants")


def test_one_alone_is_no_competition() -> None:
    rows = [row | {"eligible": "yes" if row["cadre"] == 31 else "no"} for row in sample()["applicants"]]
    assert refusal(STEP, sample(applicants=rows), at()) == ("U2C-FEW", "outcome")
    assert refusal(STEP, sample(applicants=rows, outcome="announce_again"), at()) == ("", "")


def test_what_the_system_knows_cannot_be_overruled(people: dict[int, str]) -> None:
    batch = ImportBatch.objects.create(file_name="x", digest="d", rows=1, imported_at=datetime.fromisoformat("2026-01-01T00:00+08:00"))
    AssessmentResult.objects.create(
        cadre_id=31, year=2025, unit=Cadre.objects.get(pk=31).unit, post_title="", post_level="", comparison_group="", grade="BASIC", batch=batch, row=1,
    )  # fmt: skip
    assert refusal(STEP, sample(), at()) == ("U3-BAR", "applicants")
    rows = STEP.on_desk(at())["applicants"]
    assert [row["eligible"] for row in rows] == ["no", "yes", "yes"], "the form starts from what the system knows"
    assert "2025年度考核基本称职" in rows[0]["reason"]


@pytest.mark.parametrize(("outcome", "state"), [("proceed", "scoring"), ("announce_again", "announcing"), ("stop", "stopped")])
def test_where_it_leads(outcome: str, state: str) -> None:
    assert moved(case("applying"), "check_applicants", outcome) == state


def test_the_paper_lists_everybody_with_result_and_reason() -> None:
    html = printed(STEP, sample(), at())
    assert html.count("合格") >= 3 and "报名33" in html
