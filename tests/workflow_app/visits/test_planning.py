"""Planning a visit: for work, on a basis, by people without a tie, told or not, under the limit of the organ."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town
from tests.workflow_app.visits.visited import member, plan, planned
from workflow_app import ledger, visiting
from workflow_app.models import Cadre, Message, Record, Tie, Unit, Visit, VisitCancelled, VisitMember, VisitReport
from workflow_app.refusing import Refused
from workflow_app.visits import limits

pytestmark = pytest.mark.django_db


def limited(town: Town, most: int) -> None:
    visiting.set_limit(town.city, town.today.year, most, "云委办〔2026〕2号", by=town.people["org_leader1"], at=town.at)


def test_a_visit_is_kept_with_its_team_and_leaves_a_line_in_the_journal(town: Town) -> None:
    visit = planned(town)
    assert [(one.cadre_id, one.leads) for one in visit.team.all()] == [
        (town.cadre("examination_team1"), True),
        (town.cadre("examination_team2"), False),
    ]
    assert Record.objects.get(kind="VISIT").outcome == "planned"
    ledger.verify(f"J{town.city.pk}")
    assert Message.objects.filter(account=town.people["examination_team2"], key=f"visit:{visit.pk}").exists()


def test_an_announced_visit_is_told_to_the_heads_of_the_unit_and_a_surprise_to_nobody_there(town: Town) -> None:
    planned(town)
    assert not Message.objects.filter(account=town.people["wang"]).exists()
    planned(town, kind="FIELD", announced=True)
    assert "走基层调研" in Message.objects.get(account=town.people["wang"]).title


def test_a_surprise_visit_cannot_be_announced_neither_through_the_room_nor_past_it(town: Town) -> None:
    for kind in ("FLIGHT", "SURPRISE"):
        with pytest.raises(Refused, match="不事先通知") as no:
            planned(town, kind=kind, announced=True)
        assert no.value.way_out
    handler = town.people["case_handler1"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.create(
            organ=town.city, unit=town.wang.unit, kind="FLIGHT", purpose="核查", basis="依据", first=town.today, last=town.today,
            announced=True, by=handler, at=town.at,
        )  # fmt: skip


def test_who_serves_in_the_unit_does_not_visit_it_neither_through_the_room_nor_past_it(town: Town) -> None:
    team = [member(town, "examination_team1"), member(town, "wang")]
    with pytest.raises(Refused, match="在到访单位任职") as no:
        planned(town, team=team)
    assert (no.value.rule, Visit.objects.count()) == ("SD-9", 0)
    with pytest.raises(Refused, match="在到访单位任职"):
        planned(town, by="wang")
    visit = planned(town)
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitMember.objects.create(visit=visit, cadre=town.wang, field="工程")


def test_who_has_declared_a_tie_with_somebody_of_the_unit_does_not_visit_it(town: Town) -> None:
    Tie.objects.create(one_id=town.cadre("examination_team2"), other=town.wang, kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系") as no:
        planned(town)
    assert no.value.rule == "SD-10" and Cadre.objects.get(pk=town.cadre("examination_team2")).name in str(no.value)
    planned(town, team=[member(town, "examination_team1"), member(town, "examination_team3")])
    Tie.objects.create(one_id=town.cadre("case_handler2"), other=town.wang, kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系"):
        planned(town, by="case_handler2", team=[member(town, "examination_team1"), member(town, "examination_team3")])


def test_nobody_goes_alone_twice_or_when_no_longer_in_office(town: Town) -> None:
    one = member(town, "examination_team1")
    for team in ([one], [one, one]):
        with pytest.raises(Refused, match="不少于两人"):
            planned(town, team=team)
    Cadre.objects.filter(pk=town.cadre("examination_team2")).update(active=False)
    with pytest.raises(Refused, match="在职干部"):
        planned(town)
    with pytest.raises(Refused, match="专业领域"):
        planned(town, team=[one, member(town, "examination_team3", " ")])


def test_a_visit_is_for_work_on_a_basis_ahead_and_below_the_organ(town: Town) -> None:
    yesterday = town.today - timedelta(days=1)
    for words, changes in {
        "工作事由": {"purpose": "看看"}, "依据": {"basis": ""}, "种类": {"kind": "TRIP"}, "早于开始": {"last": yesterday},
        "已经过去": {"first": yesterday, "last": town.today}, "管理范围": {"unit": town.city},
    }.items():  # fmt: skip
        with pytest.raises(Refused, match=words):
            planned(town, **changes)
    elsewhere = Unit.objects.create(code="YY", name="云岭市", kind="PREFECTURE", path="/999999/")
    with pytest.raises(Refused, match="管理范围"):
        planned(town, unit=elsewhere)


def test_a_visit_over_the_limit_is_refused_with_rule_number_source_and_way_out(town: Town) -> None:
    limited(town, 1)
    planned(town)
    with pytest.raises(Refused) as no:
        planned(town, first=town.today + timedelta(days=30))
    assert no.value.rule == "改革疲劳锁"
    assert "已有走访检查1次" in no.value.reason and "云委办〔2026〕2号" in no.value.reason
    assert "并入" in no.value.way_out and "批准" in no.value.way_out
    assert Visit.objects.count() == 1
    next_year = town.today.replace(year=town.today.year + 1)
    planned(town, first=next_year)
    Unit.objects.create(code="YX-02", name="市水利局", kind="DEPARTMENT", parent=town.city, path=f"{town.city.path}7777/")
    planned(town, unit=Unit.objects.get(code="YX-02"))


def test_a_joint_visit_counts_once_and_goes_past_the_limit(town: Town) -> None:
    limited(town, 1)
    host = planned(town, kind="FIELD", last=town.today + timedelta(days=2))
    joint = planned(town, kind="QUICK", joins=host)
    assert joint.leave is None
    [load] = limits.loads(town.city, town.today.year, town.today)
    assert (load.visits, load.joined, load.days, load.full) == (1, 1, 3, True)


def test_a_visit_joins_only_one_that_is_there_covers_its_days_and_keeps_its_secret(town: Town) -> None:
    host = planned(town, kind="FIELD", last=town.today + timedelta(days=2))
    with pytest.raises(Refused, match="期间不在"):
        planned(town, joins=host, last=town.today + timedelta(days=3))
    with pytest.raises(Refused, match="不能通知"):
        planned(town, kind="FIELD", announced=True, joins=host)
    joint = planned(town, joins=host)
    with pytest.raises(Refused, match="不能并入"):
        planned(town, joins=joint)
    with pytest.raises(Refused, match="先取消并入|并入这一次"):
        visiting.cancel(host, "改期进行。", by=town.people["case_handler1"], at=town.at)
    visiting.cancel(joint, "改期进行。", by=town.people["case_handler1"], at=town.at)
    visiting.cancel(host, "改期进行。", by=town.people["case_handler1"], at=town.at)
    with pytest.raises(Refused, match="不能并入"):
        planned(town, joins=Visit.objects.get(pk=host.pk))


def test_a_cancelled_visit_counts_no_longer_and_is_cancelled_once_with_a_reason(town: Town) -> None:
    limited(town, 1)
    visit = planned(town, kind="FIELD", announced=True)
    handler = town.people["case_handler1"]
    with pytest.raises(Refused, match="取消理由"):
        visiting.cancel(visit, "", by=handler, at=town.at)
    visiting.cancel(visit, "工程停工，改期。", by=handler, at=town.at)
    assert Message.objects.filter(account=town.people["wang"], key=f"visit:{visit.pk}:off:unit").exists()
    with pytest.raises(Refused, match="已经取消"):
        visiting.cancel(visit, "工程停工，改期。", by=handler, at=town.at)
    planned(town)


def test_one_more_is_approved_by_a_leader_with_a_reason_and_used_once_by_another(town: Town) -> None:
    limited(town, 1)
    leader, unit, year = town.people["org_leader1"], town.wang.unit, town.today.year
    with pytest.raises(Refused, match="没有到上限"):
        visiting.approve(town.city, unit, year, "汛期重点工程须再次核查。", by=leader, at=town.at)
    elsewhere = Unit.objects.create(code="YY", name="云岭市", kind="PREFECTURE", path="/999999/")
    with pytest.raises(Refused, match="管理范围"):
        visiting.approve(town.city, elsewhere, year, "汛期重点工程须再次核查。", by=leader, at=town.at)
    planned(town)
    with pytest.raises(Refused, match="理由"):
        visiting.approve(town.city, unit, year, "需要", by=leader, at=town.at)
    leave = visiting.approve(town.city, unit, year, "汛期重点工程须再次核查。", by=leader, at=town.at)
    with pytest.raises(Refused, match="还没有使用"):
        visiting.approve(town.city, unit, year, "汛期重点工程须再次核查。", by=leader, at=town.at)
    with pytest.raises(Refused) as no:
        planned(town, by="org_leader1")
    assert no.value.rule == "SD-19", "who approved does not use it"
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.create(
            organ=town.city, unit=unit, kind="FIELD", purpose="核查", basis="依据", first=town.today, last=town.today, announced=False,
            leave=leave, by=leader, at=town.at,
        )  # fmt: skip
    assert planned(town).leave == leave
    with pytest.raises(Refused, match="每年不超过1次"):
        planned(town)
    assert "leave" in set(Record.objects.filter(kind="VISIT").values_list("outcome", flat=True))


def test_the_newest_limit_holds_and_a_superior_binds_who_has_set_none(town: Town) -> None:
    limited(town, 1)
    limited(town, 3)
    assert (found := limits.limit_of(town.city, town.today.year)) is not None and found.most == 3
    assert (above := limits.limit_of(town.wang.unit, town.today.year)) is not None and above.organ == town.city
    assert limits.limit_of(town.city, town.today.year + 1) is None
    for year, most, source in ((town.today.year, 0, "文件第1号"), (town.today.year - 1, 2, "文件第1号"), (town.today.year, 2, "")):
        with pytest.raises(Refused):
            visiting.set_limit(town.city, year, most, source, by=town.people["org_leader1"], at=town.at)


def test_a_surprise_of_another_organ_does_not_show_in_the_count_before_it_begins(town: Town) -> None:
    county = Unit.objects.create(code="YX-20", name="清河县", kind="COUNTY", parent=town.city, path="/", manages_cadres=True)
    county.path = f"{town.city.path}{county.pk}/"
    county.save()
    unit = Unit.objects.create(code="YX-2001", name="清河县水务局", kind="DEPARTMENT", parent=county, path="/")
    unit.path = f"{county.path}{unit.pk}/"
    unit.save()
    planned(town, unit=unit, first=town.today + timedelta(days=3))
    assert not limits.counted(county, unit, town.today.year, town.today).exists()
    assert limits.counted(town.city, unit, town.today.year, town.today).count() == 1
    assert limits.counted(county, unit, town.today.year, town.today + timedelta(days=3)).count() == 1


def test_a_cancelled_visit_is_not_reported_past_the_room_nor_a_reported_one_cancelled(town: Town) -> None:
    off, done = planned(town), planned(town)
    handler, one = town.people["case_handler1"], town.people["examination_team1"]
    VisitCancelled.objects.create(visit=off, reason="改期", by=handler, at=town.at)
    words: dict[str, Any] = {"first": town.today, "last": town.today, "summary": "查阅台账", "by": one, "at": town.at}
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitReport.objects.create(visit=off, **words)
    VisitReport.objects.create(visit=done, **words)
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitCancelled.objects.create(visit=done, reason="改期", by=handler, at=town.at)


def test_the_plan_that_was_refused_leaves_nothing(town: Town) -> None:
    with pytest.raises(Refused):
        visiting.plan(town.city, plan(town, basis=""), by=town.people["case_handler1"], at=town.at)
    assert not Visit.objects.exists() and not Record.objects.filter(kind="VISIT").exists()
