"""A pool is closed with a reason: its entries end with it, people are told, and nothing is proposed, decided or used any more."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.story import Town
from tests.workflow_app.care.pooled import WHY, confirmed, proposed, stand_of
from workflow_app import caring, clock
from workflow_app.care import pools
from workflow_app.care.standing import Stand, standing
from workflow_app.models import Cadre, Message, Pool, PoolClosing, PoolEntry, PoolLeaving, Record
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
REASON = "机构职能调整，本库用途不再存在"


def leader(town: Town) -> dict[str, Any]:
    return {"by": town.people["org_leader1"], "at": town.at}


def waiting(town: Town, pool: Pool) -> PoolEntry:
    """吕志远, proposed and not decided."""
    other = Cadre.objects.create(number="YX00771", name="吕志远", sex="男", unit=town.wang.unit)
    return caring.propose(pool, other, WHY, by=town.people["case_handler1"], at=town.at)


def test_live_and_waiting_entries_end_with_the_pool_and_people_are_told(town: Town, pool: Pool) -> None:
    live, open_one = confirmed(town, pool), waiting(town, pool)
    made = caring.close_pool(pool, REASON, **leader(town))
    assert (made.closed_on, made.reason) == (town.today, REASON)
    assert stand_of(town, live) == stand_of(town, open_one) == Stand.LEFT
    assert "人选库2026-03-02关闭" in standing(pools.entries([pool]).get(pk=open_one.pk), town.today).words
    assert set(PoolLeaving.objects.values_list("ground", "reason")) == {("CLOSED", REASON)}
    assert Message.objects.filter(account=town.people["wang"], key=f"pool:{live.pk}:closed:own").exists()
    assert Message.objects.filter(account=town.people["case_handler1"], key=f"pool:{open_one.pk}:closed").exists()
    assert Record.objects.filter(kind="CARE", outcome="closed_pool", actor=town.people["org_leader1"]).exists()


def test_a_pool_that_does_not_tell_its_people_does_not_tell_them_of_its_end(town: Town) -> None:
    quiet = caring.open_pool(town.city, "不告知的库", "为专项工作储备，设立时不告知本人。", told=False, **leader(town))
    live = confirmed(town, quiet)
    caring.close_pool(quiet, REASON, **leader(town))
    assert not Message.objects.filter(account=town.people["wang"]).exists()
    assert stand_of(town, live) == Stand.LEFT


def test_closing_needs_a_reason_and_happens_once(town: Town, pool: Pool) -> None:
    with pytest.raises(Refused, match="关闭理由"):
        caring.close_pool(pool, "完", **leader(town))
    assert not PoolClosing.objects.exists()
    caring.close_pool(pool, REASON, **leader(town))
    with pytest.raises(Refused, match="已于2026-03-02关闭"):
        caring.close_pool(pool, REASON, **leader(town))


def test_nothing_is_proposed_decided_or_reviewed_in_a_closed_pool(town: Town, pool: Pool) -> None:
    live, open_one = confirmed(town, pool), waiting(town, pool)
    caring.close_pool(pool, REASON, **leader(town))
    with pytest.raises(Refused, match="关闭"):
        proposed(town, pool)
    with pytest.raises(Refused, match="关闭"):
        caring.decide(open_one, "CONFIRMED", "理由充分，同意。", **leader(town))
    with pytest.raises(Refused, match="关闭"):
        caring.review(live, "情况没有变化，继续保留。", **leader(town))
    with pytest.raises(Refused, match="关闭"):
        pools.check_usable(live, town.today)
    entry = {"cadre": town.wang, "post_title": "副局长", "ground": "TESTED", "reasons": "理由", "evidence": "佐证"}
    with pytest.raises(DatabaseError), transaction.atomic():
        PoolEntry.objects.create(pool=pool, proposed_by=town.people["case_handler1"], proposed_at=town.at, **entry)


def test_nobody_chooses_the_ground_of_a_closed_pool_for_one_person(town: Town, pool: Pool) -> None:
    live = confirmed(town, pool)
    with pytest.raises(Refused, match="出库情形"):
        caring.leave(live, "CLOSED", "单独关闭一个人", **leader(town))


def test_the_leader_closes_it_on_its_page_and_what_was_typed_stays(town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed(town, pool)
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client, url = Client(), f"/care/pools/{pool.pk}/"
    client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    assert "由组织部门负责人办理" in client.get(url).content.decode()
    assert client.post(url, {"closing": REASON}).status_code == 404
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    refused = client.post(url, {"closing": "完了"})
    assert refused.status_code == 409 and ">完了</textarea>" in refused.content.decode()
    said = client.post(url, {"closing": REASON}, follow=True).content.decode()
    assert REASON in said and "人选库已经关闭" in said
    assert "已关闭" in client.get("/care/pools/").content.decode()
