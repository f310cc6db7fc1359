"""Talks on their pages: who plans and sees which, what a refusal keeps, and the person's own word in the portal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.story import Town, signed_in
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.learning.talked import AGREED, REASON, held, planned
from tests.workflow_app.learning.taught import lists_of
from workflow_app import clock, talking
from workflow_app.models import Cadre, Read, Talk, TalkGroup, TalkHeld, TalkWord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)


def page(town: Town, who: str, url: str, typed: dict[str, Any] | None = None) -> Any:
    client = signed_in(town.people[who])
    return client.post(url, typed) if typed is not None else client.get(url)


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1])


def typed(town: Town, **changes: str) -> dict[str, str]:
    return {"reason": REASON, "talker": Cadre.objects.get(account=town.people["org_leader2"]).number, "due_on": str(town.today)} | changes


def test_a_talk_is_planned_on_the_page_and_a_refusal_keeps_what_was_typed(town: Town) -> None:
    url = f"/training/talks/plan/FELL/{town.wang.pk}/"
    for changes, words in (
        ({"talker": "没有这个人"}, "没有这个姓名或者编号"),
        ({"talker": "YX00001"}, "本人与自己谈话"),
        ({"due_on": "2026-01-01"}, "早于今天"),
    ):
        refused = page(town, "assessment_office1", url, typed(town, **changes))
        assert refused.status_code == 422 and words in main(refused) and REASON in main(refused)
    twin = Cadre.objects.get(account=town.people["org_leader2"]).name
    Cadre.objects.create(number="YX00066", name=twin, sex="女", unit=town.wang.unit)
    assert "有重名" in main(page(town, "assessment_office1", url, typed(town, talker=twin)))
    assert page(town, "assessment_office1", url, typed(town)).status_code == 302
    assert "王建国" in main(page(town, "org_leader1", "/training/talks/?kind=FELL"))


def test_each_desk_sees_talks_of_the_classes_that_it_works_with_anyway(town: Town) -> None:
    talk = planned(town)
    urls = ("/training/talks/?kind=FELL", f"/training/talks/{talk.pk}/", f"/training/talks/plan/FELL/{town.wang.pk}/")
    for who, code in {
        "case_handler1": 200,
        "org_leader1": 200,
        "assessment_office1": 200,
        "legal_reviewer1": 404,
        "auditor1": 404,
        "wang": 404,
    }.items():
        assert {page(town, who, url).status_code for url in urls} == {code}, who
    assert {page(town, "placement_office1", url).status_code for url in urls[1:]} == {404}
    assert "王建国" not in main(page(town, "placement_office1", urls[0])), "another class is shown instead"
    assert Read.objects.filter(what="talks", account=town.people["org_leader1"]).count() == 2


def test_nobody_plans_or_reads_a_talk_with_themself_at_the_office(town: Town) -> None:
    own = Cadre.objects.get(account=town.people["assessment_office1"])
    talk = planned(town, cadre=own)
    assert page(town, "assessment_office1", f"/training/talks/{talk.pk}/").status_code == 404
    assert own.number not in main(page(town, "assessment_office1", "/training/talks/?kind=FELL"))
    assert page(town, "assessment_office1", f"/training/talks/plan/FELL/{own.pk}/").status_code == 404
    assert page(town, "assessment_office1", f"/training/talks/plan/NONE/{town.wang.pk}/").status_code == 404


def test_the_talker_needs_no_seat_and_enters_it_in_the_portal(town: Town) -> None:
    sun = Cadre.objects.get(account=town.people["archivist1"])
    talk = planned(town, talker=sun)
    shown = main(page(town, "archivist1", "/mine/talks/"))
    assert "请您谈话" in shown and REASON in shown
    words = {"do": "held", "key": str(talk.pk), "held_on": "", "agreed": AGREED}
    refused = page(town, "archivist1", "/mine/talks/", words)
    assert refused.status_code == 422 and "谈话日期不对" in main(refused) and AGREED in main(refused)
    assert page(town, "archivist2", "/mine/talks/", words | {"held_on": str(town.today)}).status_code == 422
    assert not TalkHeld.objects.exists(), "nobody else enters it"
    assert page(town, "archivist1", "/mine/talks/", words | {"held_on": str(town.today)}).status_code == 302
    assert AGREED in main(page(town, "wang", "/mine/talks/"))


def test_the_person_signs_or_corrects_in_the_portal_and_nobody_else_does(town: Town) -> None:
    talk = planned(town)
    held(town, talk)
    words = {"do": "say", "key": str(talk.pk), "word": "CORRECT", "text": ""}
    refused = page(town, "wang", "/mine/talks/", words)
    assert refused.status_code == 422 and "请写明不同意见" in main(refused)
    assert page(town, "org_leader2", "/mine/talks/", words | {"word": "AGREE"}).status_code == 422
    assert page(town, "wang", "/mine/talks/", words | {"text": "商定的是每季度汇报一次。"}).status_code == 302
    office = f"/training/talks/{talk.pk}/"
    assert "商定的是每季度汇报一次。" in main(page(town, "org_leader1", office))
    again = {"do": "held", "held-held_on": str(town.today), "held-agreed": "每季度汇报一次。", "held-why": ""}
    assert "请写明更正理由" in main(page(town, "org_leader1", office, again))
    assert page(town, "org_leader1", office, again | {"held-why": "按本人意见更正。"}).status_code == 302
    assert page(town, "wang", "/mine/talks/", words | {"word": "AGREE"}).status_code == 302
    assert TalkWord.objects.filter(word="AGREE").count() == 1
    assert "本人已经签收，不再更改" in main(page(town, "org_leader1", office))


def test_a_talk_is_moved_or_dropped_on_its_page(town: Town) -> None:
    talk = planned(town)
    url, other = f"/training/talks/{talk.pk}/", Cadre.objects.get(account=town.people["org_leader3"])
    moved = {
        "do": "arrange",
        "arrange-talker": other.number,
        "arrange-due_on": str(town.today + timedelta(days=3)),
        "arrange-why": "原谈话人出差。",
    }
    assert page(town, "org_leader1", url, moved | {"arrange-talker": "YX00001"}).status_code == 422
    assert page(town, "org_leader1", url, moved).status_code == 302
    assert other.name in main(page(town, "org_leader1", url)) and "以前的安排" in main(page(town, "org_leader1", url))
    assert page(town, "org_leader1", url, {"do": "drop", "drop-dropped": "等次已经复核更正。"}).status_code == 302
    assert "等次已经复核更正。" in main(page(town, "wang", "/mine/talks/"))
    assert page(town, "org_leader1", url, {"do": "nothing"}).status_code == 404


def test_asking_for_a_talk_says_nothing_but_that(town: Town) -> None:
    assert page(town, "wang", "/mine/talks/", {"do": "ask", "text": "想谈的内容"}).status_code == 302
    assert "正在安排" in main(page(town, "wang", "/mine/talks/"))
    assert page(town, "wang", "/mine/talks/", {"do": "ask"}).status_code == 422
    shown = main(page(town, "org_leader1", "/training/talks/?kind=ASKED"))
    assert "本人提出谈话请求" in shown and "想谈的内容" not in shown
    wish = town.wang.talk_wishes.get()
    assert page(town, "org_leader1", f"/training/talks/plan/ASKED/{town.wang.pk}/?on={wish.pk}", typed(town)).status_code == 302
    assert Talk.objects.get().wish == wish


def test_the_three_lists_lead_to_their_talk_and_show_how_it_stands(town: Town) -> None:
    lists = lists_of(town)
    url = f"/assessment/subjects/{lists.subject_id}/"
    assert f"/training/talks/plan/FEEDBACK/{town.wang.pk}/?on={lists.pk}" in main(page(town, "assessment_office1", url))
    place = f"/training/talks/plan/FEEDBACK/{town.wang.pk}/?on={lists.pk}"
    assert page(town, "assessment_office1", place, typed(town)).status_code == 302
    talk = Talk.objects.get()
    held(town, talk, agreed="")
    talking.say(talk, "AGREE", "", by=town.people["wang"], at=town.at)
    assert "已谈，本人签收" in main(page(town, "assessment_office1", url))


def test_the_register_of_a_round_sets_its_groups_and_leads_to_the_plan(town: Town) -> None:
    campaign = closed(town)
    url = f"/training/talks/rounds/{campaign.pk}/"
    assert "还没有设立必谈类别" in main(page(town, "assessment_office1", url))
    refused = page(town, "assessment_office1", url, {"do": "add", "add-name": "结果靠后的", "add-basis": "文件"})
    assert refused.status_code == 422 and "请写明依据" in main(refused) and "结果靠后的" in main(refused)
    assert (
        page(town, "assessment_office1", url, {"do": "add", "add-name": "结果靠后的", "add-basis": "市委组织部2026年1号文"}).status_code
        == 302
    )
    group = TalkGroup.objects.get()
    place = f"/training/talks/plan/MUST/{town.wang.pk}/?round={campaign.pk}&group={group.pk}"
    assert place.replace("&", "&amp;") in main(page(town, "assessment_office1", url)), "people of the round are offered"
    assert page(town, "assessment_office1", place, typed(town)).status_code == 302
    town.later(days=1)
    shown = main(page(town, "assessment_office1", url))
    assert "1人还没有谈" in shown and "其中1人已过期限" in shown and "列入1人，已谈0人" in shown
    assert page(town, "placement_office1", url).status_code == 404
    ended = {"do": "end", "end-group": str(group.pk), "end-reason": "文件已经修订，不再列为必谈。"}
    assert page(town, "assessment_office1", url, ended | {"end-reason": ""}).status_code == 422
    assert page(town, "assessment_office1", url, ended).status_code == 302
    assert "已停用" in main(page(town, "assessment_office1", url))
    assert page(town, "assessment_office1", url, ended | {"end-group": "987654"}).status_code == 404
