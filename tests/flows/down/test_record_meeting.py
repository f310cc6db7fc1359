"""D10 会议表决."""

from typing import Any

import pytest

from flows import committee
from flows.down.steps.record_meeting import RecordMeeting
from flows.roles import Duty, Role
from tests.flows.down.stand import MEASURE, TODAY, case, demanded, moved, printed, refusal, situation, sources
from tests.story import TO_MEETING, Town, act, fresh, open_case, run
from tests.story import members as story_members
from workflow_app.steps import RuleBroken

STEP = RecordMeeting()
PROPOSED = {"propose": {"kind": "REMOVE", "measure": MEASURE}}


def members(votes: str = "aaaaa") -> list[dict[str, Any]]:
    """The last member is the principal leader; r is recused."""
    words = {"a": "agree", "d": "disagree", "p": "postpone", "r": ""}
    return [
        {
            "cadre": n,
            "leader": n == len(votes),
            "stand_in": False,
            "present": True,
            "recused": vote == "r",
            "order": n,
            "view": words[vote],
            "vote": words[vote],
        }
        for n, vote in enumerate(votes, 1)
    ]


SAMPLE = {
    "members": members(), "held_on": TODAY, "place": "市委常委会第8次会议，市委三楼会议室", "outcome": "adopt", "kind": "", "months": None,
    "dissent": "", "minutes": "会议听取了考察情况汇报。\n与会人员逐一发表意见并表决。",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committee, "names_of", lambda cadres: [f"委员{'甲乙丙丁戊己'[n - 1]}" for n in cadres])
    monkeypatch.setattr(committee, "seated", lambda situation, role: [])


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
        ("aaddd", "postpone", "M-2"), ("aaddd", "heavier", ""), ("aaddp", "heavier", "M-2"), ("aaaaa", "heavier", "M-2"),
        ("aaddp", "return_evidence", ""), ("aaapd", "return_evidence", "M-2"), ("aaddp", "return_proposal", ""), ("aadp", "return_proposal", "M-2"),
    ],
)  # fmt: skip
def test_the_result_is_that_of_the_votes(votes: str, outcome: str, rule: str) -> None:
    assert refused(members=members(votes), outcome=outcome) == (rule, "outcome" if rule else "")


@pytest.mark.parametrize(
    ("kind", "months", "rule"),
    [("TO_RANK", 36, ""), ("REMOVE", 6, ""), ("REMOVE", 12, "D10-LIGHTER"), ("DEMOTE", 0, "D10-LIGHTER"), ("", 0, "D10-LIGHTER")],
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
    stood_in = members("aaaar")
    stood_in[3]["stand_in"] = True
    assert [slot.cadre for slot in STEP.slots(situation(), SAMPLE | {"members": stood_in})] == [4]
    assert refused(members=stood_in) == ("", "")


def test_the_adopted_measure_is_settled() -> None:
    at = situation(case("deliberation", settled=PROPOSED))
    adopted = STEP.settle(at, SAMPLE)
    assert (adopted["kind"], adopted["measure"], adopted["held_on"]) == ("REMOVE", MEASURE, TODAY)
    assert adopted["tally"] == {"due": 5, "present": 5, "agree": 5, "disagree": 0, "postpone": 0}
    milder = STEP.settle(at, SAMPLE | {"outcome": "adopt_lighter", "kind": "TO_RANK", "months": 6})
    assert milder["measure"] == {"kind": "TO_RANK", "months": 6, "rank_steps": 0, "pay_cut": 0}


def test_the_minutes_show_every_view_and_vote() -> None:
    html = printed(STEP, SAMPLE | {"members": members("raaad"), "outcome": "postpone"}, situation(case("deliberation", settled=PROPOSED)))
    for text in ("委员甲", "回避", "不同意", "5／4／1", "同意3，不同意1，缓议0", "缓议", "免职", "会议听取了考察情况汇报。"):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"members", "held_on", "place", "outcome", "minutes"}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("adopt", "adopted"), ("adopt_lighter", "adopted"), ("heavier", "heard"), ("postpone", "deliberation"), ("reject", "rejected"),
        ("return_evidence", "verifying"), ("return_proposal", "heard"),
    ],
)  # fmt: skip
def test_the_vote_decides_the_way(outcome: str, state: str) -> None:
    voted = case("deliberation", marks=("review_passed",))
    assert moved(STEP, voted, outcome) == state
    assert voted.has("review_passed") is (state in ("adopted", "deliberation", "rejected"))
    assert sources(STEP) == {"deliberation"}


def test_evidence_sent_back_is_due_anew_and_the_minutes_stay_inside() -> None:
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == (Role.MEETING_SECRETARY, "DN-DECIDE", False)
    assert STEP.begins(situation(), SAMPLE | {"outcome": "return_evidence"}) == {"DN-VERIFY": TODAY}
    assert STEP.begins(situation(), SAMPLE) == {}


@pytest.mark.django_db
def test_nobody_who_should_attend_is_left_out_of_the_count(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    case_ = run(town, open_case(town), *TO_MEETING)
    few = [row for row in story_members(town) if row["cadre"] != town.cadre("decision_body2")]
    with pytest.raises(RuleBroken, match="应到会成员没有列全") as refused_:
        act(town, case_, "record_meeting", members=few)
    assert (refused_.value.rule, refused_.value.field) == ("M-1", "members")
    assert town.people["decision_body2"].cadre.name in refused_.value.reason
    absent = [row | ({"present": False, "view": "", "vote": "", "order": None} if row["order"] == 2 else {}) for row in story_members(town)]
    act(town, case_, "record_meeting", members=absent)
    assert fresh(case_).state == "adopted"
