"""Talks: planned for a class of person, reminded of, held, and confirmed or corrected by the person; what was said is not collected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town
from tests.workflow_app.learning.talked import held, plan, planned
from tests.workflow_app.learning.taught import lists_of
from workflow_app import ledger, talking
from workflow_app.learning import candidates, talks
from workflow_app.models import (
    Account,
    Cadre,
    Message,
    Record,
    Talk,
    TalkHeld,
    TalkWish,
    TalkWord,
    Tie,
    Unit,
)
from workflow_app.refusing import Refused
from workflow_app.telling.chasing import chase
from workflow_app.telling.talks_due import talks_due

pytestmark = pytest.mark.django_db


def outcomes() -> list[str]:
    return list(Record.objects.filter(kind="CARE", outcome__startswith="talk").order_by("seq").values_list("outcome", flat=True))


def stand(town: Town, talk: Talk) -> str:
    return talks.stand_of(talks.talks([town.city]).get(pk=talk.pk), town.today)


def test_a_talk_planned_held_and_signed_by_the_person_leaves_its_lines(town: Town) -> None:
    talk = planned(town)
    assert Message.objects.filter(account=town.people["org_leader2"], title__startswith="请您与王建国谈话").exists()
    assert stand(town, talk) == "已安排，还没有谈"
    held(town, talk)
    assert Message.objects.filter(account=town.people["wang"], title="谈话情况已经登记，请您核对并表示意见").exists()
    assert stand(town, talk) == "已谈，等待本人意见"
    talking.say(talk, "AGREE", "", by=town.people["wang"], at=town.at)
    assert stand(town, talk) == "已谈，本人签收"
    assert outcomes() == ["talk", "talk_held", "talk_word"]
    ledger.verify(f"J{town.city.pk}")


def test_there_is_no_column_for_what_was_said() -> None:
    """Only what both agreed to keep, and the person's own words about the entry."""
    texts = {one.name for one in TalkHeld._meta.get_fields() if getattr(one, "max_length", None)}
    assert texts == {"agreed", "why"}
    assert {one.name for one in TalkWish._meta.get_fields()} == {"id", "cadre", "by", "at", "talk"}, "that they ask, not what about"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "RUMOUR"}, "没有选择类别"),
        ({"reason": "谈谈"}, "请写明谈话事由"),
        ({"days": -1}, "谈话期限早于今天"),
        ({"kind": "MUST"}, "必谈须写明本机关的测评和类别"),
        ({"kind": "FEEDBACK"}, "没有已经签发的三单"),
        ({"kind": "ASKED"}, "没有等待安排的谈话请求"),
    ],
)
def test_a_talk_without_its_ground_its_reason_or_its_day_is_refused(town: Town, changes: dict[str, Any], words: str) -> None:
    days = changes.pop("days", None)
    if days is not None:
        changes["due_on"] = town.today + timedelta(days=days)
    with pytest.raises(Refused, match=words) as no:
        planned(town, **changes)
    assert no.value.way_out and not Talk.objects.exists()


def test_nobody_talks_with_themself_nor_whom_they_are_tied_to_and_the_talker_can_be_reached(town: Town) -> None:
    leader = Cadre.objects.get(account=town.people["org_leader2"])
    with pytest.raises(Refused, match="本人与自己谈话"):
        planned(town, talker=town.wang)
    with pytest.raises(Refused, match="本人的事项"):
        planned(town, cadre=Cadre.objects.get(account=town.people["org_leader1"]))
    silent = Cadre.objects.create(number="YX00055", name="许博文", sex="男", unit=town.wang.unit)
    with pytest.raises(Refused, match="有账号的在职干部"):
        planned(town, talker=silent)
    elsewhere = Unit.objects.create(code="YY", name="云岭市", kind="PREFECTURE", path="/999999/")
    stranger = Cadre.objects.create(number="YY00001", name="何远", sex="男", unit=elsewhere)
    Account.objects.create(username="heyuan", cadre=stranger, password="!")
    for changes, words in (({"talker": stranger}, "有账号的在职干部"), ({"cadre": stranger}, "不在本机关的管理范围内")):
        with pytest.raises(Refused, match=words):
            planned(town, **changes)
    Tie.objects.create(one=leader, other=town.wang, kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系") as no:
        planned(town)
    assert no.value.rule == "SD-10"


def test_the_same_talk_is_not_planned_twice_and_after_it_was_held_another_may_be(town: Town) -> None:
    talk = planned(town)
    with pytest.raises(Refused, match="已经安排过"):
        planned(town)
    held(town, talk)
    planned(town)


def test_another_talker_or_day_says_why_and_tells_the_new_talker(town: Town) -> None:
    talk, leader = planned(town), town.people["org_leader1"]
    other = Cadre.objects.get(account=town.people["org_leader3"])
    with pytest.raises(Refused, match="请写明更改理由"):
        talking.arrange(talk, other, town.today, "", by=leader, at=town.at)
    with pytest.raises(Refused, match="早于今天"):
        talking.arrange(talk, other, town.today - timedelta(days=1), "原谈话人出差。", by=leader, at=town.at)
    with pytest.raises(Refused, match="本人与自己谈话"):
        talking.arrange(talk, town.wang, town.today, "原谈话人出差。", by=leader, at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        talking.arrange(talk, other, town.today, "原谈话人出差。", by=town.people["wang"], at=town.at)
    talking.arrange(talk, other, town.today, "原谈话人出差。", by=leader, at=town.at)
    assert Message.objects.filter(account=town.people["org_leader3"], title__startswith="请您与王建国谈话").exists()
    assert held(town, talk).talker == other, "who talked is who was to talk at last"


def test_a_dropped_talk_says_why_and_takes_nothing_more(town: Town) -> None:
    talk, leader = planned(town), town.people["org_leader1"]
    with pytest.raises(Refused, match="请写明取消的理由"):
        talking.drop(talk, "", by=leader, at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        talking.drop(talk, "等次已经复核更正。", by=town.people["wang"], at=town.at)
    talking.drop(talk, "等次已经复核更正。", by=leader, at=town.at)
    assert stand(town, talk) == "已取消" and Message.objects.filter(account=town.people["org_leader2"], title__contains="已经取消").exists()
    for act in (
        lambda: held(town, talk),
        lambda: talking.drop(talk, "再取消一次谈话。", by=leader, at=town.at),
        lambda: talking.arrange(talk, plan(town).talker, town.today, "换人谈话。", by=leader, at=town.at),
    ):
        with pytest.raises(Refused, match="已经取消"):
            act()
    planned(town)


def test_a_talk_is_entered_after_it_was_held_and_not_by_the_person(town: Town) -> None:
    talk = planned(town)
    with pytest.raises(Refused, match="不能晚于今天"):
        talking.hold(talk, town.today + timedelta(days=1), "", by=town.people["org_leader2"], at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        talking.hold(talk, town.today, "", by=town.people["wang"], at=town.at)
    held(town, talk, agreed="")


def test_only_the_person_says_whether_it_is_so_and_a_correction_says_what(town: Town) -> None:
    talk, wang = planned(town), town.people["wang"]
    with pytest.raises(Refused, match="还没有登记"):
        talking.say(talk, "AGREE", "", by=wang, at=town.at)
    entry = held(town, talk)
    with pytest.raises(Refused, match="只能由本人"):
        talking.say(talk, "AGREE", "", by=town.people["org_leader2"], at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        TalkWord.objects.create(held=entry, word="AGREE", by=town.people["org_leader2"], at=town.at)
    with pytest.raises(Refused, match="请写明不同意见"):
        talking.say(talk, "CORRECT", "", by=wang, at=town.at)
    with pytest.raises(Refused, match="现在不能"):
        talking.say(talk, "SHRUG", "", by=wang, at=town.at)
    talking.say(talk, "CORRECT", "商定的是每季度汇报一次。", by=wang, at=town.at)
    for who in ("org_leader1", "org_leader2"):
        assert Message.objects.filter(account=town.people[who], title="王建国对谈话情况有不同意见").exists(), who


def test_an_entry_is_corrected_with_a_reason_until_the_person_has_signed_it(town: Town) -> None:
    talk, wang = planned(town), town.people["wang"]
    held(town, talk)
    with pytest.raises(Refused, match="请写明更正理由"):
        held(town, talk, agreed="每季度汇报一次。")
    held(town, talk, agreed="每季度汇报一次。", why="按本人意见更正。")
    talking.say(talk, "AGREE", "", by=wang, at=town.at)
    with pytest.raises(Refused, match="本人已经签收"):
        held(town, talk, agreed="每月汇报一次。", why="再改回来一次。")
    with pytest.raises(Refused, match="现在不能"):
        talking.say(talk, "CORRECT", "签收以后又有不同意见。", by=wang, at=town.at)
    assert TalkHeld.objects.count() == 2, "what was entered stays"


def test_feedback_stands_on_signed_lists_is_once_and_not_before_them(town: Town) -> None:
    lists = lists_of(town)
    town.later(days=2)
    talk = planned(town, kind="FEEDBACK", feedback=lists, reason="年度考核结果面对面反馈。")
    with pytest.raises(Refused, match="早于三单签发"):
        talking.hold(talk, town.today - timedelta(days=5), "", by=town.people["org_leader2"], at=town.at)
    held(town, talk, agreed="")
    with pytest.raises(Refused, match="已经安排过"):
        planned(town, kind="FEEDBACK", feedback=lists, reason="年度考核结果面对面反馈。")
    other = Cadre.objects.get(account=town.people["archivist1"])
    with pytest.raises(Refused, match="没有已经签发的三单"):
        planned(town, cadre=other, kind="FEEDBACK", feedback=lists)


def test_the_talker_is_reminded_before_on_and_after_the_day_once_each(town: Town) -> None:
    talk = planned(town)
    leader = town.people["org_leader2"]

    def reminded() -> list[str]:
        chase(town.at)
        return list(Message.objects.filter(account=leader, kind="CHASE").order_by("id").values_list("title", flat=True))

    assert reminded() == []
    town.later(days=7)
    assert [title.rpartition("，")[2] for title in reminded()] == ["还剩3天"]
    town.later(days=3)
    assert [title.rpartition("，")[2] for title in reminded()][1:] == ["今天到期"]
    town.later(days=3)
    assert [title.rpartition("，")[2] for title in reminded()][2:] == ["已逾期3天"]
    town.later(days=1)
    assert len(reminded()) == 3, "every third day"
    held(town, talk)
    assert not list(talks_due(town.today))


def test_where_the_talker_has_no_account_any_more_who_planned_it_is_reminded(town: Town) -> None:
    talk = planned(town)
    Account.objects.filter(pk=town.people["org_leader2"].pk).update(is_active=False)
    told = list(talks_due(town.today + timedelta(days=10)))
    assert [(one.account, one.url) for one in told] == [(town.people["org_leader1"].pk, f"/training/talks/{talk.pk}/")]


def test_who_asks_for_a_talk_asks_once_and_is_told_when_it_is_planned(town: Town) -> None:
    wang = town.people["wang"]
    with pytest.raises(Refused, match="只能由本人提出"):
        talking.ask(town.wang, by=town.people["org_leader1"], at=town.at)
    wish = talking.ask(town.wang, by=wang, at=town.at)
    with pytest.raises(Refused, match="已经提出"):
        talking.ask(town.wang, by=wang, at=town.at)
    assert [one.ground for one in candidates.candidates(town.city, "ASKED", town.today)] == [wish.pk]
    talk = planned(town, kind="ASKED", wish=wish, reason="本人要求谈话。")
    assert Message.objects.filter(account=wang, title__startswith="您要求的谈话已经安排").exists()
    assert candidates.candidates(town.city, "ASKED", town.today) == []
    with pytest.raises(Refused, match="已经提出"):
        talking.ask(town.wang, by=wang, at=town.at)
    talking.drop(talk, "本人撤回了要求。", by=town.people["org_leader1"], at=town.at)
    assert Message.objects.filter(account=wang, title="您要求的谈话没有安排：本人撤回了要求。").exists()
    with pytest.raises(Refused, match="没有等待安排的谈话请求"):
        planned(town, kind="ASKED", wish=wish, reason="本人要求谈话。")
    talking.ask(town.wang, by=wang, at=town.at)
