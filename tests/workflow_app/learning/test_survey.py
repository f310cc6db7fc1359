"""政策知晓与意见: nobody can say who answered what, nothing is told before closing, and fewer than five answers are never shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town, signed_in
from tests.workflow_app.learning.taught import called, opened
from workflow_app import canvassing, clock, training
from workflow_app.learning import survey as room
from workflow_app.learning.participants import Call
from workflow_app.models import (
    Account,
    Cadre,
    ClassSurvey,
    ClassSurveyBallot,
    ClassSurveyClosed,
    ClassSurveyInvitation,
    ClassSurveySlip,
    ClassSurveyTicket,
    ClassSurveyWords,
    Message,
    Read,
    Record,
    TrainingClass,
)
from workflow_app.refusing import Refused
from workflow_app.suppression import suppress

pytestmark = pytest.mark.django_db
QUESTIONS = list(room.OFFERED[:2])


@pytest.fixture(autouse=True)
def now(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)


def people(town: Town, count: int) -> list[Account]:
    return [town.people[f"decision_body{n}"] for n in range(1, count + 1)]


def class_for(town: Town, count: int) -> TrainingClass:
    found = opened(town, "LECTURE")
    called(town, found, *[Call(Cadre.objects.get(account=one), "须了解政策和程序。") for one in people(town, count)])
    return found


def started(town: Town, count: int = 6) -> ClassSurvey:
    closes = town.today + timedelta(days=5)
    return canvassing.start(class_for(town, count), QUESTIONS, room.OPEN, closes, by=town.people["org_leader1"], at=town.at)


def answered(town: Town, survey: ClassSurvey, who: Account, *choices: int, words: str = "") -> str:
    token = room.fetch(survey.invitations.get(account=who).pk, by=who, at=town.at)
    room.cast(token, {f"question_{n}": str(choice) for n, choice in enumerate(choices, 1)}, words, at=town.at)
    return token


def shut(town: Town, survey: ClassSurvey) -> ClassSurveyClosed:
    town.later(days=6)
    return canvassing.close(survey, by=town.people["org_leader1"], at=town.at)


def test_everybody_of_the_class_is_asked_and_the_answers_are_told_after_closing(town: Town) -> None:
    survey = started(town)
    assert Message.objects.filter(key=f"survey:{survey.pk}").count() == 6
    for n, who in enumerate(people(town, 6)):
        answered(town, survey, who, 0, 0 if n else 3, words="希望多讲案例。" if n == 2 else "")
    assert room.results(survey) is None, "nothing before closing"
    assert shut(town, survey).answers == 6
    found = room.results(survey)
    assert found is not None
    (first, second), words = found
    assert first.shown.cells == {"清楚": 6, "基本清楚": 0, "不太清楚": 0, "不清楚": 0} and first.shown.total == 6
    assert second.shown.cells["不清楚"] is None and second.shown.cells["清楚"] is None, "one would be told by the other"
    assert words == ["希望多讲案例。"]
    assert list(Record.objects.filter(kind="CARE", outcome__startswith="survey").values_list("outcome", flat=True)) == [
        "survey",
        "survey_closed",
    ]


@pytest.mark.parametrize(("answers", "told"), [(4, False), (5, True)])
def test_five_answers_are_shown_and_four_are_not(town: Town, answers: int, told: bool) -> None:
    survey = started(town)
    for who in people(town, answers):
        answered(town, survey, who, 1, 1, words="没有意见。")
    shut(town, survey)
    assert (room.results(survey) is not None) is told
    page = signed_in(town.people["org_leader1"]).get(f"/training/classes/{survey.training_class_id}/survey/").content.decode()
    assert ("没有意见。" in page) is told and ("不足五份，不显示结果" in page) is not told


@given(st.lists(st.integers(0, 3), min_size=0, max_size=30))
def test_no_option_of_one_to_four_answers_is_ever_shown(choices: list[int]) -> None:
    shown = suppress({str(n): choices.count(n) for n in range(4)})
    assert not [number for number in shown.cells.values() if number is not None and 0 < number < 5]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"questions": []}, "问题不对"),
        ({"questions": [("清楚吗", "KNOW")]}, "问题不对"),
        ({"questions": [("您对主要内容清楚吗？", "GRADE")]}, "问题不对"),
        ({"questions": [("您对主要内容清楚吗？", "KNOW")] * 6}, "问题不对"),
        ({"days": 0}, "截止日期须在今天以后"),
        ({"count": 4}, "不足5人"),
    ],
)
def test_a_survey_without_questions_days_or_people_is_not_sent(town: Town, changes: dict[str, Any], words: str) -> None:
    closes = town.today + timedelta(days=changes.get("days", 5))
    found = class_for(town, changes.get("count", 6))
    with pytest.raises(Refused, match=words) as no:
        canvassing.start(found, changes.get("questions", QUESTIONS), "", closes, by=town.people["org_leader1"], at=town.at)
    assert no.value.way_out and not ClassSurvey.objects.exists()


def test_a_class_is_surveyed_once_and_not_when_it_was_called_off(town: Town) -> None:
    survey, leader = started(town), town.people["org_leader1"]
    closes = town.today + timedelta(days=5)
    with pytest.raises(Refused, match="已经发过调查"):
        canvassing.start(survey.training_class, QUESTIONS, "", closes, by=leader, at=town.at)
    other = class_for(town, 6)
    training.call_off(other, "授课人因公出国。", by=leader, at=town.at)
    with pytest.raises(Refused, match="已经取消"):
        canvassing.start(other, QUESTIONS, "", closes, by=leader, at=town.at)


def test_a_link_is_fetched_once_by_its_person_and_used_once(town: Town) -> None:
    survey, (one, two, *_rest) = started(town), people(town, 6)
    invitation = survey.invitations.get(account=one)
    with pytest.raises(Refused, match="没有请您填写"):
        room.fetch(invitation.pk, by=two, at=town.at)
    token = room.fetch(invitation.pk, by=one, at=town.at)
    with pytest.raises(Refused, match="已经领取"):
        room.fetch(invitation.pk, by=one, at=town.at)
    with pytest.raises(Refused, match="还没有选择"):
        room.cast(token, {"question_1": "0", "question_2": "9"}, "", at=town.at)
    assert room.sheet_of(token, town.today) == survey, "a refused form leaves the link as it was"
    room.cast(token, {"question_1": "0", "question_2": "0"}, "", at=town.at)
    with pytest.raises(Refused, match="已经使用"):
        room.cast(token, {"question_1": "0", "question_2": "0"}, "", at=town.at)


def test_it_takes_answers_to_the_end_of_its_last_day_and_closes_only_after_it(town: Town) -> None:
    survey, (one, two, *_rest) = started(town), people(town, 6)
    late = room.fetch(survey.invitations.get(account=one).pk, by=one, at=town.at)
    town.later(days=5)
    answered(town, survey, two, 0, 0)
    with pytest.raises(Refused, match="还不能结束"):
        canvassing.close(survey, by=town.people["org_leader1"], at=town.at)
    town.later(days=1)
    assert room.sheet_of(late, town.today) is None
    with pytest.raises(Refused, match="已经截止"):
        room.cast(late, {"question_1": "0", "question_2": "0"}, "", at=town.at)
    three = people(town, 6)[2]
    with pytest.raises(Refused, match="已经截止"):
        room.fetch(survey.invitations.get(account=three).pk, by=three, at=town.at)
    canvassing.close(survey, by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="已经结束"):
        canvassing.close(survey, by=town.people["org_leader1"], at=town.at)


def test_nothing_that_is_kept_joins_a_person_with_an_answer(town: Town) -> None:
    """No answer has an account, a moment or a running number; sealed, all are of one length; and links and ballots go at closing."""
    for model in (ClassSurveyTicket, ClassSurveyBallot, ClassSurveySlip, ClassSurveyWords):
        fields = {one.name: one for one in model._meta.concrete_fields}
        assert not [name for name, one in fields.items() if isinstance(one, (models.DateField, models.AutoField, models.BigAutoField))], (
            model
        )
        assert {one.related_model for one in fields.values() if one.is_relation} == {ClassSurvey}, model
    assert not [one for one in ClassSurveyInvitation._meta.concrete_fields if isinstance(one, models.DateField)]
    survey = started(town)
    token = answered(town, survey, people(town, 1)[0], 0, 3, words="担心岗位变动" * 20)
    answered(town, survey, people(town, 2)[1], 0, 0)
    assert len({len(bytes(one.sealed)) for one in ClassSurveyBallot.objects.all()}) == 1
    assert token not in str(list(ClassSurveyTicket.objects.values())) and "担心" not in str(
        [bytes(one.sealed) for one in ClassSurveyBallot.objects.all()]
    )
    shut(town, survey)
    assert not ClassSurveyTicket.objects.exists() and not ClassSurveyBallot.objects.exists()
    assert ClassSurveySlip.objects.count() == 2 and ClassSurveyWords.objects.count() == 1


def test_the_database_keeps_ballots_until_closing_and_takes_none_after(town: Town) -> None:
    survey = started(town)
    answered(town, survey, people(town, 1)[0], 0, 0)
    for act in (
        lambda: ClassSurveyBallot.objects.all().delete(),
        lambda: ClassSurveyBallot.objects.update(sealed=b"x"),
        lambda: ClassSurveyTicket.objects.all().delete(),
        lambda: ClassSurveyTicket.objects.update(used=False),
        lambda: ClassSurveyInvitation.objects.filter(fetched=True).update(fetched=False),
        lambda: ClassSurveyInvitation.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    shut(town, survey)
    for late in (
        lambda: ClassSurveyBallot.objects.create(survey=survey, sealed=b"x"),
        lambda: ClassSurveyTicket.objects.create(survey=survey, digest="d"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            late()


def test_asked_fetched_answered_and_shown_on_the_pages(town: Town) -> None:
    found = class_for(town, 6)
    office, url = signed_in(town.people["org_leader1"]), f"/training/classes/{found.pk}/survey/"
    typed = {"closes_on": str(town.today), "question_1": "您对主要内容清楚吗？", "scale_1": "KNOW", "open_question": room.OPEN}
    typed |= {f"question_{n}": "" for n in range(2, 6)} | {f"scale_{n}": "KNOW" for n in range(2, 6)}
    refused = office.post(url, typed)
    assert (
        refused.status_code == 422
        and "截止日期须在今天以后" in refused.content.decode()
        and "您对主要内容清楚吗？" in refused.content.decode()
    )
    assert office.post(url, typed | {"closes_on": str(town.today + timedelta(days=5))}).status_code == 302
    survey, who = ClassSurvey.objects.get(), people(town, 1)[0]
    person = signed_in(who)
    assert "领取链接并填写" in person.get("/mine/training/").content.decode()
    place = person.post(f"/training/surveys/{survey.invitations.get(account=who).pk}/link/").headers["Location"]
    reads = Read.objects.count()
    anybody = signed_in(people(town, 2)[1])
    anybody.logout()
    wrong = anybody.post(place, {"words": "希望多讲案例。"})
    assert wrong.status_code == 422 and "还没有选择" in wrong.content.decode() and "希望多讲案例。" in wrong.content.decode()
    assert wrong.headers["Cache-Control"] == "no-store"
    assert "已经提交" in anybody.post(place, {"question_1": "0"}).content.decode()
    assert anybody.get(place).status_code == 404 and Read.objects.count() == reads
    assert "截止以前谁也看不到结果" in office.get(url).content.decode()
    early = office.post(url)
    assert early.status_code == 422 and "还不能结束" in early.content.decode()
    town.later(days=6)
    assert office.post(url).status_code == 302
    assert "不足五份" in office.get(url).content.decode()
