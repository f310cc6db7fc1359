"""Pilots: the colour follows from the milestones' days, people look back together before they conclude, and nothing spreads by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town, signed_in
from tests.workflow_app.assessment.stage import Hall, build
from workflow_app import clock, piloting
from workflow_app.models import Message, Milestone, Pilot, PilotEnd, PilotNote, Record, SchemeVersion, Unit
from workflow_app.refusing import Refused
from workflow_app.revising import pilots
from workflow_app.revising.pilots import Noted, Trial

FIRST, LAST = date(2026, 1, 15), date(2026, 12, 31)
STEPS = ((date(2026, 2, 28), "完成指标培训"), (date(2026, 6, 30), "完成上半年试评"))


@dataclass
class Place:
    """Where something is tried."""

    hall: Hall
    version: SchemeVersion

    @property
    def town(self) -> Town:
        """The people."""
        return self.hall.town

    @property
    def unit(self) -> Unit:
        """Where it is tried."""
        return self.town.wang.unit

    def words(self, on: date = FIRST) -> dict[str, Any]:
        """The office on a day."""
        return {"by": self.hall.office, "at": datetime(on.year, on.month, on.day, 10, tzinfo=clock.TZ)}

    def start(self, **more: Any) -> Pilot:
        """A year's pilot."""
        known: dict[str, Any] = {
            "name": "柳溪片区差异化考核试点",
            "purpose": "差异化指标能不能拉开乡镇之间的差别。",
            "first": FIRST,
            "last": LAST,
        }
        trial = Trial(**({**known, "milestones": STEPS} | more))
        made = piloting.start(self.town.city, self.version, trial, [self.unit], **self.words())
        return self.again(made)

    def again(self, pilot: Pilot) -> Pilot:
        """As it stands now."""
        return pilots.pilots(self.town.city).get(pk=pilot.pk)


@pytest.fixture
def place(town: Town) -> Place:
    hall = build(town)
    return Place(hall, hall.published())


@pytest.mark.django_db
class TestColour:
    """Computed, never typed."""

    @pytest.mark.parametrize(
        ("today", "shade"),
        [
            (date(2026, 2, 28), "GREEN"), (date(2026, 3, 1), "YELLOW"), (date(2026, 3, 30), "YELLOW"), (date(2026, 3, 31), "RED"),
        ],
    )  # fmt: skip
    def test_a_day_late_is_yellow_and_more_than_thirty_days_red(self, place: Place, today: date, shade: str) -> None:
        assert pilots.shade(place.start(), today) == shade

    def test_reaching_a_milestone_late_makes_it_green_again_and_an_ended_pilot_has_no_colour(self, place: Place) -> None:
        pilot = place.start()
        piloting.reach(pilot.milestones.all()[0], date(2026, 4, 2), "两批共96人培训完毕。", **place.words(date(2026, 4, 3)))
        assert pilots.shade(place.again(pilot), date(2026, 4, 3)) == "GREEN"
        piloting.note(pilot, Noted("RETRO", "2026-04-02", "两镇负责人参加复盘。", "差异化指标有效。"), **place.words(date(2026, 4, 3)))
        piloting.finish(pilot, "CHANGE", "指标数量偏多，减少后再定。", **place.words(date(2026, 4, 3)))
        assert pilots.shade(place.again(pilot), date(2027, 4, 3)) == ""

    def test_there_is_no_place_where_a_colour_could_be_typed(self) -> None:
        names = {field.name for model in (Pilot, Milestone, PilotNote, PilotEnd) for field in model._meta.concrete_fields}
        assert not names & {"shade", "colour", "color"}

    def test_the_worker_reminds_of_an_overdue_milestone_once(self, place: Place) -> None:
        place.start()
        at = place.words(date(2026, 3, 1))["at"]
        assert piloting.remind_late(at - timedelta(days=1)) == 0 and piloting.remind_late(at) == 1 and piloting.remind_late(at) == 0
        assert "完成指标培训" in Message.objects.get(key__startswith="milestone:").title


@pytest.mark.django_db
class TestPeriods:
    """Monthly, quarterly, yearly."""

    @given(st.dates(FIRST, date(2027, 6, 30)))
    @pytest.mark.django_db
    def test_every_finished_month_and_quarter_is_owed_exactly_once(self, today: date) -> None:
        pilot = Pilot(first=FIRST, last=LAST)
        found = pilots.periods(pilot, today)
        months = 12 if today > LAST else today.month - 1
        assert found["MONTH"] == [f"2026-{m:02}" for m in range(1, months + 1)]
        assert found["QUARTER"] == [f"2026-Q{q}" for q in range(1, months // 3 + 1)]
        assert found["YEAR"] == (["2026"] if today > LAST else [])

    def test_what_is_missing_is_told_until_it_is_noted(self, place: Place) -> None:
        pilot = place.start()
        assert pilots.missing(pilot, date(2026, 3, 1))["MONTH"] == ["2026-01", "2026-02"]
        piloting.note(pilot, Noted("MONTH", "2026-01", "启动培训，确定联络员。"), **place.words(date(2026, 3, 1)))
        assert pilots.missing(place.again(pilot), date(2026, 3, 1))["MONTH"] == ["2026-02"]
        with pytest.raises(Refused, match="已经登记过"):
            piloting.note(pilot, Noted("MONTH", "2026-01", "启动培训，确定联络员。"), **place.words(date(2026, 3, 1)))

    @pytest.mark.parametrize(
        ("kind", "period"), [("MONTH", "2026-03"), ("MONTH", "2025-12"), ("QUARTER", "2026-Q1"), ("YEAR", "2026"), ("MONTH", "一月")]
    )
    def test_a_period_that_is_not_over_or_outside_is_refused(self, place: Place, kind: str, period: str) -> None:
        with pytest.raises(Refused, match="时期不对"):
            piloting.note(place.start(), Noted(kind, period, "启动培训，确定联络员。"), **place.words(date(2026, 3, 1)))


@pytest.mark.django_db
class TestTrying:
    """Beginning and ending."""

    def test_only_a_published_version_of_the_organ_in_its_units_with_milestones_within(self, place: Place) -> None:
        for words, more in (
            ("名称", {"name": "试"}), ("试什么", {"purpose": "试试"}), ("须晚于", {"last": FIRST}), ("至少写一个节点", {"milestones": ()}),
            ("在试点期间以内", {"milestones": ((date(2027, 1, 1), "验收"),)}),
        ):  # fmt: skip
            with pytest.raises(Refused, match=words):
                place.start(**more)
        draft = SchemeVersion.objects.create(scheme=place.hall.scheme, number=9, drafted_by=place.hall.office, drafted_at=place.hall.at)
        trial = Trial("柳溪片区试点", "差异化指标能不能拉开差别。", FIRST, LAST, STEPS)
        with pytest.raises(Refused, match="已经发布的方案版本"):
            piloting.start(place.town.city, draft, trial, [place.unit], **place.words())
        outside = Unit.objects.create(code="ZZ", name="外市", kind="CITY", path="/zz/")
        for units in ([], [outside]):
            with pytest.raises(Refused, match="没有选择试点单位"):
                piloting.start(place.town.city, place.version, trial, units, **place.words())
        place.start()
        with pytest.raises(Refused, match="同名的试点"):
            place.start()

    def test_a_milestone_is_reached_once_by_today_after_the_beginning(self, place: Place) -> None:
        one = place.start().milestones.all()[0]
        for words, on in (("不能晚于今天", date(2026, 3, 2)), ("早于开始", date(2026, 1, 1))):
            with pytest.raises(Refused, match=words):
                piloting.reach(one, on, "两批共96人培训完毕。", **place.words(date(2026, 3, 1)))
        piloting.reach(one, date(2026, 2, 20), "两批共96人培训完毕。", **place.words(date(2026, 3, 1)))
        with pytest.raises(Refused, match="已经完成"):
            piloting.reach(one, date(2026, 2, 20), "两批共96人培训完毕。", **place.words(date(2026, 3, 1)))

    def test_nothing_is_concluded_before_people_looked_back_and_nothing_entered_afterwards(self, place: Place) -> None:
        pilot, words = place.start(), place.words(date(2026, 3, 1))
        with pytest.raises(Refused, match="还没有开过复盘会"):
            piloting.finish(pilot, "ADOPT", "两镇分差明显拉开，可以推广。", **words)
        with pytest.raises(Refused, match="须写经验或者警示"):
            piloting.note(pilot, Noted("RETRO", "2026-02-20", "两镇负责人参加复盘。"), **words)
        for wrong in ("2026-03-02", "2026-01-01", "二月"):
            with pytest.raises(Refused, match="须写召开日期"):
                piloting.note(pilot, Noted("RETRO", wrong, "两镇负责人参加复盘。", "指标有效。"), **words)
        piloting.note(pilot, Noted("RETRO", "2026-02-20", "两镇负责人参加复盘。", "指标有效。", "样本太小。"), **words)
        versions = SchemeVersion.objects.count()
        with pytest.raises(Refused, match="没有选择"):
            piloting.finish(pilot, "MAYBE", "两镇分差明显拉开，可以推广。", **words)
        piloting.finish(pilot, "ADOPT", "两镇分差明显拉开，可以推广。", **words)
        assert SchemeVersion.objects.count() == versions and Record.objects.filter(outcome="pilot_end").exists()
        with pytest.raises(Refused, match="已经有结论"):
            piloting.note(pilot, Noted("MONTH", "2026-01", "启动培训，确定联络员。"), **words)


@pytest.mark.django_db
def test_the_office_runs_a_pilot_on_its_pages_and_the_leader_concludes(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at = place.words(date(2026, 4, 2))["at"]
    monkeypatch.setattr(clock, "now", lambda: at)
    office, leader = signed_in(place.hall.office), signed_in(place.town.people["org_leader1"])
    sent = {
        "do": "pilot", "pilot-name": "柳溪片区试点", "pilot-version": str(place.version.pk), "pilot-purpose": "差异化指标能不能拉开差别。",
        "pilot-units": [str(place.unit.pk)], "pilot-first": "2026-01-15", "pilot-last": "2026-12-31", "pilot-milestones": "2026-02-28 完成培训\n三月底试评",
    }  # fmt: skip
    page = office.post("/revising/pilots/", sent)
    assert page.status_code == 422 and "第2行不是" in page.content.decode() and "三月底试评" in page.content.decode()
    assert office.post("/revising/pilots/", sent | {"pilot-milestones": "2026-02-28 完成培训"}).status_code == 302
    pilot = Pilot.objects.get()
    url = f"/revising/pilots/{pilot.pk}/"
    page = office.get(url).content.decode()
    assert "红色" in page and "2026-01、2026-02、2026-03" in page and "由组织部门负责人作出" in page
    note = {
        "do": "note",
        "note-kind": "RETRO",
        "note-period": "2026-04-01",
        "note-text": "两镇负责人参加复盘。",
        "note-lessons": "指标有效\n培训要早",
    }
    assert office.post(url, note).status_code == 302
    reach = {
        "do": "reach",
        "reach-milestone": str(pilot.milestones.get().pk),
        "reach-done_on": "2026-04-01",
        "reach-proof": "两批培训完毕。",
    }
    assert office.post(url, reach).status_code == 302
    end = {"do": "end", "end-outcome": "DROP", "end-reason": "差别没有拉开，不再实行。"}
    office.post(url, end)
    assert not PilotEnd.objects.exists(), "the office does not conclude"
    assert leader.post(url, end).status_code == 302 and PilotEnd.objects.get().outcome == "DROP"
    for who in ("case_handler1", "wang", "auditor1"):
        assert signed_in(place.town.people[who]).get(url).status_code == 404
