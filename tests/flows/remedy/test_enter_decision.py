"""A decision from elsewhere is entered with its service, and can be attacked like any other."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from flows.remedy.path import RemedyPath
from tests.flows.remedy.story import appealed, file, go, way_of
from tests.story import Town, key
from workflow_app import conduct
from workflow_app.hands import Separated
from workflow_app.models import Cadre, Decision, Record, Service
from workflow_app.steps import Refused, RuleBroken

pytestmark = pytest.mark.django_db


def graded(town: Town, *, by: str = "case_handler1", once: str = "", **changes: Any) -> Decision:
    """王建国's annual grade 不称职, served the day before yesterday."""
    values: dict[str, Any] = {
        "kind": "ANNUAL_GRADE", "title": "年度考核结果通知书", "number": "云组〔2026〕9号", "decided_on": town.today - timedelta(days=4),
        "measure": {"kind": "INCOMPETENT", "year": 2025}, "service": {"mode": "post", "served_on": town.today - timedelta(days=2)},
    }  # fmt: skip
    return conduct.enter_decision(
        town.wang, town.city, conduct.Entry(**values | changes), by=town.people[by], at=town.at, key=once or key()
    )


def test_it_has_its_service_and_stands_in_the_journal(town: Town) -> None:
    decision = graded(town)
    assert decision.served_on == town.today - timedelta(days=2)
    assert Record.objects.get(kind="DECISION").chain == f"J{town.city.pk}"


def test_the_period_of_a_grade_is_its_own_row_of_the_table(town: Town) -> None:
    way = way_of(town, graded(town), "apply_for_review")
    assert (way.rule, way.starts_on) == ("AS-RECHECK", town.today - timedelta(days=2))


def test_without_proven_service_no_period_runs(town: Town) -> None:
    decision = graded(town, service={})
    town.later(days=400)
    ways = [way for way in RemedyPath.ways(decision, on=town.today) if not way.reason]
    assert ways
    assert all(way.last_day is None and not way.late for way in ways)
    assert file(town, decision, "apply_for_review").state == "reviewing"


def test_a_grade_may_be_changed_only_to_a_better_one(town: Town) -> None:
    case = file(town, graded(town), "apply_for_review")
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("review", {"outcome": "change", "grade": "INCOMPETENT"}))
    assert refused.value.rule == "R-CHANGE"
    case = go(town, case, ("review", {"outcome": "change", "grade": "BASIC"}), "serve_decision", "correct", "confirm_correction")
    assert case.state == "executed"


def test_a_revoked_grade_is_corrected_without_a_case_behind_it(town: Town) -> None:
    case = appealed(town, graded(town), "revoke")
    case = go(town, case, ("correct", {"post": ""}), ("confirm_correction", {}))
    assert case.state == "executed"


@pytest.mark.parametrize(
    ("field", "value"), [("decided_on", 1), ("service", {"mode": "post", "served_on": 1}), ("service", {"mode": "post", "served_on": -5})]
)
def test_impossible_days_are_refused(town: Town, field: str, value: Any) -> None:
    def day(n: int) -> Any:
        return town.today + timedelta(days=n)

    what = {**value, "served_on": day(value["served_on"])} if isinstance(value, dict) else day(value)
    with pytest.raises(Refused):
        graded(town, **{field: what})
    assert not Decision.objects.exists()


def test_the_same_number_is_entered_once(town: Town) -> None:
    graded(town)
    with pytest.raises(Refused, match="已经登记"):
        graded(town)


def test_the_same_click_twice_enters_one_decision(town: Town) -> None:
    once = key()
    assert graded(town, once=once) == graded(town, once=once)
    assert Decision.objects.count() == Service.objects.count() == Record.objects.filter(kind="DECISION").count() == 1


def test_nobody_enters_a_decision_about_themself(town: Town) -> None:
    handler = town.people["case_handler1"]
    town.wang = Cadre.objects.get(pk=handler.cadre_id)
    with pytest.raises(Separated):
        graded(town)


def test_neither_decision_nor_service_can_be_changed(town: Town) -> None:
    graded(town)
    for table in ("decision", "service"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE workflow_app_{table} SET title = 'x'")
    assert Service.objects.get().mode == "post"
