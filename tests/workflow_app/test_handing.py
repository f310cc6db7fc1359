"""Claim, release, assign: who may, and what each is told who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.story import TO_MEETING, Town, act, facts_for, item_of, key, open_case, run
from workflow_app import conduct
from workflow_app.hands import desk_for
from workflow_app.models import Deadline, Record, Seat, Tie, WorkItem
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db


def refused(way: Callable[[], object]) -> str:
    """The rule by which it is refused; every refusal names reason and way out."""
    with pytest.raises(Refused) as found:
        way()
    assert found.value.reason and found.value.way_out
    return found.value.rule


@pytest.fixture
def item(town: Town) -> WorkItem:
    """Opening waits for a leader's approval."""
    return item_of(open_case(town), "approve_opening")


def claim(town: Town, item: WorkItem, name: str) -> None:
    conduct.claim(item, by=town.people[name], at=town.at, key=key())


def assign(town: Town, item: WorkItem, to: str, by: str, reason: str = "休假交接") -> None:
    conduct.assign(item, to=town.people[to], by=town.people[by], reason=reason, at=town.at, key=key())


def test_a_claimed_item_is_nobody_elses_until_it_is_released(town: Town, item: WorkItem) -> None:
    claim(town, item, "org_leader1")
    assert refused(lambda: claim(town, item, "org_leader2")) == "并发"
    facts = facts_for(town, "approve_opening")
    other = town.people["org_leader2"]
    assert refused(lambda: conduct.complete(item, facts=facts, seen="", by=other, at=town.at, key=key())) == "并发"
    assert refused(lambda: conduct.release(item, by=other, at=town.at, key=key())) == "并发"
    conduct.release(item, by=town.people["org_leader1"], at=town.at, key=key())
    claim(town, item, "org_leader2")
    item.refresh_from_db()
    assert (item.owner, item.status) == (town.people["org_leader2"], "ASSIGNED")
    assert list(Record.objects.filter(case=item.process, kind__in=("CLAIM", "RELEASE")).order_by("seq").values_list("kind", flat=True)) == [
        "CLAIM", "RELEASE", "CLAIM",
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["claim", "release", "assign"])
def test_the_same_click_twice_does_it_once(town: Town, item: WorkItem, what: str) -> None:
    by, once = town.people["org_leader1"], key()
    if what == "release":
        claim(town, item, "org_leader1")
    for _ in range(2):
        if what == "claim":
            conduct.claim(item, by=by, at=town.at, key=once)
        elif what == "release":
            conduct.release(item, by=by, at=town.at, key=once)
        else:
            conduct.assign(item, to=by, by=by, reason="休假交接", at=town.at, key=once)
    assert Record.objects.filter(case=item.process, kind=what.upper()).count() == 1


def test_a_key_of_another_case_is_refused(town: Town, item: WorkItem) -> None:
    once = key()
    conduct.claim(item, by=town.people["org_leader1"], at=town.at, key=once)
    town.wang, town.people["wang"] = town.people["archivist1"].cadre, town.people["archivist1"]
    second = item_of(open_case(town), "approve_opening")
    assert refused(lambda: conduct.claim(second, by=town.people["org_leader1"], at=town.at, key=once)) == "重复提交"


def test_what_is_done_is_not_claimed_assigned_or_seen_again(town: Town) -> None:
    case = open_case(town)
    item = item_of(case, "approve_opening")
    act(town, case, "approve_opening")
    by, facts = town.people["org_leader3"], facts_for(town, "approve_opening")
    assert refused(lambda: claim(town, item, "org_leader3")) == "并发"
    assert refused(lambda: assign(town, item, "org_leader3", "org_leader1")) == "并发"
    assert refused(lambda: conduct.release(item, by=by, at=town.at, key=key())) == "并发"
    assert refused(lambda: conduct.preview(item, facts=facts, by=by, at=town.at)) == "并发"
    assert refused(lambda: conduct.claim(WorkItem(pk=1), by=by, at=town.at, key=key())) == "并发", "no such item"


def test_a_stale_page_is_refused_kindly(town: Town, item: WorkItem) -> None:
    by, facts = town.people["org_leader1"], facts_for(town, "approve_opening")
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    version = WorkItem.objects.get(pk=item.pk).version
    claim(town, item, "org_leader1")
    way = lambda: conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key(), version=version)  # noqa: E731
    assert refused(way) == "并发"
    now = WorkItem.objects.get(pk=item.pk).version
    conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key(), version=now)


def test_a_click_that_is_repeated_long_after_ends_no_period(town: Town) -> None:
    case, once, by = run(town, open_case(town), *TO_MEETING[:8]), key(), town.people["org_leader1"]
    conduct.claim(item_of(case, "propose"), by=by, at=town.at, key=once)
    assert Deadline.objects.filter(case=case, fires_at__isnull=False).exists()
    town.later(days=400)
    conduct.claim(item_of(case, "propose"), by=by, at=town.at, key=once)
    assert not Deadline.objects.filter(case=case, fired_at__isnull=False).exists()


@pytest.mark.parametrize("who", ["case_handler1", "wang", "gone", "not yet"])
def test_only_a_seat_held_today_opens_the_desk(town: Town, item: WorkItem, who: str) -> None:
    name = who if who in town.people else "org_leader1"
    spans = {"gone": {"valid_to": town.today - timedelta(days=1)}, "not yet": {"valid_from": town.today + timedelta(days=1)}}
    Seat.objects.filter(account=town.people["org_leader1"]).update(**spans.get(who, {}))
    assert refused(lambda: claim(town, item, name)) == ("SD-9" if who == "wang" else "席位")
    assert refused(lambda: assign(town, item, name, "org_leader2")) == ("SD-9" if who == "wang" else "席位")


def test_kin_keep_out_whoever_claims_gives_or_is_given(town: Town, item: WorkItem) -> None:
    kin = town.people["org_leader1"]
    Tie.objects.create(one=kin.cadre, other=town.wang, kind="KIN", declared_at=town.at)
    assert refused(lambda: claim(town, item, "org_leader1")) == "SD-10"
    assert refused(lambda: assign(town, item, "org_leader1", "org_leader2")) == "SD-10"
    assert refused(lambda: assign(town, item, "org_leader2", "org_leader1")) == "SD-10"


def test_the_person_concerned_gives_nothing_away_either(town: Town, item: WorkItem) -> None:
    seat = town.people["org_leader1"].seats.get()
    seat.pk, seat.account = None, town.people["wang"]
    seat.save()
    assert refused(lambda: assign(town, item, "org_leader2", "wang")) == "SD-9"
    assert refused(lambda: claim(town, item, "wang")) == "SD-9"


def test_work_is_given_by_the_desk_or_by_a_leader_with_a_reason(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:2])
    item = item_of(case, "list_evidence")
    assert refused(lambda: assign(town, item, "examination_team2", "examination_team1", " x")) == "改派"
    assert refused(lambda: assign(town, item, "examination_team2", "archivist1")) == "席位"
    assign(town, item, "examination_team2", "examination_team1")
    assign(town, item, "examination_team3", "org_leader1")
    item.refresh_from_db()
    assert item.owner == town.people["examination_team3"]


@pytest.mark.parametrize("way", ["claim", "assign"])
def test_an_investigator_gets_no_work_that_excludes_it(town: Town, way: str) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    item, seat = item_of(case, "review_legality"), town.people["legal_reviewer1"].seats.get()
    seat.pk, seat.account = None, town.people["examination_team1"]
    seat.save()
    ways = {
        "claim": lambda: claim(town, item, "examination_team1"),
        "assign": lambda: assign(town, item, "examination_team1", "legal_reviewer1"),
    }
    assert refused(ways[way]) == "SD-2"


def test_a_role_without_a_desk_is_named(town: Town) -> None:
    assert refused(lambda: desk_for("no_such_role", [town.city.pk])) == "岗位"
