"""R2 复核决定: answered reason by reason, taken up by a person, never heavier."""

from typing import Any

import pytest

from flows.remedy.steps.review import Review
from tests.flows.remedy.stand import DEMOTION, GRADE, NO_CHANGE, case, printed, refusal, situation

pytestmark = pytest.mark.django_db
STEP = Review()
SAMPLE: dict[str, Any] = {
    "replies": [{"reason": "延期系汛期所致。", "reply": "部分属实。"}, {"reason": "程序有误。", "reply": "程序合法。"}],
    "facts_review": "事实清楚。", "rule_review": "适用正确。", "procedure_review": "程序合法。", "outcome": "uphold", "conclusion": "维持。",
    "just_cause": False, "within_scope": False, **NO_CHANGE,
}  # fmt: skip


def refused(about: dict[str, Any] | None = None, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case(about=about)))


def test_every_reason_is_answered() -> None:
    assert refused() == ("", "")
    assert refused(replies=SAMPLE["replies"][:1]) == ("R-REPLY", "replies")
    assert refused(replies=[SAMPLE["replies"][0], {"reason": "程序有误。", "reply": " "}]) == ("R-REPLY", "replies")


@pytest.mark.parametrize(
    ("after", "rule"),
    [
        ({"kind": "REMOVE", "months": 12}, ""), ({"kind": "DEMOTE", "months": 12, "rank_steps": 1}, ""),
        ({"kind": "DEMOTE", "months": 36, "rank_steps": 1}, "SD-18"), ({"kind": "DEMOTE", "months": 12, "rank_steps": 2}, "SD-18"),
        (DEMOTION, "R-CHANGE"), ({"kind": ""}, "R-CHANGE"),
    ],
)  # fmt: skip
def test_a_change_is_lighter_or_it_is_refused(after: dict[str, Any], rule: str) -> None:
    assert refused(outcome="change", **{**NO_CHANGE, **after})[0] == rule


def test_a_grade_is_changed_to_a_better_grade() -> None:
    graded = {"measure": GRADE, "kind": "ANNUAL_GRADE"}
    assert refused(graded, outcome="change", grade="BASIC") == ("", "")
    assert refused(graded, outcome="change", grade="INCOMPETENT") == ("R-CHANGE", "grade")
    assert refused(graded, outcome="change", grade="") == ("R-CHANGE", "grade")


def test_lateness_is_excused_by_a_person_only() -> None:
    late = {"late": True, "rule": "RM-REVIEW-FILE"}
    assert refused(late) == ("RM-REVIEW-FILE", "just_cause")
    assert refused(late, just_cause=True) == ("", "")
    assert refused(late, outcome="not_accepted") == ("", "")


def test_a_matter_that_the_law_does_not_name_is_admitted_by_a_person_only() -> None:
    unnamed = {"named": False, "measure": {"kind": "LATERAL", "months": 0}}
    assert refused(unnamed) == ("R4-MATTER", "within_scope")
    assert refused(unnamed, within_scope=True) == ("", "")


def test_what_is_in_time_and_named_must_be_taken_up() -> None:
    assert refused(outcome="not_accepted") == ("R2-ACCEPT", "outcome")
    assert refused({"late": True}, outcome="not_accepted", just_cause=True) == ("R2-ACCEPT", "outcome")


def test_only_what_is_in_question_is_asked() -> None:
    asked = set(Review.Facts(situation=situation(case())).fields)
    assert not asked & {"just_cause", "within_scope", "grade"}
    late = Review.Facts(situation=situation(case(about={"late": True, "measure": GRADE, "named": False}))).fields
    assert {"just_cause", "within_scope", "grade"} <= set(late)
    assert "months" not in late


@pytest.mark.parametrize(("outcome", "reaches"), [("uphold", False), ("change", True), ("revoke", True), ("not_accepted", False)])
def test_only_change_and_revocation_reach_the_decision(outcome: str, reaches: bool) -> None:
    after = {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0} if outcome == "change" else NO_CHANGE
    told = STEP.overturning(situation(case()), SAMPLE | after | {"outcome": outcome})
    assert bool(told) is reaches
    assert not told or told["outcome"] == outcome


def test_the_paper_answers_each_reason_and_tells_the_next_remedy() -> None:
    html = printed(STEP, SAMPLE, situation(case()))
    for text in (
        "复核决定书",
        "理由1：延期系汛期所致。",
        "答复：部分属实。",
        "于2026年3月10日申请复核",
        "维持原决定",
        "15日内",
        "不停止原决定的执行",
    ):
        assert text in html
    changed = printed(STEP, SAMPLE | {"outcome": "change", "kind": "REMOVE", "months": 12}, situation(case()))
    assert "变更原决定：免职，影响期12个月" in changed


def test_not_taking_it_up_is_another_paper_with_the_direct_appeal() -> None:
    html = printed(STEP, SAMPLE | {"outcome": "not_accepted"}, situation(case(about={"late": True})))
    assert "不予受理决定书" in html
    assert "30日内" in html
