"""D10 会议表决."""

from typing import Any

import pytest

from flows.down.steps import record_meeting
from flows.down.steps.record_meeting import RecordMeeting
from flows.roles import Duty, Role
from tests.flows.down.stand import MEASURE, TODAY, case, printed, refusal, situation

STEP = RecordMeeting()
PROPOSED = {"propose": {"kind": "REMOVE", "measure": MEASURE}}


def members(votes: str = "aaaaa") -> list[dict[str, Any]]:
    """The last member is the principal leader; r is recused."""
    words = {"a": "agree", "d": "disagree", "p": "postpone", "r": ""}
    return [
        {"cadre": n, "leader": n == len(votes), "present": True, "recused": vote == "r", "order": n, "view": words[vote], "vote": words[vote]}
        for n, vote in enumerate(votes, 1)
    ]


SAMPLE = {
    "members": members(), "held_on": TODAY, "place": "市委常委会第8次会议，市委三楼会议室", "outcome": "adopt", "kind": "", "months": None,
    "dissent": "", "minutes": "会议听取了考察情况汇报。\n与会人员逐一发表意见并表决。",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_meeting, "names_of", lambda cadres: [f"委员{'甲乙丙丁戊己'[n - 1]}" for n in cadres])


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("deliberation", settled=PROPOSED)))


def test_a_lawful_meeting_adopts_the_proposal() -> None:
    assert refused() == ("", "")


def test_a_meeting_without_quorum_cannot_be_saved() -> None:
    few = [row | ({"present": False, "view": "", "vote": "", "order": None} if row["cadre"] < 3 else {}) for row in members()]
    assert refused(members=few) == ("M-1", "members")


def test_a_silent_member_is_refused() -> None:
    assert refused(members=[members()[0] | {"view": ""}, *members()[1:]]) == ("M-3", "members")


def test_the_same_member_is_not_counted_twice() -> None:
    assert refused(members=[*members(), members()[0]]) == ("M-2", "members")


def test_a_meeting_of_tomorrow_cannot_be_recorded() -> None:
    assert refused(held_on=TODAY.replace(day=21)) == ("M-7", "held_on")


@pytest.mark.parametrize(
    ("votes", "outcome", "rule"),
    [
        ("aaddd", "adopt", "M-2"), ("aaddd", "adopt_lighter", "M-2"), ("aaaad", "postpone", "M-2"), ("aaddp", "reject", "M-4"),
        ("aaaad", "reject", "M-4"), ("aaddd", "reject", ""), ("aaddp", "postpone", ""), ("aadd", "adopt", "M-2"),
    ],
)  # fmt: skip
def test_the_result_is_that_of_the_votes(votes: str, outcome: str, rule: str) -> None:
    assert refused(members=members(votes), outcome=outcome) == (rule, "outcome" if rule else "")


@pytest.mark.parametrize(
    ("kind", "months", "rule"), [("TO_RANK", 36, ""), ("REMOVE", 6, ""), ("REMOVE", 12, "D10-LIGHTER"), ("DEMOTE", 0, "D10-LIGHTER"), ("", 0, "D10-LIGHTER")]
)
def test_only_something_lighter_is_adopted_instead(kind: str, months: int, rule: str) -> None:
    assert refused(outcome="adopt_lighter", kind=kind, months=months)[0] == rule


def test_a_longer_restriction_is_not_bought_with_a_milder_rank() -> None:
    proposed = {"propose": {"kind": "DEMOTE", "measure": {"kind": "DEMOTE", "months": 24, "rank_steps": 1}}}
    facts = SAMPLE | {"outcome": "adopt_lighter", "kind": "DEMOTE", "months": 36}
    assert refusal(STEP, facts, situation(case("deliberation", settled=proposed))) == ("D10-LIGHTER", "kind")


def test_whoever_votes_becomes_a_decision_maker_and_the_recused_do_not() -> None:
    hands = STEP.hands(situation(), SAMPLE | {"members": members("raaaa")})
    assert hands == [(n, Duty.DECISION_MAKER) for n in (2, 3, 4, 5)]


def test_the_leader_signs_as_chair_unless_recused() -> None:
    assert [(slot.role, slot.cadre) for slot in STEP.slots(situation(), SAMPLE)] == [(Role.DECISION_BODY, 5)]
    assert [slot.cadre for slot in STEP.slots(situation(), SAMPLE | {"members": members("aaaar")})] == [None]


def test_the_adopted_measure_is_settled() -> None:
    at = situation(case("deliberation", settled=PROPOSED))
    adopted = STEP.settle(at, SAMPLE)
    assert (adopted["kind"], adopted["measure"], adopted["held_on"]) == ("REMOVE", MEASURE, TODAY)
    assert adopted["tally"] == {"due": 5, "present": 5, "agree": 5, "disagree": 0, "postpone": 0}
    milder = STEP.settle(at, SAMPLE | {"outcome": "adopt_lighter", "kind": "TO_RANK", "months": 6})
    assert milder["measure"] == {"kind": "TO_RANK", "months": 6, "rank_steps": 0, "pay_cut": 0}


def test_the_minutes_show_every_view_and_vote() -> None:
    html = printed(STEP, SAMPLE | {"members": members("raaad"), "outcome": "postpone"}, situation(case("deliberation", settled=PROPOSED)))
    for text in ("委员甲", "回避", "不同意", "5／5／1", "同意3，不同意1，缓议0", "缓议", "免职", "会议听取了考察情况汇报。"):
        assert text in html
