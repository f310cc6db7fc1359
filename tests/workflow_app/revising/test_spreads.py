"""拉开分差: scores too close together are told, a leader decides with a reason, and what was confirmed counts in the next year's round."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town, signed_in
from tests.workflow_app.assessment import rated_campaign
from tests.workflow_app.assessment.scheme import PEERS, PUBLIC, scheme
from workflow_app import clock, piloting
from workflow_app.assessment.results import computing
from workflow_app.assessment.schemes.halving import applied, halved
from workflow_app.assessment.scoring.inputs import Group
from workflow_app.assessment.scoring.tree import Node
from workflow_app.models import Campaign, Invitation, Record, Score, SpreadWord, Subject
from workflow_app.refusing import Refused
from workflow_app.revising import quality, spreads
from workflow_app.revising.quality import Share

weights = st.lists(st.integers(1, 100), min_size=2, max_size=9).map(
    lambda rows: tuple(Group(str(n), str(n), Decimal(one * 100) / sum(rows)) for n, one in enumerate(rows))
)


@given(weights, st.data())
def test_halved_weights_are_half_and_all_together_stay_a_hundred(parts: tuple[Group, ...], data: Any) -> None:
    keys = data.draw(st.sets(st.sampled_from([one.key for one in parts]), min_size=1, max_size=len(parts) - 1))
    found = halved(parts, keys)
    assert abs(sum(one.weight for one in found) - 100) < Decimal("0.001")
    for before, after in zip(parts, found, strict=True):
        if before.key in keys:
            assert abs(after.weight - before.weight / 2) < Decimal("0.0001") and after.halved
        else:
            assert after.weight > before.weight and not after.halved


def test_where_nobody_could_take_it_and_where_nothing_is_halved_the_weights_stay() -> None:
    parts = scheme().groups
    assert halved(parts, {one.key for one in parts}) == parts and halved(parts, set()) == parts
    assert applied(scheme(), []) == scheme()


def test_a_word_on_a_group_halves_the_group_and_leaves_the_indicators() -> None:
    word = SpreadWord(part="GROUP", key=PEERS.key)
    found = applied(scheme(), [word])
    assert found.indicators == scheme().indicators
    assert [one.weight for one in found.groups] == [Decimal("36.4286"), Decimal("15.0000"), Decimal("48.5714")]


def tree(value: int | None, group: str = "PEERS") -> Node:
    """One person's score with one indicator and one group."""
    number = None if value is None else Decimal(value)
    cell = Node("MEAN", group, "同级班子成员", number)
    return Node("TOTAL", "", "", number, parts=(Node("GROUPS", "Z01", "政治素质", number, parts=(cell,)),))


@pytest.mark.parametrize(("lowest", "close"), [(70, False), (71, True)])
def test_thirty_per_cent_is_apart_and_less_is_close(lowest: int, close: bool) -> None:
    found = spreads.of_trees([tree(one) for one in (100, 90, 90, 80, lowest)])
    assert [(one.part, one.people, one.close) for one in found] == [("GROUP", 5, close), ("INDICATOR", 5, close)]


def test_of_fewer_than_five_people_there_is_no_spread_and_a_missing_figure_counts_for_nobody() -> None:
    assert spreads.of_trees([tree(one) for one in (100, 90, 80, 70)]) == []
    assert spreads.of_trees([tree(one) for one in (100, 90, 80, 70, None)]) == []


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """Six people between 70 and 92: a spread below 30 %."""
    found = rated_campaign.closed(town)
    computing.compute(found, at=town.at)
    return found


def words(town: Town) -> dict[str, Any]:
    return {"by": town.people["org_leader1"], "at": town.at}


REASON = "六个单位工作差别明显，评分没有反映。"


@pytest.mark.django_db
class TestDeciding:
    """By a person, with a reason, in time."""

    def test_what_is_confirmed_counts_in_the_next_year_with_an_explanation_and_nowhere_else(self, town: Town, campaign: Campaign) -> None:
        piloting.decide_spread(campaign, "INDICATOR", "Z01", "HALVED", REASON, **words(town))
        before = {one.pk: one.value for one in Score.objects.all()}
        assert computing.compute(campaign, at=town.at) == [] and {one.pk: one.value for one in Score.objects.all()} == before
        following = self.next_year(town, campaign)
        score = computing.compute(following, at=town.at)[0]
        nodes = {node.key: node for node in Node.read(score.explanation["total"]).every() if node.rule == "GROUPS"}
        assert nodes["Z01"].weight == Decimal("20.0000") and nodes["J01"].weight == Decimal("80.0000")
        assert "HALVED" in nodes["Z01"].flags and "HALVED" not in nodes["J01"].flags
        assert score.value == Decimal("90.00"), "20 % of 50 and 80 % of 100"
        assert campaign.version is not None
        assert [one.weight for one in campaign.version.indicators.all()] == [Decimal("40.00"), Decimal("60.00")], "the version stays"

    def test_what_is_kept_changes_nothing(self, town: Town, campaign: Campaign) -> None:
        piloting.decide_spread(campaign, "INDICATOR", "Z01", "KEPT", REASON, **words(town))
        score = computing.compute(self.next_year(town, campaign), at=town.at)[0]
        assert score.value == Decimal("80.00") and "HALVED" not in score.flags

    def next_year(self, town: Town, campaign: Campaign) -> Campaign:
        """A round of the same scheme a year later: 50 for the first indicator, 100 for the second."""
        assert campaign.version is not None
        made = Campaign.objects.create(
            organ=town.city, name="2026年度测评", year=2026, period="年度", version=campaign.version, closes_at=town.at, created_by=campaign.created_by,
            created_at=town.at, opened_by=campaign.created_by, opened_at=town.at - timedelta(days=1), closed_at=town.at,
        )  # fmt: skip
        subject = Subject.objects.create(campaign=made, cadre=town.wang, post_title="副局长", comparison_group="市直副职")
        first, second = campaign.version.indicators.all()
        for indicator, points in ((first, 50), (second, 100)):
            for group in ("SUPERIOR", "PEERS", "PUBLIC"):
                rated_campaign.rate(subject, [indicator], group, points)
        return made

    def test_only_what_is_close_once_with_a_reason(self, town: Town, campaign: Campaign) -> None:
        for part, key in (("INDICATOR", "X99"), ("GROUP", "Z01")):
            with pytest.raises(Refused, match="没有低于30%"):
                piloting.decide_spread(campaign, part, key, "HALVED", REASON, **words(town))
        with pytest.raises(Refused, match="理由"):
            piloting.decide_spread(campaign, "INDICATOR", "Z01", "HALVED", "太近", **words(town))
        with pytest.raises(Refused, match="没有选择"):
            piloting.decide_spread(campaign, "INDICATOR", "Z01", "QUARTERED", REASON, **words(town))
        piloting.decide_spread(campaign, "INDICATOR", "Z01", "HALVED", REASON, **words(town))
        with pytest.raises(Refused, match="已经有意见"):
            piloting.decide_spread(campaign, "INDICATOR", "Z01", "KEPT", REASON, **words(town))
        assert Record.objects.filter(outcome="spread").count() == 1

    def test_scores_that_are_apart_are_left_alone(self, town: Town) -> None:
        wide = rated_campaign.closed(town, wang=40)
        computing.compute(wide, at=town.at)
        with pytest.raises(Refused, match="没有低于30%"):
            piloting.decide_spread(wide, "INDICATOR", "Z01", "HALVED", REASON, **words(town))

    def test_who_rated_in_a_group_does_not_decide_its_weight(self, town: Town, campaign: Campaign) -> None:
        subject = Subject.objects.filter(campaign=campaign).earliest("pk")
        Invitation.objects.create(subject=subject, group="SUPERIOR", rater=town.people["org_leader1"])
        with pytest.raises(Refused, match="参加过这一主体评价"):
            piloting.decide_spread(campaign, "GROUP", "SUPERIOR", "HALVED", REASON, **words(town))
        piloting.decide_spread(campaign, "GROUP", "PEERS", "HALVED", REASON, **words(town))

    def test_when_the_next_year_has_begun_it_is_too_late(self, town: Town, campaign: Campaign) -> None:
        self.next_year(town, campaign)
        with pytest.raises(Refused, match="下一年度的测评已经启动"):
            piloting.decide_spread(campaign, "INDICATOR", "Z01", "HALVED", REASON, **words(town))

    def test_the_leader_confirms_on_the_page_and_the_office_sees_why_it_cannot(
        self, town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: town.at)
        url = f"/revising/quality/{campaign.pk}/"
        office, leader = signed_in(town.people["assessment_office1"]), signed_in(town.people["org_leader1"])
        page = office.get(url).content.decode()
        assert "建议下一年度权重减半" in page and "由组织部门负责人确认" in page
        sent = {"do": "say", "say-spread": "INDICATOR:Z01", "say-outcome": "HALVED", "say-reason": REASON}
        office.post(url, sent)
        assert not SpreadWord.objects.exists()
        assert leader.post(url, sent | {"say-reason": "近"}).status_code == 422 and leader.post(url, sent).status_code == 302
        assert "下一年权重减半" in office.get(url).content.decode()
        assert signed_in(town.people["case_handler1"]).get(url).status_code == 404


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_from_which_fewer_than_five_could_be_told_is_hidden(part: int, other: int) -> None:
    share = Share(part, part + other)
    if 0 < part < 5 or 0 < other < 5:
        assert share.percent is None
    elif part + other:
        assert share.percent == round(Decimal(100 * part) / (part + other), 1) or abs(
            share.percent - Decimal(100 * part) / (part + other)
        ) <= Decimal("0.05")  # type: ignore[operator]


@pytest.mark.django_db
class TestQuality:
    """Eleven figures, each with what it means."""

    def test_there_are_eleven_and_each_counts_what_it_says(self, town: Town, campaign: Campaign) -> None:
        found = {str(one.title): one.share for one in quality.figures(quality.work_of(town.city, 2025))}
        assert len(found) == 11
        assert found["测评按时结束"] == Share(1, 1, about_people=False) and found["得分完整"].part == found["得分完整"].whole == 6
        assert found["得分重算"] == Share(0, 6) and found["三单按时签发"] == Share(0, 6) and found["数据更正"].percent is None
        assert found["分差达标"] == Share(0, 2, about_people=False)
        assert found["去除的评分"].whole == 6 * 15 * 2 and found["去除的评分"].part == 0

    def test_another_year_has_none(self, town: Town, campaign: Campaign) -> None:
        assert all(one.share.whole == 0 for one in quality.figures(quality.work_of(town.city, 2024)))

    def test_the_page_shows_them_to_the_office_alone(self, town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: town.at)
        page = signed_in(town.people["assessment_office1"]).get("/revising/quality/?year=2025").content.decode()
        assert "100.0%" in page and "不足五，不显示" not in page and page.count('data-label="口径"') == 11
        assert signed_in(town.people["wang"]).get("/revising/quality/").status_code == 404


def test_an_old_scheme_without_halving_reads_as_before() -> None:
    assert replace(PUBLIC) == Group("public", "群众与服务对象", Decimal(40), public=True) and not PUBLIC.halved
