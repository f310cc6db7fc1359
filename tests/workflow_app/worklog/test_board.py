"""揭榜破难: posted once, bid for by people themselves, chosen with a reason, verified by another, and exactly the posted points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town, signed_in
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import clock, ledger, linking
from workflow_app.models import (
    Account,
    Cadre,
    Challenge,
    ChallengeBid,
    ChallengeChoice,
    ChallengeResult,
    ChallengeUse,
    Established,
    Message,
    Unit,
)
from workflow_app.refusing import Refused
from workflow_app.worklog import challenges

pytestmark = pytest.mark.django_db
PLAN, FOUND, DOCUMENT = "先摸清六户诉求，逐户签约，三个月完成。", "六户全部签约，现场已经交地。", "市自然资源局证明第3号"


def task(**changes: Any) -> challenges.Task:
    found = {
        "title": "柳溪桥征拆遗留问题", "criteria": "六户全部签约，无信访遗留，由市自然资源局出具证明。", "points": Decimal(2),
        "bids_until": date(2026, 3, 10), "due_on": date(2026, 9, 30),
    } | changes  # fmt: skip
    return challenges.Task(**found)


def posted(town: Town, **changes: Any) -> Challenge:
    return linking.post(town.city, task(**changes), by=town.people["org_leader1"], at=town.at)


def bid(town: Town, one: Challenge, **changes: Any) -> ChallengeBid:
    return linking.bid(
        one, town.wang, changes.pop("plan", PLAN), **({"for_unit": False, "by": town.people["wang"], "at": town.at} | changes)
    )


def chosen(town: Town) -> Challenge:
    one = posted(town)
    made = bid(town, one)
    town.later(days=9)
    linking.choose(made, "办法可行，熟悉情况。", by=town.people["org_leader1"], at=town.at)
    return one


def verified(town: Town, one: Challenge, outcome: str = "MET", **changes: Any) -> ChallengeResult:
    words = {"by": town.people["org_leader2"], "at": town.at} | changes
    return linking.verify(one, outcome, words.pop("found", FOUND), words.pop("document", DOCUMENT), words.pop("on", town.today), **words)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"points": Decimal(0)}, "不超过10分"), ({"points": Decimal("10.01")}, "不超过10分"), ({"bids_until": date(2026, 3, 1)}, "已经过去"),
        ({"due_on": date(2026, 3, 9)}, "早于揭榜截止"), ({"title": "桥"}, "请写明榜题"), ({"criteria": "做好"}, "请写明完成标准"),
    ],
)  # fmt: skip
def test_a_task_without_criteria_points_or_days_is_refused(town: Town, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        posted(town, **changes)
    assert not Challenge.objects.exists()


def test_people_bid_themselves_once_in_time_and_for_the_unit_only_who_leads_it(town: Town) -> None:
    one = posted(town)
    with pytest.raises(Refused, match="只有本人"):
        bid(town, one, by=town.people["org_leader1"])
    with pytest.raises(DatabaseError), transaction.atomic():
        ChallengeBid.objects.create(challenge=one, cadre=town.wang, plan=PLAN, by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="请写明办法和步骤"):
        bid(town, one, plan="尽力")
    staff = Cadre.objects.create(number="YX00099", name="孙文静", sex="女", unit=town.wang.unit)
    account = Account.objects.create(username="sun", cadre=staff, password="!")
    with pytest.raises(Refused, match="只有领导成员"):
        linking.bid(one, staff, PLAN, for_unit=True, by=account, at=town.at)
    away = Cadre.objects.create(
        number="YY1", name="何远", sex="男", unit=Unit.objects.create(code="YY", name="云岭市", kind="PREFECTURE", path="/9/")
    )
    with pytest.raises(Refused, match="不在您所在单位"):
        linking.bid(one, away, PLAN, for_unit=False, by=Account.objects.create(username="he", cadre=away, password="!"), at=town.at)
    bid(town, one, for_unit=True)
    with pytest.raises(Refused, match="已经揭过"):
        bid(town, one)
    town.later(days=9)
    with pytest.raises(Refused, match="已经截止"):
        linking.bid(one, staff, PLAN, for_unit=False, by=account, at=town.at)


def test_a_leader_chooses_after_the_bids_with_a_reason_and_everybody_who_bid_is_told(town: Town) -> None:
    one = posted(town)
    made, leader = bid(town, one), town.people["org_leader1"]
    with pytest.raises(Refused, match="还没有截止"):
        linking.choose(made, "办法可行，熟悉情况。", by=leader, at=town.at)
    town.later(days=9)
    with pytest.raises(Refused, match="请写明理由"):
        linking.choose(made, "", by=leader, at=town.at)
    linking.choose(made, "办法可行，熟悉情况。", by=leader, at=town.at)
    assert Message.objects.filter(account=town.people["wang"], title__contains="已选定揭榜人").exists()
    with pytest.raises(Refused, match="已经选定"):
        linking.choose(made, "办法可行，熟悉情况。", by=leader, at=town.at)
    ledger.verify(f"J{town.city.pk}")


def test_who_bid_chooses_nobody(town: Town) -> None:
    one, leader = posted(town), town.people["org_leader1"]
    made = bid(town, one)
    own = linking.bid(one, leader.cadre, PLAN, for_unit=False, by=leader, at=town.at)
    town.later(days=9)
    with pytest.raises(Refused, match="揭榜人不得选定"):
        linking.choose(made, "办法可行，熟悉情况。", by=leader, at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        linking.choose(own, "办法可行，熟悉情况。", by=leader, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChallengeChoice.objects.create(challenge=one, bid=own, reason="r", by=leader, at=town.at)


def test_the_result_is_verified_by_another_than_who_chose_and_who_did_it(town: Town) -> None:
    with pytest.raises(Refused, match="还没有选定"):
        verified(town, posted(town))
    one = chosen(town)
    with pytest.raises(Refused, match="选定人不得核验"):
        verified(town, one, by=town.people["org_leader1"])
    with pytest.raises(Refused, match="本人的事项"):
        verified(town, one, by=town.people["wang"])
    for who in ("org_leader1", "wang"):
        with pytest.raises(DatabaseError), transaction.atomic():
            ChallengeResult.objects.create(
                challenge=one, outcome="MET", found=FOUND, document=DOCUMENT, verified_on=town.today, by=town.people[who], at=town.at
            )
    for changes, words in (
        ({"outcome": ""}, "没有选择核验结论"),
        ({"found": "好"}, "请写明核验情况"),
        ({"document": ""}, "请写明依据文件"),
    ):
        with pytest.raises(Refused, match=words):
            verified(town, one, **changes)
    with pytest.raises(Refused, match="不能晚于今天"):
        verified(town, one, on=date(2026, 12, 1))
    verified(town, one)
    with pytest.raises(Refused, match="已经核验"):
        verified(town, one)


def test_exactly_the_posted_points_go_into_a_campaign_once_and_only_when_met(town: Town) -> None:
    one, campaign, by = chosen(town), closed(town), town.people["case_handler1"]
    subject, other = campaign.subjects.get(cadre=town.wang), campaign.subjects.exclude(cadre=town.wang).first()
    result = verified(town, one)
    with pytest.raises(Refused, match="不是关于揭榜人"):
        linking.use_challenge(result, other, by=by, at=town.at)
    linking.use_challenge(result, subject, by=by, at=town.at)
    made = Established.objects.get()
    assert (made.kind, made.amount, made.document) == ("BONUS", one.points, DOCUMENT)
    with pytest.raises(Refused, match="已经登入"):
        linking.use_challenge(result, subject, by=by, at=town.at)


def test_a_task_that_was_not_done_brings_nothing(town: Town) -> None:
    one, campaign = chosen(town), closed(town)
    result = verified(town, one, "NOT_MET")
    with pytest.raises(Refused, match="不加分"):
        linking.use_challenge(result, campaign.subjects.get(cadre=town.wang), by=town.people["case_handler1"], at=town.at)
    assert not Established.objects.exists() and not ChallengeUse.objects.exists()


def test_the_board_on_its_pages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    leader, second, own = (signed_in(town.people[name]) for name in ("org_leader1", "org_leader2", "wang"))
    typed = {"do": "post", **{f"post-{name}": str(value) for name, value in vars(task()).items()}}
    assert signed_in(town.people["case_handler1"]).post("/worklog/board/", typed).status_code == 404, "a leader posts"
    page = leader.post("/worklog/board/", typed | {"post-points": "11"})
    assert page.status_code == 422 and "不超过10分" in page.content.decode()
    assert leader.post("/worklog/board/", typed).status_code == 302
    one = Challenge.objects.get()
    sent = {"do": "bid", "bid-challenge": one.pk, "bid-plan": PLAN, "bid-for_unit": "no"}
    assert "柳溪桥" in own.get("/mine/board/").content.decode() and own.post("/mine/board/", sent).status_code == 302
    made, url = ChallengeBid.objects.get(), f"/worklog/board/{one.pk}/"
    assert PLAN not in signed_in(town.people["legal_reviewer1"]).get("/mine/board/").content.decode(), "no bid of others"
    town.later(days=9)
    choice = {"do": "choose", "choose-bid": made.pk, "choose-reason": "办法可行，熟悉情况。"}
    assert signed_in(town.people["case_handler1"]).post(url, choice).status_code == 404
    assert leader.post(url, choice).status_code == 302
    closed(town)
    said = {"do": "verify", "verify-outcome": "MET", "verify-found": FOUND, "verify-document": DOCUMENT, "verify-on": str(town.today)}
    assert leader.post(url, said).status_code == 422 and second.post(url, said).status_code == 302
    subject = town.wang.rated.get()
    assert second.post(url, {"do": "use", "use-subject": subject.pk}).status_code == 302
    assert "加2.00分" in second.get(url).content.decode()
    assert signed_in(town.people["legal_reviewer1"]).get(url).status_code == 404
