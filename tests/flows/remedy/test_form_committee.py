"""R5 组成公正委员会: odd, distinct, one chair, no ties."""

from typing import Any

import pytest

from tests.flows.remedy.story import committee, entered, file, go
from tests.story import Town
from workflow_app.models import Hand, Tie
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


def accepted(town: Town) -> Any:
    return go(town, file(town, entered(town), "appeal"), "admit", "serve_decision")


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_number_is_odd_and_at_least_three(town: Town, count: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        go(town, accepted(town), ("form_committee", {"committee": committee(town, count=count)}))
    assert (refused.value.rule, refused.value.field) == ("SD-6", "committee")


@pytest.mark.parametrize("chairs", [(), (0, 1)])
def test_there_is_one_chair(town: Town, chairs: tuple[int, ...]) -> None:
    members = [{**one, "chair": n in chairs} for n, one in enumerate(committee(town))]
    with pytest.raises(RuleBroken) as refused:
        go(town, accepted(town), ("form_committee", {"committee": members}))
    assert refused.value.rule == "SD-6"


def test_nobody_with_a_declared_or_an_undeclared_tie(town: Town) -> None:
    case = accepted(town)
    members = [{**one, "no_tie": n > 0} for n, one in enumerate(committee(town))]
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("form_committee", {"committee": members}))
    assert refused.value.rule == "SD-10"
    Tie.objects.create(one=town.wang, other_id=town.cadre("civil_appeal_committee2"), kind="IN_LAW", declared_at=town.at)
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("form_committee", {"committee": committee(town)}))
    assert refused.value.rule == "SD-10"


def test_five_are_as_good_as_three_and_each_has_a_hand(town: Town) -> None:
    case = go(town, accepted(town), ("form_committee", {"committee": committee(town, count=5)}))
    assert case.state == "hearing_panel"
    assert Hand.objects.filter(case=case, duty="committee_member").count() == 5
