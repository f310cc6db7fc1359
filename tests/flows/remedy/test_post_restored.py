"""What a later overturn makes of the post that the decision took: given back by the correction, or by the case that does it anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.flows.remedy.story import appealed, demoted, down_of, file, go
from tests.story import Town, act, fresh, run
from workflow_app import tenures
from workflow_app.models import Cadre, Case, Decision, Post
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
SINCE = date(2020, 5, 1)


def wang(town: Town) -> Cadre:
    return Cadre.objects.select_related("unit", "post__unit").get(pk=town.wang.pk)


@pytest.fixture
def removed(town: Town) -> Decision:
    """王建国's demotion, carried out: the post is lost, the rank lowered."""
    Cadre.objects.filter(pk=town.wang.pk).update(rank="三级调研员", post_since=SINCE)
    decision = demoted(town)
    run(town, down_of(decision), ("formalize", {"rank": "四级调研员"}))
    assert wang(town).post is None
    town.later(days=5)
    return decision


def revoked(town: Town, decision: Decision) -> Case:
    """A review revokes it; the name is cleared, and the correction is due."""
    review = go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "revoke"}), "serve_decision")
    run(town, down_of(decision), "clear_name")
    return review


def test_revoked_the_post_and_the_rank_come_back_and_count_as_never_lost(town: Town, removed: Decision) -> None:
    review, post = revoked(town, removed), town.wang.post_id
    go(town, review, ("correct", {"held": post}))
    assert wang(town).post is None, "the order alone gives nothing back"
    town.later(days=1)
    go(town, review, "confirm_correction")
    now, newest = wang(town), tenures.history(town.wang)[0]
    assert (now.post_id, now.rank, now.post_since) == (post, "三级调研员", SINCE)
    assert (newest.kind, newest.first, newest.case_id) == ("RESTORED", town.today, review.pk)
    assert [one.kind for one in tenures.history(town.wang)] == ["RESTORED", "REMOVED", "ROSTER"]
    paper = review.documents.get(step="correct")
    assert "任市交通运输局副局长" in str(paper.content)


def test_the_order_names_the_post_and_only_one_of_the_former_level(town: Town, removed: Decision) -> None:
    review = revoked(town, removed)
    alike = Post.objects.create(unit=town.wang.unit, title="总工程师", level="COUNTY_DEPUTY", leadership_post=True)
    lower = Post.objects.create(unit=town.wang.unit, title="科长", level="TOWN_HEAD", leadership_post=True)
    for held in (None, lower.pk):
        with pytest.raises(RuleBroken) as refused:
            go(town, review, ("correct", {"held": held}))
        assert (refused.value.rule, refused.value.field) == ("R8-POST", "held")
    with pytest.raises(RuleBroken) as refused:
        go(town, review, ("correct", {"held": alike.pk, "post": " "}))
    assert refused.value.rule == "R8-RESTORE"
    go(town, review, ("correct", {"held": alike.pk}), "confirm_correction")
    assert (wang(town).post, wang(town).post_since, wang(town).rank) == (alike, town.today, "三级调研员"), (
        "another post counts from the day"
    )


def test_it_is_not_given_back_before_it_was_taken(town: Town, removed: Decision) -> None:
    review = go(town, revoked(town, removed), ("correct", {"held": town.wang.post_id}))
    with pytest.raises(RuleBroken) as refused:
        done = [
            {"item": item, "done_on": town.today - timedelta(days=9), "proof": "任免文件"}
            for item in fresh(review).settled["correct"]["items"]
        ]
        go(town, review, ("confirm_correction", {"done": done}))
    assert refused.value.rule == "R8-DONE"


def test_where_the_notice_was_never_issued_there_is_no_post_to_give_back(town: Town) -> None:
    decision = demoted(town)
    go(town, revoked(town, decision), "correct", "confirm_correction")
    assert wang(town).post_title == "市交通运输局副局长" and not tenures.history(town.wang)


@pytest.mark.parametrize(("measure", "level"), [
    ({"kind": "LATERAL", "months": 0, "rank_steps": 0}, "COUNTY_DEPUTY"), ({"kind": "DEMOTE", "months": 12, "rank_steps": 1}, "TOWN_HEAD"),
])  # fmt: skip
def test_changed_the_post_is_one_that_the_lighter_measure_allows(
    town: Town, removed: Decision, measure: dict[str, Any], level: str
) -> None:
    for other in ("COUNTY_DEPUTY", "TOWN_HEAD"):
        Post.objects.create(unit=town.wang.unit, title=f"{other}岗", level=other, leadership_post=True)
    right, wrong = (Post.objects.get(title=f"{one}岗") for one in (level, ({"COUNTY_DEPUTY", "TOWN_HEAD"} - {level}).pop()))
    review = go(town, file(town, removed, "apply_for_review"), ("review", {"outcome": "change", **measure}), "serve_decision")
    with pytest.raises(RuleBroken) as refused:
        go(town, review, ("correct", {"held": wrong.pk}))
    assert refused.value.rule == "R8-POST"
    go(town, review, ("correct", {"held": right.pk}), "confirm_correction")
    assert (wang(town).post, wang(town).post_since, wang(town).rank) == (right, town.today, "四级调研员")


def test_changed_to_a_removal_no_post_is_offered(town: Town, removed: Decision) -> None:
    lighter = {"kind": "REMOVE", "months": 12, "rank_steps": 0}
    review = go(town, file(town, removed, "apply_for_review"), ("review", {"outcome": "change", **lighter}), "serve_decision")
    with pytest.raises(RuleBroken, match="只能恢复"):
        go(town, review, ("correct", {"held": town.wang.post_id}))
    go(town, review, "correct", "confirm_correction")
    assert wang(town).post is None


class TestDoneAnew:
    """The appeal sends it back, and the case that does it anew ends without an adjustment."""

    @pytest.fixture
    def redo(self, town: Town, removed: Decision) -> Case:
        appealed(town, removed, "remand")
        redo = fresh(Case.objects.get(parent=down_of(removed), decision=None))
        assert wang(town).post is None, "a remand alone gives nothing back"
        return run(town, redo, "plan_examination", "list_evidence", ("report_findings", {"outcome": "not_established"}))

    def test_the_post_comes_back_with_the_end_of_the_case(self, town: Town, redo: Case) -> None:
        act(town, redo, "terminate", held=town.wang.post_id)
        now, newest = wang(town), tenures.history(town.wang)[0]
        assert (now.post_title, now.post_since, now.rank) == ("市交通运输局副局长", SINCE, "三级调研员")
        assert (newest.kind, newest.case_id) == ("RESTORED", redo.pk)

    def test_it_cannot_end_without_saying_which(self, town: Town, redo: Case) -> None:
        for held in (None, 0):
            with pytest.raises(RuleBroken) as refused:
                act(town, redo, "terminate", held=held)
            assert (refused.value.rule, refused.value.field) == ("D13-POST", "held")


def test_the_track_of_a_remedy_is_that_of_the_post_that_was_attacked(town: Town, removed: Decision) -> None:
    review = file(town, removed, "apply_for_review")
    assert review.settled["apply_for_review"]["track"] == "leading_member", "the post is gone, the person was a leading member"
