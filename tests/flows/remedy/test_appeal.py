"""R3 申诉: after a review or directly; 30 days for acceptance."""

import pytest

from flows.remedy.steps.appeal import Appeal
from tests.flows.remedy.stand import attacked, printed, refusal, situation
from tests.flows.remedy.story import entered, file, go
from tests.flows.remedy.test_apply_for_review import SAMPLE
from tests.story import Town
from workflow_app.models import Document

pytestmark = pytest.mark.django_db
STEP = Appeal()


@pytest.mark.parametrize("rule", ["RM-APPEAL-DIRECT", "RM-APPEAL-AFTER"])
def test_its_period_is_that_of_the_way_it_came(rule: str) -> None:
    at = situation(attacked("appeal", rule=rule))
    assert STEP.deadline_for(at.case, {}) == rule
    assert refusal(STEP, SAMPLE, at)[0] == ("RM-APPEAL-AFTER" if rule == "RM-APPEAL-AFTER" else ""), "15 days are over, 30 are not"


def test_the_organ_has_thirty_days_to_accept() -> None:
    at = situation(attacked("appeal"))
    assert STEP.begins(at, SAMPLE) == {"RM-ACCEPT": at.today}


def test_a_direct_appeal_names_the_decision_only() -> None:
    html = printed(STEP, SAMPLE, situation(attacked("appeal", rule="RM-APPEAL-DIRECT")))
    assert "申诉书" in html
    assert "前一程序的决定" not in html


def test_after_a_review_it_names_the_review_decision_as_well(town: Town) -> None:
    decision = entered(town)
    go(town, file(town, decision, "apply_for_review"), "review", "serve_decision")
    case = file(town, decision, "appeal")
    paper = Document.objects.get(case=case, step="appeal")
    assert "《复核决定书》" in str(paper.content)
