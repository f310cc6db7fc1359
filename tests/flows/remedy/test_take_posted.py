"""R4 收到按期寄出的补正材料: the day of posting counts, not the day of arrival."""

from datetime import timedelta
from typing import Any

import pytest

from flows.remedy.brief import brief
from flows.remedy.path import RemedyPath
from tests.flows.remedy.story import entered, file, go, scan_of
from tests.flows.remedy.test_deadlines import expire, last_day
from tests.flows.remedy.test_overturn import open_steps
from tests.story import Town, begin, fresh, key
from workflow_app import conduct
from workflow_app.conduct import OutOfTurn
from workflow_app.models import Attachment, Case, Deadline, Document, SigningSheet, WorkItem
from workflow_app.steps import RuleBroken, Situation

pytestmark = pytest.mark.django_db
ASKED = ("admit", {"outcome": "ask_supplement", "material": "no", "missing": "决定书复印件"})


def lapsed(town: Town, step: str = "appeal") -> Case:
    """An appeal whose material did not come in time."""
    case = go(town, file(town, entered(town), step), ASKED, "serve_decision")
    expire(town, case, "RM-SUPPLEMENT")
    return fresh(case)


def post(town: Town, case: Case, *, posted: int = 0, arrived: int = 3, **changes: Any) -> Case:
    """Posted so many days after the last day, arrived so many days after it; entered on the day of arrival."""
    last = Deadline.objects.get(case=case, rule_id="RM-SUPPLEMENT").last_day
    town.later(days=(last - town.today).days + arrived)
    days = {"received_on": last + timedelta(days=posted), "arrived_on": town.today}
    facts = {"file": scan_of(town, "civil_case_handler1").pk, **days, **changes}
    begin(town, case, "take_posted", by="civil_case_handler1", **facts)
    return fresh(case)


def test_posted_on_the_last_day_it_is_taken_as_completed_in_time(town: Town) -> None:
    case = lapsed(town)
    assert (case.state, open_steps(case)) == ("lapsed", {"admit"})
    case = post(town, case)
    assert (case.state, case.has("lapsed"), open_steps(case)) == ("filed", False, {"admit"})
    assert go(town, case, "admit", "serve_decision").state == "accepted"


def test_posted_a_day_later_it_is_not(town: Town) -> None:
    with pytest.raises(RuleBroken) as refused:
        post(town, lapsed(town), posted=1)
    assert (refused.value.rule, refused.value.field) == ("RM-SUPPLEMENT", "received_on")


@pytest.mark.parametrize("arrived_on", [-4, 1])
def test_it_did_not_arrive_before_it_was_posted_nor_tomorrow(town: Town, arrived_on: int) -> None:
    case = lapsed(town)
    last = Deadline.objects.get(case=case, rule_id="RM-SUPPLEMENT").last_day
    with pytest.raises(RuleBroken) as refused:
        post(town, case, arrived_on=last + timedelta(days=3 + arrived_on))
    assert (refused.value.rule, refused.value.field) == ("R-PAPER", "arrived_on")


def test_without_the_scan_of_the_postmark_nothing_is_entered(town: Town) -> None:
    with pytest.raises(RuleBroken) as refused:
        post(town, lapsed(town), file=None)
    assert (refused.value.rule, refused.value.field) == ("R-PAPER", "file")


def test_the_time_to_accept_starts_anew_on_the_day_it_arrived(town: Town) -> None:
    case = lapsed(town)
    item = WorkItem.objects.get(process=case, step="admit", status="NEW")
    first = Deadline.objects.get(item=item)
    assert first.starts_on == town.today, "from the day on which it was clear that nothing came"
    case = post(town, case)
    again = Deadline.objects.get(item=item)
    assert (again.starts_on, again.last_day) == (town.today, last_day("RM-ACCEPT", town.today))
    item.refresh_from_db()
    assert (item.due_on, again.fires_at > first.fires_at) == (again.last_day, True)


def test_two_handlers_sign_and_the_paper_names_both_days(town: Town) -> None:
    case = post(town, lapsed(town))
    paper = Document.objects.filter(case=case, step="take_posted").get()
    assert len({one["account"] for one in paper.content["paper"]["signatures"]}) == 2
    rows = dict(paper.content["content"]["rows"])
    assert (paper.title, rows["需补正的材料"], rows["是否如期"]) == ("补正材料", "决定书复印件", "是（以交邮日期为准）")
    assert {"交邮日期", "收到日期", "补正届满日"} <= set(rows)
    assert Attachment.objects.filter(case=case).exists()


@pytest.mark.parametrize("state", ["filed", "supplementing"])
def test_before_the_period_is_over_there_is_nothing_to_excuse(town: Town, state: str) -> None:
    case = file(town, entered(town), "appeal")
    if state == "supplementing":
        case = go(town, case, ASKED, "serve_decision")
    assert case.state == state
    with pytest.raises(OutOfTurn):
        begin(town, case, "take_posted", by="civil_case_handler1")


def test_what_was_written_to_refuse_it_no_longer_fits_when_the_post_has_come(town: Town) -> None:
    case = lapsed(town)
    item = WorkItem.objects.get(process=case, step="admit", status="NEW")
    assert RemedyPath.node_of("admit").step.on_desk(_at(town, case)) == {"material": "no"}
    post(town, case)
    assert RemedyPath.node_of("admit").step.on_desk(_at(town, case)) == {}
    item.refresh_from_db()
    assert item.status == "NEW"
    assert not SigningSheet.objects.filter(case=case).exists()


def _at(town: Town, case: Case) -> Situation:
    return Situation(fresh(case), None, town.at, {})


def test_posted_twice_is_entered_once(town: Town) -> None:
    case = post(town, lapsed(town))
    with pytest.raises(OutOfTurn):
        conduct.begin(case, "take_posted", by=town.people["civil_case_handler2"], at=town.at, key=key())


def test_beside_the_form_stands_until_when_it_was_due_and_that_nothing_came(town: Town) -> None:
    case = lapsed(town)
    lines = {line.head: line.text for line in brief(case)}
    assert lines["补正期限"] == "2026-03-02送达补正通知书，至2026-03-17届满，期限内没有收到"
    assert {line.head: line.text for line in brief(post(town, case))}["补正期限"] == "2026-03-02送达补正通知书，至2026-03-17届满"
