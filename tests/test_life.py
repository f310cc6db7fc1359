"""Whole lives of a case through the door, without pages."""

import pytest

from tests.story import TO_MEETING, TO_SERVED, Town, act, fresh, members, open_case, run
from workflow_app import conduct, ledger
from workflow_app.models import Deadline, Document, Record, WorkItem


def books_agree(case: object) -> bool:
    """Completed steps = act records = documents."""
    done = WorkItem.objects.filter(process=case, status="DONE").count()
    return done == Record.objects.filter(case=case, kind="ACT").count() == Document.objects.filter(case=case).count()


@pytest.mark.django_db
def test_a_case_goes_down_from_clue_to_archive(town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED, "formalize", "place")
    assert case.state == "tracking"
    for months in (3, 6, 12):
        timer = Deadline.objects.get(case=case, item__status="SCHEDULED")
        assert conduct.expire(timer.pk, at=timer.fires_at) == "open_item"
        town.at = timer.fires_at
        assert timer.rule_id == f"DN-VISIT-{ {3: 1, 6: 2, 12: 3}[months] }"
        act(town, case, "follow_up")
        assert books_agree(case)
    case = run(town, case, "evaluate_follow_up", "archive")
    assert (case.state, case.finished is not None) == ("closed", True)
    assert ledger.verify(f"C{case.pk}") == case.records_count


@pytest.mark.django_db
def test_not_established_clears_the_name(town: Town) -> None:
    case = run(town, open_case(town), "approve_opening", "plan_examination", "list_evidence",
               ("report_findings", {"outcome": "not_established", "findings": []}), "terminate", "clear_name", "archive")  # fmt: skip
    assert case.state == "closed"
    assert Document.objects.filter(case=case, code="D-CLEAR").exists()
    assert books_agree(case)


@pytest.mark.django_db
def test_returned_twice_and_heard_again_before_it_is_decided(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING, ("record_meeting", {"outcome": "return_evidence", "members": members(town, agree=3)}))
    assert (case.state, case.round) == ("verifying", 2)
    case = run(town, case, "list_evidence", ("report_findings", {"kind": "DEMOTE"}))
    assert case.state == "found", "a heavier kind is told and heard anew"
    case = run(town, case, "inform_cadre", "serve_information", "answer", "weigh_answer", "assess_risk",
               ("propose", {"kind": "DEMOTE"}), ("review_legality", {"outcome": "supplement_evidence", "evidence": "mend"}))  # fmt: skip
    assert (case.state, case.round) == ("verifying", 3)
    case = run(town, case, "list_evidence", ("report_findings", {"kind": "DEMOTE"}))
    assert case.state == "heard", "the same kind needs no second hearing"
    case = run(town, case, "assess_risk", ("propose", {"kind": "DEMOTE"}), "review_legality", "ask_opinion", "give_opinion",
               "record_meeting", "decide")  # fmt: skip
    assert case.state == "decided"


@pytest.mark.django_db
def test_silence_is_recorded_as_silence_and_the_case_goes_on(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    deadline = Deadline.objects.get(case=case, rule_id="DN-HEARING")
    assert conduct.expire(deadline.pk, at=town.at) == "", "not before the last day is over"
    assert conduct.expire(deadline.pk, at=deadline.fires_at) == "record_silence"
    assert conduct.expire(deadline.pk, at=deadline.fires_at) == "", "once"
    case = fresh(case)
    assert case.state == "heard"
    paper = Document.objects.get(case=case, code="D-STMT")
    assert paper.title == "未提交陈述情况记录"
    assert books_agree(case)


@pytest.mark.django_db
def test_two_organs_are_asked_in_parallel_and_both_must_answer(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:8], ("propose", {"co_authority": str(town.partner.pk)}), "review_legality")
    case = run(town, case, "ask_opinion", "ask_opinion", "give_opinion")
    assert case.state == "consulting"
    assert not WorkItem.objects.filter(process=case, step="record_meeting").exists()
    case = run(town, case, "give_opinion")
    assert case.state == "deliberation"


@pytest.mark.django_db
def test_silence_of_the_assisting_authority_is_consent_and_shown_as_such(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:8], ("propose", {"co_authority": str(town.partner.pk)}), "review_legality",
               "ask_opinion", "ask_opinion")  # fmt: skip
    consent = Deadline.objects.get(case=case, rule_id="DN-COAUTH")
    escalated = Deadline.objects.get(case=case, rule_id="DN-OPINION")
    assert conduct.expire(escalated.pk, at=escalated.fires_at) == "escalate", "the discipline organ's silence is never consent"
    assert conduct.expire(consent.pk, at=consent.fires_at) == "deem_consent"
    answers = fresh(case).settled["give_opinion"]["opinions"]
    assert answers[-1]["opinion"] == "视为同意（未答复）"
