"""潜绩: observed over years, confirmed by another, and with the person wherever they go."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town, signed_in
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import clock, linking
from workflow_app.models import Cadre, EffectWord, Established, Groundwork, Message, Observation, Unit
from workflow_app.refusing import Refused
from workflow_app.worklog import groundworks
from workflow_app.worklog.archive import archive

pytestmark = pytest.mark.django_db
FOUND, DOCUMENT = "枯水期来水量比三年前增加两成，水质稳定。", "市水利局2029年监测报告"


def matter(**changes: Any) -> groundworks.Matter:
    found = {
        "account": "LATENT", "title": "柳溪流域水源涵养林", "expected": "三年后枯水期来水量稳定，五年后成林。", "document": "市林业局2025年第6号方案",
        "first": date(2026, 1, 1), "last": date(2031, 12, 31),
    } | changes  # fmt: skip
    return groundworks.Matter(**found)


def entered(town: Town, *dates: date, **changes: Any) -> Groundwork:
    return linking.enter_groundwork(town.wang, matter(**changes), dates, by=town.people["case_handler1"], at=town.at)


def observed(town: Town, one: Groundwork, on: date | None = None) -> Observation:
    return linking.observe(one, on or town.today, FOUND, DOCUMENT, by=town.people["case_handler1"], at=town.at)


def confirmed(town: Town) -> Groundwork:
    one = entered(town)
    observed(town, one)
    linking.judge(one, "CONFIRMED", "监测数据连续达到预期。", by=town.people["org_leader1"], at=town.at)
    return one


@pytest.mark.parametrize(
    ("changes", "dates", "words"),
    [
        ({"account": ""}, [], "没有选择账目"), ({"last": date(2026, 1, 1)}, [], "应当有一段时间"), ({"title": "林"}, [], "请写明项目或者事项"),
        ({"expected": "好"}, [], "请写明预期成效"), ({"document": ""}, [], "请写明依据文件"), ({}, [date(2032, 1, 1)], "应在观察期内"),
    ],
)  # fmt: skip
def test_a_matter_without_effect_document_or_period_is_refused(town: Town, changes: dict[str, Any], dates: list[date], words: str) -> None:
    with pytest.raises(Refused, match=words):
        entered(town, *dates, **changes)
    assert not Groundwork.objects.exists()


def test_who_entered_it_is_reminded_once_on_each_day_and_not_once_somebody_has_looked(town: Town) -> None:
    one = entered(town, date(2026, 6, 30), date(2027, 6, 30))
    assert linking.remind_due(town.at) == 0
    town.at = town.at.replace(month=7, day=1)
    assert linking.remind_due(town.at) == 1 and linking.remind_due(town.at) == 0
    assert Message.objects.filter(account=town.people["case_handler1"], title__contains="到了观察日期").count() == 1
    observed(town, one)
    assert not groundworks.due(town.today).exists()
    town.at = town.at.replace(year=2027)
    assert linking.remind_due(town.at) == 1


def test_an_effect_is_said_only_of_what_was_observed_and_by_another(town: Town) -> None:
    one, observer, leader = entered(town), town.people["case_handler1"], town.people["org_leader1"]
    with pytest.raises(Refused, match="还没有观察记录"):
        linking.judge(one, "CONFIRMED", "监测数据连续达到预期。", by=leader, at=town.at)
    for on, words in ((date(2025, 12, 31), "早于观察期"), (date(2026, 3, 3), "不能晚于今天")):
        with pytest.raises(Refused, match=words):
            observed(town, one, on)
    observed(town, one)
    with pytest.raises(Refused, match="观察人不得认定") as no:
        linking.judge(one, "CONFIRMED", "监测数据连续达到预期。", by=observer, at=town.at)
    assert no.value.rule == "SD-19"
    for outcome, reason, words in (("", "监测数据。", "没有选择认定"), ("CONFIRMED", "", "请写明理由")):
        with pytest.raises(Refused, match=words):
            linking.judge(one, outcome, reason, by=leader, at=town.at)
    linking.judge(one, "NOT_SHOWN", "还要再看两年。", by=leader, at=town.at)
    linking.judge(one, "CONFIRMED", "监测数据连续达到预期。", by=leader, at=town.at)
    word = groundworks.word_of(groundworks.of(town.wang).get())
    assert word is not None and word.outcome == "CONFIRMED", "the newest counts"


def test_nobody_enters_observes_or_judges_the_own_matter_neither_through_the_room_nor_past_it(town: Town) -> None:
    own: dict[str, Any] = {"by": town.people["wang"], "at": town.at}
    with pytest.raises(Refused, match="本人的事项"):
        linking.enter_groundwork(town.wang, matter(), [], **own)
    one = entered(town)
    with pytest.raises(Refused, match="本人的事项"):
        linking.observe(one, town.today, FOUND, DOCUMENT, **own)
    with pytest.raises(Refused, match="本人的事项"):
        linking.judge(one, "WRONG", "登记有误。", **own)
    with pytest.raises(DatabaseError), transaction.atomic():
        EffectWord.objects.create(groundwork=one, outcome="CONFIRMED", reason="是", **own)


def test_a_matter_entered_wrongly_counts_no_more_and_takes_nothing_more(town: Town) -> None:
    one = entered(town)
    linking.judge(one, "WRONG", "登记到了别人的项目。", by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="不再计列"):
        observed(town, one)
    with pytest.raises(Refused, match="不再计列"):
        linking.judge(one, "WRONG", "再说一次有误。", by=town.people["org_leader1"], at=town.at)
    town.at = town.at.replace(year=2032, month=1, day=10)
    assert linking.remind_due(town.at) == 0


def test_the_account_goes_with_the_person_to_another_post(town: Town) -> None:
    one = confirmed(town)
    other = Unit.objects.create(code="YX-33", name="市水利局", kind="DEPARTMENT", parent=town.city, path="/")
    other.path = f"{town.city.path}{other.pk}/"
    other.save()
    Cadre.objects.filter(pk=town.wang.pk).update(unit=other, post=None)
    moved = Cadre.objects.get(pk=town.wang.pk)
    entry = next(part for part in archive(moved, town.today) if part.key == "accounts").entries[0]
    assert one.title in entry.text and "市交通运输局副局长" in entry.more and "成效已显现" in entry.more


def test_a_confirmed_effect_goes_into_a_campaign_with_points_that_a_person_says(town: Town) -> None:
    campaign, one, by = closed(town), entered(town), town.people["case_handler1"]
    subject, other = campaign.subjects.get(cadre=town.wang), campaign.subjects.exclude(cadre=town.wang).first()
    with pytest.raises(Refused, match="成效还没有认定"):
        linking.use_groundwork(one, subject, Decimal(2), by=by, at=town.at)
    observed(town, one)
    linking.judge(one, "CONFIRMED", "监测数据连续达到预期。", by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="不是关于这名干部"):
        linking.use_groundwork(one, other, Decimal(2), by=by, at=town.at)
    linking.use_groundwork(one, subject, Decimal(2), by=by, at=town.at)
    made = Established.objects.get()
    assert (made.kind, made.amount, made.document) == ("BONUS", Decimal(2), one.document)
    with pytest.raises(Refused, match="已经登记"):
        linking.use_groundwork(one, subject, Decimal(2), by=by, at=town.at)


def test_the_page_enters_observes_judges_and_links(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    campaign, url = closed(town), f"/worklog/groundwork/{town.wang.pk}/"
    handler, leader = signed_in(town.people["case_handler1"]), signed_in(town.people["org_leader1"])
    typed = {"do": "enter", **{f"enter-{name}": str(value) for name, value in vars(matter()).items()}}
    page = handler.post(url, typed | {"enter-dates": "明年"})
    assert page.status_code == 422 and "日期应写作" in page.content.decode() and "柳溪流域" in page.content.decode()
    assert handler.post(url, typed | {"enter-dates": "2027-06-30、2028-06-30"}).status_code == 302
    one = Groundwork.objects.get()
    assert one.dates.count() == 2
    seen = {
        "do": "observe",
        "observe-matter": one.pk,
        "observe-seen_on": "2026-03-01",
        "observe-found": FOUND,
        "observe-document": DOCUMENT,
    }
    assert handler.post(url, seen).status_code == 302
    said = {"do": "judge", "judge-matter": one.pk, "judge-outcome": "CONFIRMED", "judge-reason": "监测数据连续达到预期。"}
    assert handler.post(url, said).status_code == 422 and leader.post(url, said).status_code == 302
    use = {"do": "use", "use-matter": one.pk, "use-subject": campaign.subjects.get(cadre=town.wang).pk, "use-points": "2"}
    assert handler.post(url, use).status_code == 302
    assert "加2.00分" in handler.get(url).content.decode()
    for who in ("legal_reviewer1", "auditor1", "wang"):
        assert signed_in(town.people[who]).get(url).status_code == 404, who
