"""U5 考察材料."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.examine import HEADS, Examine
from tests.flows.up.stand import TEAM, case, member, moved, printed, refusal, situation
from tests.story import Town
from workflow_app.models import Desk
from workflow_app.steps import Situation

STEP = Examine()
SAMPLE: dict[str, Any] = {name: f"{title}方面情况属实。" for name, title in HEADS} | {"outcome": "proceed", "reason": "符合条件。"}


def at(actor: int = 11, talks: int = 3, awaited: int = 5) -> Situation:
    return situation(case("examination", awaited=awaited, settled={
        "plan_examination": TEAM, "record_interview": {"count": talks}, "report_recommendation": {"valid_until": "2027-03-05"},
        "appraise": {"tally": [["优秀", 30], ["称职", 6]]},
    }), actor=member(actor))  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_whole_material_goes_on() -> None:
    assert refused() == ("", "")


def test_nobody_is_without_shortcomings() -> None:
    assert refused(shortcomings="无。") == ("U5-SHORT", "shortcomings")


def test_somebody_was_talked_to() -> None:
    assert refusal(STEP, SAMPLE, at(talks=0)) == ("U5-TALKS", "outcome")
    assert refusal(STEP, SAMPLE | {"outcome": "stop"}, at(talks=0)) == ("", "")


def test_only_members_write_it_and_all_others_sign() -> None:
    assert refusal(STEP, SAMPLE, at(actor=14)) == ("SD-1", "")
    assert [slot.cadre for slot in STEP.slots(at(), SAMPLE)] == [12, 13]


@pytest.mark.parametrize(("awaited", "outcome", "state"), [
    (5, "proceed", "examination"), (1, "proceed", "checks"), (5, "supplement", "supplementing"), (5, "stop", "stopping"),
])  # fmt: skip
def test_where_it_leads(awaited: int, outcome: str, state: str) -> None:
    assert moved(case("examination", awaited=awaited), "examine", outcome) == state


@pytest.mark.django_db
def test_a_stop_while_checks_are_open_is_put_before_the_leader_at_once(town: Town) -> None:
    here = at()
    here.case.organ = town.city
    opened = STEP.beside(here, SAMPLE | {"outcome": "stop"})
    assert [(one.step, Desk.objects.get(pk=one.desk).role) for one in opened] == [("close_four_checks", "org_leader")]
    assert STEP.beside(at(awaited=1), SAMPLE | {"outcome": "stop"}) == [], "the last one reaches it by the path"
    assert STEP.beside(here, SAMPLE) == []


def test_the_material_has_all_heads_with_talks_and_appraisal() -> None:
    html = printed(STEP, SAMPLE, at())
    assert all(title in html for _, title in HEADS) and "3人次" in html and "优秀" in html and "缺点和不足" in html
