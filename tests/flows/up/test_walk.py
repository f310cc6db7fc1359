"""Walk of every branch of the way up: all reachable pairs of open items and state, with data reduced to cases."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from flows.up import guards
from flows.up.case import FINAL, State, UpCase
from flows.up.path import UpPath
from workflow_app.nodes import Human, Wait, plan

CHECKS = [{"check": name, "organ": 1} for name in ("archive", "matters", "discipline", "petition")]
ORGANS = ([{"organ": 1}], [{"organ": 1}, {"organ": 2}])
# What the facts of a step may come to, reduced to cases: lawful and unlawful ones, since the steps' own rules are not asked here.
NOTES: dict[str, list[dict[str, Any]]] = {
    "initiate": [{"meeting_first": False}, {"meeting_first": True}],
    "recommend_by_interview": [{"meeting_droppable": True}, {"meeting_droppable": False}],
    "announce_competition": [{"weights_whole": True}, {"weights_whole": False}],
    "score_applicants": [{"winner": 8}],
    "announce_examination": [{"checks": CHECKS}],
    "answer_check": [{"clear": one["check"]} for one in CHECKS] + [{"clear": ""}],
    "close_four_checks": [{"organs": organs} for organs in ORGANS],
    "record_meeting": [{"vote_carried": True}, {"vote_carried": False}],
    "decide": [{"exemption_stated": True}, {"exemption_stated": False}],
    "close_notice": [{"notice_has_run": True}, {"notice_has_run": False}],
    "conclude_probation": [{"year_over": True}, {"year_over": False}],
}
# What the steps' own rules never let through: behind it there is nothing to walk.
REFUSED = ({"weights_whole": False}, {"vote_carried": False})
RECOMMENDING = {
    State.MOTION, State.RETURNED, State.TO_INTERVIEW, State.TO_MEET, State.RECOMMENDED, State.DROPPED,
    State.ANNOUNCING, State.APPLYING, State.QUALIFYING, State.QUALIFIED, State.SCORING,
}  # fmt: skip
RECOMMENDATION = {"interviewed", "meeting_droppable", "meeting_first", "met", "weights_whole"}
REPORTS = 2  # at most so many open at once
REPORT = "(a report comes in)"
Node = tuple[Any, ...]


def make() -> UpCase:
    return UpCase(state=State.MOTION, switches={}, marks=[], settled={}, anchors={}, round=1, awaited=0, cadre_id=7)


def after(case: UpCase, step: str, outcome: str, note: dict[str, Any]) -> UpCase | None:
    """The case after an act, or None when it is not lawful."""
    moved = copy(case)
    kept = {k: v for k, v in case.settled.items() if k in ("announce_examination", "close_four_checks")}
    moved.marks, moved.settled = list(case.marks), kept | {step: note}
    if step == REPORT:
        moved.note_report()
        return moved
    moved.take_note(step)
    try:
        getattr(moved, step)(outcome)
    except (TransitionNotAllowed, KeyError):
        return None
    return moved


def acts(step: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every outcome with every case of its data."""
    if step == REPORT:
        return iter([("", {})])
    return itertools.product(UpPath.node_of(step).step.outcomes.values, NOTES.get(step, [{}]))


def reduced(case: UpCase) -> Node:
    # What only the recommendation reads is dropped behind it, or the walk would visit the examination twenty times.
    past = RECOMMENDATION if case.state not in RECOMMENDING else set()
    return (str(case.state), tuple(m for m in case.marks if not m.startswith("ended_") and m not in past), case.awaited)


# --- what may lawfully follow, whatever the path says -------------------------------------------------

STEPS = [node.name for node in UpPath.humans() if not node.anytime and node.name != "transfer"] + ["verify_report", REPORT]


def broken_promise(case: UpCase, before: UpCase, step: str, outcome: str, note: dict[str, Any]) -> str:
    """An invariant of the procedure that the act breaks; written without a look at the guards."""
    state = case.state
    if step == "recommend_by_interview" and state == State.RECOMMENDED and not before.has("met") and not note["meeting_droppable"]:
        return "the meeting dropped without the three conditions"
    if step == "recommend_by_interview" and outcome == "drop_meeting" and case.has("meeting_first"):
        return "a meeting dropped that comes first"
    if step == "score_applicants" and not case.has("weights_whole"):
        return "scored with weights that do not sum to 100 %"
    if state == State.CONSULTING and step == "close_four_checks":
        if not all(before.has(f"clear_{one['check']}") for one in CHECKS):
            return "consulted without four clear checks"
        if before.state == State.STOPPING:
            return "went on from an examination or a check that spoke against"
    if step == "decide" and not case.has("vote_carried"):
        return "decided without a lawful vote"
    if step == "decide" and state == State.TO_TALK and not note["exemption_stated"]:
        return "exempt from the notice without a ground"
    if step == "close_notice":
        if not note["notice_has_run"]:
            return "closed before the notice had run for its working days"
        if before.awaited:
            return "closed while a report was open"
        if state == State.TO_TALK and before.has("report_affects"):
            return "appointed in spite of a report that affects"
    if step == "conclude_probation" and not note["year_over"]:
        return "probation concluded before the year was over"
    if state in (State.APPOINTED, State.PROBATION, State.CONFIRMED, State.NOT_ELECTED):
        return _unlawfully_appointed(case)
    return ""


def _unlawfully_appointed(case: UpCase) -> str:
    if not case.has("vote_carried"):
        return "appointed without a lawful vote"
    if not all(case.has(f"clear_{one['check']}") for one in CHECKS):
        return "appointed without four clear checks"
    if not (case.has("notice_closed") and case.has("notice_has_run")) and not case.has("exemption_stated"):
        return "appointed without a closed notice"
    return ""


def offence(limit: int = 60000) -> list[str] | None:
    """The shortest way of lawful acts to a broken promise, trying every step in every state."""
    start = make()
    seen, queue = {reduced(start)}, deque([(start, [])])
    while queue:
        case, way = queue.popleft()
        for step in STEPS:
            if not _admits(case, step):
                continue
            for outcome, note in acts(step):
                moved = after(case, step, outcome, note)
                if moved is None:
                    continue
                fault = broken_promise(moved, case, step, outcome, note)
                if fault:
                    return [*way, f"{step}:{outcome}", fault]
                if reduced(moved) not in seen:
                    seen.add(reduced(moved))
                    assert len(seen) < limit
                    queue.append((moved, [*way, f"{step}:{outcome}"]))
    return None


def _admits(case: UpCase, step: str) -> bool:
    if step == REPORT:
        return case.state == State.NOTICE and case.awaited < REPORTS
    if step == "verify_report" and case.awaited == 0:
        return False
    if step in ("examine", "answer_check") and case.awaited == 0:
        return False
    return bool(getattr(case, step)._django_fsm.has_transition(case.state))


def test_no_way_of_lawful_acts_breaks_a_promise() -> None:
    way = offence()
    assert way is None, " → ".join(way or [])


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
    way = offence()
    assert way is not None, f"nothing depends on {guard.__name__}: the guard is not needed, or the promise is not checked"


def test_there_are_guards_to_delete() -> None:
    assert len(GUARDS) == 10


# --- who is next and what is lawful, together -----------------------------------------------------------


def open_now(case: UpCase, node: Human, token: str, others: list[tuple[str, str]], serial: int) -> tuple[list[tuple[str, str]], bool]:
    what = plan(case, node, token=token, serial=serial, subject={}, open_tokens=[t for _, t in others if t != "aside"])
    return [*others, *((p.node.name, p.token) for p in what.opened)], what.ended


def shape(items: list[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    """Open items without the running numbers of their tokens."""
    return tuple(sorted((name, token.count("/")) for name, token in items))


def joint_walk() -> tuple[set[Node], set[str]]:
    """Every reachable pair of open items and state, and the steps that were taken."""
    start, taken = make(), set()
    seen: set[Node] = set()
    queue: deque[tuple[UpCase, list[tuple[str, str]], list[str]]] = deque([(start, [("initiate", "start")], [])])
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
        if case.state == State.NOTICE and case.awaited < REPORTS:
            queue.append((after(case, REPORT, "", {}) or case, [*items, ("verify_report", "aside")], [*way, REPORT]))
        for place, (name, token) in enumerate(items):
            node, others = UpPath._nodes_by_name[name], items[:place] + items[place + 1 :]
            for case_after, then, said in _taken(case, node, token, others, len(way) + 1):
                queue.append((case_after, then, [*way, said]))
                moved_on = True
                taken.add(name)
        assert moved_on, f"{way}: no way out of {case.state} with {items}"
    return seen, taken


def _taken(
    case: UpCase, node: Any, token: str, others: list[tuple[str, str]], serial: int
) -> Iterator[tuple[UpCase, list[tuple[str, str]], str]]:
    if isinstance(node, Wait):
        yield case, open_now(case, node, token, others, serial)[0], f"{node.name} fires"
        return
    for outcome, note in acts(node.name):
        moved = after(case, node.name, outcome, note)
        if moved is None or note in REFUSED:
            continue
        if token == "aside" and not node.overriding:
            yield moved, others, f"{node.name}:{outcome}"
            continue
        kept, base = ([], "start") if node.overriding else (others, token)
        then, _ = open_now(moved, node, base, kept, serial)
        if moved.state == State.STOPPING and case.awaited > 1:  # what the step opens beside the path
            then = [*then, ("close_four_checks", "aside")]
        yield moved, then, f"{node.name}:{outcome}"


def test_every_state_that_the_path_reaches_has_a_way_out_and_every_step_is_taken() -> None:
    seen, taken = joint_walk()
    states = {node[0][0] for node in seen}
    assert states >= set(State.values) - {"transferred"}, f"never reached: {set(State.values) - states}"
    named = {node.name for node in UpPath.humans()}
    anytime = {node.name for node in UpPath.humans() if node.anytime} - {"verify_report"} | {"transfer"}
    assert taken >= named - anytime, f"never taken: {named - anytime - taken}"


def test_transfer_is_lawful_in_every_open_state_and_ends_the_case() -> None:
    for state in set(State) - FINAL:
        case = make()
        case.__dict__["state"] = state
        assert after(case, "transfer", "done", {}).state == State.TRANSFERRED  # type: ignore[union-attr]
