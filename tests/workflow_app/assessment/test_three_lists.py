"""The three lists: drafted after closing, signed by another, read and answered by the person, and looked back at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.workflow_app.assessment.stage import Hall
from workflow_app import assessing, ledger, listing
from workflow_app.assessment.feedback import lists
from workflow_app.assessment.feedback.lists import BadLists, PointRow
from workflow_app.models import Account, Case, Feedback, FeedbackPaper, Finding, Lead, LookBack, Message, Point, Record, Subject
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 1)
ROWS = [
    PointRow("RESULT", "按期完成城南片区道路改造。"), PointRow("PROBLEM", "对窗口投诉跟进不及时。"),
    PointRow("MEND", "窗口投诉跟进不及时", "建立台账，三日内回复", DUE, "王建国"),
]  # fmt: skip


@pytest.fixture
def feedback(hall: Hall) -> Feedback:
    """王建国's lists as a draft of the office."""
    campaign = hall.campaign()
    with pytest.raises(Refused, match="测评结束以后"):
        lists.draft(Subject.objects.get(campaign=campaign), ROWS, by=hall.office, at=hall.at)
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    return lists.draft(Subject.objects.get(campaign=campaign), ROWS, by=hall.office, at=hall.at)


def signed(hall: Hall, feedback: Feedback) -> Feedback:
    """Signed by the leader of the organization department."""
    listing.sign_lists(feedback, by=hall.town.people["org_leader1"], at=hall.at)
    return Feedback.objects.get(pk=feedback.pk)


def wang(hall: Hall) -> Account:
    """The person concerned."""
    return hall.town.people["wang"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "成绩清单：一项也没有；至少一项"),
        (ROWS[:2], "整改清单：有问题而没有整改事项；至少一项"),
        ([ROWS[0], PointRow("MEND", "窗口投诉跟进不及时", "", DUE, "王建国")], "整改清单第1项：措施、期限、责任人不全；三项都应填写"),
        ([ROWS[0], PointRow("MEND", "窗口投诉跟进不及时", "建台账", date(2026, 1, 10), "王建国")], "整改清单第1项：整改期限2026-01-10已到"),
        ([PointRow("RESULT", "好")], "成绩清单第1项：内容过短"),
    ],
)
def test_lists_with_faults_are_refused_each_in_its_place(hall: Hall, feedback: Feedback, rows: list[PointRow], words: str) -> None:
    with pytest.raises(BadLists) as refused:
        lists.draft(feedback.subject, rows, by=hall.office, at=hall.at)
    assert any(words in one for one in refused.value.faults), refused.value.faults
    assert Point.objects.filter(feedback=feedback).count() == 3, "the draft before stays"


def test_who_drafted_does_not_sign_and_nobody_signs_their_own(hall: Hall, feedback: Feedback) -> None:
    for by in (hall.office, wang(hall)):
        with pytest.raises(Refused):
            listing.sign_lists(feedback, by=by, at=hall.at)
    assert not FeedbackPaper.objects.exists()


def test_signing_makes_three_papers_and_tells_the_person(hall: Hall, feedback: Feedback) -> None:
    found = signed(hall, feedback)
    papers = list(FeedbackPaper.objects.order_by("id"))
    assert [one.list for one in papers] == ["RESULT", "PROBLEM", "MEND"]
    assert all(bytes(one.pdf).startswith(b"%PDF") for one in papers)
    assert Message.objects.filter(account=wang(hall), key=f"lists:{found.pk}").exists()
    record = Record.objects.get(kind="ASSESS", outcome="lists")
    assert ledger.verify(record.chain) >= record.seq


def test_what_was_signed_is_frozen(hall: Hall, feedback: Feedback) -> None:
    signed(hall, feedback)
    for change in (
        lambda: Point.objects.update(text="改"), lambda: Point.objects.all().delete(), lambda: Feedback.objects.all().delete(),
        lambda: Point.objects.create(feedback=feedback, list="RESULT", number=9, text="再加一项"),
        lambda: FeedbackPaper.objects.update(number="改"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused, match="已经签发"):
        lists.draft(feedback.subject, ROWS, by=hall.office, at=hall.at)


def test_before_signing_the_person_finds_nothing(hall: Hall, feedback: Feedback, client: Client) -> None:
    client.force_login(wang(hall), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/mine/feedback/{feedback.pk}/").status_code == 404
    assert client.get(f"/assessment/lists/{feedback.pk}/RESULT.pdf").status_code == 404
    with pytest.raises(Refused):
        lists.answer(feedback.points.all()[0], "AGREE", "", by=wang(hall), at=hall.at)


def test_the_person_receives_and_answers_each_point_and_nobody_else_can(hall: Hall, feedback: Feedback) -> None:
    found = signed(hall, feedback)
    with pytest.raises(Refused):
        listing.receive(found, by=hall.peers[0], at=hall.at)
    listing.receive(found, by=wang(hall), at=hall.at)
    found.refresh_from_db()
    assert found.received_at == hall.at
    problem = found.points.get(list="PROBLEM")
    with pytest.raises(Refused, match="说明或者理由"):
        lists.answer(problem, "DISAGREE", "", by=wang(hall), at=hall.at)
    lists.answer(problem, "DISAGREE", "投诉均在三日内回复，有台账。", by=wang(hall), at=hall.at)
    lists.answer(problem, "EXPLAIN", "补充：其中一件转办后超期。", by=wang(hall), at=hall.at)
    assert [one.stance for one in problem.answers.order_by("id")] == ["DISAGREE", "EXPLAIN"]
    with pytest.raises(Refused):
        lists.answer(problem, "AGREE", "", by=hall.peers[0], at=hall.at)


def test_an_answer_is_recorded_and_an_objection_is_told_to_who_drafted(hall: Hall, feedback: Feedback, client: Client) -> None:
    found = signed(hall, feedback)
    problem, result = found.points.get(list="PROBLEM"), found.points.get(list="RESULT")
    client.force_login(wang(hall), backend="django.contrib.auth.backends.ModelBackend")
    url = f"/mine/feedback/{found.pk}/"
    refused = client.post(url, {"do": "answer", "point": problem.pk, "stance": "DISAGREE", "text": "不"})
    assert refused.status_code == 422
    assert 'value="DISAGREE" checked' in refused.content.decode(), "what was chosen stays"
    assert client.post(url, {"do": "answer", "point": problem.pk, "stance": "DISAGREE", "text": "投诉均在三日内回复。"}).status_code == 302
    assert client.post(url, {"do": "answer", "point": result.pk, "stance": "AGREE", "text": ""}).status_code == 302
    mend = found.points.get(list="MEND")
    assert client.post(url, {"do": "prove", "point": mend.pk, "text": "台账已经建立"}).status_code == 302
    assert [one.title for one in Message.objects.filter(account=hall.office)] == ["王建国对问题清单1有不同意见"]
    assert list(Record.objects.filter(outcome__in=("answered", "proved")).order_by("id").values_list("outcome", flat=True)) == [
        "answered", "answered", "proved",
    ]  # fmt: skip


def check(hall: Hall, point: Point, result: str, days: int, **more: Any) -> LookBack:
    """The office looks back so many days after the deadline."""
    at = hall.at.replace(year=2026, month=3, day=1) + timedelta(days=days)
    return listing.look_back(point, result, "现场查看台账并走访", more.get("next_on"), by=hall.office, at=at)


def test_not_mended_is_found_after_the_deadline_only_and_is_what_t09_reads(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    lists.prove(point, "台账已经建立，附三月回复记录", None, by=wang(hall), at=hall.at)
    with pytest.raises(Refused, match="期限"):
        check(hall, point, "NOT_MENDED", 0)
    assert not lists.not_mended().exists()
    made = check(hall, point, "NOT_MENDED", 1)
    assert list(lists.not_mended()) == [made]
    assert lists.settled(point) == made
    with pytest.raises(Refused, match="最终结论"):
        check(hall, point, "MENDED", 2)


def test_not_mended_raises_one_lead_on_the_handlers_desk_with_what_was_found(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    check(hall, point, "NOT_MENDED", 1)
    lead = Lead.objects.get()
    assert (lead.rule_id, lead.suggests, lead.cadre, lead.desk.role) == ("T-09", "CASE", hall.town.wang, "case_handler")
    assert lead.evidence[0]["findings"] == "现场查看台账并走访"
    assert lead.evidence[0]["served_on"] == "2026-01-10"
    assert listing.raise_unmended(hall.at) == 0, "what was judged is not judged again"
    assert Lead.objects.count() == Finding.objects.count() == 1
    assert not Case.objects.exists()


def test_partly_mended_or_mended_raises_nothing(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    check(hall, point, "PARTLY", 1, next_on=date(2026, 4, 1))
    check(hall, point, "MENDED", 20)
    assert not Finding.objects.exists()


def test_after_partly_mended_the_new_day_counts(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    check(hall, point, "PARTLY", 1, next_on=date(2026, 4, 1))
    check(hall, point, "NOT_MENDED", 32)
    assert Lead.objects.get().evidence[0]["due_on"] == "2026-04-01"


def test_whoever_was_never_given_the_list_gets_no_lead_from_it(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    Account.objects.filter(cadre=hall.town.wang).update(is_active=False)
    check(hall, point, "NOT_MENDED", 1)
    assert not Lead.objects.exists()
    assert "清单没有送达本人" in Finding.objects.get().outcome


def test_partly_mended_is_looked_at_again_on_a_named_day(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    with pytest.raises(Refused, match="查看日期"):
        check(hall, point, "PARTLY", 1)
    check(hall, point, "PARTLY", 1, next_on=date(2026, 4, 1))
    assert lists.to_check_on(point) == date(2026, 4, 1)
    assert lists.settled(point) is None
    check(hall, point, "MENDED", 20)
    assert not lists.not_mended().exists()


def test_the_person_does_not_look_back_at_their_own(hall: Hall, feedback: Feedback) -> None:
    point = signed(hall, feedback).points.get(list="MEND")
    with pytest.raises(Refused, match="别人"):
        lists.look_back(point, "MENDED", "自己看过，已经改好", None, by=wang(hall), at=hall.at)
