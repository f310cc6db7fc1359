"""Units to look at closer: rules propose on what is known, people pick or close with a reason; no rule picks anything."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.story import Town
from tests.workflow_app.visits.test_reports import entered
from tests.workflow_app.visits.visited import planned
from workflow_app import visiting
from workflow_app.models import AssessmentResult, Cadre, Case, Colour, ImportBatch, UnitChoice, UnitProposal, Visit
from workflow_app.refusing import Refused
from workflow_app.visits import picking

pytestmark = pytest.mark.django_db


def propose(town: Town) -> list[str]:
    visiting.propose_units(town.city, by=town.people["case_handler1"], at=town.at)
    return list(UnitProposal.objects.order_by("id").values_list("rule_id", flat=True))


def people(town: Town, count: int) -> list[Cadre]:
    return [
        Cadre.objects.get_or_create(number=f"YX0030{n}", defaults={"name": f"人{n}", "sex": "男", "unit": town.wang.unit})[0]
        for n in range(count)
    ]


def coloured(town: Town, red: int, count: int) -> None:
    for n, one in enumerate(people(town, count)):
        shade = "RED" if n < red else "GREEN"
        Colour.objects.create(cadre=one, month="2026-02", shade=shade, score=Decimal(50), inputs={}, computed_at=town.at)


def scored(town: Town, count: int, *means: int) -> None:
    batch = ImportBatch.objects.create(file_name="results.csv", digest=str(means), rows=1, imported_at=town.at, imported_by=None)
    for n, mean in enumerate(means):
        for one in people(town, count):
            AssessmentResult.objects.create(
                cadre=one, year=2023 + n, unit=one.unit, post_title="副局长", post_level="STAFF", comparison_group="一组",
                score=Decimal(mean), batch=batch, row=n,
            )  # fmt: skip


def proposal(town: Town) -> UnitProposal:
    for _ in range(3):
        entered(town)
        town.later(days=1)
    propose(town)
    return UnitProposal.objects.select_related("unit", "organ").get()


def test_three_findings_with_a_lead_within_a_year_propose_a_unit_and_two_do_not(town: Town) -> None:
    entered(town)
    entered(town)
    assert propose(town) == []
    entered(town)
    assert propose(town) == ["K-FIND"]
    assert propose(town) == ["K-FIND"], "a second run proposes nothing twice"
    assert UnitProposal.objects.get().evidence["findings"] == 3


def test_findings_of_more_than_a_year_ago_do_not_count(town: Town) -> None:
    for _ in range(3):
        entered(town)
    town.later(days=366)
    assert propose(town) == []


@pytest.mark.parametrize(("red", "count", "rules"), [(2, 5, ["K-RED"]), (1, 5, []), (4, 4, []), (3, 10, ["K-RED"]), (2, 10, [])])
def test_three_in_ten_red_of_five_people_at_least(town: Town, red: int, count: int, rules: list[str]) -> None:
    coloured(town, red, count)
    assert propose(town) == rules


@pytest.mark.parametrize(
    ("count", "means", "rules"),
    [(5, (90, 85, 80), ["K-FELL"]), (5, (90, 85, 85), []), (5, (80, 90, 85), []), (4, (90, 85, 80), []), (5, (90, 80), [])],
)
def test_a_mean_that_fell_two_years_running(town: Town, count: int, means: tuple[int, ...], rules: list[str]) -> None:
    scored(town, count, *means)
    assert propose(town) == rules


def test_a_proposal_picks_nothing_and_opens_nothing(town: Town) -> None:
    proposal(town)
    assert not UnitChoice.objects.exists() and not Visit.objects.exists() and not Case.objects.exists()


def test_people_pick_or_close_once_with_a_reason(town: Town) -> None:
    one, words = proposal(town), {"by": town.people["org_leader1"], "at": town.at}
    for outcome, reason, said in (("PICKED", "问题多", "理由"), ("MAYBE", "三件情况集中在工程领域。", "没有选择意见")):
        with pytest.raises(Refused, match=said):
            visiting.choose_unit(one, outcome, reason, **words)
    with pytest.raises(Refused, match="本单位的人员"):
        visiting.choose_unit(one, "CLOSED", "三件情况都已经整改到位。", by=town.people["wang"], at=town.at)
    visiting.choose_unit(one, "PICKED", "三件情况集中在工程领域。", **words)
    with pytest.raises(Refused, match="已经决定"):
        visiting.choose_unit(one, "CLOSED", "三件情况都已经整改到位。", **words)


def test_a_picked_unit_gets_its_visit(town: Town) -> None:
    one = proposal(town)
    visiting.choose_unit(one, "PICKED", "三件情况集中在工程领域。", by=town.people["org_leader1"], at=town.at)
    visit = planned(town, kind="CLOSER", proposal=one, first=town.today + timedelta(days=1))
    assert list(one.visits.all()) == [visit]


def test_every_rule_says_what_it_asks(town: Town) -> None:
    told: dict[str, Any] = picking.RULES
    assert all(rule.__doc__ and rule.__doc__.startswith(name) for name, rule in told.items())
