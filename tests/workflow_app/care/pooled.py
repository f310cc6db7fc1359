"""Somebody in a pool."""

from __future__ import annotations

from tests.story import Town
from workflow_app import caring
from workflow_app.care import pools
from workflow_app.care.standing import Stand, standing
from workflow_app.models import Pool, PoolEntry

WHY = pools.Why("TESTED", "汛期抢险和管网改造中连续三个月在一线组织，按期完成。", "市重点办2025年度通报")


def proposed(town: Town, pool: Pool, why: pools.Why = WHY) -> PoolEntry:
    return caring.propose(pool, town.wang, why, by=town.people["case_handler1"], at=town.at)


def confirmed(town: Town, pool: Pool) -> PoolEntry:
    """王建国 in the pool."""
    made = proposed(town, pool)
    caring.decide(made, "CONFIRMED", "理由充分，同意。", by=town.people["org_leader1"], at=town.at)
    return pools.entries([pool]).get(pk=made.pk)


def stand_of(town: Town, entry: PoolEntry) -> Stand:
    return standing(pools.entries([entry.pool]).get(pk=entry.pk), town.today).stand
