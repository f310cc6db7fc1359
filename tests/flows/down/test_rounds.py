"""Facts of an earlier round never leak into a later one."""

from __future__ import annotations

from typing import Any

import pytest

from flows.down.steps.propose import Propose
from tests.flows.down.stand import case, moved
from tests.story import TO_MEETING, Town, act, fresh, item_of, members, open_case, run
from workflow_app.models import Case, Document, WorkItem
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
HEARD = TO_MEETING[:8]
AFTER_HEARING = {"weigh_tolerance", "assess_risk", "propose", "review_legality", "ask_opinion", "give_opinion", "record_meeting"}
BACK_TO_EVIDENCE: dict[str, tuple[tuple[str, ...], tuple[str, dict[str, Any]]]] = {
    "D4": (TO_MEETING[:7], ("weigh_answer", {"outcome": "more_evidence"})),
    "D7": (HEARD, ("propose", {"outcome": "return_evidence"})),
    "D8": (TO_MEETING[:9], ("review_legality", {"outcome": "supplement_evidence", "evidence": "mend"})),
    "D10": (TO_MEETING, ("record_meeting", {"outcome": "return_evidence"})),
}


def returned(town: Town, whence: str) -> Case:
    """A case with an interview in its first round, sent back for evidence."""
    before, (step, changes) = BACK_TO_EVIDENCE[whence]
    if step == "record_meeting":
        changes = changes | {"members": members(town, agree=3)}
    return run(town, open_case(town), *before, (step, changes))


@pytest.mark.parametrize("whence", BACK_TO_EVIDENCE)
def test_a_return_for_evidence_begins_a_round_without_findings_evidence_and_proposal(town: Town, whence: str) -> None:
    back = returned(town, whence)
    assert (back.state, back.round) == ("verifying", 2)
    assert not {"list_evidence", "record_interview", "report_findings"} & set(back.settled)
    assert not AFTER_HEARING & set(back.settled)
    assert not {"review_passed", "objected", "pending_case", "risk_weighed", "tolerance_weighed"} & set(back.marks)
    item = item_of(back, "list_evidence")
    assert (item.round, WorkItem.objects.filter(process=back, status__in=("NEW", "ASSIGNED")).count()) == (2, 1)


def test_findings_rest_on_the_evidence_of_their_own_round(town: Town) -> None:
    back = returned(town, "D8")
    act(town, back, "list_evidence", evidence=[
        {"name": "复核记录", "source": "局办公室", "obtained_by": "李文、赵安", "obtained_on": town.today, "proves": "进度", "secret": False, "file": None},
    ])  # fmt: skip
    assert fresh(back).settled["list_evidence"]["names"] == ["1. 复核记录"]
    with pytest.raises(RuleBroken) as refused:
        act(town, back, "report_findings", findings=[{"fact": "未完成任务。", "evidence": "2"}])
    assert refused.value.rule == "D3-EVIDENCE"
    papers = Document.objects.filter(case=back, code="D-EVID").order_by("id")
    assert [paper.content["content"]["rows"][1][1] for paper in papers] == ["第1轮", "第2轮"]


def test_a_hearing_that_stands_is_not_repeated_and_one_that_does_not_is(town: Town) -> None:
    back = returned(town, "D7")
    run(town, back, "list_evidence", "report_findings")
    assert fresh(back).state == "heard", "nothing became heavier"
    again = run(
        town, back, ("propose", {"outcome": "return_evidence"}), "list_evidence", ("report_findings", {"situations": ["S08", "S09"]})
    )
    assert (again.state, again.round) == ("found", 3)
    assert not {"inform_cadre", "serve_information", "answer", "weigh_answer"} & set(again.settled)
    assert not again.has("hearing_closed")


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        ("review_legality", {"outcome": "correct", "substance": "mend"}),
        ("give_opinion", {"outcome": "objection"}),
        ("record_meeting", {"outcome": "return_proposal"}),
    ],
)
def test_a_new_proposal_is_reviewed_asked_about_and_voted_on_anew(town: Town, step: str, changes: dict[str, Any]) -> None:
    before = TO_MEETING[: {"review_legality": 9, "give_opinion": 11, "record_meeting": 12}[step]]
    changes = changes | ({"members": members(town, agree=3)} if step == "record_meeting" else {})
    back = run(town, open_case(town), *before, (step, changes))
    assert back.state == "heard"
    again = run(town, back, "propose")
    assert not again.has("review_passed")
    assert again.state == "proposed"
    again = run(town, again, "review_legality", "ask_opinion", "give_opinion")
    assert len(again.settled["give_opinion"]["opinions"]) == 1, "answers to the earlier proposal are not counted"
    assert again.state == "deliberation"


def test_a_heavier_proposal_is_heard_and_reviewed_from_the_start(town: Town) -> None:
    heavier = run(town, open_case(town), *HEARD, ("propose", {"kind": "REMOVE"}))
    assert (heavier.state, heavier.settled["heavier"]["kind"]) == ("found", "REMOVE")
    heard = run(town, heavier, "inform_cadre", "serve_information", "answer", "weigh_answer")
    assert heard.settled["inform_cadre"]["kind"] == "REMOVE"
    assert [item.step for item in WorkItem.objects.filter(process=heard, status="NEW")] == ["assess_risk"]


def test_pay_that_no_longer_changes_is_forgotten() -> None:
    proposed = case("heard", marks=("hearing_closed", "pay_changes"))
    moved_to = moved_propose(proposed, pay_changes=False)
    assert (moved_to, proposed.has("pay_changes")) == ("proposed", False)
    again = case("heard", marks=("hearing_closed",))
    moved_propose(again, pay_changes=True)
    assert again.has("pay_changes")


def moved_propose(of: Any, *, pay_changes: bool) -> str:
    return moved(Propose(), of, "propose", organs=[{"organ": 1}], pay_changes=pay_changes)


def test_a_clue_that_was_returned_forgets_the_report_and_the_second_inquiry(town: Town) -> None:
    opened = open_case(town, outcome="inquire")
    run(town, opened, ("inquire", {"outcome": "sent_with_report"}), ("answer_inquiry", {"answers": []}), "inquire", "answer_inquiry")
    run(
        town,
        opened,
        "report_rectification",
        ("check_rectification", {"outcome": "not_improved"}),
        ("approve_opening", {"outcome": "return"}),
    )
    again = run(town, opened, ("register_clue", {"outcome": "inquire"}), "inquire", ("answer_inquiry", {"answers": []}))
    assert again.state == "to_inquire", "an unclear reply may be asked about once more"
    assert run(town, again, "inquire", "answer_inquiry").state == "checking", "no report was asked for this time"
