"""U8 讨论表决."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.record_meeting import RecordMeeting
from tests.flows.up.stand import PLAN, TODAY, case, moved, printed, refusal, situation
from workflow_app.steps import Situation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
STEP = RecordMeeting()


def members(agree: int = 6, against: str = "disagree", of: int = 6, **last: Any) -> list[dict[str, Any]]:
    """Six members; the sixth leads and speaks last."""
    rows = [
        {"cadre": 20 + n, "leader": n == of, "stand_in": False, "present": True, "recused": False, "order": n,
         "view": "agree" if n <= agree else against, "vote": "agree" if n <= agree else against}
        for n in range(1, of + 1)
    ]  # fmt: skip
    rows[0] |= last
    return rows


def sample(**changes: Any) -> dict[str, Any]:
    return {
        "members": members(), "held_on": TODAY, "place": "市委常委会", "consenting": None, "coordination": "", "outcome": "adopt", "dissent": "",
        "minutes": "逐一表态，一致同意。",
    } | changes  # fmt: skip


def at(state: str = "deliberation", marks: tuple[str, ...] = (), **plan: Any) -> Situation:
    return situation(case(state, marks=marks, settled={"initiate": PLAN | plan}))


def refused(at_: Situation | None = None, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, sample(**changes), at_ or at())


def test_more_than_half_of_the_members_due_adopt() -> None:
    assert refused() == ("", "")
    assert refused(members=members(4)) == ("", "")
    assert refused(members=members(3)) == ("M-2", "outcome")


def test_below_two_thirds_nothing_is_decided() -> None:
    absent = [row | ({"present": False, "view": "", "vote": ""} if n < 3 else {}) for n, row in enumerate(members())]
    assert refused(members=absent) == ("M-1", "members")


def test_everybody_says_where_they_stand_and_the_leader_speaks_last() -> None:
    assert refused(members=members(view="")) == ("M-3", "members")
    assert refused(members=members(order=9)) == ("M-3", "members")


def test_a_recused_member_neither_speaks_nor_votes_and_still_counts_as_due() -> None:
    assert refused(members=members(recused=True)) == ("M-6", "members")
    gone = {"recused": True, "view": "", "vote": ""}
    assert refused(members=members(4, **gone)) == ("M-2", "outcome"), "three of six is not more than half"


def test_nobody_votes_without_being_there_and_nobody_twice() -> None:
    assert refused(members=members(present=False)) == ("M-7", "members")
    assert refused(members=[*members(), members()[0]]) == ("M-2", "members")


@pytest.mark.parametrize(("agree", "outcome", "rule"), [
    (3, "postpone", ("", "")), (4, "postpone", ("M-2", "outcome")), (2, "postpone", ("M-2", "outcome")), (2, "reject", ("", "")),
    (3, "reject", ("M-4", "outcome")), (3, "reconsider", ("M-4", "outcome")),
])  # fmt: skip
def test_the_result_is_the_votes(agree: int, outcome: str, rule: tuple[str, str]) -> None:
    assert refused(members=members(agree), outcome=outcome, consenting=6) == rule


@pytest.mark.parametrize(
    ("consenting", "rule"), [(None, ("M-5", "consenting")), (3, ("M-5", "consenting")), (4, ("", "")), (7, ("M-5", "consenting"))]
)
def test_a_reconsideration_needs_more_than_half_of_the_members(consenting: int | None, rule: tuple[str, str]) -> None:
    assert refused(members=members(1), outcome="reconsider", consenting=consenting) == rule
    assert refused(at("reconsideration"), consenting=consenting) == rule


def test_a_postponed_matter_is_voted_on_later_without_that_majority() -> None:
    assert refused(at("deferred")) == ("", "")
    assert refused(at("reconsideration"), members=members(3), outcome="postpone") == ("", "")


@pytest.mark.parametrize(("level", "word"), [("chief", "上级组织部门"), ("deputy", "主管方")])
def test_disagreement_of_an_organ_is_coordinated_first(level: str, word: str) -> None:
    here = at(marks=("disagreed",), level=level)
    assert refusal(STEP, sample(), here) == ("U7-DISAGREE", "coordination")
    assert refusal(STEP, sample(coordination=f"已由{word}研究，同意任职。"), here) == ("", "")


@pytest.mark.parametrize(
    ("outcome", "state"), [("adopt", "adopted"), ("postpone", "deferred"), ("reconsider", "reconsideration"), ("reject", "stopped")]
)
def test_where_it_leads(outcome: str, state: str) -> None:
    assert moved(case("deliberation"), "record_meeting", outcome) == state


def test_the_chair_signs_and_everybody_who_votes_decides() -> None:
    assert [slot.cadre for slot in STEP.slots(at(), sample())] == [26]
    assert {str(duty) for _, duty in STEP.hands(at(), sample())} == {"decision_maker"} and len(STEP.hands(at(), sample())) == 6


def test_only_a_carried_vote_is_settled_as_carried() -> None:
    assert STEP.settle(at(), sample())["vote_carried"] is True
    assert STEP.settle(at(), sample(members=members(3), outcome="postpone"))["vote_carried"] is False


def test_the_minutes_show_every_view_and_vote() -> None:
    html = printed(STEP, sample(members=members(5)), at())
    assert "同意5，不同意1，缓议0" in html and "委员甲" in html and "6／6／0" in html
