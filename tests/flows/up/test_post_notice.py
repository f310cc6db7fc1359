"""U9 任职前公示."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.post_notice import PostNotice
from tests.flows.up.stand import POST, case, moved, printed, refusal, situation
from workflow_app.law import current_edition
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = PostNotice()
DECIDED = {"nation": "汉族", "education": "大学", "party": "中共党员", "work_since": "1996.08", "resume": "1996年参加工作。", "begun": POST}
SAMPLE: dict[str, Any] = {
    "proposed": POST, "resume": "1996年参加工作。", "days": 5, "phone": "12380", "address": "云溪市府前路1号", "exceptional_ground": "",
}  # fmt: skip


def at(today: date = date(2026, 3, 20)) -> Situation:
    return situation(case("decided", settled={"decide": DECIDED}, law=current_edition()), today=today)


def test_never_shorter_than_five_working_days() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE | {"days": 4}, at()) == ("UP-NOTICE", "days")


@pytest.mark.parametrize(("today", "days", "last"), [
    (date(2026, 3, 20), 5, date(2026, 3, 27)), (date(2026, 3, 20), 7, date(2026, 3, 31)), (date(2026, 4, 30), 5, date(2026, 5, 11)),
])  # fmt: skip
def test_the_last_day_counts_working_days_from_the_day_after(today: date, days: int, last: date) -> None:
    assert STEP.settle(at(today), SAMPLE | {"days": days})["last_day"] == last


def test_the_posting_day_counts_where_the_setting_says_so(settings: Any) -> None:
    settings.COUNT_POSTING_DAY = True
    assert STEP.settle(at(), SAMPLE)["last_day"] == date(2026, 3, 26)


def test_a_longer_notice_sets_its_own_length() -> None:
    assert STEP.lengths(at(), SAMPLE | {"days": 8}) == {"UP-NOTICE": 8}


def test_what_is_posted_is_what_the_paper_says() -> None:
    posting = STEP.posting(at(), SAMPLE)
    html = printed(STEP, SAMPLE, at())
    assert all(label in html and value in html for label, value in posting.lines)
    assert "自2026年3月20日起5个工作日，当日不计入" in html, "how the last day came about, on the paper"
    assert posting.reports_to == "verify_report" and posting.kind == "PUBLIC"


def test_an_exceptional_promotion_says_its_ground() -> None:
    assert ("破格提拔的理由", "急难险重任务中表现突出。") in STEP.posting(
        at(), SAMPLE | {"exceptional_ground": "急难险重任务中表现突出。"}
    ).lines
    assert "破格" not in str(STEP.posting(at(), SAMPLE))


def test_it_runs_from_a_clean_count_of_reports() -> None:
    here = case("decided", awaited=2)
    here.post_notice("done")
    assert (here.state, here.awaited) == ("public_notice", 0)
    assert moved(case("adopted"), "post_notice") == ""
