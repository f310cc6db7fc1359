"""Walk of every branch: all reachable pairs of open items and state, with data reduced to cases."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from flows.down import guards
from flows.down.case import DownCase
from flows.down.path import DownPath
from flows.down.states import FINAL, State
from workflow_app.nodes import Human, Wait, plan

SWITCHES = [
    dict.fromkeys(("reminding", "tolerance", "risk", "legal_review", "placement"), True),
    dict.fromkeys(("reminding", "tolerance", "risk", "legal_review", "placement"), False),
]
ORGANS = ([{"organ": 1}], [{"organ": 1}, {"organ": 2}])
# What the facts of a step may come to, reduced to cases: values that take_note turns into marks.
NOTES: dict[str, list[dict[str, Any]]] = {
    "answer": [{}, {"tolerance_claimed": True}],
    "weigh_answer": [{"kind": "LATERAL"}, {"kind": "REMOVE", "tolerance_claimed": True}],
    "report_findings": [{"kind": "LATERAL"}, {"kind": "DEMOTE", "tolerance_claimed": True}],
    "propose": [
        {"kind": k, "measure": {"kind": k}, "pay_changes": p, "organs": o}
        for k, p, o in (("LATERAL", False, ORGANS[0]), ("DEMOTE", True, ORGANS[1]))
    ],
    "decide": [{"remedy": ["可以申请复核"]}, {}],
    "remind": [{}, {"report_asked": True}],
}
Node = tuple[Any, ...]


REMINDING = {State.TO_REMIND, State.TO_INQUIRE, State.INQUIRED, State.TO_ADMONISH, State.ADMONISHED, State.RECTIFYING, State.CHECKING}


def make(switches: dict[str, bool]) -> DownCase:
    return DownCase(state=State.CLUE, switches=switches, marks=[], settled={}, anchors={}, round=1, awaited=0)


def redone(switches: dict[str, bool]) -> DownCase:
    """A case that a remand opened at D7; the decision before it was a transfer to a rank."""
    case = make(switches)
    case.__dict__["state"], case.marks, case.settled = State.HEARD, ["hearing_closed"], {"redo": {"measure": {"kind": "TO_RANK"}}}
    return case


def after(case: DownCase, step: str, outcome: str, note: dict[str, Any]) -> DownCase | None:
    """The case after an act, or None when it is not lawful."""
    moved = copy(case)
    moved.marks, moved.settled = list(case.marks), {k: v for k, v in case.settled.items() if k in ("propose", "redo")} | {step: note}
    moved.take_note(step)
    try:
        getattr(moved, step)(outcome)
    except (TransitionNotAllowed, KeyError):
        return None
    return moved


def acts(step: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every outcome with every case of its data."""
    outcomes = DownPath.node_of(step).step.outcomes.values
    return itertools.product(outcomes, NOTES.get(step, [{}]))


def reduced(case: DownCase) -> Node:
    organs = len(case.settled.get("propose", {}).get("organs", []))
    # What only the reminder branch reads is dropped behind it, or the walk would visit everything four times.
    marks = tuple(m for m in case.marks if case.state in REMINDING or m not in ("asked_twice", "report_asked"))
    return (str(case.state), marks, case.awaited, organs)


# --- what may lawfully follow, whatever the path says -------------------------------------------------

STEPS = [
    node.name for node in DownPath.humans() if not node.anytime or node.name in ("list_evidence", "record_statement", "record_interview")
]


def broken_promise(case: DownCase, before: DownCase, step: str) -> str:
    """An invariant of the procedure that the case breaks; written without a look at the guards."""
    heard = case.has("hearing_closed")
    if case.state in (State.PROPOSED, State.REVIEWED, State.CONSULTED, State.ADOPTED) and not heard:
        return "proposed or deliberated without a closed hearing"
    if case.state in (State.CONSULTED, State.ADOPTED) and case.on("legal_review") and not case.has("review_passed"):
        return "deliberation without a passed legality review"
    if case.state == State.SERVED and not case.has("remedy_stated"):
        return "served without a remedy text"
    if case.state == State.PROPOSED and case.on("tolerance") and case.has("tolerance_claimed") and not case.has("tolerance_weighed"):
        return "proposed while a claim of tolerance is open"
    if case.state == State.PROPOSED and step == "propose" and case.on("risk") and case.has("sensitive") and not case.has("risk_weighed"):
        return "a removal or demotion proposed without risk assessment"
    if step == "propose" and before.state == State.HEARD and case.state == State.CONSULTED and not before.has("objected"):
        return "a proposal kept though nobody objected"
    proposed = case.settled.get("propose") or case.settled.get("heavier") or {}
    goes_on = step == "propose" and case.state in (State.PROPOSED, State.FOUND)
    if goes_on and "redo" in case.settled and (proposed.get("measure") or {}).get("kind") == "DEMOTE":
        return "heavier than the decision that was remanded"
    return ""


def offence(start: DownCase, limit: int = 60000) -> list[str] | None:
    """The shortest path of lawful acts to a broken promise, trying every step in every state."""
    seen, queue = {reduced(start)}, deque([(start, [])])
    while queue:
        case, way = queue.popleft()
        for step in STEPS:
            if not getattr(case, step)._django_fsm.has_transition(case.state):
                continue
            for outcome, note in acts(step):
                moved = after(case, step, outcome, note)
                if moved is None:
                    continue
                if broken_promise(moved, case, step):
                    return [*way, f"{step}:{outcome}", broken_promise(moved, case, step)]
                if reduced(moved) not in seen:
                    seen.add(reduced(moved))
                    assert len(seen) < limit
                    queue.append((moved, [*way, f"{step}:{outcome}"]))
    return None


@pytest.mark.parametrize("start", [make, redone])
@pytest.mark.parametrize("switches", SWITCHES, ids=["all on", "all off"])
def test_no_way_of_lawful_acts_breaks_a_promise(switches: dict[str, bool], start: Callable[..., DownCase]) -> None:
    way = offence(start(switches))
    assert way is None, " → ".join(way or [])


# The act by which the shortest way without a guard breaks which promise.
ENDS = {
    "hearing_is_closed": ("propose:propose", "proposed or deliberated without a closed hearing"),
    "tolerance_is_settled": ("propose:propose", "proposed while a claim of tolerance is open"),
    "risk_is_settled": ("propose:propose", "a removal or demotion proposed without risk assessment"),
    "somebody_objected": ("propose:keep", "deliberation without a passed legality review"),
    "review_has_passed": ("give_opinion:no_objection", "deliberation without a passed legality review"),
    "remedy_is_stated": ("serve:done", "served without a remedy text"),
}
GUARDS = [(step, outcome, guard) for step, by in guards.GUARDS.items() for outcome, gs in by.items() for guard in gs]


@pytest.mark.parametrize(("step", "outcome", "guard"), GUARDS, ids=[f"{s}.{o}.{g.__name__}" for s, o, g in GUARDS])
def test_deleting_a_guard_opens_a_way_to_a_broken_promise(
    step: str, outcome: str, guard: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = {
        name: {o: tuple(g for g in gs if (name, o, g) != (step, outcome, guard)) for o, gs in by.items()}
        for name, by in guards.GUARDS.items()
    }
    monkeypatch.setattr(guards, "GUARDS", left)
    if guard is guards.no_heavier_than_before:
        way = offence(redone(SWITCHES[0]))
        assert way is not None
        assert way[-2:] == [f"propose:{outcome}", "heavier than the decision that was remanded"]
        return
    way = offence(make(SWITCHES[0]))
    assert way is not None, f"nothing depends on {guard.__name__}: the guard is not needed, or the promise is not checked"
    assert (way[0], way[-2], way[-1]) == ("register_clue:open", *ENDS[guard.__name__]), "the shortest offending path"


# --- who is next and what is lawful, together -----------------------------------------------------------


def open_now(case: DownCase, node: Human, token: str, others: list[tuple[str, str]], serial: int) -> tuple[list[tuple[str, str]], bool]:
    what = plan(case, node, token=token, serial=serial, subject={}, open_tokens=[t for _, t in others])
    return [*others, *((p.node.name, p.token) for p in what.opened)], what.ended


def shape(items: list[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    """Open items without the running numbers of their tokens."""
    return tuple(sorted((name, token.count("/")) for name, token in items))


def joint_walk(switches: dict[str, bool]) -> set[Node]:
    """Every reachable pair of open items and state."""
    start = make(switches)
    first = [("register_clue", "start")]
    seen: set[Node] = set()
    queue: deque[tuple[DownCase, list[tuple[str, str]], list[str]]] = deque([(start, first, [])])
    while queue:
        case, items, way = queue.popleft()
        here = (reduced(case), shape(items))
        if here in seen:
            continue
        seen.add(here)
        if case.state in FINAL:
            assert not items, f"{way}: ended with open items {items}"
            continue
        assert items, f"{way}: nothing is open in state {case.state}"
        moved_on = False
        for place, (name, token) in enumerate(items):
            node = DownPath._nodes_by_name[name]
            others = items[:place] + items[place + 1 :]
            if isinstance(node, Wait):
                after_items, _ = open_now(case, node, token, others, len(way) + 1)
                queue.append((case, after_items, [*way, f"{name} fires"]))
                moved_on = True
                continue
            for outcome, note in acts(name):
                moved = after(case, name, outcome, note)
                if moved is None:
                    continue
                kept, base = ([], "start") if node.overriding else (others, token)
                after_items, _ = open_now(moved, node, base, kept, len(way) + 1)
                queue.append((moved, after_items, [*way, f"{name}:{outcome}"]))
                moved_on = True
        assert moved_on, f"{way}: no way out of {case.state} with {items}"
    return seen


@pytest.mark.parametrize("switches", SWITCHES, ids=["all on", "all off"])
def test_every_state_that_the_path_reaches_has_a_way_out(switches: dict[str, bool]) -> None:
    seen = joint_walk(switches)
    states = {node[0][0] for node in seen}
    needed = set(State.values) - ({"exonerated"} if not switches["tolerance"] else set())
    needed -= {"reviewed"} if not switches["legal_review"] else set()
    assert states >= needed, f"never reached: {needed - states}"


@pytest.mark.parametrize("switches", SWITCHES, ids=["all on", "all off"])
def test_whatever_the_path_opens_the_case_can_lawfully_take(switches: dict[str, bool]) -> None:
    for (state, marks, awaited, organs), items in joint_walk(switches):
        for name, _ in items:
            node = DownPath._nodes_by_name[name]
            if isinstance(node, Wait):
                continue
            case = make(switches)
            case.__dict__["state"] = state
            case.marks, case.awaited = list(marks), awaited
            case.settled = {"propose": {"organs": [{}] * organs}} if organs else {}
            assert any(after(case, name, outcome, note) for outcome, note in acts(name)), (
                f"{name} is open in {state}, but no outcome is lawful"
            )
