"""Beside the form stands what has been established: nobody decides from memory, and nobody outside reads along."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.flows.remedy import story as remedies
from tests.flows.up import rising
from tests.story import TO_MEETING, Town, fresh, item_of, open_case, run, signed_in
from workflow_app import conduct
from workflow_app.models import Case

pytestmark = pytest.mark.django_db


def beside(town: Town, case: Case, step: str, who: str) -> str:
    answer = signed_in(town.people[who]).get(f"/items/{item_of(case, step).pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def wide(town: Town) -> Town:
    """The town with the organs that hear remedies."""
    return remedies.build_remedies(town)


def heads(case: Case) -> dict[str, str]:
    return {line.head: line.text for line in fresh(case).flow_class.brief(fresh(case))}


def test_the_reviewer_sees_facts_hearing_proposal_and_periods_beside_the_checklist(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[: TO_MEETING.index("review_legality")])
    page = beside(town, case, "review_legality", "legal_reviewer1")
    for head in ("考察组", "证据材料", "查明的事实", "认定的情形", "告知", "告知书送达", "陈述申辩", "采纳情况", "调整建议", "期限遵守"):
        assert f"<dt>{head}</dt>" in page, head
    assert "个期限都在期内办结" in page and "个别谈话" not in heads(case)["证据材料"]
    assert "——部分采纳：" in heads(case)["采纳情况"]
    assert "线索" not in heads(case), "what was verified takes the place of what was only said"


def test_a_period_that_was_not_kept_is_named_with_both_days(town: Town) -> None:
    steps = TO_MEETING[: TO_MEETING.index("review_legality")]
    case = run(town, open_case(town), *steps[:3])
    town.later(days=100)
    case = run(town, case, *steps[3:])
    page = beside(town, case, "review_legality", "legal_reviewer1")
    assert "都在期内办结" not in page
    assert "专项考察报告：届满日" in page and f"，{town.at.date()}办结" in page


def test_a_silent_cadre_is_not_listed_as_late(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[: TO_MEETING.index("answer")])
    period = item_of(case, "answer").deadlines.get()
    town.at = period.fires_at + timedelta(days=2)
    assert conduct.expire(period.pk, at=town.at)
    page = beside(town, case, "propose", "org_leader1")
    assert "期满未提交" in page and "陈述申辩：届满日" not in page


def test_an_organ_that_is_asked_for_an_opinion_reads_the_letter_and_nothing_else(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[: TO_MEETING.index("give_opinion")])
    assert "案情要点" not in beside(town, case, "give_opinion", "opinion_organ1")


def test_a_motion_shows_votes_appraisal_and_clear_answers_to_the_committee(town: Town) -> None:
    case = rising.to_notice(town, rising.open_case(town))
    for head in ("拟任职务", "谈话调研推荐", "会议推荐", "推荐结果有效期", "民主测评", "考察结论", "核查答复", "会议表决", "任职前公示"):
        assert heads(case)[head], head


def test_a_remedy_shows_what_is_attacked_and_whether_it_came_in_time(wide: Town) -> None:
    case = remedies.file(wide, remedies.demoted(wide), "apply_for_review")
    assert "届满日" in heads(case)["提出时间"] and "已逾期" not in heads(case)["提出时间"]
    assert heads(case)["针对的决定"] and heads(case)["理由"].startswith("1. ")
