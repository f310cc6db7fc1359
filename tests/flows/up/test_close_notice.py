"""U9 公示结果."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from flows.up.steps.close_notice import CloseNotice
from tests.flows.up.rising import facts_for, open_case, reported, to_notice
from tests.flows.up.stand import case, moved, printed, refusal, situation
from tests.story import Town, item_of, key
from workflow_app import conduct
from workflow_app.steps import Refused, RuleBroken, Situation

STEP = CloseNotice()
SAMPLE = {"remark": "公示期间情况正常。"}
POSTED = {"first_day": "2026-03-20", "last_day": "2026-03-27", "days": 5}


def at(today: date = date(2026, 3, 28), awaited: int = 0, marks: tuple[str, ...] = (), **posted: Any) -> Situation:
    return situation(case("public_notice", settled={"post_notice": POSTED | posted}, awaited=awaited, marks=marks), today=today)


@pytest.mark.parametrize(("today", "rule"), [(date(2026, 3, 27), "UP-NOTICE"), (date(2026, 3, 20), "UP-NOTICE"), (date(2026, 3, 28), "")])
def test_not_before_the_last_day_is_over(today: date, rule: str) -> None:
    assert refusal(STEP, SAMPLE, at(today))[0] == rule


def test_a_notice_of_four_days_can_never_be_closed() -> None:
    assert refusal(STEP, SAMPLE, at(date(2027, 1, 1), days=4))[0] == "UP-NOTICE"


def test_not_while_a_report_is_open() -> None:
    assert refusal(STEP, SAMPLE, at(awaited=1)) == ("U9-REPORTS", "")


def test_the_result_follows_from_the_reports_whatever_is_pressed() -> None:
    assert STEP.outcome(at(), SAMPLE | {"outcome": "affected"}) == "passed"
    assert STEP.outcome(at(marks=("report_affects",)), SAMPLE | {"outcome": "passed"}) == "affected"


@pytest.mark.parametrize(("marks", "awaited", "outcome", "state"), [
    ((), 0, "passed", "appointment_talk"), (("report_affects",), 0, "passed", ""), (("report_affects",), 0, "affected", "reconsideration"),
    ((), 1, "passed", ""), (("report_affects",), 1, "affected", ""),
])  # fmt: skip
def test_where_it_leads(marks: tuple[str, ...], awaited: int, outcome: str, state: str) -> None:
    here = case("public_notice", marks=marks, awaited=awaited)
    assert moved(here, "close_notice", outcome, notice_has_run=True) == state
    assert moved(here, "close_notice", outcome, notice_has_run=False) == ""


def test_nothing_of_the_earlier_decision_leaks_into_the_reconsideration() -> None:
    here = case("public_notice", marks=("report_affects", "vote_carried", "notice_has_run", "disagreed"), settled={
        name: {"x": 1} for name in ("record_meeting", "decide", "post_notice", "verify_report")
    })  # fmt: skip
    here.close_notice("affected")
    assert set(here.settled) == {"initiate"} and here.marks == ["disagreed"] and here.round == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "refused"), [("2026-03-13T23:59:59+08:00", True), ("2026-03-14T00:00:00+08:00", False)])
def test_through_the_door_it_closes_at_midnight_and_not_a_second_earlier(town: Town, moment: str, refused: bool) -> None:
    posted = to_notice(town, open_case(town))
    item, by = item_of(posted, "close_notice"), town.people["org_leader2"]
    facts, town.at = facts_for(town, "close_notice"), datetime.fromisoformat(moment)
    if refused:
        with pytest.raises(RuleBroken):
            conduct.complete(item, facts=facts, seen="", by=by, at=town.at, key=key())
        return
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    assert conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key()) is not None


@pytest.mark.django_db
def test_a_report_that_comes_in_after_the_preview_still_blocks_the_signature(town: Town) -> None:
    posted = to_notice(town, open_case(town))
    town.at = datetime.fromisoformat("2026-03-13T23:59:00+08:00")
    reported(town, posted)
    town.at += timedelta(minutes=2)
    item, by = item_of(posted, "close_notice"), town.people["org_leader2"]
    with pytest.raises(Refused, match="没有核查完毕"):
        conduct.preview(item, facts=facts_for(town, "close_notice"), by=by, at=town.at)


@pytest.mark.django_db
def test_the_report_lists_what_was_verified() -> None:
    here = at()
    here.case.settled["verify_report"] = {"reports": [["反映招标问题。", "经查没有违规。", "查无此事或者不影响任职"]]}
    html = printed(STEP, SAMPLE, here)
    assert "1件" in html and "反映招标问题。" in html and "2026年3月27日" in html
