"""一单: the three lists for a unit, answered and mended by those who lead it, looked back at by others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.united import Bureaus, built, subjects
from workflow_app import clock, listing
from workflow_app.assessment.feedback import lists
from workflow_app.assessment.feedback.lists import PointRow
from workflow_app.models import Account, Cadre, Feedback, FeedbackPaper, Finding, Lead, Message, Point
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
ROWS = [
    PointRow("RESULT", "水资源管理任务全部完成。"), PointRow("PROBLEM", "两个灌区计量设施没有按期建成。"),
    PointRow("MEND", "两个灌区计量设施没有按期建成", "按月调度，六月底前建成", date(2026, 6, 30), "丁一鸣"),
]  # fmt: skip


@pytest.fixture
def bureaus(hall: Hall) -> Bureaus:
    """Six bureaus."""
    return built(hall)


@pytest.fixture
def feedback(bureaus: Bureaus) -> Feedback:
    """市水利局's lists, signed by the leader of the department."""
    made = lists.draft(subjects(bureaus.rated())[1], ROWS, **bureaus.words)
    listing.sign_lists(made, by=bureaus.hall.town.people["org_leader1"], at=bureaus.hall.at)
    return Feedback.objects.get(pk=made.pk)


def clerk(bureaus: Bureaus) -> Account:
    """Somebody of 市水利局 who does not lead it."""
    cadre = Cadre.objects.create(number="YX00050", name="纪小北", sex="男", unit=bureaus.units[1])
    return Account.objects.create(username="yx00050", cadre=cadre, password="!")


def test_the_paper_speaks_to_the_unit_and_its_leaders_are_told(bureaus: Bureaus, feedback: Feedback) -> None:
    papers = {one.list: one.content for one in FeedbackPaper.objects.filter(feedback=feedback)}
    assert set(papers) == {"RESULT", "PROBLEM", "MEND"}
    said = papers["RESULT"]["content"]
    assert said["to"] == "市水利局"
    assert said["paragraphs"] == ["对你单位在本次考核中的主要成绩，反馈如下。"]
    assert papers["MEND"]["content"]["paragraphs"][0].startswith("请你单位按下列")
    told = Message.objects.filter(key=f"lists:{feedback.pk}")
    assert [one.account for one in told] == [bureaus.heads[1]]
    assert told[0].title.startswith("市水利局的考核反馈")


def test_nobody_drafts_or_signs_the_lists_of_the_unit_they_serve_in(bureaus: Bureaus) -> None:
    subject = subjects(bureaus.rated())[1]
    with pytest.raises(Refused, match="本单位的三单"):
        lists.draft(subject, ROWS, by=clerk(bureaus), at=bureaus.hall.at)
    made = lists.draft(subject, ROWS, **bureaus.words)
    with pytest.raises(Refused, match="不得签发本人或者本单位的三单"):
        listing.sign_lists(made, by=bureaus.heads[1], at=bureaus.hall.at)


def test_its_leading_members_answer_and_prove_and_nobody_else_does(bureaus: Bureaus, feedback: Feedback) -> None:
    mend, own = Point.objects.get(feedback=feedback, list="MEND"), {"by": bureaus.heads[1], "at": bureaus.hall.at}
    for stranger in (bureaus.heads[2], clerk(bureaus), bureaus.hall.office):
        with pytest.raises(Refused, match="没有给您的这份反馈"):
            listing.prove(mend, "已经建成一处。", None, by=stranger, at=bureaus.hall.at)
    listing.receive(feedback, **own)
    listing.answer(mend, "EXPLAIN", "设备到货推迟，已经补签合同。", **own)
    listing.prove(mend, "第一处已经建成通水。", None, **own)
    assert mend.proofs.count() == mend.answers.count() == 1
    assert Message.objects.filter(title__startswith="市水利局对整改清单1作出说明").exists()


def test_not_mended_reminds_the_leaders_of_the_department_and_makes_no_lead_about_anybody(bureaus: Bureaus, feedback: Feedback) -> None:
    mend, later = Point.objects.get(feedback=feedback, list="MEND"), bureaus.hall.at + timedelta(days=200)
    with pytest.raises(Refused, match="别人的整改事项"):
        listing.look_back(mend, "MENDED", "自查已经完成。", None, by=bureaus.heads[1], at=later)
    listing.look_back(mend, "NOT_MENDED", "现场查看，一处没有开工。", None, by=bureaus.hall.second, at=later)
    told = Message.objects.filter(key__startswith="unmended:")
    assert {one.account.username for one in told} == {f"org_leader{n}" for n in range(1, 5)}
    assert not Lead.objects.exists()
    assert not Finding.objects.exists()


def page(bureaus: Bureaus, account: Account, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: bureaus.hall.at)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_portal_of_a_head_shows_the_lists_of_the_unit_and_the_papers(
    bureaus: Bureaus, feedback: Feedback, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, url = page(bureaus, bureaus.heads[1], monkeypatch), f"/mine/feedback/{feedback.pk}/"
    assert "市水利局 · 2025年度单位考核" in head.get("/mine/").content.decode()
    assert "这是对您所在单位的反馈" in head.get(url).content.decode()
    assert head.post(url, {"do": "receive"}).status_code == 302
    mend: Any = Point.objects.get(feedback=feedback, list="MEND")
    assert head.post(url, {"do": "prove", "point": mend.pk, "text": "第一处已经建成通水。"}).status_code == 302
    pdf = f"/assessment/lists/{feedback.pk}/MEND.pdf"
    assert head.get(pdf)["Content-Type"] == "application/pdf"
    for other in (bureaus.heads[0], clerk(bureaus)):
        client = page(bureaus, other, monkeypatch)
        assert client.get(url).status_code == client.get(pdf).status_code == 404
    office = page(bureaus, bureaus.hall.office, monkeypatch)
    said = office.get(f"/assessment/subjects/{feedback.subject_id}/").content.decode()
    assert "单位于" in said and "市水利局的三单" in said
    assert "市水利局" in office.get("/assessment/mending/").content.decode()
