"""D12: with the notice the people data follow, and what was held before stays readable."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from flows.down.case import DownCase
from flows.down.steps.formalize import Formalize
from tests.story import TO_SERVED, Town, act, open_case, run
from workflow_app import tenures
from workflow_app.models import Cadre, Case, Post, Tenure, Unit
from workflow_app.steps import RuleBroken, Situation

pytestmark = pytest.mark.django_db
NOTHING = {"outcome": "done", "ended": "", "begun": "", "held": None, "rank": "", "waits_for": ""}


def wang(town: Town) -> Cadre:
    return Cadre.objects.select_related("unit", "post__unit").get(pk=town.wang.pk)


def post(town: Town, title: str, level: str, *, unit: Unit | None = None, leader: bool = True) -> Post:
    return Post.objects.create(unit=unit or town.wang.unit, title=title, level=level, leadership_post=leader)


@pytest.fixture
def served(town: Town) -> Case:
    """The decision: no leadership post any more, twelve months."""
    Cadre.objects.filter(pk=town.wang.pk).update(rank="三级调研员", post_since=date(2020, 5, 1))
    return run(town, open_case(town), *TO_SERVED)


def test_removed_the_person_holds_no_post_and_the_former_one_stays_in_the_history(town: Town, served: Case) -> None:
    act(town, served, "formalize", rank="四级调研员")
    now, (held, was) = wang(town), tenures.history(town.wang)
    assert (now.post, now.post_since, now.rank, now.unit.name) == (None, None, "四级调研员", "市交通运输局")
    assert (held.kind, held.place, held.first, held.case_id) == ("REMOVED", "市交通运输局", town.today, served.pk)
    assert (was.place, was.rank, was.first, was.last) == (
        "市交通运输局副局长", "三级调研员", date(2020, 5, 1), town.today - timedelta(days=1),
    )  # fmt: skip
    assert served.records.get(seq=held.record_seq).step == "formalize"
    assert tenures.before(served) == was


def test_another_post_is_held_from_the_day_of_the_notice(town: Town, served: Case) -> None:
    other = post(town, "后勤中心副主任", "COUNTY_DEPUTY", leader=False)
    act(town, served, "formalize", begun="市交通运输局后勤中心副主任")
    assert (wang(town).post, wang(town).post_since, wang(town).rank) == (other, town.today, "三级调研员")
    assert Tenure.objects.get(case=served).kind == "ADJUSTED"


def test_a_rank_named_as_what_begins_is_no_post(town: Town, served: Case) -> None:
    act(town, served, "formalize", begun="市交通运输局四级调研员", rank="四级调研员")
    assert (wang(town).post, wang(town).rank) == (None, "四级调研员")


def test_while_a_congress_must_act_first_nothing_changes(town: Town, served: Case) -> None:
    act(town, served, "formalize", outcome="waits", ended="", waits_for="市人大常委会免职程序")
    assert wang(town).post_title == "市交通运输局副局长" and not Tenure.objects.exists()
    act(town, served, "formalize")
    assert wang(town).post is None


class TestWhatIsRefused:
    """The facts of the notice against the people data and the decision."""

    def refused(self, town: Town, measure: dict[str, Any], **facts: Any) -> tuple[str, str]:
        case = DownCase(cadre=wang(town), organ=town.city, state="served", settled={"decide": {"measure": measure}})
        try:
            Formalize().check(Situation(case, None, town.at, {}), NOTHING | {"done_on": town.today} | facts)
        except RuleBroken as broken:
            assert broken.way_out
            return broken.rule, broken.field
        return "", ""

    def test_only_the_post_that_is_held_can_be_ended(self, town: Town) -> None:
        measure = {"kind": "REMOVE"}
        assert self.refused(town, measure, ended="市水利局局长") == ("D12-DATA", "ended")
        assert self.refused(town, measure, ended="云溪市交通运输局副局长") == self.refused(town, measure, ended="副局长") == ("", "")

    def test_a_post_that_is_not_registered_cannot_begin(self, town: Town) -> None:
        assert self.refused(town, {"kind": "LATERAL"}, begun="市水利局局长") == ("D12-DATA", "begun")

    def test_of_two_of_one_name_one_is_chosen(self, town: Town) -> None:
        units = [
            Unit.objects.create(code=f"YX-7{n}", name="办公室", kind="DEPARTMENT", parent=town.city, path=town.city.path) for n in (1, 2)
        ]
        posts = [post(town, "主任", "COUNTY_DEPUTY", unit=unit) for unit in units]
        asked = {"measure": {"kind": "LATERAL"}, "begun": "办公室主任"}
        assert self.refused(town, **asked) == self.refused(town, **asked, held=town.wang.post_id) == ("D12-DATA", "held")
        assert self.refused(town, **asked, held=posts[1].pk) == ("", "")
        case = DownCase(cadre=wang(town), organ=town.city, state="served")
        form = Formalize.Facts(data={"begun": "办公室主任"}, situation=Situation(case, None, town.at, {}))
        assert [key for key, _ in form.fields["held"].choices] == ["", *(str(one.pk) for one in posts)]  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("measure", "level", "leader", "rule"),
        [
            ({"kind": "LATERAL"}, "COUNTY_DEPUTY", True, ""), ({"kind": "LATERAL"}, "TOWN_HEAD", True, "D12-KIND"),
            ({"kind": "RETRAIN"}, "TOWN_HEAD", True, "D12-KIND"),
            ({"kind": "DEMOTE", "rank_steps": 1}, "TOWN_HEAD", True, ""), ({"kind": "DEMOTE", "rank_steps": 1}, "TOWN_DEPUTY", True, "D12-KIND"),
            ({"kind": "DEMOTE", "rank_steps": 1}, "COUNTY_DEPUTY", True, "D12-KIND"), ({"kind": "REMOVE"}, "TOWN_HEAD", True, "D12-KIND"),
            ({"kind": "TO_RANK"}, "COUNTY_DEPUTY", True, "D12-KIND"), ({"kind": "REMOVE"}, "COUNTY_HEAD", False, "D12-KIND"),
            ({"kind": "REMOVE"}, "TOWN_HEAD", False, ""),
        ],
    )  # fmt: skip
    def test_what_begins_is_what_was_decided(self, town: Town, measure: dict[str, Any], level: str, leader: bool, rule: str) -> None:
        post(town, "主任", level, leader=leader)
        assert self.refused(town, measure, begun="市交通运输局主任")[0] == rule

    def test_it_is_not_entered_for_a_day_before_the_present_stretch(self, town: Town, served: Case) -> None:
        act(town, served, "formalize")
        earlier = town.today - timedelta(days=1)
        assert self.refused(town, {"kind": "LATERAL"}, ended="副局长", done_on=earlier) == ("D12-DATE", "done_on")
