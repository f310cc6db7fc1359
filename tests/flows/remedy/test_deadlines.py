"""Every period of the remedies is a row of deadlines.csv, counted from its fact; changing the row changes the date."""

from __future__ import annotations

import csv
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from flows.law import HERE
from flows.remedy.path import RemedyPath
from flows.service_receipt import deemed_on
from tests.flows.remedy.story import appealed, committee, entered, file, go, person_for, votes, way_of
from tests.story import Town, act, begin, fresh
from workflow_app import clock, conduct
from workflow_app.conduct import OutOfTurn
from workflow_app.law import current_edition, rules_of
from workflow_app.models import Case, Deadline, Document, LawEdition, Record, Service, WorkItem
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
with (HERE / "deadlines.csv").open(encoding="utf-8", newline="") as csv_file:
    ROWS = {row["rule_id"]: row for row in csv.DictReader(csv_file)}
WORKED = {rule for rule, row in ROWS.items() if row["path"] == "REMEDY" and row["use"] == "workflow"}
Story = tuple[Case, date]


def last_day(rule: str, start: date, extend: int = 0) -> date:
    return clock.last_day(rule=clock.Rule.of(ROWS[rule]), start=start, calendar=clock.calendar_from_db(), extend=extend).last_day


def reviewed(town: Town) -> Story:
    return file(town, entered(town, served=3), "apply_for_review"), town.today


def review_filed(town: Town) -> Story:
    return reviewed(town)[0], town.today - timedelta(days=3)


def directly(town: Town) -> Story:
    return file(town, entered(town, served=3), "appeal"), town.today - timedelta(days=3)


def after_review(town: Town) -> Story:
    decision = entered(town)
    go(town, file(town, decision, "apply_for_review"), "review")
    served_on = town.today
    go(town, Case.objects.get(decision=decision), "serve_decision")
    town.later(days=2)
    return file(town, decision, "appeal"), served_on


def waits_for_acceptance(town: Town) -> Story:
    return file(town, entered(town), "appeal"), town.today


def asked(town: Town) -> Story:
    case = go(town, file(town, entered(town), "appeal"), ("admit", {"outcome": "ask_supplement", "material": "no"}))
    town.later(days=2)
    return go(town, case, "serve_decision"), town.today


def accepted(town: Town) -> Story:
    case = go(town, file(town, entered(town), "appeal"), "admit")
    accepted_on = town.today
    town.later(days=3)
    return go(town, case, "serve_decision"), accepted_on


def reappealed(town: Town) -> Story:
    decision = entered(town)
    appealed(town, decision, "uphold")
    served_on = town.today
    town.later(days=1)
    return file(town, decision, "reappeal"), served_on


def reappeal_waits(town: Town) -> Story:
    return reappealed(town)[0], town.today


def reappeal_accepted(town: Town) -> Story:
    case = go(town, reappealed(town)[0], "admit")
    return go(town, case, "serve_decision"), town.today


def to_be_corrected(town: Town) -> Story:
    case = go(town, file(town, entered(town), "apply_for_review"), ("review", {"outcome": "revoke"}))
    got = town.today
    town.later(days=2)
    return go(town, case, ("serve_decision", {"organ_received_on": got})), got


STORIES: dict[str, Callable[[Town], Story]] = {
    "RM-REVIEW-FILE": review_filed, "RM-REVIEW-DECIDE": reviewed, "RM-APPEAL-DIRECT": directly, "RM-APPEAL-AFTER": after_review,
    "RM-ACCEPT": waits_for_acceptance, "RM-SUPPLEMENT": asked, "RM-APPEAL-DECIDE": accepted, "RM-REAPPEAL-FILE": reappealed,
    "RM-REAPPEAL-ACCEPT": reappeal_waits, "RM-REAPPEAL-DECIDE": reappeal_accepted, "RM-CORRECT": to_be_corrected,
}  # fmt: skip


def test_every_period_of_the_remedies_has_a_story() -> None:
    assert {*STORIES, "RM-ANNOUNCE"} == WORKED


@pytest.mark.parametrize("rule", sorted(STORIES))
def test_a_period_is_counted_from_its_fact(town: Town, rule: str) -> None:
    case, counted_from = STORIES[rule](town)
    deadline = Deadline.objects.filter(case=case, rule_id=rule).latest("id")
    assert (deadline.starts_on, deadline.last_day) == (counted_from, last_day(rule, counted_from))


def test_a_public_notice_serves_when_its_period_is_over(town: Town) -> None:
    announced = town.today
    assert deemed_on(Case(), announced) == last_day("RM-ANNOUNCE", announced)
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    deemed = last_day("RM-ANNOUNCE", announced)
    assert deemed > announced + timedelta(days=60), "the sixtieth day is a holiday"
    town.later(days=(deemed - announced).days - 1)
    notice = {"mode": "announce", "announced_on": announced, "receiver": ""}
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("serve_decision", {**notice, "served_on": town.today}))
    assert refused.value.rule == "RM-ANNOUNCE"
    town.later(days=1)
    assert go(town, case, ("serve_decision", {**notice, "served_on": town.today})).state == "concluded"


@pytest.mark.parametrize(("rule", "step"), [("RM-REVIEW-FILE", "apply_for_review"), ("RM-APPEAL-DIRECT", "appeal")])
def test_changing_the_row_changes_the_date_and_no_code(town: Town, rule: str, step: str) -> None:
    decision = entered(town, served=3)
    before = way_of(town, decision, step).last_day
    figures = deepcopy(current_edition().figures)
    next(row for row in figures["deadlines"] if row["rule_id"] == rule)["length"] = "45"
    rules_of.cache_clear()  # an edition of an earlier test may have had the same key
    LawEdition.objects.create(digest="more", figures=figures, loaded_at=current_edition().loaded_at + timedelta(days=1))
    way = way_of(town, decision, step)
    assert before is not None
    assert way.last_day is not None
    assert way.last_day >= before + timedelta(days=14)
    case = file(town, decision, step)
    assert Deadline.objects.get(case=case, rule_id=rule).last_day == way.last_day


def test_the_decision_tells_the_days_of_the_table(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    paper = Document.objects.get(case=case, step="review")
    assert f"{ROWS['RM-APPEAL-AFTER']['length']}日内向云溪市公务员主管部门" in str(paper.content)


# Late: the filing is taken, and a person decides.


def late(town: Town, step: str = "appeal", **changes: Any) -> Case:
    return file(town, entered(town, served=60), step, late_reason="因病住院，出院后立即提出。", **changes)


@pytest.mark.parametrize("step", ["apply_for_review", "appeal"])
def test_a_late_filing_says_why_it_is_late(town: Town, step: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        file(town, entered(town, served=60), step)
    assert (refused.value.rule, refused.value.field) == ({"appeal": "RM-APPEAL-DIRECT"}.get(step, "RM-REVIEW-FILE"), "late_reason")


def test_the_last_day_is_still_in_time(town: Town) -> None:
    decision = entered(town)
    way = way_of(town, decision, "appeal")
    assert way.last_day is not None
    town.later(days=(way.last_day - town.today).days)
    assert not way_of(town, decision, "appeal").late
    town.later(days=1)
    assert way_of(town, decision, "appeal").late


def test_a_late_appeal_is_accepted_when_a_person_finds_a_just_cause(town: Town) -> None:
    case = late(town)
    assert case.state == "filed"
    with pytest.raises(RuleBroken) as refused:
        go(town, case, "admit")
    assert (refused.value.rule, refused.value.field) == ("RM-APPEAL-DIRECT", "just_cause")
    assert go(town, case, ("admit", {"just_cause": True}), "serve_decision").state == "accepted"


def test_a_late_appeal_without_a_just_cause_is_refused_with_reasons(town: Town) -> None:
    case = go(town, late(town), ("admit", {"outcome": "refuse", "time": "no"}), "serve_decision")
    assert (case.state, Document.objects.get(case=case, step="admit").title) == ("not_accepted", "不予受理决定书")


def test_a_late_review_is_taken_up_only_by_a_person(town: Town) -> None:
    case = late(town, "apply_for_review")
    with pytest.raises(RuleBroken) as refused:
        go(town, case, "review")
    assert refused.value.rule == "RM-REVIEW-FILE"
    assert go(town, case, ("review", {"just_cause": True})).state == "decided"


# Expiry.


def expire(town: Town, case: Case, rule: str) -> str:
    deadline = Deadline.objects.filter(case=case, rule_id=rule).latest("id")
    town.at = deadline.fires_at.astimezone(clock.TZ)
    return conduct.expire(deadline.pk, at=town.at)


@pytest.mark.parametrize("rule", ["RM-REVIEW-DECIDE", "RM-ACCEPT", "RM-APPEAL-DECIDE", "RM-CORRECT"])
def test_an_organ_that_is_late_is_reported_and_nothing_is_deemed(town: Town, rule: str) -> None:
    case = STORIES[rule](town)[0]
    assert expire(town, case, rule) == "escalate"
    assert fresh(case).state == case.state
    assert WorkItem.objects.filter(process=case, escalated_at__isnull=False).exists()


def test_material_that_is_not_completed_lapses_and_a_person_refuses_it_in_writing(town: Town) -> None:
    case = asked(town)[0]
    expire(town, case, "RM-SUPPLEMENT")
    assert fresh(case).state == "lapsed"
    assert Document.objects.get(case=case, step="supplement").title == "期满未补正情况记录"
    assert Deadline.objects.filter(case=case, rule_id="RM-ACCEPT").latest("id").starts_on == town.today
    case = go(town, case, ("admit", {"outcome": "refuse", "material": "no"}))
    paper = Document.objects.filter(case=case, step="admit").latest("id")
    assert (paper.code, paper.title, paper.formal, len(paper.content["paper"]["signatures"])) == ("R-ACC", "不予受理决定书", True, 1)
    assert go(town, case, "serve_decision").state == "not_accepted"
    assert Service.objects.filter(case=case).latest("id").document == paper


def test_completed_material_starts_the_period_for_acceptance_anew(town: Town) -> None:
    case = asked(town)[0]
    town.later(days=5)
    case = go(town, case, "supplement")
    again = Deadline.objects.filter(case=case, rule_id="RM-ACCEPT").latest("id")
    assert (case.state, again.starts_on) == ("filed", town.today)


def test_the_end_of_the_time_to_appeal_is_recorded_and_decides_nothing(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), "review", "serve_decision")
    assert expire(town, case, "RM-APPEAL-AFTER") == "mark_late"
    assert Record.objects.filter(case=case, kind="TIMER", outcome="mark_late").exists()
    assert fresh(case).state == "concluded"


# Extension: once, at most 30 days, in writing before the last day.


def extend(town: Town, case: Case, days: int = 30) -> Case:
    begin(town, case, "extend", by="civil_appeal_office1", days=days)
    return fresh(case)


def test_an_extension_holds_for_every_item_that_follows(town: Town) -> None:
    case, accepted_on = accepted(town)
    case = extend(town, go(town, case, "form_committee"), 20)
    longer = last_day("RM-APPEAL-DECIDE", accepted_on, extend=20)
    assert WorkItem.objects.get(process=case, step="hear").due_on == longer
    case = go(town, case, ("hear", {"votes": votes(town, "uphold")}))
    assert WorkItem.objects.get(process=case, step="decide").due_on == longer


def test_it_is_extended_once(town: Town) -> None:
    case = extend(town, accepted(town)[0], 10)
    with pytest.raises((RuleBroken, OutOfTurn)):
        extend(town, case, 10)


def test_not_by_more_than_the_table_says(town: Town) -> None:
    with pytest.raises(RuleBroken) as refused:
        extend(town, accepted(town)[0], 31)
    assert (refused.value.rule, refused.value.field) == ("RM-APPEAL-DECIDE", "days")


def test_not_after_the_last_day(town: Town) -> None:
    case, accepted_on = accepted(town)
    town.later(days=(last_day("RM-APPEAL-DECIDE", accepted_on) - town.today).days)
    extend(town, case)
    case, accepted_on = accepted(town)
    town.later(days=(last_day("RM-APPEAL-DECIDE", accepted_on) - town.today).days + 1)
    with pytest.raises(RuleBroken) as refused:
        extend(town, case)
    assert refused.value.rule == "RM-APPEAL-DECIDE"


def test_viewing_a_decision_is_not_service(town: Town) -> None:
    decision = entered(town, served=None)
    assert [way.last_day for way in RemedyPath.ways(decision, on=town.today) if not way.reason] == [None] * 3


def test_the_case_of_a_re_appeal_runs_under_rules_of_its_own(town: Town) -> None:
    case = reappeal_accepted(town)[0]
    case = go(town, case, ("form_committee", {"committee": committee(town, "prov")}))
    begin(town, case, "extend", by="prov_appeal_office1", days=15)
    by = person_for(town, case, "hear")
    act(town, case, "hear", by=by, votes=votes(town, "uphold", "prov"), review_head="申诉程序合法。")
    item = WorkItem.objects.get(process=case, step="decide")
    assert item.due_on == last_day(
        "RM-REAPPEAL-DECIDE", Deadline.objects.filter(case=case, rule_id="RM-REAPPEAL-DECIDE").latest("id").starts_on, 15
    )
