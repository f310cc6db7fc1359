"""D3 专项考察方案."""

from typing import Any

import pytest

from flows.down.steps.plan_examination import PlanExamination
from flows.roles import Duty
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, somebody, sources
from tests.story import Town, facts_for, open_case, run
from workflow_app.steps import Situation

STEP = PlanExamination()


def team(*cadres: int, **changes: Any) -> dict[str, Any]:
    return {
        "team": [{"cadre": cadre, "no_tie": True} | changes for cadre in cadres],
        "aim": "核实履职情况。", "scope": "2024至2025年。", "method": "个别谈话、查阅台账。", "timetable": "三月内完成。",
    }  # fmt: skip


def refused(facts: dict[str, Any], actor: int = 11) -> tuple[str, str]:
    return refusal(STEP, facts, situation(case("opened"), actor=somebody(actor)))


def test_the_form_asks_for_aim_scope_method_timetable_and_a_team() -> None:
    assert demanded(STEP) == {"team", "aim", "scope", "method", "timetable"}
    assert STEP.Facts.min_rows["team"] == 2


def test_the_scope_starts_from_what_was_approved() -> None:
    form = STEP.Facts(situation=situation(case("opened", settled={"approve_opening": {"scope": "2024至2025年"}})))
    assert form.fields["scope"].initial == "2024至2025年"


@pytest.mark.parametrize("cadres", [(11,), (11, 11), (11, 12, 12)])
def test_a_team_is_two_or_more_different_people(cadres: tuple[int, ...]) -> None:
    assert refused(team(*cadres)) == ("SD-1", "team")
    assert refused(team(11, 12)) == ("", "")


def test_every_member_declares_to_have_no_tie() -> None:
    facts = team(11, 12)
    facts["team"][1]["no_tie"] = False
    assert refused(facts) == ("SD-10", "team")


def test_whoever_plans_is_a_member() -> None:
    assert refused(team(11, 12), actor=13) == ("SD-1", "team")


def test_every_member_has_a_hand_in_the_case() -> None:
    assert STEP.hands(situation(), team(11, 12)) == [(11, Duty.INVESTIGATOR), (12, Duty.INVESTIGATOR)]


def test_verification_begins() -> None:
    assert moved(STEP, case("opened")) == "verifying"
    assert sources(STEP) == {"opened"}
    assert (STEP.role, STEP.signers, STEP.deadline, STEP.open_to_subject) == ("examination_team", 1, None, False)


@pytest.mark.django_db
def test_the_first_member_leads_and_the_plan_names_them_all(town: Town) -> None:
    one, two = (town.people[f"examination_team{n}"].cadre for n in (1, 2))
    at = Situation(run(town, open_case(town), "approve_opening"), None, town.at, {})
    settled = STEP.settle(at, team(two.pk, one.pk))
    assert settled == {"team": [two.pk, one.pk], "team_names": [two.name, one.name], "leader": two.pk}
    html = printed(STEP, team(two.pk, one.pk), at)
    for text in (
        "核实履职情况。",
        "2024至2025年。",
        "个别谈话、查阅台账。",
        "三月内完成。",
        one.name,
        two.name,
        "组长",
        "已声明无回避关系",
    ):
        assert text in html


@pytest.mark.django_db
def test_members_are_chosen_among_those_with_a_seat_and_never_the_cadre(town: Town) -> None:
    case_ = run(town, open_case(town), "approve_opening")
    seat = town.people["examination_team4"].seats.get()
    seat.pk, seat.account = None, town.people["wang"]
    seat.save()
    row = STEP.Facts.rows["team"]()
    STEP.Facts.arrange_row(row, Situation(case_, None, town.at, {}))
    offered = {value for value, _ in row.fields["cadre"].choices} - {""}
    assert offered == {str(town.cadre(f"examination_team{n}")) for n in (1, 2, 3, 4)}
    assert facts_for(town, "plan_examination")["team"][0]["cadre"] == town.cadre("examination_team1")
