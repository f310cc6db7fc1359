"""Walk of every branch of a remedy, together with the case of the decision that it attacks."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from flows.down.case import FINAL as DOWN_FINAL
from flows.down.case import DownCase
from flows.down.path import DownPath
from flows.remedy import guards
from flows.remedy.case import FINAL, RemedyCase, State
from flows.remedy.path import RemedyPath
from tests.flows.down import test_walk as down
from workflow_app.nodes import Human, plan

# What the facts of a step may come to, reduced to cases: values that take_note turns into marks.
NOTES: dict[str, list[dict[str, Any]]] = {
    "apply_for_review": [{"level": "review"}], "appeal": [{"level": "appeal"}], "reappeal": [{"level": "reappeal"}],
    "extend": [{"rule": "RM-APPEAL-DECIDE", "by": 30}],
}  # fmt: skip
OPENINGS = ("apply_for_review", "appeal", "reappeal")
DECIDING = ("review", "decide")
WITHDRAWALS = ("withdraw", "take_withdrawal")
OVERTURNING = ("change", "revoke", "remand")
Items = list[tuple[str, str]]
Node = tuple[Any, ...]


def make() -> RemedyCase:
    """A remedy about to be filed."""
    return RemedyCase(state=State.NEW, switches={}, marks=[], settled={}, anchors={}, round=1, awaited=0)


def after(case: RemedyCase, step: str, outcome: str, note: dict[str, Any]) -> RemedyCase | None:
    """The case after an act, or None when it is not lawful."""
    moved = copy(case)
    moved.marks, moved.settled = list(case.marks), {step: note}
    moved.take_note(step)
    try:
        getattr(moved, step)(outcome)
    except (TransitionNotAllowed, KeyError):
        return None
    return moved


def acts(step: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every outcome with every case of its data."""
    return itertools.product(RemedyPath.node_of(step).step.outcomes.values, NOTES.get(step, [{}]))


def reduced(case: RemedyCase) -> Node:
    return (str(case.state), tuple(case.marks))


# --- what may lawfully follow, whatever the path says -------------------------------------------------

STEPS = [node.name for node in RemedyPath.humans() if node.step.no != "X"]
Way = list[tuple[str, str]]


def broken_promise(case: RemedyCase, way: Way) -> str:
    """An invariant of the procedure that a way of acts breaks; written without a look at the guards."""
    steps = [step for step, _ in way]
    step, outcome = way[-1]
    decided = step in DECIDING and not (step == "review" and outcome == "not_accepted")
    if decided and not steps.count("serve_decision") and "appeal" in steps:
        return "an appeal decided before its acceptance was served"
    if step == "decide" and "hear" not in steps:
        return "decided without the committee"
    if step in (*DECIDING, "admit", "form_committee", "hear", "serve_decision") and _withdrawn(way[:-1]):
        return "went on while a withdrawal waits for its answer"
    if steps.count("extend") > 1:
        return "extended twice"
    if step in WITHDRAWALS and any(earlier in DECIDING for earlier in steps[:-1]):
        return "withdrawn after the decision"
    if step in WITHDRAWALS and _withdrawn(way[:-1]):
        return "withdrawn twice"
    if step == "take_posted" and next(one for one in reversed(way[:-1]) if one[0] in ("supplement", "admit")) != ("supplement", "lapsed"):
        return "excused a lapse that there was not"
    if step == "confirm_correction" and "correct" not in steps:
        return "confirmed a correction that nobody ordered"
    return ""


def _withdrawn(way: Way) -> bool:
    last = next((one for one in reversed(way) if one[0] in (*WITHDRAWALS, "end")), ("end", ""))
    return last[0] in WITHDRAWALS


def offence(limit: int = 5000) -> Way | None:
    """The shortest path of lawful acts to a broken promise, trying every step in every state."""
    start = make()
    seen, queue = {reduced(start)}, deque([(start, [])])
    while queue:
        case, way = queue.popleft()
        for step in STEPS:
            for outcome, note in acts(step):
                moved = after(case, step, outcome, note)
                if moved is None:
                    continue
                here = [*way, (step, outcome)]
                if broken := broken_promise(moved, here):
                    return [*here, ("", broken)]
                if reduced(moved) not in seen:
                    seen.add(reduced(moved))
                    assert len(seen) < limit
                    queue.append((moved, here))
    return None


def test_no_way_of_lawful_acts_breaks_a_promise() -> None:
    assert offence() is None


ENDS = {
    "nothing_is_withdrawn": {
        **dict.fromkeys(
            ("review", "admit", "form_committee", "hear", "decide", "serve_decision"), "went on while a withdrawal waits for its answer"
        ),
        **dict.fromkeys(WITHDRAWALS, "withdrawn twice"),
    },
    "not_extended": {"extend": "extended twice"},
}
GUARDS = [(step, outcome, guard) for step, by in guards.GUARDS.items() for outcome, gs in by.items() for guard in gs]


@pytest.mark.parametrize(("step", "outcome", "guard"), GUARDS, ids=[f"{s}.{g.__name__}" for s, _, g in GUARDS])
def test_deleting_a_guard_opens_a_way_to_a_broken_promise(
    step: str, outcome: str, guard: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = {
        name: {o: tuple(g for g in gs if (name, o, g) != (step, outcome, guard)) for o, gs in by.items()}
        for name, by in guards.GUARDS.items()
    }
    monkeypatch.setattr(guards, "GUARDS", left)
    way = offence()
    assert way is not None, f"nothing depends on {guard.__name__}"
    assert (way[-2][0], way[-1][1]) == (step, ENDS[guard.__name__][step])


# --- who is next and what is lawful, together, and beside it the case of the decision ---------------------


def onward(case: RemedyCase, node: Human, token: str, others: Items, serial: int) -> Items:
    what = plan(case, node, token=token, serial=serial, subject={}, open_tokens=[t for _, t in others if t != "aside"])
    return [*others, *((p.node.name, p.token) for p in what.opened)]


def follow(case: RemedyCase, name: str, token: str, outcome: str, others: Items, serial: int) -> Items:
    """What is open after an act, as the door does it."""
    node = RemedyPath.node_of(name)
    if node.overriding and node.step.overrides(outcome):
        return onward(case, node, "start", [], serial)
    if token == "aside":
        return [*others, (node.step.answered_by, "aside")] if node.step.answered_by else others
    return onward(case, node, token, others, serial)


def served(placement: bool) -> DownCase:
    """A case whose decision was served, with its further work on the desks."""
    case = down.make(dict.fromkeys(("reminding", "tolerance", "risk", "legal_review", "placement"), placement))
    case.__dict__["state"], case.marks = "served", ["hearing_closed", "remedy_stated", "review_passed"]
    measure = {"kind": "DEMOTE", "months": 24}
    case.settled, case.awaited = {"decide": {"measure": measure, "kind": "DEMOTE", "months": 24, "effective_on": "2026-03-02"}}, 2
    return case


def overturned(case: DownCase, outcome: str) -> DownCase:
    """The case of the decision after a remedy reached it."""
    moved = copy(case)
    moved.marks, moved.settled = list(case.marks), {**case.settled, "overturn": {"measure": {"kind": "REMOVE", "months": 12}}}
    moved.overturn(outcome)
    return moved


ANYTIME = (*WITHDRAWALS, "extend", "take_posted")


def joint_walk() -> Iterator[tuple[RemedyCase, Items, Way, str]]:
    """Every reachable pair of open items and state, with what became of the attacked decision."""
    seen: set[Node] = set()
    queue: deque[tuple[RemedyCase, Items, Way, str]] = deque((make(), [(first, "start")], [], "stands") for first in OPENINGS)
    while queue:
        case, items, way, decision = queue.popleft()
        here = (reduced(case), tuple(sorted(items)), decision)
        if here in seen:
            continue
        seen.add(here)
        yield case, items, way, decision
        if case.state in FINAL:
            assert not items, f"{way}: ended with open items {items}"
            continue
        moved_on = False
        begun = [(name, "aside") for name in ANYTIME if getattr(case, name)._django_fsm.has_transition(case.state)]
        for name, token in [*items, *begun]:
            for outcome, note in acts(name):
                moved = after(case, name, outcome, note)
                if moved is None:
                    continue
                others = [one for one in items if one != (name, token)]
                became = outcome if name in DECIDING and outcome in OVERTURNING else decision
                kept = follow(moved, name, token, outcome, others, len(way) + 1)
                queue.append((moved, kept, [*way, (name, outcome)], became))
                moved_on = moved_on or token != "aside" or name not in ANYTIME
        assert moved_on, f"{way}: no way out of {case.state} with {items}"


def test_every_state_is_reached_and_has_a_way_out() -> None:
    assert {str(case.state) for case, *_ in joint_walk()} == set(State.values)


def test_whatever_the_path_opens_the_case_can_lawfully_take() -> None:
    for case, items, way, _ in joint_walk():
        if case.has("withdrawn"):
            assert ("end", "aside") in items, way
            continue
        for name, _token in items:
            assert any(after(case, name, outcome, note) for outcome, note in acts(name)), f"{way}: {name} is open in {case.state}"


def test_only_a_decision_reaches_the_case_of_the_decision() -> None:
    for case, _, way, decision in joint_walk():
        overturning = [one for one in way if one[0] in DECIDING and one[1] in OVERTURNING]
        assert (decision != "stands") == bool(overturning), way
        assert len(overturning) <= 1, way
        assert case.has("to_correct") == (decision in ("change", "revoke")), way


@pytest.mark.parametrize("placement", [True, False])
def test_the_case_of_the_decision_lives_on_whatever_the_remedy_came_to(placement: bool) -> None:
    """Every end of a remedy, at every moment of the case it attacks: that case still has a way to its own end."""
    ends = {decision for case, _, _, decision in joint_walk() if case.state in FINAL}
    assert ends == {"stands", *OVERTURNING}
    for case, items in moments(served(placement)):
        for end in sorted(ends - {"stands"}):
            moved = overturned(case, end)
            left = {"change": items, "revoke": [("clear_name", "start")], "remand": [("archive", "start")]}[end]
            if moved.state in DOWN_FINAL:
                assert (end, case.state) in (("remand", "closed"), ("change", "closed"))
                continue
            assert reaches_the_end(moved, left), f"{case.state} {items}: no end after {end}"


def moments(start: DownCase) -> Iterator[tuple[DownCase, Items]]:
    """The case of the decision at every moment from its service to the archive."""
    seen: set[Node] = set()
    queue: deque[tuple[DownCase, Items]] = deque([(start, [("formalize", "start/1_1"), ("place", "start/1_2")])])
    if not start.on("placement"):
        start.awaited, queue = 1, deque([(start, [("formalize", "start/1_1")])])
    while queue:
        case, items = queue.popleft()
        here = (down.reduced(case), down.shape(items))
        if here in seen:
            continue
        seen.add(here)
        yield case, items
        queue.extend(steps_on(case, items))


def steps_on(case: DownCase, items: Items) -> Iterator[tuple[DownCase, Items]]:
    """What any act on an open item leads to."""
    for name, token in items:
        node = DownPath._nodes_by_name[name]
        others = [one for one in items if one != (name, token)]
        if not isinstance(node, Human) or type(node) is not Human:
            yield case, down.open_now(case, node, token, others, 1)[0]
            continue
        for outcome, note in down.acts(name):
            moved = copy(case)
            moved.marks, moved.settled = list(case.marks), {**case.settled, name: note}
            try:
                moved.take_note(name)
                getattr(moved, name)(outcome)
            except (TransitionNotAllowed, KeyError):
                continue
            kept, base = ([], "start") if node.overriding else (others, token)
            yield moved, down.open_now(moved, node, base, kept, 1)[0]


def reaches_the_end(case: DownCase, items: Items) -> bool:
    """Whether some way of acts brings the case to a final state."""
    seen: set[Node] = set()
    queue: deque[tuple[DownCase, Items]] = deque([(case, items)])
    while queue:
        now, left = queue.popleft()
        if now.state in DOWN_FINAL:
            return True
        here = (down.reduced(now), down.shape(left))
        if here not in seen:
            seen.add(here)
            queue.extend(steps_on(now, left))
    return False
