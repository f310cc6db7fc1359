"""Pools on their pages: a case opens from a live entry, linked both ways; who sees what at the office and in the portal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from flows.up.path import UpPath
from tests.flows.up import rising
from tests.story import Town, signed_in
from tests.workflow_app.care.pooled import confirmed, proposed, stand_of
from workflow_app import caring, clock
from workflow_app.care import pools
from workflow_app.care.standing import Stand
from workflow_app.models import Account, Bar, Cadre, Case, Pool, PoolEntry, PoolUse

pytestmark = pytest.mark.django_db


def posted(town: Town, **more: str) -> dict[str, Any]:
    facts = {name: str(value) for name, value in rising.facts_for(town, "initiate").items() if value not in (False, None)}
    return facts | {"outcome": "approve", "order": "interview_first", "key": "pool-1"} | more


def opened(town: Town, entry: PoolEntry, who: str = "org_leader1") -> Any:
    """Previewed and signed on the page; what the page said last."""
    client, url = signed_in(town.people[who]), f"/care/pools/entries/{entry.pk}/open/"
    page = client.post(url, posted(town, do="preview"))
    if page.status_code != 200:
        return page
    sent = posted(town, do="sign", seen_hash=page.context["seen"].content_hash)
    first = client.post(url, sent)
    assert client.post(url, sent).headers["Location"] == first.headers["Location"], "a repeated click opens nothing else"
    return first


def test_a_case_opened_from_an_entry_is_linked_both_ways_and_shown_on_both(town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    entry = confirmed(town, pool)
    answer = opened(town, entry)
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.pk}/" and case.flow_class is UpPath
    assert PoolUse.objects.get().case == case
    leader = signed_in(town.people["org_leader1"])
    assert f'href="/care/pools/entries/{entry.pk}/"' in leader.get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/cases/{case.pk}/"' in leader.get(f"/care/pools/entries/{entry.pk}/").content.decode()


def test_a_pool_lifts_no_bar(town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    entry = confirmed(town, pool)
    Bar.objects.create(
        cadre=town.wang,
        unit=town.wang.unit,
        rule_id="T-15",
        reason="班子等次一般",
        first_day=town.today,
        last_day=town.today + timedelta(days=90),
    )
    page = opened(town, entry)
    assert page.status_code == 409 and "期满前不得提拔" in page.content.decode()
    assert not Case.objects.exists() and not PoolUse.objects.exists()


def test_a_dead_entry_opens_no_page_and_leaves_no_case_when_it_dies_on_the_way(
    town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    entry = confirmed(town, pool)
    client, url = signed_in(town.people["org_leader1"]), f"/care/pools/entries/{entry.pk}/open/"
    seen = client.post(url, posted(town, do="preview")).context["seen"].content_hash
    monkeypatch.setattr(pools, "check_usable", lambda entry, today: None)  # the page has asked; a moment later it is taken out
    caring.leave(entry, "CHANGED", "用途有变化。", by=town.people["org_leader2"], at=town.at)
    assert client.post(url, posted(town, do="sign", seen_hash=seen)).status_code == 409
    assert not Case.objects.exists()


def test_only_leaders_and_handlers_of_the_organ_see_pools_and_only_leaders_confirm(
    town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    entry = proposed(town, pool)
    url = f"/care/pools/entries/{entry.pk}/"
    for who, code in {"org_leader1": 200, "case_handler1": 200, "placement_office1": 404, "legal_reviewer1": 404, "wang": 404}.items():
        assert signed_in(town.people[who]).get(url).status_code == code, who
    typed = {"do": "decide", "outcome": "CONFIRMED", "reason": "理由充分，同意。"}
    assert signed_in(town.people["case_handler2"]).post(url, typed).status_code == 404
    assert signed_in(town.people["org_leader2"]).post(url, typed).status_code == 302
    assert stand_of(town, entry) == Stand.LIVE


def test_a_leader_does_not_see_the_own_entry_at_the_office_but_in_the_portal_where_the_pool_tells(
    town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    town.wang = Cadre.objects.get(account=town.people["org_leader3"])
    entry = confirmed(town, pool)
    mine = signed_in(town.people["org_leader3"])
    assert mine.get(f"/care/pools/entries/{entry.pk}/").status_code == 404
    assert town.wang.name not in mine.get(f"/care/pools/{pool.pk}/").content.decode().split("<main")[1]
    assert pool.name in mine.get("/mine/care/").content.decode()


def test_the_portal_shows_confirmed_entries_of_telling_pools_and_nothing_else(
    town: Town, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    leader: Account = town.people["org_leader1"]
    silent = caring.open_pool(town.city, "不公开的库", "为专项工作储备人选。", told=False, by=leader, at=town.at)
    confirmed(town, silent)
    proposed(town, pool)
    page = signed_in(town.people["wang"]).get("/mine/care/").content.decode()
    assert pool.name not in page and silent.name not in page
    assert "也不说明您是否在库" in page, "the rule is said"
    caring.decide(PoolEntry.objects.get(pool=pool), "CONFIRMED", "理由充分，同意。", by=leader, at=town.at)
    page = signed_in(town.people["wang"]).get("/mine/care/").content.decode()
    assert pool.name in page and silent.name not in page
