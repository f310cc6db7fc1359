"""M-1 to M-7: at the boundaries, and against a naive count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.meeting import Member, View, broken, chair, tally


def committee(votes: str) -> list[Member]:
    """One letter a member: agree, disagree, postpone, recused, missing. The last one leads; else the last one voting stands in."""
    views = {"a": View.AGREE, "d": View.DISAGREE, "p": View.POSTPONE}
    last = max((n for n, letter in enumerate(votes, 1) if letter in views), default=0)
    return [
        Member(
            n, f"委员{n}", letter != "m", letter == "r", n == len(votes), n if letter in views else 0, views.get(letter, ""), views.get(letter, ""),
            stand_in=n == last != len(votes),
        )
        for n, letter in enumerate(votes, 1)
    ]  # fmt: skip


def rule(members: list[Member]) -> str:
    fault = broken(members)
    return fault.rule if fault else ""


@pytest.mark.parametrize(
    ("votes", "lawful"),
    [("aam", True), ("amm", False), ("aaaaaammm", True), ("aaaaammmm", False), ("aaaaaaammm", True), ("aaaaaammmm", False)],
)
def test_two_thirds_of_the_members_due_must_attend(votes: str, lawful: bool) -> None:
    assert tally(committee(votes)).quorum is lawful
    assert rule(committee(votes)) == ("" if lawful else "M-1")


@pytest.mark.parametrize(
    ("votes", "adopted"), [("aadd", False), ("aaad", True), ("aaaadddd", False), ("aaaaadddd", True), ("aaaammmmm", False)]
)
def test_more_than_half_of_the_members_due_must_agree(votes: str, adopted: bool) -> None:
    assert tally(committee(votes)).adopted is adopted


def test_a_majority_of_those_present_is_not_enough() -> None:
    assert not tally(committee("aaaaddmmm")).adopted


def test_recusal_leaves_the_number_of_members_due_unchanged() -> None:
    count = tally(committee("aaaadrrr"))
    assert (count.due, count.agree, count.adopted) == (8, 4, False)


@pytest.mark.parametrize("missing", ["view", "vote"])
def test_every_member_present_states_a_view_and_votes(missing: str) -> None:
    members = committee("aaa")
    members[0] = replace(members[0], **{missing: ""})
    assert rule(members) == "M-3"


def test_the_order_of_speaking_has_no_ties() -> None:
    members = committee("aaa")
    members[0] = replace(members[0], order=2)
    assert rule(members) == "M-3"


def test_the_principal_leader_speaks_last() -> None:
    members = committee("aaa")
    members[0], members[2] = replace(members[0], order=3), replace(members[2], order=1)
    assert rule(members) == "M-3"


@pytest.mark.parametrize("votes", ["aaaar", "aaaam"])
def test_without_the_leader_exactly_one_member_stands_in(votes: str) -> None:
    members = committee(votes)
    assert rule(members) == ""
    nobody = broken([replace(m, stand_in=False) for m in members])
    assert nobody is not None
    assert (nobody.rule, "须记明一名到会成员代为主持" in nobody.reason) == ("M-3", True)
    assert rule([replace(members[0], stand_in=True), *members[1:]]) == "M-3", "two of them"
    absent = [replace(m, stand_in=m.leader) for m in members]
    assert rule(absent) == "M-3", "whoever does not take part cannot stand in"


def test_a_stand_in_speaks_last() -> None:
    members = committee("aaaam")
    members[0], members[3] = replace(members[0], order=4), replace(members[3], order=1)
    assert rule(members) == "M-3"


@pytest.mark.parametrize("leaders", [(), (3, 4)])
def test_a_committee_has_exactly_one_principal_leader(leaders: tuple[int, ...]) -> None:
    fault = broken([replace(m, leader=m.cadre in leaders) for m in committee("aaaa")])
    assert fault is not None
    assert (fault.rule, "只列明一名主要负责人" in fault.reason) == ("M-3", True)


def test_nobody_stands_in_for_a_leader_who_is_there() -> None:
    members = committee("aaaa")
    assert rule([replace(members[0], stand_in=True), *members[1:]]) == "M-3"


def test_the_chair_is_the_leader_or_the_stand_in() -> None:
    assert [found.cadre if (found := chair(committee(votes))) else None for votes in ("aaaa", "aaar", "aama", "mmmm")] == [4, 3, 4, None]


@pytest.mark.parametrize(("votes", "lawful"), [("aaaaarrra", True), ("aaaaarrrr", False), ("aamr", False), ("aarr", False), ("aaar", True)])
def test_whoever_is_recused_does_not_count_for_the_quorum(votes: str, lawful: bool) -> None:
    assert tally(committee(votes)).quorum is lawful
    assert (rule(committee(votes)) == "M-1") is not lawful


def test_a_vote_ticked_for_a_recused_member_is_not_counted() -> None:
    members = committee("aaad")
    members[0] = replace(members[0], recused=True)
    assert (tally(members).agree, tally(members).present, tally(members).adopted) == (2, 3, False)


@pytest.mark.parametrize(("votes", "against"), [("aadd", False), ("addp", True), ("aappd", True), ("aaadd", False), ("ddmmm", False)])
def test_a_return_needs_more_than_half_of_the_members_due(votes: str, against: bool) -> None:
    assert tally(committee(votes)).against is against


@pytest.mark.parametrize("said", ["view", "vote"])
def test_a_recused_member_neither_speaks_nor_votes(said: str) -> None:
    members = committee("raaa")
    members[0] = replace(members[0], **{said: View.AGREE})
    assert rule(members) == "M-6"


@pytest.mark.parametrize("said", ["view", "vote"])
def test_nobody_votes_by_circulated_papers(said: str) -> None:
    members = committee("maaa")
    members[0] = replace(members[0], **{said: View.AGREE})
    assert rule(members) == "M-7"


@pytest.mark.parametrize(
    ("votes", "result"), [("aaadd", "adopt"), ("aaddd", "reject"), ("aaddp", "postpone"), ("aadd", "postpone"), ("ppppp", "postpone")]
)
def test_large_disagreement_only_postpones(votes: str, result: str) -> None:
    assert tally(committee(votes)).result == result


@pytest.mark.parametrize(("votes", "divided"), [("aadd", True), ("aadp", True), ("aaad", False), ("addd", False), ("appp", False)])
def test_disagreement_is_large_when_no_side_has_more_than_half(votes: str, divided: bool) -> None:
    assert tally(committee(votes)).divided is divided


@given(st.text(alphabet="adprm", min_size=1, max_size=25))
def test_the_count_equals_a_naive_one(votes: str) -> None:
    count, due = tally(committee(votes)), len(votes)
    assert [count.agree, count.disagree, count.postpone, count.recused] == [votes.count(letter) for letter in "adpr"]
    assert count.quorum is (Fraction(due - votes.count("m") - votes.count("r"), due) >= Fraction(2, 3))
    assert count.adopted is (Fraction(votes.count("a"), due) > Fraction(1, 2))
    assert count.against is (Fraction(votes.count("d") + votes.count("p"), due) > Fraction(1, 2))
    assert (count.result == "reject") is (Fraction(votes.count("d"), due) > Fraction(1, 2))


@given(st.text(alphabet="adprm", min_size=1, max_size=25), st.data())
def test_ticks_of_those_who_do_not_take_part_change_nothing(votes: str, data: st.DataObject) -> None:
    members = committee(votes)
    ticked = [
        replace(m, vote=data.draw(st.sampled_from(["", *View])), present=m.present or (m.recused and data.draw(st.booleans())))
        if m.recused or not m.present else m
        for m in members
    ]  # fmt: skip
    assert tally(ticked) == tally(members)


@given(st.text(alphabet="adprm", min_size=1, max_size=25))
def test_a_lawful_meeting_has_one_chair_and_the_chair_speaks_last(votes: str) -> None:
    members = committee(votes)
    if not rule(members):
        first = chair(members)
        assert first is not None
        assert first.order == max(m.order for m in members)


@given(st.text(alphabet="adp", min_size=1, max_size=25))
def test_a_full_meeting_in_order_breaks_no_rule(votes: str) -> None:
    assert rule(committee(votes)) == ""
