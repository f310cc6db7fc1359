"""Walk of an appeal beside a review: one that is late, and one whose correction is still being carried out (docs/decisions/0012)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

import pytest

from flows.down.case import FINAL as DOWN_FINAL
from flows.remedy.case import FINAL, RemedyCase, State
from flows.remedy.overdue import is_taken_up
from tests.flows.remedy.test_walk import (
    ANYTIME,
    DECIDING,
    OVERTURNING,
    Items,
    acts,
    after,
    follow,
    make,
    moments,
    overturned,
    reaches_the_end,
    reduced,
    served,
)

type_act = tuple[str, str, str]  # whose, step, outcome
LAST = ("revoke", "remand")  # after these there is nothing left of the decision to decide about


@dataclass(frozen=True)
class Pair:
    """A review and an appeal against the same decision, their open items, and the acts that led here."""

    review: RemedyCase
    of_review: Items
    appeal: RemedyCase
    of_appeal: Items
    way: tuple[type_act, ...] = ()

    @property
    def overturned(self) -> tuple[str, ...]:
        """What became of the decision, in order."""
        return tuple(outcome for _, step, outcome in self.way if step in DECIDING and outcome in OVERTURNING)

    def reduced(self) -> Any:
        """What tells it from others."""
        accepted = any(step == "admit" and outcome == "accept" for _, step, outcome in self.way)
        items = (tuple(sorted(self.of_review)), tuple(sorted(self.of_appeal)))
        return reduced(self.review), reduced(self.appeal), items, self.overturned, accepted


def review_only_ends(pair: Pair, whose: str, step: str, outcome: str) -> bool:
    """R2-APPEALED: once the appeal is accepted the review is not decided."""
    return (whose, step) == ("review", "review") and outcome != "not_accepted" and is_taken_up(pair.appeal)


def nothing_is_left(pair: Pair, whose: str, step: str, outcome: str) -> bool:
    """R4-MATTER: what the review has revoked is not accepted."""
    return (whose, step, outcome) == ("appeal", "admit", "accept") and pair.review.has("revoked")


def must_be_taken_up(pair: Pair, whose: str, step: str, outcome: str) -> bool:
    """R2-ACCEPT: in time and named, as here, a review is refused only for an appeal in its place."""
    return (whose, step, outcome) == ("review", "review", "not_accepted") and not is_taken_up(pair.appeal)


RULES: tuple[Callable[[Pair, str, str, str], bool], ...] = (review_only_ends, nothing_is_left, must_be_taken_up)


def starts() -> Iterator[Pair]:
    """A review that is late, and one that was decided and is being corrected; the appeal is about to be filed."""
    late = after(make(), "apply_for_review", "done", {"level": "review"})
    assert late is not None
    yield Pair(late, [("review", "start")], make(), [("appeal", "start")])
    changed = late
    for step, outcome in (("review", "change"), ("serve_decision", "done")):
        following = after(changed, step, outcome, {})
        assert following is not None
        changed = following
    assert changed.state == State.CORRECTING
    yield Pair(changed, [("correct", "start")], make(), [("appeal", "start")], (("review", "review", "change"),))


def nexts(pair: Pair, rules: tuple[Any, ...]) -> Iterator[Pair]:
    """Every lawful act of either of the two."""
    for whose, case, items in (("review", pair.review, pair.of_review), ("appeal", pair.appeal, pair.of_appeal)):
        if case.state in FINAL:
            continue
        begun = [(name, "aside") for name in ANYTIME if getattr(case, name)._django_fsm.has_transition(case.state)]
        for name, token in [*items, *begun]:
            for outcome, note in acts(name):
                moved = after(case, name, outcome, note)
                if moved is None or any(rule(pair, whose, name, outcome) for rule in rules):
                    continue
                others = [one for one in items if one != (name, token)]
                kept = follow(moved, name, token, outcome, others, len(pair.way) + 1)
                way = (*pair.way, (whose, name, outcome))
                yield replace(pair, **{whose: moved, f"of_{whose}": kept, "way": way})


def walk(rules: tuple[Any, ...] = RULES, limit: int = 20000) -> Iterator[tuple[Pair, list[Pair]]]:
    """Every reachable pair, with what follows it."""
    seen, queue = set(), deque(starts())
    while queue:
        pair = queue.popleft()
        if pair.reduced() in seen:
            continue
        seen.add(pair.reduced())
        assert len(seen) < limit
        following = list(nexts(pair, rules))
        yield pair, following
        queue.extend(following)


def broken(pair: Pair) -> str:
    """A promise to the person concerned that a way of acts of the two breaks; written without a look at the rules."""
    accepted = ended = False
    for n, (whose, step, outcome) in enumerate(pair.way):
        before = [one for _, one_step, one in pair.way[:n] if one_step in DECIDING and one in OVERTURNING]
        accepted = accepted or (step == "admit" and outcome == "accept")
        ended = ended or (whose == "appeal" and step == "end" and outcome == "ended")
        if step in DECIDING and outcome in OVERTURNING and before and before[-1] in LAST:
            return "decided about a decision of which nothing is left"
        if whose == "review" and step == "review" and outcome != "not_accepted" and accepted and not ended:
            return "the review was decided after the appeal had taken its place"
        if whose == "appeal" and step == "admit" and outcome == "accept" and "revoke" in before:
            return "accepted an appeal against what was revoked"
        if whose == "review" and step == "review" and outcome == "not_accepted" and not accepted:
            return "the review was refused although no appeal was heard in its place"
    return ""


def test_no_way_of_the_two_breaks_a_promise() -> None:
    assert [pair.way for pair, _ in walk() if broken(pair)] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_deleting_a_rule_opens_a_way_to_a_broken_promise(rule: Any) -> None:
    assert any(broken(pair) for pair, _ in walk(tuple(one for one in RULES if one is not rule))), f"nothing depends on {rule.__name__}"


def test_both_come_to_an_end_from_everywhere() -> None:
    ends = set()
    for pair, following in walk():
        if pair.review.state in FINAL and pair.appeal.state in FINAL:
            assert not pair.of_review and not pair.of_appeal, pair.way
            ends.add((str(pair.review.state), str(pair.appeal.state)))
            continue
        alive = [name for name, case in (("review", pair.review), ("appeal", pair.appeal)) if case.state not in FINAL]
        moved = {one.way[-1][0] for one in following if one.way[-1][1] not in ANYTIME}
        assert moved, f"{pair.way}: no way out of {pair.review.state} and {pair.appeal.state}"
        assert set(alive) == moved or not pair.review.has("withdrawn"), pair.way
    assert {"concluded", "executed", "not_accepted", "ended"} == {appeal for _, appeal in ends} == {review for review, _ in ends}


def test_an_appeal_that_was_refused_or_ended_leaves_the_review_to_be_decided() -> None:
    left = [pair for pair, _ in walk() if pair.review.state == State.REVIEWING and pair.appeal.state in ("not_accepted", "ended")]
    assert left
    for pair in left:
        if not pair.review.has("withdrawn"):
            outcomes = {one.way[-1][2] for one in nexts(pair, RULES) if one.way[-1][:2] == ("review", "review")}
            assert outcomes == {"uphold", "change", "revoke"}, pair.way


def test_the_decision_is_overturned_in_these_ways_and_no_others() -> None:
    found = {pair.overturned for pair, _ in walk()}
    assert found == {(), ("change",), ("revoke",), ("remand",), ("change", "change"), ("change", "revoke"), ("change", "remand")}


@pytest.mark.parametrize("placement", [True, False])
@pytest.mark.parametrize("second", ["change", "revoke", "remand"])
def test_the_case_of_the_decision_lives_on_when_it_is_changed_and_then_overturned_again(placement: bool, second: str) -> None:
    for case, items in moments(served(placement)):
        moved = overturned(overturned(case, "change"), second)
        left = {"change": items, "revoke": [("clear_name", "start")], "remand": [("archive", "start")]}[second]
        if moved.state in DOWN_FINAL:
            assert (second, case.state) in (("remand", "closed"), ("change", "closed"))
            continue
        assert reaches_the_end(copy(moved), left), f"{case.state} {items}: no end after a change and {second}"
