"""D15 跟踪评估."""

from flows.down.steps.evaluate_follow_up import EvaluateFollowUp
from tests.flows.down.stand import case, demanded, moved, printed, situation, sources

STEP = EvaluateFollowUp()
SAMPLE = {"support": "安排业务培训两次。", "summary": "适应新岗位，工作有起色。", "proposal": "结束跟踪。"}
VISITS = ["2026-06-20：正常。", "2026-09-20：需要帮助支持。", "2027-03-20：正常。"]


def test_it_is_done_by_being_filed() -> None:
    assert STEP.outcome(situation(), SAMPLE) == "done"


def test_the_report_sums_up_all_three_visits() -> None:
    html = printed(STEP, SAMPLE, situation(case("tracked", settled={"follow_up": {"visits": VISITS}})))
    for text in ("市交通运输局副局长", *VISITS, *SAMPLE.values()):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"support", "summary", "proposal"}


def test_it_follows_the_third_visit() -> None:
    assert moved(STEP, case("tracked")) == "evaluated"
    assert sources(STEP) == {"tracked"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("org_leader", "DN-VISIT-3", False)
