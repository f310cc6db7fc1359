"""D16 to U1: whoever came down rises again when the restriction is over; both cases show the link."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import story
from tests.flows.up import rising
from tests.story import TO_SERVED, Town, fresh, key
from workflow_app import conduct
from workflow_app.models import Deadline, Lead
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def fallen(town: Town) -> Any:
    """王建国's closed case: to rank, twelve months of restriction."""
    case = story.run(town, story.open_case(town), *TO_SERVED, "formalize", "place")
    for _ in range(3):
        timer = Deadline.objects.get(case=case, item__status="SCHEDULED")
        town.at = timer.fires_at
        conduct.expire(timer.pk, at=town.at)
        story.act(town, case, "follow_up")
    return story.run(town, case, "evaluate_follow_up", "archive")


def test_no_case_goes_up_while_the_restriction_runs_and_one_may_the_day_after(town: Town, fallen: Any) -> None:
    bar = Deadline.objects.get(case=fallen, rule_id="DN-BAR-REMOVE")
    town.at = datetime.combine(bar.last_day, datetime.min.time(), town.at.tzinfo) + timedelta(hours=9)
    with pytest.raises(RuleBroken, match="期满前不得提拔"):
        rising.open_case(town)
    town.later(days=1)
    assert rising.open_case(town).state == "recommendation"


def test_a_suggestion_of_return_lies_on_the_leaders_desk_and_opens_a_linked_case(
    town: Town, fallen: Any, client: Client, settings: Any
) -> None:
    town.at = datetime.fromisoformat("2027-06-01T09:00:00+08:00")
    settings.FIXED_NOW = town.at.isoformat()
    story.begin(town, fallen, "suggest_return", by="org_leader1")
    lead = Lead.objects.get(rule_id="D16")
    assert lead.desk.role == "org_leader"
    leader = town.people["org_leader2"]
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    assert "王建国" in client.get("/leads/").content.decode()
    assert "动议" in client.get(f"/leads/{lead.pk}/").content.decode(), "the form is that of the motion"
    case = rising.open_case(town, lead=lead, by="org_leader2")
    lead.refresh_from_db()
    assert lead.case_id == case.pk and fresh(case).parent_id == fallen.pk
    assert fallen.number in client.get(f"/cases/{case.pk}/").content.decode()
    assert case.number in client.get(f"/cases/{fallen.pk}/").content.decode()


def test_a_lead_is_used_once(town: Town, fallen: Any) -> None:
    town.at = datetime.fromisoformat("2027-06-01T09:00:00+08:00")
    story.begin(town, fallen, "suggest_return", by="org_leader1")
    lead = Lead.objects.get(rule_id="D16")
    conduct.close_lead(lead, reason="另有安排，暂不动议。", by=town.people["org_leader1"], at=town.at, key=key())
    with pytest.raises(conduct.Stale):
        rising.open_case(town, lead=lead)


def test_the_restored_cadre_is_appointed(town: Town, fallen: Any) -> None:
    town.at = datetime.fromisoformat("2027-06-01T09:00:00+08:00")
    case = rising.to_appointed(town, rising.open_case(town))
    assert case.state == "probation" and case.settled["appoint"]["trial_until"] > date(2028, 1, 1).isoformat()
