"""反向考核: anonymous, nothing of fewer than five, below 80 somebody revises or says why not, and nothing changes by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import signed_in
from tests.workflow_app.revising.asked import Asked
from workflow_app import clock, surveying
from workflow_app.models import (
    Account,
    Message,
    Record,
    SchemeVersion,
    Survey,
    SurveyBallot,
    SurveyInvitation,
    SurveySlip,
    SurveyTicket,
    SurveyWord,
)
from workflow_app.refusing import Refused
from workflow_app.revising import surveys
from workflow_app.worker import Worker

sheets = st.lists(st.dictionaries(st.sampled_from(sorted(surveys.QUESTIONS)), st.integers(0, 100), min_size=1), min_size=5, max_size=40)


def test_three_thirds_are_a_whole_and_a_half_goes_up() -> None:
    third, none = {"fits": 1, "weights": 0, "raters": 0}, {"fits": 0}
    assert surveys.mean([third] * 3 + [none] * 5) == Decimal("0.13"), "1 of 8 is 0.125"


@given(sheets, st.randoms())
def test_the_order_of_answers_changes_nothing_and_the_mean_lies_between_them(rows: list[dict[str, int]], dice: Any) -> None:
    found, again = surveys.mean(rows), rows[:]
    dice.shuffle(again)
    assert found == surveys.mean(again) and found is not None
    own = [Decimal(sum(one.values())) / len(one) for one in rows]
    assert min(own) - Decimal("0.01") <= found <= max(own) + Decimal("0.01")


@given(st.lists(st.fixed_dictionaries({"fits": st.integers(0, 100)}), max_size=4))
def test_of_fewer_than_five_there_is_no_mean(rows: list[dict[str, int]]) -> None:
    assert surveys.mean(rows) is None


@pytest.mark.django_db
class TestAnonymous:
    """What is kept of whom."""

    def test_no_row_joins_an_answer_and_a_person_and_ballots_are_closed_until_the_end(self, asked: Asked) -> None:
        survey = asked.start()
        asked.answer(survey, asked.people[1], 60, "指标太多。")
        ballot = SurveyBallot.objects.get()
        assert "指标太多" not in bytes(ballot.sealed).decode("latin-1") and len(bytes(ballot.sealed)) > 2048
        for model in (SurveyTicket, SurveyBallot, SurveySlip):
            names = {one.name for one in model._meta.concrete_fields}
            assert not names & {"person", "by", "at", "account", "id"}, model

    def test_everybody_is_asked_once_and_who_was_rated_is_asked_as_that(self, asked: Asked) -> None:
        rows = SurveyInvitation.objects.filter(survey=asked.start())
        assert rows.count() == 11 and rows.filter(side="RATED").count() == 6
        assert Message.objects.filter(key__startswith="survey:").count() == 11

    def test_a_link_is_fetched_once_by_who_was_asked_and_used_once(self, asked: Asked) -> None:
        survey, who = asked.start(), asked.people[0]
        mine = survey.invitations.get(person=who)
        with pytest.raises(Refused, match="没有给您的"):
            surveying.fetch(mine, by=asked.people[1], at=asked.at)
        token = surveying.fetch(mine, by=who, at=asked.at)
        with pytest.raises(Refused, match="已经领取"):
            surveying.fetch(mine, by=who, at=asked.at)
        digest, good = surveying.digest_of(token), dict.fromkeys(surveys.QUESTIONS, "70")
        with pytest.raises(Refused, match="还没有评分|没有评分"):
            surveys.cast(digest, good | {"fits": "75"}, "", at=asked.at)
        surveys.cast(digest, good, "", at=asked.at)
        with pytest.raises(Refused, match="已经使用"):
            surveys.cast(digest, good, "", at=asked.at)
        assert SurveyBallot.objects.count() == 1

    def test_after_its_time_nothing_is_given_out_or_taken(self, asked: Asked) -> None:
        survey = asked.start()
        token = surveying.fetch(survey.invitations.get(person=asked.people[0]), by=asked.people[0], at=asked.at)
        with pytest.raises(Refused, match="已经结束"):
            surveying.fetch(survey.invitations.get(person=asked.people[1]), by=asked.people[1], at=asked.ends)
        with pytest.raises(Refused, match="已经使用，或者反向考核已经结束"):
            surveys.cast(surveying.digest_of(token), dict.fromkeys(surveys.QUESTIONS, "70"), "", at=asked.ends)

    def test_the_database_keeps_ballots_while_it_runs_and_takes_none_afterwards(self, asked: Asked) -> None:
        survey = asked.start()
        asked.answer(survey, asked.people[0], 60)
        for wrong in (
            SurveyBallot.objects.all().delete,
            lambda: SurveyBallot.objects.update(side="RATER"),
            SurveyTicket.objects.all().delete,
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                wrong()
        surveying.close(survey, by=None, why="", at=asked.ends)
        assert not SurveyBallot.objects.exists() and not SurveyTicket.objects.exists() and SurveySlip.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            SurveyBallot.objects.create(survey=survey, side="RATED", sealed=b"x")


@pytest.mark.django_db
class TestStarting:
    """Which rounds, and how long."""

    def test_only_a_closed_round_under_a_scheme_once_and_for_three_days(self, asked: Asked) -> None:
        with pytest.raises(Refused, match="至少给三天"):
            surveying.start(asked.campaign, asked.at + timedelta(days=2), by=asked.office, at=asked.at)
        asked.start()
        with pytest.raises(Refused, match="已经进行过"):
            asked.start()

    def test_a_round_that_runs_is_not_asked_about(self, asked: Asked) -> None:
        other = asked.campaign
        other.pk, other.name, other.closed_at = None, "另一次", None
        other.save()
        with pytest.raises(Refused, match="已经结束的测评"):
            asked.start()

    def test_four_people_are_too_few_to_be_asked(self, asked: Asked) -> None:
        Account.objects.filter(pk__in=[one.pk for one in asked.people[4:]]).update(is_active=False)
        with pytest.raises(Refused, match="答卷无法保密"):
            asked.start()


@pytest.mark.django_db
class TestResult:
    """What is shown, and what follows."""

    def test_four_answers_say_nothing_and_five_do(self, asked: Asked) -> None:
        four = asked.answered(10, 10, 10, 10, words="太繁琐了。")
        assert four.closing.result is None and surveys.told(four.closing) is None and not surveys.to_settle(four.closing)

    def test_five_answers_are_told_without_sides_until_both_have_five(self, asked: Asked) -> None:
        five = asked.answered(70, 70, 80, 80, 90, words="台账太多。")
        told = surveys.told(five.closing)
        assert told is not None and five.closing.result == Decimal("78.00") and told.by_side == [] and told.words == ["台账太多。"] * 5

    def test_both_sides_with_five_are_told_apart(self, asked: Asked) -> None:
        ten = asked.answered(70, 70, 70, 70, 70, 70, 90, 90, 90, 90, 90)
        told = surveys.told(ten.closing)
        assert told is not None and [(n, value) for _side, n, value in told.by_side] == [(6, Decimal("70.00")), (5, Decimal("90.00"))]

    def test_before_its_time_it_is_closed_only_with_a_reason(self, asked: Asked) -> None:
        survey = asked.start()
        with pytest.raises(Refused, match="提前结束的理由"):
            surveying.close(survey, by=asked.office, why="", at=asked.at)
        assert surveying.close(survey, by=asked.office, why="人员调整，提前结束。", at=asked.at) is not None
        assert surveying.close(survey, by=None, why="", at=asked.ends) is None, "once"

    def test_the_worker_closes_it_at_its_time_and_below_eighty_the_office_is_reminded(self, asked: Asked) -> None:
        survey = asked.start()
        for who in asked.people[:5]:
            asked.answer(survey, who, 70)
        before = SchemeVersion.objects.count()
        assert Worker().assess(asked.ends - timedelta(minutes=1)) == 0
        assert Worker().assess(asked.ends) == 1
        told = Message.objects.filter(key=f"survey:{survey.pk}:low")
        assert {one.account.username.rstrip("0123456789") for one in told} == {"assessment_office", "org_leader"}
        assert "低于80分" in told[0].title and SchemeVersion.objects.count() == before, "nothing changes by itself"

    @pytest.mark.parametrize(("points", "owed"), [((80, 80, 80, 80, 80), False), ((80, 80, 80, 80, 70), True)])
    def test_eighty_is_enough(self, asked: Asked, points: tuple[int, ...], owed: bool) -> None:
        survey = asked.answered(*points)
        assert surveys.to_settle(survey.closing) is owed
        assert Message.objects.filter(key__endswith=":low").exists() is owed
        if not owed:
            with pytest.raises(Refused, match="没有等待处理"):
                surveying.settle(survey, "KEPT", None, "结果没有低于线，不用修订。", by=asked.office, at=asked.ends)


@pytest.mark.django_db
class TestSettling:
    """A revised version, or why not."""

    def newer(self, asked: Asked, **more: Any) -> SchemeVersion:
        """A version after the one asked about."""
        old = asked.campaign.version
        assert old is not None
        known = {"published_by": asked.town.people["org_leader1"], "published_at": asked.ends}
        return SchemeVersion.objects.create(scheme=old.scheme, number=2, drafted_by=asked.office, drafted_at=asked.ends, **(known | more))

    def test_a_later_published_version_settles_it_once(self, asked: Asked) -> None:
        survey, version = asked.answered(60, 60, 60, 60, 60), self.newer(asked)
        surveying.settle(survey, "REVISED", version, "删去两项重复指标，降低台账要求。", by=asked.office, at=asked.ends)
        assert SurveyWord.objects.get().version == version and not surveys.to_settle(survey.closing)
        with pytest.raises(Refused, match="没有等待处理"):
            surveying.settle(survey, "KEPT", None, "再说明一次为什么不改。", by=asked.office, at=asked.ends)

    def test_an_unpublished_or_an_earlier_version_does_not(self, asked: Asked) -> None:
        survey = asked.answered(60, 60, 60, 60, 60)
        words: dict[str, Any] = {"by": asked.office, "at": asked.ends}
        draft = self.newer(asked, published_by=None, published_at=None)
        for version in (None, draft, asked.campaign.version):
            with pytest.raises(Refused, match="没有选择结果出来以后发布"):
                surveying.settle(survey, "REVISED", version, "删去两项重复指标，降低要求。", **words)
        assert not SurveyWord.objects.exists()

    def test_a_version_published_before_the_result_does_not(self, asked: Asked) -> None:
        survey, early = asked.answered(60, 60, 60, 60, 60), self.newer(asked, published_at=asked.at)
        with pytest.raises(Refused, match="没有选择结果出来以后发布"):
            surveying.settle(survey, "REVISED", early, "删去两项重复指标，降低要求。", by=asked.office, at=asked.ends)

    def test_who_drafted_the_scheme_cannot_say_that_it_stays(self, asked: Asked) -> None:
        survey = asked.answered(60, 60, 60, 60, 60)
        with pytest.raises(Refused, match="不能认定方案不需要修订"):
            surveying.settle(survey, "KEPT", None, "意见集中在一项，明年再看。", by=asked.town.people["case_handler1"], at=asked.ends)
        with pytest.raises(Refused, match="请写明理由"):
            surveying.settle(survey, "KEPT", None, "不改", by=asked.office, at=asked.ends)
        with pytest.raises(Refused, match="没有选择"):
            surveying.settle(survey, "", None, "意见集中在一项，明年再看。", by=asked.office, at=asked.ends)
        surveying.settle(survey, "KEPT", None, "意见集中在一项，明年再看。", by=asked.office, at=asked.ends)
        assert Record.objects.filter(kind="ASSESS", outcome="settled").exists()


@pytest.mark.django_db
class TestPages:
    """What is seen where."""

    def test_the_form_keeps_what_was_chosen_and_an_unknown_link_says_nothing(self, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: asked.at)
        survey, who = asked.start(), asked.people[0]
        client = signed_in(who)
        page = client.get("/my-ratings/").content.decode()
        assert "领取链接并填写" in page
        answer = client.post(f"/my-ratings/schemes/{survey.invitations.get(person=who).pk}/")
        url = answer.headers["Location"]
        client.logout()
        page = client.post(url, {"fits": "70", "words": "台账太多"})
        assert page.status_code == 422 and "台账太多" in page.content.decode() and 'value="70" checked' in page.content.decode()
        assert client.post(url, dict.fromkeys(surveys.QUESTIONS, "60")).status_code == 200
        assert client.get(url).status_code == 404 and client.get("/rate/schemes/nothing/").status_code == 404

    def test_the_office_starts_closes_and_settles_and_nobody_else_sees_it(self, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: asked.at)
        office = signed_in(asked.office)
        sent = {
            "do": "start",
            "start-campaign": str(asked.campaign.pk),
            "start-closes_at": f"{asked.at + timedelta(days=5):%Y-%m-%dT%H:%M}",
        }
        assert office.post("/revising/surveys/", sent | {"start-closes_at": f"{asked.at:%Y-%m-%dT%H:%M}"}).status_code == 422
        assert office.post("/revising/surveys/", sent).status_code == 302
        survey = Survey.objects.get()
        for who in asked.people[:5]:
            asked.answer(survey, who, 50, "指标不切合岗位。")
        url = f"/revising/surveys/{survey.pk}/"
        page = office.get(url).content.decode()
        assert "指标不切合岗位" not in page and "50" not in page.split("<main")[1].split("收到答卷")[0]
        page = office.post(url, {"do": "close", "close-why": ""})
        assert page.status_code == 422 and "请写明提前结束的理由" in page.content.decode()
        assert office.post(url, {"do": "close", "close-why": "人员调整，提前结束。"}).status_code == 302
        page = office.get(url).content.decode()
        assert "50.00分" in page and "指标不切合岗位" in page
        sent = {"do": "settle", "settle-outcome": "KEPT", "settle-reason": "改了", "settle-version": ""}
        page = office.post(url, sent)
        assert page.status_code == 422 and "改了" in page.content.decode()
        for who in ("case_handler1", "wang", "auditor1"):
            assert signed_in(asked.town.people[who]).get(url).status_code == 404
