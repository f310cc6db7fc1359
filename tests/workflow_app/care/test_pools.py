"""Candidate pools: proposed by one, confirmed by another, expiring, never used dead; linked with the case that is opened from them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.flows.up import rising
from tests.story import Town
from tests.workflow_app.care.pooled import WHY, confirmed, proposed, stand_of
from workflow_app import caring, clock, ledger
from workflow_app.care import pools
from workflow_app.care.standing import Stand
from workflow_app.models import (
    Cadre,
    Lead,
    Message,
    Pool,
    PoolDecision,
    PoolEntry,
    PoolReview,
    PoolUse,
    Record,
    Tie,
    Unit,
)
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


def proposal(town: Town) -> Lead:
    """Three years 优秀 as the trigger has put it on the leader's desk."""
    desk = town.people["org_leader1"].seats.get().desk
    return Lead.objects.create(
        desk=desk, cadre=town.wang, rule_id="UP-EXC3", suggests="PROMOTE", origin="UP-EXC3:1:2025", evidence=[], created_at=town.at,
        summary="2023至2025年度连续三年优秀，建议研究优先晋升", due_on=town.today,
    )  # fmt: skip


def test_an_entry_holds_nothing_until_another_confirms_it(town: Town, pool: Pool) -> None:
    entry = proposed(town, pool)
    assert stand_of(town, entry) == Stand.WAITING
    told = Message.objects.filter(key=f"pool:{entry.pk}").values_list("account__username", flat=True)
    assert set(told) == {f"org_leader{n}" for n in (1, 2, 3, 4)}
    caring.decide(entry, "CONFIRMED", "理由充分，同意。", by=town.people["org_leader1"], at=town.at)
    assert stand_of(town, entry) == Stand.LIVE
    assert PoolDecision.objects.get().expires_on == clock.add_months(town.today, 24), "two years, by the setting"
    assert Message.objects.filter(account=town.people["wang"], key=f"pool:{entry.pk}:in").exists()
    assert list(Record.objects.filter(kind="CARE").order_by("seq").values_list("outcome", flat=True)) == ["pool", "proposed", "decided"]
    ledger.verify(f"J{town.city.pk}")


def test_how_long_an_entry_holds_is_set_and_not_written_in_code(town: Town, pool: Pool, settings: Any) -> None:
    settings.POOL_YEARS = 3
    assert confirmed(town, pool).decision.expires_on == clock.add_months(town.today, 36)


def test_who_proposed_does_not_confirm_neither_through_the_room_nor_past_it(town: Town, pool: Pool) -> None:
    leader = town.people["org_leader1"]
    entry = caring.propose(pool, town.wang, WHY, by=leader, at=town.at)
    with pytest.raises(Refused, match="提出人不得审定") as no:
        caring.decide(entry, "CONFIRMED", "理由充分，同意。", by=leader, at=town.at)
    assert no.value.rule == "SD-19" and no.value.way_out
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolDecision.objects.create(entry=entry, outcome="CONFIRMED", reason="同意", expires_on=town.today, by=leader, at=town.at)


def test_nobody_proposes_or_confirms_themself_or_whom_they_are_tied_to(town: Town, pool: Pool) -> None:
    handler, leader = town.people["case_handler1"], town.people["org_leader1"]
    with pytest.raises(Refused, match="本人的事项"):
        caring.propose(pool, town.wang, WHY, by=town.people["wang"], at=town.at)
    entry = proposed(town, pool)
    Tie.objects.create(one=town.wang, other=Cadre.objects.get(account=leader), kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系") as no:
        caring.decide(entry, "CONFIRMED", "理由充分，同意。", by=leader, at=town.at)
    assert no.value.rule == "SD-10"
    Tie.objects.create(one=Cadre.objects.get(account=handler), other=town.wang, kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系"):
        proposed(town, Pool.objects.create(organ=town.city, name="另一库", purpose="另一用途的人选。", opened_by=leader, opened_at=town.at))


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (pools.Why("", WHY.reasons, WHY.evidence), "没有选择入库依据"),
        (pools.Why("TESTED", "表现好", WHY.evidence), "请写明理由（不少于10个字）"),
        (pools.Why("TESTED", WHY.reasons, "  "), "请写明佐证（不少于5个字）"),
        (pools.Why("EXCELLENT", WHY.reasons, WHY.evidence), "没有该干部连续三年优秀的记录"),
        (pools.Why("RESTORED", WHY.reasons, WHY.evidence), "没有该干部已经办结的调整案件"),
    ],
)
def test_an_entry_without_a_ground_a_reason_and_what_proves_it_is_refused(town: Town, pool: Pool, why: pools.Why, words: str) -> None:
    with pytest.raises(Refused, match=words):
        proposed(town, pool, why)
    assert not PoolEntry.objects.exists()


def test_three_excellent_years_stand_on_the_proposal_of_the_trigger(town: Town, pool: Pool) -> None:
    lead = proposal(town)
    entry = proposed(town, pool, pools.Why("EXCELLENT", WHY.reasons, WHY.evidence))
    assert entry.lead == lead
    lead.refresh_from_db()
    assert lead.closed_at is None, "the proposal itself is still for a person to decide"


def test_nobody_is_twice_in_one_pool_and_people_of_another_organ_are_not_at_all(town: Town, pool: Pool) -> None:
    proposed(town, pool)
    with pytest.raises(Refused, match="已经在这个库中"):
        proposed(town, pool)
    Cadre.objects.filter(pk=town.wang.pk).update(active=False)
    town.wang.refresh_from_db()
    with pytest.raises(Refused, match="管理范围"):
        proposed(town, pool)
    elsewhere = Unit.objects.create(code="YY", name="云岭市", kind="PREFECTURE", path="/999999/")
    other = Cadre.objects.create(number="YY00001", name="何远", sex="男", unit=elsewhere)
    with pytest.raises(Refused, match="管理范围"):
        caring.propose(pool, other, WHY, by=town.people["case_handler1"], at=town.at)


def test_a_refused_entry_says_why_and_may_be_proposed_anew(town: Town, pool: Pool) -> None:
    entry, leader = proposed(town, pool), town.people["org_leader1"]
    with pytest.raises(Refused, match="请写明理由"):
        caring.decide(entry, "REFUSED", "", by=leader, at=town.at)
    caring.decide(entry, "REFUSED", "事迹尚未核实，先补充材料。", by=leader, at=town.at)
    assert stand_of(town, entry) == Stand.REFUSED
    assert not Message.objects.filter(account=town.people["wang"]).exists(), "a proposal that failed is told to nobody else"
    proposed(town, pool)


def test_it_holds_to_the_end_of_its_last_day_and_never_after(town: Town, pool: Pool) -> None:
    entry = confirmed(town, pool)
    last = entry.decision.expires_on
    town.at += timedelta(days=(last - town.today).days)
    pools.check_usable(entry, town.today)
    town.later(days=1)
    assert stand_of(town, entry) == Stand.EXPIRED
    with pytest.raises(Refused, match="已过期"):
        pools.check_usable(entry, town.today)
    for act in (
        lambda: caring.review(entry, "仍然符合用途，继续在库。", by=town.people["org_leader2"], at=town.at),
        lambda: caring.leave(entry, "CHANGED", "情况有变化。", by=town.people["org_leader2"], at=town.at),
    ):
        with pytest.raises(Refused, match="现在的状态是"):
            act()
    leader = town.people["org_leader2"]
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolReview.objects.create(entry=entry, findings="过期续期", reviewed_on=town.today, expires_on=town.today, by=leader, at=town.at)
    assert proposed(town, pool).pk != entry.pk, "whoever is still wanted is proposed anew"


def test_a_review_before_the_end_goes_on_from_its_own_day(town: Town, pool: Pool) -> None:
    entry = confirmed(town, pool)
    town.later(days=600)
    caring.review(entry, "两年来保持表现，继续符合用途。", by=town.people["org_leader2"], at=town.at)
    town.later(days=400)
    assert stand_of(town, entry) == Stand.LIVE


def test_who_has_left_is_not_used(town: Town, pool: Pool) -> None:
    entry, leader = confirmed(town, pool), town.people["org_leader2"]
    with pytest.raises(Refused, match="请写明出库理由"):
        caring.leave(entry, "OWN_WISH", "", by=leader, at=town.at)
    caring.leave(entry, "OWN_WISH", "本人希望留在现岗位。", by=leader, at=town.at)
    assert stand_of(town, entry) == Stand.LEFT
    with pytest.raises(Refused, match="出库"):
        pools.check_usable(entry, town.today)
    case = rising.open_case(town)
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolUse.objects.create(entry=entry, case=case, used_on=town.today, by=leader, at=town.at)


def test_an_entry_is_not_linked_with_a_case_about_somebody_else(town: Town, pool: Pool) -> None:
    entry = confirmed(town, pool)
    he = Cadre.objects.create(number="YX00077", name="何远", sex="男", unit=town.wang.unit)
    case = rising.open_case(town, he)
    with pytest.raises(Refused, match="不是关于这名人选"):
        caring.use(entry, case, by=town.people["org_leader1"], at=town.at)
