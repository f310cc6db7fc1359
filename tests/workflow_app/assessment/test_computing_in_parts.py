"""A closed round is computed part by part: leased, stored by itself, resumed after a death, and to the same numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import assessing, clock, outbox
from workflow_app.assessment.results.computing import compute
from workflow_app.models import Campaign, Outgoing, Record, Score
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
GROUPS = ("市直副职", "市直正职", "县区副职")


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """Six people in three like groups; the round was closed and nothing is computed."""
    made = closed(town)
    for n, one in enumerate(made.subjects.order_by("id")):
        one.comparison_group = GROUPS[n % 3]
        one.save()
    assessing._order_scores(made, town.at)
    return made


def rows() -> list[Outgoing]:
    return list(Outgoing.objects.filter(kind="SCORES").order_by("id"))


def numbers(campaign: Campaign) -> list[tuple[Any, ...]]:
    found = Score.objects.filter(subject__campaign=campaign).order_by("subject")
    return [(one.subject_id, one.value, one.political, one.approval, one.rank, one.group_size, one.explanation) for one in found]


def test_every_like_group_is_ordered_and_worked_off_by_itself(town: Town, campaign: Campaign) -> None:
    assert [one.payload["group"] for one in rows()] == sorted(GROUPS)
    assert assessing.computing_of(campaign) == assessing.Computing(3, 0, 0)
    worker = Worker("甲")
    assert worker.work_off(town.at, limit=1) == 1
    assert Score.objects.count() == 2, "one group is stored while the others wait"
    assert assessing.computing_of(campaign) == assessing.Computing(3, 1, 0) and assessing.computing_of(campaign).running
    assert worker.work_off(town.at) == 2
    assert not assessing.computing_of(campaign).running
    assert Record.objects.filter(kind="ASSESS", outcome="scored", actor=None).count() == 3


def test_what_a_dead_worker_left_is_taken_over_when_its_lease_is_over(town: Town, campaign: Campaign) -> None:
    Worker("甲").work_off(town.at, limit=1)
    taken = outbox.take("死者", town.at)
    assert taken is not None
    assert Worker("乙").work_off(town.at) == 1, "what the dead one holds is left alone"
    assert assessing.computing_of(campaign).done == 2
    later = town.at + outbox.LEASE + timedelta(seconds=1)
    assert Worker("乙").work_off(later) == 1
    outbox.finished(taken, later)
    assert Outgoing.objects.get(pk=taken.pk).owner == "乙", "the fence: a lease that was taken over is no longer the dead one's"
    assert Score.objects.count() == 6 and assessing.computing_of(campaign).done == 3


def test_in_parts_and_at_once_give_the_same_numbers(town: Town, campaign: Campaign) -> None:
    Worker("甲").work_off(town.at)
    parts = numbers(campaign)
    assert len(parts) == 6
    assert compute(campaign, at=town.at) == [], "computed at once, nothing is new"
    assessing.score_part(rows()[0], town.at)
    assert numbers(campaign) == parts, "twice changes nothing"


def test_closing_orders_it_in_the_same_transaction_and_only_once(town: Town) -> None:
    made = closed(town)
    open_one = Campaign.objects.create(
        organ=town.city, name="又一次", year=2025, period="年度", version=made.version, closes_at=town.at, created_by=made.created_by,
        created_at=town.at, opened_by=made.created_by, opened_at=town.at,
    )  # fmt: skip
    open_one.subjects.create(cadre=town.wang, post_title="副局长", comparison_group="市直副职")
    assert assessing.close_due(town.at) == 1
    assert assessing.close_due(town.at) == 0
    assert [(one.target, one.payload) for one in rows()] == [(open_one.pk, {"group": "市直副职"})]
    Worker("甲").work_off(town.at)
    assert Score.objects.filter(subject__campaign=open_one).count() == 1


def test_the_pages_say_how_far_it_is(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people["assessment_office1"], backend="django.contrib.auth.backends.ModelBackend")
    page = f"/assessment/campaigns/{campaign.pk}/"
    assert "3个比较组，已算完0个" in client.get(page).content.decode()
    first = rows()[0]
    Outgoing.objects.filter(pk=first.pk).update(dead_at=town.at, next_at=None)
    assert "1个比较组没有算成" in client.get(page).content.decode()
    Worker("甲").work_off(town.at)
    said = client.get(page).content.decode()
    assert "已算完" not in said and "没有算成" in said
