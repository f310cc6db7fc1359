"""Whole lives of remedies through the door."""

import pytest

from tests.flows.remedy.story import appealed, demoted, file, go
from tests.story import Town, begin
from workflow_app import ledger
from workflow_app.models import Document, Record, WorkItem

pytestmark = pytest.mark.django_db


def books_agree(case: object) -> bool:
    """Completed steps = act records = documents."""
    done = WorkItem.objects.filter(process=case, status="DONE").count()
    return done == Record.objects.filter(case=case, kind="ACT").count() == Document.objects.filter(case=case).count()


def test_a_review_upholds_the_demotion_and_is_served(town: Town) -> None:
    case = go(town, file(town, demoted(town), "apply_for_review"), "review", "serve_decision")
    assert (case.state, case.finished is not None) == ("concluded", True)
    assert books_agree(case)
    assert ledger.verify(f"C{case.pk}") == case.records_count


def test_an_appeal_after_the_review_upholds_it_as_well(town: Town) -> None:
    decision = demoted(town)
    review = go(town, file(town, decision, "apply_for_review"), "review", "serve_decision")
    appeal = appealed(town, decision, "uphold")
    assert appeal.state == "concluded"
    assert appeal.parent_id == review.pk
    assert appeal.organ.name == "云溪市公务员主管部门"
    again = appealed(town, decision, "uphold", step="reappeal", prefix="prov")
    assert again.organ.name == "云岭省公务员主管部门"
    assert Document.objects.get(case=again, step="decide").title == "再申诉处理决定书"
    assert books_agree(appeal)


def test_a_withdrawn_review_is_ended(town: Town) -> None:
    case = file(town, demoted(town), "apply_for_review")
    begin(town, case, "withdraw", by="wang")
    case = go(town, case, "end")
    assert (case.state, case.finished is not None) == ("ended", True)
    assert not WorkItem.objects.filter(process=case, status__in=("NEW", "ASSIGNED")).exists()
    assert books_agree(case)
