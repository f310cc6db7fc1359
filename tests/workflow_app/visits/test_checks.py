"""Checks of the sample: by others than who entered the row, against papers of several sources; what is wrong is settled through its own door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town
from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.visits.sampled import begun, concluded, drawn, figure, matter, paper, published, subject, wrong
from tests.workflow_app.visits.visited import planned
from workflow_app import verifying
from workflow_app.models import (
    Account,
    Bar,
    CheckBegun,
    CheckResult,
    Lead,
    Message,
    SampleCheck,
    Score,
    Tie,
)
from workflow_app.refusing import Refused
from workflow_app.visits.disposing import Word
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db


def test_who_entered_a_row_whom_it_is_about_and_who_is_tied_do_not_check_it(hall: Hall, town: Town) -> None:
    check = drawn(hall)
    for who, words, rule in ((hall.office, "登记人不得核验", "SD-19"), (town.people["wang"], "本人的事项", "SD-9")):
        with pytest.raises(Refused, match=words) as no:
            verifying.begin(check, "", by=who, at=hall.at)
        assert no.value.rule == rule
        with pytest.raises(DatabaseError), transaction.atomic():
            CheckBegun.objects.create(check_of=check, by=who, at=hall.at)
    Tie.objects.create(one_id=town.cadre("case_handler2"), other=town.wang, kind="OTHER", declared_at=hall.at)
    with pytest.raises(Refused, match="回避关系"):
        verifying.begin(check, "", by=town.people["case_handler2"], at=hall.at)
    begun(hall, check)
    with pytest.raises(Refused, match="已经有人核验"):
        verifying.begin(check, "", by=town.people["org_leader1"], at=hall.at)


def test_a_check_begins_within_48_hours_on_any_day_or_says_why_not(hall: Hall) -> None:
    check = drawn(hall)
    assert check.begin_by - check.at == timedelta(hours=48), "2026-01-10 is a Saturday"
    hall.at = check.begin_by + timedelta(seconds=1)
    with pytest.raises(Refused, match="超过48小时"):
        begun(hall, check)
    hall.at = check.begin_by
    begun(hall, check)
    late = verifying.raise_check(matter(hall), "两家媒体的报道经核实属实，附网信部门函。", by=hall.town.people["case_handler1"], at=hall.at)
    hall.at += timedelta(hours=49)
    verifying.begin(late, "核验人员出差。", by=hall.town.people["case_handler1"], at=hall.at)
    assert CheckBegun.objects.get(check_of=late).late_why == "核验人员出差。"


def test_the_worker_reminds_once_of_a_check_that_must_begin(hall: Hall, town: Town) -> None:
    check = drawn(hall)
    key = f"sample:{check.campaign_id}:begin"
    verifying.remind_due(check.at + timedelta(hours=35))
    assert not Message.objects.filter(key=key).exists()
    for hours in (36, 37, 60):
        Worker("w").assess(check.at + timedelta(hours=hours))
    assert Message.objects.filter(key=key, account=town.people["case_handler1"]).count() == 1
    begun(hall, check)
    assert verifying.remind_due(hall.at + timedelta(hours=99)) == 0


def test_strong_opinion_puts_a_row_on_the_list_once_with_its_papers(hall: Hall, town: Town) -> None:
    row = subject().figures.get()
    with pytest.raises(Refused, match="反映的情况和材料"):
        verifying.raise_check(row, "网上说", by=town.people["case_handler1"], at=hall.at)
    with pytest.raises(Refused, match="本人的事项"):
        verifying.raise_check(row, "两家媒体的报道经核实属实。", by=town.people["wang"], at=hall.at)
    check = verifying.raise_check(row, "两家媒体的报道经核实属实。", by=town.people["case_handler1"], at=hall.at)
    with pytest.raises(Refused, match="已经在核验"):
        verifying.raise_check(row, "两家媒体的报道经核实属实。", by=town.people["case_handler1"], at=hall.at)
    plan = published(hall)
    assert verifying.draw(plan, by=hall.office, at=hall.at) == [] and SampleCheck.objects.get() == check
    assert not verifying.faults_of(plan)


def test_only_who_took_a_check_on_works_on_it_and_a_result_ends_it(hall: Hall, town: Town) -> None:
    check = drawn(hall)
    with pytest.raises(Refused, match="由核验人登记"):
        paper(hall, check)
    begun(hall, check)
    with pytest.raises(Refused, match="由核验人登记"):
        paper(hall, check, by="case_handler2")
    other: Account = town.people["case_handler2"]
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckResult.objects.create(check_of=check, outcome="RIGHT", proof="相符", by=other, at=hall.at)
    paper(hall, check)
    paper(hall, check, "AUDIT")
    concluded(hall, check, "RIGHT")
    for act in (lambda: paper(hall, check), lambda: concluded(hall, check, "WRONG")):
        with pytest.raises(Refused, match="已有结论"):
            act()
    assert not Message.objects.filter(account=town.people["wang"], key__startswith="check").exists()


def test_right_needs_two_kinds_of_source_and_wrong_needs_one_that_differs(hall: Hall) -> None:
    check = begun(hall)
    with pytest.raises(Refused, match="没有选择途径"):
        paper(hall, check, "RUMOUR")
    with pytest.raises(Refused, match="没有选择结论"):
        concluded(hall, check, "MAYBE")
    paper(hall, check)
    paper(hall, check)
    with pytest.raises(Refused, match="两种以上途径"):
        concluded(hall, check, "RIGHT")
    with pytest.raises(Refused, match="没有材料显示不一致"):
        concluded(hall, check, "WRONG")
    paper(hall, check, "PETITION", agrees=False)
    with pytest.raises(Refused, match="两种以上途径"):
        concluded(hall, check, "RIGHT")
    concluded(hall, check, "WRONG")


def test_the_spot_is_seen_only_on_a_visit_that_is_registered_and_has_begun(hall: Hall, town: Town) -> None:
    check = begun(hall)
    for visit in (None, planned(town, first=town.today + timedelta(days=1))):
        with pytest.raises(Refused, match="现场核验须通过") as no:
            paper(hall, check, "SPOT", visit=visit)
    assert "走访检查" in no.value.way_out
    there = planned(town)
    hall.at = town.at
    paper(hall, check, "SPOT", visit=there)
    assert there.checks.get().way == "SPOT"


def test_a_wrong_row_is_told_to_the_person_and_raises_nothing_by_itself(hall: Hall, town: Town) -> None:
    before = Score.objects.count()
    wrong(hall)
    assert "经核验不实" in Message.objects.get(account=town.people["wang"], key__contains="wrong").title
    assert not Lead.objects.exists() and not Bar.objects.exists() and Score.objects.count() == before


def test_a_falsification_is_established_through_its_own_door_and_linked(hall: Hall, town: Town) -> None:
    result, handler = wrong(hall), town.people["case_handler2"]
    for word, words in (
        (Word("NOTHING", "数据有出入，但影响不大。"), "没有选择处理"), (Word("ESTABLISHED"), "没有选择已登记的事项"),
        (Word("ESTABLISHED", established=matter(hall)), "不是这一数据的不实认定"),
        (Word("CORRECTED", "登记差错。"), "还没有更正或者撤回"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            verifying.dispose_result(result, word, by=handler, at=hall.at)
    false = matter(hall, "FALSIFIED", 9)
    assert Bar.objects.get().rule_id == "B-FRAUD", "the door that exists bars; nothing here does"
    verifying.dispose_result(result, Word("ESTABLISHED", established=false), by=handler, at=hall.at)
    assert Bar.objects.count() == 1
    with pytest.raises(Refused, match="已经处理"):
        verifying.dispose_result(result, Word("ESTABLISHED", established=false), by=handler, at=hall.at)


def test_a_mistake_is_corrected_through_its_own_door_and_said_to_be_one(hall: Hall, town: Town) -> None:
    result, handler = wrong(hall), town.people["case_handler2"]
    with pytest.raises(Refused, match="本人的事项"):
        verifying.dispose_result(result, Word("CORRECTED", "登记差错。"), by=town.people["wang"], at=hall.at)
    figure(hall, 80, "核验发现登记差错")
    verifying.dispose_result(result, Word("CORRECTED", "把八十写成九十。"), by=handler, at=hall.at)


def test_a_row_found_right_needs_nothing_more(hall: Hall, town: Town) -> None:
    check = begun(hall)
    paper(hall, check)
    paper(hall, check, "DUTY")
    with pytest.raises(Refused, match="不需要处理"):
        verifying.dispose_result(
            concluded(hall, check, "RIGHT"), Word("CORRECTED", "登记差错。"), by=town.people["case_handler2"], at=hall.at
        )
