"""Classes: opened, changed and called off with a reason; people called by name and for a gap; their word, and results in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town
from tests.workflow_app.care.helped import course, plan_for, served
from tests.workflow_app.learning.taught import REASON, called, came, gap, lists_of, opened, over, score_of, terms
from workflow_app import helping, ledger, training
from workflow_app.care import matching, plans
from workflow_app.learning import gaps, participants, record
from workflow_app.learning.classes import terms_of
from workflow_app.learning.participants import Call
from workflow_app.models import (
    Cadre,
    ExcuseDecision,
    LookBack,
    Message,
    Participant,
    ParticipantWord,
    Record,
    Tie,
    TrainingClass,
    Unit,
)
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


def outcomes() -> list[str]:
    return list(Record.objects.filter(kind="CARE").order_by("seq").values_list("outcome", flat=True))


def test_a_class_with_somebody_called_answered_and_finished_leaves_its_lines_in_the_journal(town: Town) -> None:
    found = opened(town)
    one = called(town, found)[0]
    assert Message.objects.filter(account=town.people["wang"], key=f"class:{one.pk}", url="/mine/training/").exists()
    training.say(one, "COMING", "", by=town.people["wang"], at=town.at)
    over(town)
    training.enter_result(came(one), by=town.people["placement_office1"], at=town.at)
    assert outcomes() == ["class", "called", "class_word", "class_result"]
    ledger.verify(f"J{town.city.pk}")
    entry = record.entries(town.wang)[0]
    assert (entry.title, entry.stand, entry.hours, entry.text) == ("重点工程项目管理", "完成", Decimal("40.0"), "能独立编制工程进度计划。")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"topic": "学"}, "请写明主题"),
        ({"purpose": "学习"}, "请写明目的"),
        ({"organizer": ""}, "请写明主办单位"),
        ({"place": " "}, "请写明地点"),
        ({"hours": Decimal(0)}, "学时不对"),
        ({"hours": Decimal("1.25")}, "学时不对"),
        ({"hours": Decimal(1000)}, "学时不对"),
        ({"days": -1}, "结束日期早于开始日期"),
    ],
)
def test_a_class_without_its_terms_is_refused(town: Town, changes: dict[str, Any], words: str) -> None:
    days = changes.pop("days", None)
    if days is not None:
        changes["last"] = town.today + timedelta(days=days)
    with pytest.raises(Refused, match=words) as no:
        opened(town, **changes)
    assert no.value.way_out and no.value.field
    assert not TrainingClass.objects.exists()


def test_a_class_of_no_kind_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="没有选择类别"):
        opened(town, kind="")


def test_changed_terms_say_why_keep_the_earlier_ones_and_are_told_to_who_is_called(town: Town) -> None:
    found, leader = opened(town), town.people["org_leader1"]
    one = called(town, found)[0]
    later = terms(town, first=town.today + timedelta(days=7), last=town.today + timedelta(days=9))
    with pytest.raises(Refused, match="请写明更改理由"):
        training.change(found, later, "", by=leader, at=town.at)
    made = training.change(found, later, "党校场地冲突，顺延一周。", by=leader, at=town.at)
    assert terms_of(TrainingClass.objects.get()) == made and found.terms.count() == 2
    assert Message.objects.filter(account=town.people["wang"], key=f"class:changed:{made.pk}:{one.pk}").exists()


def test_what_is_called_off_is_told_and_takes_nothing_more(town: Town) -> None:
    found, leader = opened(town), town.people["org_leader1"]
    one = called(town, found)[0]
    with pytest.raises(Refused, match="请写明取消的理由"):
        training.call_off(found, "", by=leader, at=town.at)
    training.call_off(found, "授课人因公出国。", by=leader, at=town.at)
    assert Message.objects.filter(account=town.people["wang"], key=f"class:off:{found.pk}:{one.pk}").exists()
    other = Cadre.objects.get(account=town.people["archivist1"])
    acts: list[Callable[[], Any]] = [
        lambda: called(town, found, Call(other, REASON)),
        lambda: training.say(one, "COMING", "", by=town.people["wang"], at=town.at),
        lambda: training.enter_result(came(one, outcome="ABSENT", hours=Decimal(0)), by=leader, at=town.at),
        lambda: training.call_off(found, "再取消一次班次。", by=leader, at=town.at),
        lambda: training.change(found, terms(town), "再改一次班次。", by=leader, at=town.at),
    ]
    for act in acts:
        with pytest.raises(Refused, match="已经取消"):
            act()
    assert record.entries(town.wang) == []


def test_after_a_result_the_class_is_neither_changed_nor_called_off(town: Town) -> None:
    found, leader = opened(town), town.people["org_leader1"]
    one = called(town, found)[0]
    over(town)
    training.enter_result(came(one), by=leader, at=town.at)
    for act in (
        lambda: training.change(found, terms(town), "场地冲突顺延。", by=leader, at=town.at),
        lambda: training.call_off(found, "授课人因公出国。", by=leader, at=town.at),
    ):
        with pytest.raises(Refused, match="已经登记参训结果"):
            act()


def test_nobody_is_called_without_a_reason_twice_from_elsewhere_or_after_leaving(town: Town) -> None:
    found = opened(town)
    with pytest.raises(Refused, match="没有选择人员"):
        training.call(found, [], by=town.people["case_handler1"], at=town.at)
    with pytest.raises(Refused, match="调训理由"):
        called(town, found, Call(town.wang, "学习"))
    elsewhere = Unit.objects.create(code="YY", name="云岭市", kind="PREFECTURE", path="/999999/")
    with pytest.raises(Refused, match="本机关管理的在职干部"):
        called(town, found, Call(Cadre.objects.create(number="YY00001", name="何远", sex="男", unit=elsewhere), REASON))
    gone = Cadre.objects.create(number="YX00066", name="秦雅", sex="女", unit=town.wang.unit, active=False)
    with pytest.raises(Refused, match="本机关管理的在职干部"):
        called(town, found, Call(town.wang, REASON), Call(gone, REASON))
    assert not Participant.objects.exists(), "all or none"
    called(town, found)
    with pytest.raises(Refused, match="还没有列入"):
        called(town, found)


def test_nobody_calls_excuses_or_enters_themself_or_whom_they_are_tied_to(town: Town) -> None:
    found, handler = opened(town), town.people["case_handler1"]
    own = Cadre.objects.get(account=handler)
    with pytest.raises(Refused, match="本人的事项"):
        called(town, found, Call(own, REASON))
    one = called(town, found)[0]
    training.say(one, "EXCUSE", "防汛值守", by=town.people["wang"], at=town.at)
    Tie.objects.create(one=own, other=town.wang, kind="OTHER", declared_at=town.at)
    for act in (
        lambda: training.decide(one, True, "", by=handler, at=town.at),
        lambda: training.enter_result(came(one, outcome="PARTLY"), by=handler, at=town.at),
    ):
        with pytest.raises(Refused, match="回避关系"):
            act()
    wang = town.people["wang"]
    with pytest.raises(Refused, match="本人的事项"):
        training.decide(one, True, "", by=wang, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        ExcuseDecision.objects.create(word=one.words.get(), granted=True, by=wang, at=town.at)


def test_a_gap_is_named_by_its_source_which_is_the_persons_own(town: Town) -> None:
    lists_of(town)
    score_of(town)
    found = opened(town)
    other = Cadre.objects.get(account=town.people["archivist1"])
    with pytest.raises(Refused, match="短板的来源"):
        called(town, found, Call(town.wang, REASON, "进度控制不力"))
    with pytest.raises(Refused, match="本人的来源"):
        called(town, found, Call(other, REASON, "", gap(town, gaps.POINT)))
    with pytest.raises(Refused, match="要补的短板"):
        called(town, found, Call(town.wang, REASON, "", gap(town, gaps.SCORE)))
    one = called(town, found, Call(town.wang, REASON, "", gap(town, gaps.POINT)))[0]
    assert (one.gap, gaps.where_of(one)) == ("工程进度控制不力，三次调整工期。", "2025年度测评整改清单第1项")
    another = called(town, opened(town), Call(town.wang, REASON, "经济运行分析能力偏弱", gap(town, gaps.SCORE)))[0]
    assert gaps.where_of(another) == "2025年度测评考核得分", "the sheet is named, its figure is not"
    with pytest.raises(DatabaseError), transaction.atomic():
        Participant.objects.create(
            training_class=opened(town), cadre=town.wang, post_title="x", reason=REASON, gap="无来源的短板", by=one.by, at=town.at
        )


def test_what_is_mended_is_no_gap_any_more_and_what_was_not_mended_still_is(town: Town) -> None:
    point = lists_of(town).points.get(list="MEND")
    by = town.people["assessment_office2"]
    LookBack.objects.create(point=point, result="NOT_MENDED", findings="工期仍在调整。", by=by, at=town.at)
    assert [one.kind for one in gaps.gaps_of(town.city)] == [gaps.POINT]
    LookBack.objects.create(point=point, result="MENDED", findings="台账齐全，按期推进。", by=by, at=town.at)
    assert gaps.gaps_of(town.city) == []


def test_a_training_of_a_plan_of_help_that_a_class_carries_is_one_training(town: Town) -> None:
    plan = plan_for(town, served(town))
    by = town.people["placement_office1"]
    wanted = helping.train(plan, course(town), by=by, at=town.at)
    assert [one.title for one in record.entries(town.wang)] == ["项目管理专题班"]
    one = called(town, opened(town), Call(town.wang, REASON, "", gap(town, gaps.PLAN)))[0]
    rows = record.entries(town.wang)
    assert [row.title for row in rows] == ["重点工程项目管理"] and "项目管理专题班" in rows[0].source, "once, in the class"
    assert not [row for row in gaps.gaps_of(town.city) if row.kind == gaps.PLAN], "the gap is taken care of"
    over(town)
    with pytest.raises(Refused, match="由培训班次承担"):
        helping.end_training(wanted, "COMPLETED", "完成全部课程。", town.today, by=by, at=town.at)
    with pytest.raises(Refused, match="由培训班次承担"):
        helping.train(plan, course(town), by=by, at=town.at, corrects=wanted, why="名称写错了。")
    assert plans.outcome_of(wanted) == ""
    training.enter_result(came(one), by=by, at=town.at)
    assert plans.outcome_of(wanted) == "完成" and "重点工程项目管理" in matching.profile_of(town.wang, town.today).trained


def test_only_the_person_says_whether_they_come(town: Town) -> None:
    one = called(town, opened(town))[0]
    handler = town.people["case_handler1"]
    with pytest.raises(Refused, match="只能由本人答复"):
        training.say(one, "COMING", "", by=handler, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        ParticipantWord.objects.create(participant=one, word="COMING", by=handler, at=town.at)
    wang = town.people["wang"]
    with pytest.raises(Refused, match="没有选择答复"):
        training.say(one, "", "", by=wang, at=town.at)
    with pytest.raises(Refused, match="请写明请假理由"):
        training.say(one, "EXCUSE", " ", by=wang, at=town.at)
    training.say(one, "COMING", "", by=wang, at=town.at)
    with pytest.raises(Refused, match="已经答复过"):
        training.say(one, "COMING", "", by=wang, at=town.at)


def test_an_excuse_is_asked_with_a_reason_and_decided_once_by_another(town: Town) -> None:
    one = called(town, opened(town))[0]
    wang, leader = town.people["wang"], town.people["org_leader2"]
    with pytest.raises(Refused, match="没有等待审批"):
        training.decide(one, True, "", by=leader, at=town.at)
    made = training.say(one, "EXCUSE", "因私", by=wang, at=town.at)
    assert Message.objects.filter(account=one.by, key=f"class:excuse:{made.pk}").exists(), "who called is told"
    with pytest.raises(Refused, match="已经答复过"):
        training.say(one, "EXCUSE", "因私", by=wang, at=town.at)
    with pytest.raises(Refused, match="请写明不同意的理由"):
        training.decide(one, False, "", by=leader, at=town.at)
    training.decide(one, False, "本班次为补短板安排，须参加。", by=leader, at=town.at)
    assert participants.stand_of(participants.participants(one.training_class).get()) == "没有同意请假"
    with pytest.raises(Refused, match="没有等待审批"):
        training.decide(one, True, "", by=leader, at=town.at)
    assert Message.objects.filter(account=wang, title="您的培训请假没有同意").exists()


def test_nothing_is_answered_after_the_class_is_over(town: Town) -> None:
    one = called(town, opened(town))[0]
    over(town)
    with pytest.raises(Refused, match="班次已经结束"):
        training.say(one, "COMING", "", by=town.people["wang"], at=town.at)
