"""The organ's rules: how they stand to each other, when each is looked at again, and lessons that people write into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import TO_MEETING, Town, open_case, run, signed_in
from tests.workflow_app.revising.asked import Asked
from workflow_app import clock, ruling
from workflow_app.models import Account, LawEdition, Message, Record, RuleLesson, RuleLessonWord, Ruling, RulingLink, RulingReview, Unit
from workflow_app.refusing import Refused
from workflow_app.revising import rulings
from workflow_app.revising.rulings import Lesson, Text
from workflow_app.worker import Worker


@dataclass
class Shelf:
    """Two rules of the city."""

    town: Town
    plan: Ruling
    detail: Ruling

    @property
    def words(self) -> dict[str, Any]:
        """The office, now."""
        return {"by": self.town.people["assessment_office1"], "at": self.town.at}

    @property
    def second(self) -> dict[str, Any]:
        """A leader, now."""
        return {"by": self.town.people["org_leader1"], "at": self.town.at}

    def conflict(self) -> RulingLink:
        """The two say different things."""
        return ruling.link(self.detail, self.plan, "", "CONFLICTS", "第八条的影响期与方案第三条不一致。", **self.words)


def entered(town: Town, title: str, first: date) -> Ruling:
    by: Account = town.people["assessment_office1"]
    return ruling.enter(town.city, Text(title, "云溪市委组织部", "云组〔2024〕5号", first), by=by, at=town.at)


@pytest.fixture
def shelf(town: Town) -> Shelf:
    return Shelf(town, entered(town, "干部考核总体方案", date(2025, 3, 1)), entered(town, "能上能下实施细则", date(2025, 6, 1)))


@pytest.mark.django_db
class TestReviews:
    """Every two years, in words."""

    @given(st.dates(date(2004, 1, 1), date(2060, 12, 31)))
    @pytest.mark.django_db(transaction=False)
    def test_two_years_are_twenty_four_months(self, first: date) -> None:
        due = rulings.add_months(first, rulings.MONTHS)
        assert due.year == first.year + 2 and due.month == first.month and due.day in (first.day, 28)

    def test_the_next_is_counted_from_the_last_review_and_due_on_its_day(self, shelf: Shelf) -> None:
        one = rulings.rulings(shelf.town.city).get(pk=shelf.plan.pk)
        due = date(2027, 3, 1)
        assert rulings.next_review(one) == due and shelf.plan.pk not in {
            row.pk for row in rulings.overdue(one.organ, due - timedelta(days=1))
        }
        assert shelf.plan.pk in {row.pk for row in rulings.overdue(one.organ, due)}
        ruling.review(one, shelf.town.today, "GAP", "对聘任制公务员没有规定，建议补充一条。", **shelf.words)
        again = rulings.rulings(shelf.town.city).get(pk=one.pk)
        assert rulings.next_review(again) == rulings.add_months(shelf.town.today, 24)

    def test_the_worker_reminds_the_office_once_and_never_of_a_rule_that_is_over(self, shelf: Shelf) -> None:
        at = datetime(2027, 6, 1, 9, tzinfo=shelf.town.at.tzinfo)
        ruling.end(shelf.detail, date(2026, 12, 31), "被新细则代替。", **shelf.words)
        worker = Worker()
        assert ruling.remind_due(at) == Message.objects.filter(key__startswith="ruling:").count() > 0
        assert ruling.remind_due(at + timedelta(days=3)) == 0
        assert {one.title for one in Message.objects.filter(key__startswith="ruling:")} == {"“干部考核总体方案”应于2027-03-01前评估"}
        assert worker._look("review", at, timedelta(hours=1)) and not worker._look("review", at, timedelta(hours=1))

    def test_a_rule_with_an_open_conflict_does_not_agree(self, shelf: Shelf) -> None:
        link, text = shelf.conflict(), "逐条对照，没有发现不一致之处。"
        for one in (shelf.plan, shelf.detail):
            with pytest.raises(Refused, match="还有冲突"):
                ruling.review(one, shelf.town.today, "AGREE", text, **shelf.words)
        ruling.unlink(link, "细则已经修改第八条。", **shelf.words)
        ruling.review(shelf.plan, shelf.town.today, "AGREE", text, **shelf.words)

    def test_a_review_was_held_and_says_something_from_the_words_offered(self, shelf: Shelf) -> None:
        with pytest.raises(Refused, match="不能晚于今天"):
            ruling.review(shelf.plan, shelf.town.today + timedelta(days=1), "GAP", "对聘任制公务员没有规定。", **shelf.words)
        with pytest.raises(Refused, match="没有选择"):
            ruling.review(shelf.plan, shelf.town.today, "91.6", "对聘任制公务员没有规定。", **shelf.words)
        with pytest.raises(Refused, match="评估情况和建议"):
            ruling.review(shelf.plan, shelf.town.today, "GAP", "有空白", **shelf.words)
        assert not [one for one in RulingReview._meta.concrete_fields if one.get_internal_type() in ("DecimalField", "FloatField")], (
            "no score"
        )


@pytest.mark.django_db
class TestLinks:
    """Between rules, and to the rules of this system."""

    def test_a_link_has_exactly_one_other_end(self, shelf: Shelf) -> None:
        for other, product in ((None, ""), (shelf.plan, "T-01")):
            with pytest.raises(Refused, match="只选一个"):
                ruling.link(shelf.detail, other, product, "BASED_ON", "第一条写明依据。", **shelf.words)
        with pytest.raises(DatabaseError), transaction.atomic():
            RulingLink.objects.create(ruling=shelf.detail, kind="BASED_ON", note="x", by=shelf.words["by"], at=shelf.town.at)

    def test_not_to_itself_nor_to_a_rule_of_another_organ_nor_to_an_unknown_one(self, shelf: Shelf) -> None:
        county = Unit.objects.create(code="YX-21", name="清河县", kind="COUNTY", parent=shelf.town.city, path="/x/")
        foreign = ruling.enter(county, Text("清河县办法", "清河县委", "", date(2025, 1, 1)), **shelf.words)
        for other in (shelf.detail, foreign):
            with pytest.raises(Refused, match="不能与自己或者其他机关"):
                ruling.link(shelf.detail, other, "", "AMENDS", "修改了第一条。", **shelf.words)
        with pytest.raises(Refused, match="没有这个规则编号"):
            ruling.link(shelf.detail, None, "T-99", "SILENT", "没有规定该情形。", **shelf.words)
        with pytest.raises(Refused, match="没有选择"):
            ruling.link(shelf.detail, shelf.plan, "", "LIKES", "修改了第一条。", **shelf.words)
        with pytest.raises(Refused, match="条款和说明"):
            ruling.link(shelf.detail, shelf.plan, "", "AMENDS", "改", **shelf.words)

    def test_a_link_to_a_rule_of_the_system_changes_no_figure(self, shelf: Shelf) -> None:
        before = LawEdition.objects.latest("id").digest
        made = ruling.link(shelf.detail, None, "T-02", "CONFLICTS", "细则规定一年即可启动，系统按两年。", **shelf.words)
        assert rulings.product_rules()[made.product_rule].source and LawEdition.objects.latest("id").digest == before
        with pytest.raises(Refused, match="已经登记过这项关系"):
            ruling.link(shelf.detail, None, "T-02", "CONFLICTS", "细则规定一年即可启动，系统按两年。", **shelf.words)

    def test_the_matrix_holds_every_link_between_rules_in_force_once(self, shelf: Shelf) -> None:
        shelf.conflict()
        ruling.link(shelf.detail, None, "T-02", "CONFLICTS", "细则规定一年即可启动。", **shelf.words)
        found = rulings.matrix(shelf.town.city, shelf.town.today)
        assert [one.pk for one in found.heads] == [shelf.plan.pk, shelf.detail.pk]
        assert [[None if cell is None else len(cell) for cell in cells] for _row, cells in found.rows] == [[None, 0], [1, None]]
        ruling.end(shelf.plan, date(2025, 12, 31), "被新方案代替。", **shelf.words)
        assert [one.pk for one in rulings.matrix(shelf.town.city, shelf.town.today).heads] == [shelf.detail.pk]

    def test_a_rule_is_entered_once_and_ends_once_after_it_began(self, shelf: Shelf) -> None:
        with pytest.raises(Refused, match="已经登记过同名"):
            entered(shelf.town, "干部考核总体方案", date(2025, 3, 1))
        with pytest.raises(Refused, match="早于施行日期"):
            ruling.end(shelf.plan, date(2025, 2, 1), "被新方案代替。", **shelf.words)
        ruling.end(shelf.plan, date(2027, 2, 1), "被新方案代替。", **shelf.words)
        with pytest.raises(Refused, match="已经登记废止"):
            ruling.end(shelf.plan, date(2027, 2, 1), "被新方案代替。", **shelf.words)
        link = shelf.conflict()
        ruling.unlink(link, "细则已经修改第八条。", **shelf.words)
        with pytest.raises(Refused, match="已经解除"):
            ruling.unlink(link, "细则已经修改第八条。", **shelf.words)


LESSON, PROPOSAL = "启动审批和谈话提醒的先后没有写明，各单位做法不一。", "建议在细则第九条写明先谈话提醒、后启动审批。"


@pytest.mark.django_db
class TestLessons:
    """From what is over, written by people, decided by others."""

    def test_a_lesson_of_a_campaign_is_decided_by_another_once(self, asked: Asked, shelf: Shelf) -> None:
        one = ruling.learn(shelf.town.city, Lesson(LESSON, PROPOSAL, campaign=asked.campaign, ruling=shelf.plan), **shelf.words)
        with pytest.raises(Refused, match="不能处理自己的建议"):
            ruling.decide(one, "TAKEN", "列入明年的修订计划。", **shelf.words)
        with pytest.raises(DatabaseError), transaction.atomic():
            RuleLessonWord.objects.create(lesson=one, outcome="TAKEN", reason="x", by=one.by, at=one.at)
        with pytest.raises(Refused, match="理由"):
            ruling.decide(one, "TAKEN", "行", **shelf.second)
        with pytest.raises(Refused, match="没有选择"):
            ruling.decide(one, "LATER", "列入明年的修订计划。", **shelf.second)
        ruling.decide(one, "TAKEN", "列入明年的修订计划。", **shelf.second)
        with pytest.raises(Refused, match="已经处理"):
            ruling.decide(one, "NOT_TAKEN", "列入明年的修订计划。", **shelf.second)
        assert (
            Message.objects.filter(account=one.by, key=f"lesson:{one.pk}:word").exists()
            and Record.objects.filter(outcome="lesson").exists()
        )

    def test_of_what_is_not_over_nothing_is_learnt(self, asked: Asked, shelf: Shelf) -> None:
        case = run(shelf.town, open_case(shelf.town), *TO_MEETING[:1])
        with pytest.raises(Refused, match="还没有办结"):
            ruling.learn(shelf.town.city, Lesson(LESSON, PROPOSAL, case=case), **shelf.words)
        with pytest.raises(Refused, match="须选择一个"):
            ruling.learn(shelf.town.city, Lesson(LESSON, PROPOSAL), **shelf.words)
        with pytest.raises(Refused, match="经验教训"):
            ruling.learn(shelf.town.city, Lesson("无", PROPOSAL, campaign=asked.campaign), **shelf.words)
        with pytest.raises(Refused, match="立改废建议"):
            ruling.learn(shelf.town.city, Lesson(LESSON, "改", campaign=asked.campaign), **shelf.words)
        assert not RuleLesson.objects.exists()


@pytest.mark.django_db
def test_the_office_enters_links_reviews_and_learns_on_its_pages(asked: Asked, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: shelf.town.at)
    office, leader = signed_in(shelf.town.people["assessment_office1"]), signed_in(shelf.town.people["org_leader1"])
    sent = {
        "do": "ruling",
        "ruling-title": "考核结果运用办法",
        "ruling-issuer": "云溪市委",
        "ruling-first": "2025-01-01",
        "ruling-number": "",
    }
    assert office.post("/revising/rules/", sent).status_code == 302 and office.post("/revising/rules/", sent).status_code == 422
    url = f"/revising/rules/{shelf.detail.pk}/"
    link = {
        "do": "link",
        "link-kind": "CONFLICTS",
        "link-other": str(shelf.plan.pk),
        "link-product_rule": "T-01",
        "link-note": "第八条与方案不一致。",
    }
    page = office.post(url, link)
    assert page.status_code == 422 and "第八条与方案不一致" in page.content.decode()
    assert office.post(url, link | {"link-product_rule": ""}).status_code == 302
    review = {
        "do": "review",
        "review-held_on": f"{shelf.town.today}",
        "review-finding": "CONFLICT",
        "review-text": "第八条与方案第三条不一致，建议修改。",
    }
    assert office.post(url, review).status_code == 302
    page = office.get("/revising/rules/matrix/").content.decode()
    assert page.count("第八条与方案不一致") == 1 and "冲突" in page and '<th scope="row">' in page
    learn = {
        "do": "learn",
        "learn-source": f"campaign:{asked.campaign.pk}",
        "learn-ruling": "",
        "learn-lesson": LESSON,
        "learn-proposal": PROPOSAL,
    }
    assert office.post("/revising/rules/lessons/", learn).status_code == 302
    decide = {
        "do": "decide",
        "decide-lesson": str(RuleLesson.objects.get().pk),
        "decide-outcome": "TAKEN",
        "decide-reason": "列入修订计划。",
    }
    assert office.post("/revising/rules/lessons/", decide).status_code == 422, "not the own one"
    assert leader.post("/revising/rules/lessons/", decide).status_code == 302
    for who in ("case_handler1", "wang", "auditor1"):
        for closed in (url, "/revising/rules/", "/revising/rules/matrix/", "/revising/rules/lessons/"):
            assert signed_in(shelf.town.people[who]).get(closed).status_code == 404, (who, closed)
