"""The report of a visit: by the team, in its time, against its measure; what was found is linked with what was entered through its own door."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from tests.story import Town
from tests.workflow_app.visits.visited import planned, reported, told
from workflow_app import clock, ledger, visiting
from workflow_app.assessment.triggers.entering import Entry
from workflow_app.models import Bar, Disposal, Finding, Lead, Message, Record, Tie, Unit, Visit, VisitFinding, VisitReport
from workflow_app.refusing import Refused
from workflow_app.telling import assessed
from workflow_app.visits import coverage, kinds, reporting, wording
from workflow_app.visits.disposing import Word

pytestmark = pytest.mark.django_db


def entered(town: Town, **changes: Any) -> Finding:
    """T-13 about 王建国 through its own door."""
    facts = {"channel": "督查检查", "checked": True, "result": "进度数据与台账不符"}
    entry = Entry("T-13", changes.get("cadre", town.wang), facts, "督查核实报告第3号", town.today)
    return assessed.enter_finding(entry, unit=town.city, by=town.people["case_handler1"], at=town.at)


def found(town: Town) -> VisitFinding:
    seen = reported(town)
    assert seen is not None
    return VisitFinding.objects.select_related("report__visit__unit", "report__visit__organ").get(pk=seen.pk)


def test_a_report_keeps_its_findings_with_their_papers_and_tells_who_planned(town: Town) -> None:
    seen = found(town)
    assert (seen.what, seen.papers) == ("工程进度台账缺两个月记录", "进度台账第3册")
    assert "发现1项" in Message.objects.get(account=town.people["case_handler1"], key__startswith="visit:").title
    assert [one.outcome for one in Record.objects.filter(kind="VISIT").order_by("seq")] == ["planned", "reported"]
    ledger.verify(f"J{town.city.pk}")
    assert not Lead.objects.exists() and not Finding.objects.exists(), "a report by itself raises nothing"


def test_papers_and_messages_are_chinese_whatever_language_the_page_is_in(town: Town) -> None:
    with translation.override("en"):
        visit = planned(town, kind="FIELD", announced=True)
        reported(town, visit)
        rows = dict(wording.report_content(VisitReport.objects.get())["rows"])
    assert rows["种类"] == "走基层调研"
    assert all("走基层调研" in one.title for one in Message.objects.filter(key__startswith="visit:"))


def test_only_the_team_reports_and_only_once(town: Town) -> None:
    visit = planned(town)
    with pytest.raises(Refused, match="由检查组成员报告") as no:
        reported(town, visit, by="case_handler1")
    assert no.value.way_out
    reported(town, visit)
    with pytest.raises(Refused, match="已有报告"):
        reported(town, visit, by="examination_team2")
    off = planned(town)
    visiting.cancel(off, "改期进行。", by=town.people["case_handler1"], at=town.at)
    with pytest.raises(Refused, match="已经取消"):
        reported(town, Visit.objects.get(pk=off.pk))


def test_a_report_is_of_days_within_the_plan_that_are_over(town: Town) -> None:
    visit = planned(town, kind="FIELD", last=town.today + timedelta(days=2))
    with pytest.raises(Refused, match="还没有结束"):
        visiting.report(visit, told(town, visit), by=town.people["examination_team1"], at=town.at)
    with pytest.raises(Refused, match="不在安排的期间"):
        reported(town, visit, last=visit.last + timedelta(days=1))
    with pytest.raises(Refused, match="不在安排的期间"):
        reported(town, visit, first=visit.last, last=visit.first)


@pytest.mark.parametrize(("findings", "words"), [((("缺记录", "台账第3册"),), "发现的问题"), ((("台账缺两个月记录", ""),), "佐证材料")])
def test_a_finding_says_what_and_names_its_paper(town: Town, findings: tuple[tuple[str, str], ...], words: str) -> None:
    with pytest.raises(Refused, match=words):
        reported(town, findings=findings)
    assert not VisitFinding.objects.exists()
    with pytest.raises(Refused, match="检查情况"):
        reported(town, Visit.objects.get(), summary="很好")


def test_a_quick_check_is_reported_the_same_day_or_says_why_not(town: Town) -> None:
    visit = planned(town, kind="QUICK")
    town.later(days=1)
    with pytest.raises(Refused, match="迟报理由") as no:
        reported(town, visit)
    assert f"{visit.last}以前" in no.value.reason
    reported(town, visit, late_why="当晚参加抢险。")
    assert Visit.objects.get(pk=visit.pk).report.late_why == "当晚参加抢险。"


def test_a_team_is_reminded_once_of_a_report_on_its_last_day(town: Town) -> None:
    visit = planned(town)
    due = reporting.due_on(visit)
    key = {"key": f"visit:{visit.pk}:due", "account": town.people["examination_team1"]}
    town.at += timedelta(days=(due - town.today).days - 1)
    assert visiting.remind_reports(town.at) == 0
    town.later(days=1)
    assert (visiting.remind_reports(town.at), visiting.remind_reports(town.at)) == (2, 0)
    assert Message.objects.filter(**key).count() == 1
    visiting.report(visit, told(town, visit), by=town.people["examination_team1"], at=town.at)
    later = planned(town, first=town.today + timedelta(days=1))
    visiting.cancel(later, "改期进行。", by=town.people["case_handler1"], at=town.at)
    assert visiting.remind_reports(town.at + timedelta(days=30)) == 0


def test_a_report_in_time_needs_no_reason_and_keeps_none(town: Town) -> None:
    reported(town, planned(town, kind="QUICK"), late_why="无", short_why="无")
    done = Visit.objects.get().report
    assert (done.late_why, done.short_why) == ("", "")


@pytest.mark.parametrize(
    ("kind", "due"),
    [("QUICK", date(2026, 3, 6)), ("FLIGHT", date(2026, 3, 11)), ("FIELD", date(2026, 3, 13)), ("STAY", date(2026, 3, 20))],
)
def test_the_report_is_due_in_working_days_after_a_friday(town: Town, kind: str, due: date) -> None:
    assert kinds.report_due(kind, date(2026, 3, 6), clock.calendar_from_db()) == due


@pytest.mark.parametrize(
    ("unit_kind", "days", "talks", "short"),
    [
        ("PREFECTURE", 14, 300, ""), ("PREFECTURE", 13, 300, "时间13天，少于14天"), ("PREFECTURE", 14, 299, "个别谈话299人，少于300人"),
        ("COUNTY", 14, 100, ""), ("COUNTY", 14, 99, "个别谈话99人，少于100人"), ("DEPARTMENT", 14, 0, ""),
        ("COUNTY", 1, 1, "时间1天，少于14天；个别谈话1人，少于100人"),
    ],
)  # fmt: skip
def test_a_stay_is_two_weeks_and_300_or_100_talks(unit_kind: str, days: int, talks: int, short: str) -> None:
    first = date(2026, 3, 2)
    assert kinds.shortfall("STAY", Unit(kind=unit_kind), first, first + timedelta(days=days - 1), talks) == short
    assert kinds.shortfall("FIELD", Unit(kind=unit_kind), first, first, 0) == ""


def test_a_stay_that_is_short_says_why(town: Town) -> None:
    visit = planned(town, kind="STAY", last=town.today + timedelta(days=12))
    with pytest.raises(Refused, match="时间13天，少于14天，须写明理由"):
        reported(town, visit)
    reported(town, visit, short_why="防汛提前返回。")


def test_what_was_found_becomes_nothing_only_with_a_reason_and_once(town: Town) -> None:
    seen, handler = found(town), town.people["case_handler1"]
    with pytest.raises(Refused, match="没有选择处理"):
        visiting.dispose_seen(seen, Word("CORRECTED"), by=handler, at=town.at)
    with pytest.raises(Refused, match="理由"):
        visiting.dispose_seen(seen, Word("NOTHING", "没事"), by=handler, at=town.at)
    visiting.dispose_seen(seen, Word("NOTHING", "缺的两个月在另一册中，已经补看。"), by=handler, at=town.at)
    with pytest.raises(Refused, match="已经处理"):
        visiting.dispose_seen(seen, Word("NOTHING", "缺的两个月在另一册中，已经补看。"), by=handler, at=town.at)


def test_what_was_found_is_linked_with_the_matter_that_was_entered_and_the_lead_is_raised_there_once(town: Town) -> None:
    seen, handler = found(town), town.people["case_handler1"]
    with pytest.raises(Refused, match="没有选择已登记的事项") as no:
        visiting.dispose_seen(seen, Word("FINDING"), by=handler, at=town.at)
    assert "情况登记" in no.value.way_out
    matter = entered(town)
    assert Lead.objects.count() == 1
    made = visiting.dispose_seen(seen, Word("FINDING", finding=matter), by=handler, at=town.at)
    assert (made.finding, Lead.objects.count(), Bar.objects.count()) == (matter, 1, 0)


def test_a_matter_of_before_or_of_another_unit_is_not_linked(town: Town) -> None:
    early = entered(town)
    town.later(hours=1)
    seen, handler = found(town), town.people["case_handler1"]
    with pytest.raises(Refused, match="登记在报告以前"):
        visiting.dispose_seen(seen, Word("FINDING", finding=early), by=handler, at=town.at)
    other = town.people["examination_team3"].cadre
    with pytest.raises(Refused, match="不是这个单位的人员"):
        visiting.dispose_seen(seen, Word("FINDING", finding=entered(town, cadre=other)), by=handler, at=town.at)
    assert not Disposal.objects.exists()


def test_who_is_tied_to_the_person_does_not_say_what_becomes_of_it(town: Town) -> None:
    seen, matter = found(town), entered(town)
    Tie.objects.create(one_id=town.cadre("case_handler2"), other=town.wang, kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系"):
        visiting.dispose_seen(seen, Word("FINDING", finding=matter), by=town.people["case_handler2"], at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        visiting.dispose_seen(seen, Word("FINDING", finding=matter), by=town.people["wang"], at=town.at)


def test_the_units_of_a_lower_organ_are_its_own_to_survey(town: Town) -> None:
    county = Unit.objects.create(code="YX-20", name="清河县", kind="COUNTY", parent=town.city, path="/", manages_cadres=True)
    county.path = f"{town.city.path}{county.pk}/"
    county.save()
    unit = Unit.objects.create(code="YX-2001", name="清河县水务局", kind="DEPARTMENT", parent=county, path="/")
    unit.path = f"{county.path}{unit.pk}/"
    unit.save()
    assert county in coverage.teams_of(town.city) and unit not in coverage.teams_of(town.city)
    assert coverage.teams_of(county) == [unit]


def test_a_half_year_shows_which_units_were_surveyed_and_which_are_due(town: Town) -> None:
    half = coverage.half_of(town.today)
    assert (str(half), half.first, half.last, str(half.before)) == ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "2025H2")

    def row() -> coverage.Row:
        return next(one for one in coverage.rows_of(town.city, half) if one.unit == town.wang.unit)

    reported(town)
    assert row() == coverage.Row(town.wang.unit, None, None, None), "a flight check is no survey"
    visit = planned(town, kind="SURVEY")
    assert row().planned == visit
    reported(town, visit)
    assert row().done == visit and row().planned is None
    after = next(one for one in coverage.rows_of(town.city, coverage.Half(2026, 2)) if one.unit == town.wang.unit)
    assert (after.done, after.before) == (None, visit)
    visiting.cancel(planned(town, kind="SURVEY"), "已经调研过了。", by=town.people["case_handler1"], at=town.at)
    assert row().done == visit
