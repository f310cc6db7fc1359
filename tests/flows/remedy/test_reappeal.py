"""R7 再申诉: against an appeal decision, to the organ one level up."""

import pytest

from flows.remedy.steps.reappeal import Reappeal
from tests.flows.remedy.stand import attacked, situation
from tests.flows.remedy.story import appealed, entered, file
from tests.flows.remedy.test_apply_for_review import SAMPLE
from tests.story import Town
from workflow_app.models import Document

pytestmark = pytest.mark.django_db


def test_the_organ_has_its_own_period_to_accept() -> None:
    at = situation(attacked("reappeal"))
    assert Reappeal().begins(at, SAMPLE) == {"RM-REAPPEAL-ACCEPT": at.today}


def test_it_names_the_appeal_decision_and_its_date(town: Town) -> None:
    decision = entered(town)
    appealed(town, decision, "uphold")
    case = file(town, decision, "reappeal")
    assert "《申诉处理决定书》" in str(Document.objects.get(case=case, step="reappeal").content)
    assert case.organ.name == "云岭省公务员主管部门"
