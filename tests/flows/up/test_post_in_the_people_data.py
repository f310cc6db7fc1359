"""The people data follow the paper: what an appointment, a confirmed and a failed probation make of the cadre's post."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.flows.up.rising import act, end_trial, open_case, post_of, run, to_appointed, to_notice
from tests.story import Town, fresh
from workflow_app import tenures
from workflow_app.models import Cadre, Case, Post, Tenure
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


def change() -> Tenure:
    """The newest stretch that an act began."""
    return Tenure.objects.filter(case__isnull=False).select_related("follows").latest("record_seq")


def wang(town: Town) -> Cadre:
    return Cadre.objects.select_related("unit", "post__unit").get(pk=town.wang.pk)


@pytest.fixture
def ranked(town: Town) -> Town:
    Cadre.objects.filter(pk=town.wang.pk).update(rank="三级调研员", post_since=date(2019, 5, 6))
    return town


def on_trial(town: Town, **changes: Any) -> Case:
    return to_appointed(town, open_case(town), **changes)


def failed(town: Town, case: Case, **changes: Any) -> Case:
    end_trial(town, case)
    what = {"outcome": "failed", "vote_good": 9, "placement": "按试任前职级安排工作。"}
    return run(town, case, ("conclude_probation", what | changes))


def test_until_the_notice_is_issued_the_person_holds_the_old_post(town: Town) -> None:
    case = to_notice(town, open_case(town))
    town.later(days=8)
    run(town, case, "close_notice", "talk")
    assert wang(town).post_title == "市交通运输局副局长" and not Tenure.objects.exists()


def test_with_the_trial_notice_the_person_holds_the_post_on_trial_and_it_counts_from_the_decision(ranked: Town) -> None:
    case = on_trial(ranked)
    held, now = wang(ranked), change()
    assert (held.post_title, held.unit.name, held.post_since, held.rank) == ("市水利局局长", "市水利局", date(2026, 3, 6), "三级调研员")
    was = now.follows
    assert was is not None and (now.kind, was.place, now.place) == ("TRIAL", "市交通运输局副局长", "市水利局局长")
    assert (now.first, now.since, now.last) == (ranked.today, date(2026, 3, 6), None), "held from the notice, counted from the decision"
    assert (was.first, was.last) == (date(2019, 5, 6), ranked.today - timedelta(days=1))
    assert case.records.get(seq=now.record_seq).step == "appoint"


def test_a_rank_that_changes_with_the_post_is_kept_beside_the_old_one(ranked: Town) -> None:
    on_trial(ranked, rank="二级调研员")
    was = change().follows
    assert was is not None and (wang(ranked).rank, was.rank, change().rank) == ("二级调研员", "三级调研员", "二级调研员")


def test_confirmed_the_post_stays_and_the_trial_time_counts(town: Town) -> None:
    case = on_trial(town)
    end_trial(town, case)
    run(town, case, "conclude_probation")
    assert (wang(town).post_title, wang(town).post_since) == ("市水利局局长", date(2026, 3, 6))
    assert [one.kind for one in tenures.history(town.wang)] == ["CONFIRMED", "TRIAL", "ROSTER"]


def test_failed_the_trial_post_ends_and_the_former_rank_and_unit_hold_again(ranked: Town) -> None:
    failed(ranked, on_trial(ranked, rank="二级调研员"))
    now = wang(ranked)
    assert (now.post, now.unit.name, now.rank, now.post_since) == (None, "市交通运输局", "三级调研员", None)
    ended = change()
    assert ended.follows is not None and (ended.kind, ended.follows.place, ended.place) == ("TRIAL_ENDED", "市水利局局长", "市交通运输局")


def test_failed_the_person_may_be_placed_in_a_post_of_the_former_level_and_in_no_other(town: Town) -> None:
    city, alike = town.wang.unit, {"level": "COUNTY_DEPUTY", "leadership_post": True}
    other, higher = Post.objects.create(unit=city, title="总工程师", **alike), post_of(town)
    case = on_trial(town)
    with pytest.raises(RuleBroken, match="其他层次") as refused:
        failed(town, case, placed_in=higher.pk)
    assert refused.value.field == "placed_in"
    act(town, case, "conclude_probation", outcome="failed", placement="改任总工程师。", placed_in=other.pk)
    ended = Tenure.objects.get(kind="TRIAL_ENDED")
    assert (wang(town).post_title, wang(town).post_since) == ("市交通运输局总工程师", ended.first)


def test_whoever_is_confirmed_is_not_placed_elsewhere(town: Town) -> None:
    case = on_trial(town)
    end_trial(town, case)
    with pytest.raises(RuleBroken, match="合格的正式任职"):
        act(town, case, "conclude_probation", placed_in=town.wang.post_id)


def test_an_elected_person_holds_the_post_from_the_election(town: Town) -> None:
    case = to_notice(town, open_case(town, elected=True))
    town.later(days=10)
    chosen = date(2026, 3, 13)
    run(town, case, "close_notice", "talk", ("appoint", {"outcome": "appointed", "elected_on": chosen}))
    assert (change().kind, change().first, wang(town).post_since) == ("APPOINTED", chosen, chosen)


def test_an_election_before_the_present_post_began_is_refused(ranked: Town) -> None:
    case = to_notice(ranked, open_case(ranked, elected=True))
    ranked.later(days=10)
    Cadre.objects.filter(pk=ranked.wang.pk).update(post_since=date(2026, 3, 12))
    run(ranked, case, "close_notice", "talk")
    with pytest.raises(RuleBroken, match="现任职务自2026-03-12起") as refused:
        act(ranked, case, "appoint", outcome="appointed", elected_on=date(2026, 3, 11))
    assert (refused.value.rule, refused.value.field) == ("U11-DATA", "elected_on")
    act(ranked, case, "appoint", outcome="appointed", elected_on=date(2026, 3, 12))


def test_whoever_is_not_elected_keeps_the_post(town: Town) -> None:
    case = to_notice(town, open_case(town, elected=True))
    town.later(days=10)
    run(town, case, "close_notice", "talk", ("appoint", {"outcome": "not_elected", "elected_on": town.today, "held": None}))
    assert fresh(case).state == "not_elected"
    assert wang(town).post_title == "市交通运输局副局长" and not Tenure.objects.exists()


def test_a_post_that_is_not_registered_or_not_the_one_decided_is_refused_with_the_way_out(town: Town) -> None:
    case = to_notice(town, open_case(town))
    town.later(days=8)
    run(town, case, "close_notice", "talk")
    with pytest.raises(RuleBroken, match="没有选择") as refused:
        act(town, case, "appoint", held=town.wang.post_id)
    assert refused.value.field == "held"
    post = post_of(town)
    Post.objects.filter(pk=post.pk).update(title="主任")
    with pytest.raises(RuleBroken, match="没有登记") as refused:
        act(town, case, "appoint", held=post.pk)
    assert "系统管理员" in refused.value.way_out
    assert wang(town).post_title == "市交通运输局副局长", "a refused act leaves the people data alone"


def test_the_history_of_posts_is_never_rewritten(town: Town) -> None:
    on_trial(town)
    acts, before = Tenure.objects.filter(kind="TRIAL"), Tenure.objects.filter(kind="ROSTER")
    for spoil in (
        lambda: acts.update(title="另一职务"), lambda: acts.update(since=town.today), lambda: acts.update(rank="x"), lambda: acts.delete(),
        lambda: before.update(last=town.today), lambda: before.update(first=None, title="x"), lambda: before._raw_delete("default"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            spoil()
