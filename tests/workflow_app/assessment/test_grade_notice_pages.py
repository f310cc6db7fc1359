"""Pages of written notices: issued and served for many with an answer each, read and taken by the person, genuine for anybody."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from tests.story import Town
from tests.workflow_app.assessment.settled_campaign import by, result, settled
from workflow_app import clock, notifying, outbox
from workflow_app.models import (
    Account,
    AssessmentResult,
    Campaign,
    Decision,
    GradeNotice,
    GradeNoticePrint,
    Outgoing,
    Service,
)
from workflow_app.notified import notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """The settled round."""
    return settled(town)


def client_of(town: Town, name: str | None, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    if name:
        client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_office_issues_and_serves_many_at_once_with_an_answer_for_each(
    town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = client_of(town, "assessment_office1", monkeypatch), f"/assessment/campaigns/{campaign.pk}/notices/"
    assert "共6人：已签发0份，其中已送达0份，未送达0份" in client.get(url).content.decode()
    assert client.post(url, {"do": "issue"}).status_code == 422, "nobody was ticked"
    keys = [one.pk for one in AssessmentResult.objects.all()]
    said = client.post(url, {"do": "issue", "one": keys}).content.decode()
    assert said.count("已签发云组〔2026〕") == 6
    again = client.post(url, {"do": "issue", "one": keys[:1]}).content.decode()
    assert "没有办成" in again and "通知书已经签发" in again
    wrong = client.post(url, {"do": "serve", "one": keys, "mode": "in_person"})
    assert wrong.status_code == 422 and wrong.content.decode().count("checked") >= 6, "the ticks stay"
    notifying.receive(GradeNotice.objects.get(cadre=town.wang), consent=True, **by(town, "wang"))
    served = client.post(url, {"do": "serve", "one": keys, "mode": "in_person", "served_on": "2026-03-02"}).content.decode()
    assert served.count("已登记：2026-03-02直接送达本人") == 5 and "已于2026-03-02送达" in served
    assert "已送达6份，未送达0份" in served
    assert set(Service.objects.exclude(mode="online").values_list("receiver", "cadre__name")) == {
        (one.cadre.name, one.cadre.name) for one in Service.objects.exclude(mode="online").select_related("cadre")
    }


def test_only_the_leader_corrects_and_what_was_typed_stays(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"/assessment/campaigns/{campaign.pk}/notices/"
    typed = {"do": "correct", "result": result().pk, "grade": "BASIC", "document": "复核决定书第9号", "reason": "短"}
    refused = client_of(town, "assessment_office1", monkeypatch).post(url, typed)
    assert refused.status_code == 422 and "由负责人办理" in refused.content.decode()
    leader = client_of(town, "org_leader1", monkeypatch)
    short = leader.post(url, typed)
    assert short.status_code == 422 and 'value="复核决定书第9号"' in short.content.decode()
    assert leader.post(url, {**typed, "reason": "复核认定事实有误"}).status_code == 302
    assert leader.post(url, {**typed, "result": "x"}).status_code == 422
    assert client_of(town, "case_handler1", monkeypatch).get(url).status_code == 404


def test_who_has_not_taken_it_is_reminded_once_a_day(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    client, url = client_of(town, "assessment_office1", monkeypatch), f"/assessment/campaigns/{campaign.pk}/notices/"
    client.post(url, {"do": "issue", "one": [one.pk for one in AssessmentResult.objects.all()]})
    assert "已提醒1人签收" in client.post(url, {"do": "remind"}, follow=True).content.decode(), "the others have no account"
    assert "已提醒0人签收" in client.post(url, {"do": "remind"}, follow=True).content.decode()
    assert list(notices.unserved(town.at).values_list("cadre__name", flat=True))[0] == "王建国"


def test_the_person_reads_takes_and_sees_what_can_be_done(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    made = notifying.issue(result(), **by(town))
    notifying.render(made.pk, at=town.at)
    wang, url = client_of(town, "wang", monkeypatch), f"/mine/grades/{made.pk}/"
    assert "请签收" in wang.get("/mine/assessment/").content.decode()
    said = wang.get(url).content.decode()
    assert "打开本页和下载文件都不算签收" in said and "30日内" in said
    assert made.decision.served_on is None, "looking is no service"
    refused = wang.post(url)
    assert refused.status_code == 422 and "须经本人同意" in refused.content.decode()
    taken = wang.post(url, {"consent": "1"}, follow=True).content.decode()
    assert "2026年3月2日送达" in taken and f"/mine/decisions/{made.decision_id}/" in taken
    assert "最后一天：" in wang.get(f"/mine/decisions/{made.decision_id}/").content.decode()
    assert wang.get(f"/assessment/notices/{made.pk}/receipt.pdf").content.startswith(b"%PDF")
    assert client_of(town, "org_leader1", monkeypatch).get(url).status_code == 404


def test_the_preview_keeps_nothing(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    office = client_of(town, "assessment_office1", monkeypatch)
    shown = office.get(f"/assessment/results/{result().pk}/preview.pdf")
    assert shown.content.startswith(b"%PDF")
    assert not GradeNotice.objects.exists() and not Decision.objects.exists() and not Outgoing.objects.filter(kind="NOTICE").exists()
    assert notifying.issue(result(), **by(town)).number == "云组〔2026〕1号", "the number was given back"
    assert Account.objects.get(cadre=town.wang)


def test_the_worker_prints_and_seals_it_once_and_anybody_may_ask_whether_it_is_genuine(
    town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = notifying.issue(result(), **by(town))
    order = Outgoing.objects.get(kind="NOTICE", target=made.pk)
    outbox.HANDLERS[order.kind](order, town.at)
    outbox.HANDLERS[order.kind](order, town.at)
    printed = GradeNoticePrint.objects.get(notice=made)
    pdf = bytes(printed.pdf)
    assert pdf.startswith(b"%PDF") and b"/ByteRange" in pdf and hashlib.sha256(pdf).hexdigest() == printed.sealed_sha256
    said = client_of(town, None, monkeypatch).get(f"/verify/{made.verify_code}/").content.decode()
    assert made.number in said and "有效" in said and "王建国" not in said
    wang, other = client_of(town, "wang", monkeypatch), client_of(town, "org_leader2", monkeypatch)
    assert wang.get(f"/assessment/notices/{made.pk}.pdf").content == pdf
    assert other.get(f"/assessment/notices/{made.pk}.pdf").status_code == 200
    assert client_of(town, "case_handler1", monkeypatch).get(f"/assessment/notices/{made.pk}.pdf").status_code == 404
