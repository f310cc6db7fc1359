"""R5 延长审理: the written decision; the limits are told in test_deadlines."""

import pytest

from tests.flows.remedy.story import entered, file, go
from tests.story import Town, begin
from workflow_app.conduct import OutOfTurn
from workflow_app.models import Deadline, Document

pytestmark = pytest.mark.django_db


def test_the_paper_names_both_last_days_and_the_reason(town: Town) -> None:
    case = go(town, file(town, entered(town), "appeal"), "admit", "serve_decision")
    begin(town, case, "extend", by="civil_appeal_office1", days=30, reason="需要调取外地证据。")
    paper = Document.objects.get(case=case, step="extend")
    running = Deadline.objects.get(case=case, rule_id="RM-APPEAL-DECIDE", closed_at=None)
    assert paper.formal
    assert (running.extended_by, running.extensions) == (30, 1)
    for text in (
        f"{running.last_day:%Y年}{running.last_day.month}月{running.last_day.day}日",
        "需要调取外地证据。",
        "延长审理期限30日",
        f"你提出的申诉（{case.number}）案情复杂",
    ):
        assert text in str(paper.content)


def test_before_acceptance_there_is_nothing_to_extend(town: Town) -> None:
    case = file(town, entered(town), "appeal")
    with pytest.raises(OutOfTurn):
        begin(town, case, "extend", by="civil_appeal_office1")
