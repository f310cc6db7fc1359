"""R1 申请复核: one form for all three filings; what it must say, and what it settles."""

from datetime import date
from typing import Any

import pytest

from flows.remedy.steps.apply_for_review import ApplyForReview
from flows.remedy.steps.review import Review
from tests.flows.remedy.stand import GRADE, attacked, printed, refusal, situation

pytestmark = pytest.mark.django_db
STEP = ApplyForReview()
SAMPLE: dict[str, Any] = {
    "reasons": [{"text": "延期系汛期所致。"}], "request": "revoke", "request_text": "恢复原职务。", "evidence": "汛情通报", "enclosures": [], "late_reason": "",
}  # fmt: skip


def test_it_gives_at_least_one_reason() -> None:
    at = situation(attacked())
    assert refusal(STEP, SAMPLE, at) == ("", "")
    for reasons in ([], [{"text": "  "}]):
        assert refusal(STEP, SAMPLE | {"reasons": reasons}, at) == ("R-REASON", "reasons")


@pytest.mark.parametrize(("today", "rule"), [(date(2026, 4, 1), ""), (date(2026, 4, 2), "RM-REVIEW-FILE")])
def test_after_the_last_day_it_says_why_it_is_late(today: date, rule: str) -> None:
    at = situation(attacked(), today=today)
    assert refusal(STEP, SAMPLE, at)[0] == rule
    assert refusal(STEP, SAMPLE | {"late_reason": "因病住院。"}, at) == ("", "")
    assert STEP.settle(at, SAMPLE)["late"] is bool(rule)


def test_without_service_nothing_is_late() -> None:
    at = situation(attacked(since=""), today=date(2027, 3, 1))
    assert refusal(STEP, SAMPLE, at) == ("", "")
    assert STEP.deadline_for(at.case, {}) is None


def test_it_settles_the_matter_the_track_and_the_respondent() -> None:
    settled = STEP.settle(situation(attacked()), SAMPLE)
    assert (settled["level"], settled["track"], settled["named"]) == ("review", "leading_member", True)
    assert settled["respondent"]["name"] == "中共云溪市委组织部"
    assert settled["reasons"] == ["延期系汛期所致。"]


@pytest.mark.parametrize(("kind", "named"), [("LATERAL", False), ("TO_RANK", False), ("REMOVE", True)])
def test_a_matter_that_the_law_does_not_name_is_filed_and_marked_for_a_person(kind: str, named: bool) -> None:
    at = situation(attacked(measure={"kind": kind, "months": 0}))
    assert refusal(STEP, SAMPLE, at) == ("", "")
    assert STEP.settle(at, SAMPLE)["named"] is named


def test_the_organ_decides_within_thirty_days_of_receipt() -> None:
    at = situation(attacked())
    assert STEP.begins(at, SAMPLE) == {"RM-REVIEW-DECIDE": at.today}
    assert Review.deadline == "RM-REVIEW-DECIDE"


def test_the_paper_names_the_decision_the_reasons_and_the_files() -> None:
    files = [{"name": "汛情通报.pdf", "size": 2048, "sha256": "ab" * 32}]
    html = printed(STEP, SAMPLE | {"enclosures": files}, situation(attacked()))
    for text in (
        "复核申请书",
        "王建国",
        "云组〔2026〕1号",
        "降职，影响期24个月",
        "延期系汛期所致。",
        "汛情通报.pdf",
        "撤销原决定；恢复原职务。",
        "领导成员",
    ):
        assert text in html
    assert html.index("申请人") < html.index("请求") < html.index("延期系汛期所致。"), "who and what first, then why"
    assert "2025年度考核定为不称职" in printed(STEP, SAMPLE, situation(attacked(measure=GRADE, rule="AS-RECHECK")))
