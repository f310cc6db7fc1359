"""Every period of the remedies by its row: another length in the table is another last day, and nothing else has to change."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest

from flows.service_receipt import deemed_on
from tests.flows.remedy.test_deadlines import ROWS, STORIES, last_day
from tests.story import Town
from workflow_app import clock
from workflow_app.law import current_edition, rules_of
from workflow_app.models import Case, Deadline, LawEdition

pytestmark = pytest.mark.django_db


def edition(rule: str, length: str) -> LawEdition:
    """The law with another length for one period."""
    figures = deepcopy(current_edition().figures)
    next(row for row in figures["deadlines"] if row["rule_id"] == rule)["length"] = length
    rules_of.cache_clear()  # an edition of an earlier test may have had the same key
    return LawEdition.objects.create(digest="more", figures=figures, loaded_at=current_edition().loaded_at + timedelta(days=1))


def changed(rule: str) -> clock.Rule:
    return clock.Rule.of({**ROWS[rule], "length": "17"})


@pytest.mark.parametrize("rule", sorted(STORIES))
def test_every_row_of_the_table_sets_its_date_and_no_code_does(town: Town, rule: str) -> None:
    edition(rule, "17")
    case, counted_from = STORIES[rule](town)
    deadline = Deadline.objects.filter(case=case, rule_id=rule).latest("id")
    assert deadline.last_day == clock.last_day(rule=changed(rule), start=counted_from, calendar=clock.calendar_from_db()).last_day
    assert deadline.last_day != last_day(rule, counted_from)


def test_the_time_of_a_public_notice_is_a_row_as_well(town: Town) -> None:
    law, rule = edition("RM-ANNOUNCE", "17"), changed("RM-ANNOUNCE")
    assert deemed_on(Case(law=law), town.today) == clock.last_day(rule=rule, start=town.today, calendar=clock.calendar_from_db()).last_day
