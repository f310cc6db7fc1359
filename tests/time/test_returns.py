"""Which clocks a return keeps: for every return of both ways, every period that runs when it is taken, and what becomes of it.

kept: the same start and the same last day; closed: nothing runs any more; anew: it runs from the day of the return.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.flows.up import rising
from tests.story import TO_MEETING, Town, fresh, members, open_case, run
from workflow_app import vacancies
from workflow_app.models import Case, Deadline, Post

pytestmark = pytest.mark.django_db
type_way = Callable[[Town], Case]
type_back = Callable[[Town], tuple[str, dict[str, Any]]]


def running(case: Case) -> dict[str, tuple[date, date]]:
    """Rule -> first and last day of every period that runs."""
    return {one.rule_id: (one.starts_on, one.last_day) for one in Deadline.objects.filter(case=case, closed_at=None, fired_at=None)}


def fates(town: Town, case: Case, before: dict[str, tuple[date, date]]) -> dict[str, str]:
    """What became of every period."""
    after = running(case)
    found = {rule: "closed" if rule not in after else "kept" if after[rule] == span else "" for rule, span in before.items()}
    return found | {rule: "anew" for rule, (start, _) in after.items() if before.get(rule) != after[rule] and start == town.today}


def down(*steps: str) -> type_way:
    """A case on the way down, a day for every act."""

    def way(town: Town) -> Case:
        case = open_case(town)
        for step in steps:
            town.later(days=1)
            run(town, case, step)
        return fresh(case)

    return way


def up(go: Callable[[Town, Case], Any]) -> type_way:
    """A case on the way up."""

    def way(town: Town) -> Case:
        case = rising.open_case(town)
        go(town, case)
        return fresh(case)

    return way


def _to_vote(town: Town, case: Case) -> None:
    rising.examine(town, rising.run(town, case, *rising.TO_CANDIDATE))
    rising.run(town, case, "close_four_checks", "ask_opinion", "give_opinion")


def _asked(town: Town, case: Case) -> None:
    rising.run(town, case, *rising.TO_CANDIDATE, "announce_examination")
    town.later(days=4)
    rising.run(town, case, "ask_check")


def _recommended_long_ago(town: Town, case: Case) -> None:
    rising.run(town, case, *rising.TO_CANDIDATE[:4])
    _until_lapsed(town)


def _to_vote_long_ago(town: Town, case: Case) -> None:
    _to_vote(town, case)
    _until_lapsed(town)


def _until_lapsed(town: Town) -> None:
    """The year of the recommendation ends today; the return is taken tomorrow."""
    town.later(days=(Deadline.objects.get(rule_id="UP-REC-VALID").last_day - town.today).days)


def _examined(town: Town, case: Case) -> None:
    rising.run(town, case, *rising.TO_CANDIDATE, "announce_examination")
    town.later(days=4)
    rising.run(town, case, "plan_examination")
    rising.begin(town, case, "record_interview", by="examination_team1")
    rising.run(town, case, "ask_check", "appraise")


def competing(town: Town) -> Case:
    """A competition that was announced, and whose time to apply is over."""
    post = Post.objects.create(unit=town.wang.unit, title="局长", level="TOWN_HEAD", leadership_post=True)
    case = rising.run(town, rising.open_case(town, vacancies.of(post), outcome="compete"), "announce_competition")
    town.later(days=8)
    return case


def moved_back(town: Town) -> Case:
    """A motion that its approver sent back."""
    return rising.open_case(town, outcome="return")


def asked_others(town: Town) -> Case:
    """Opinions are asked; the discipline organ has the letter."""
    return down(*TO_MEETING[:11])(town)


def _reported(town: Town, case: Case) -> None:
    rising.to_notice(town, case)
    rising.reported(town, case)
    town.later(days=8)
    rising.run(town, case, ("verify_report", {"outcome": "affects"}))


def says(step: str, outcome: str, **facts: Any) -> type_back:
    return lambda town: (step, {"outcome": outcome, **facts})


def _undecided(town: Town) -> tuple[str, dict[str, Any]]:
    return "record_meeting", {"outcome": "postpone", "members": [{**one, "view": "postpone", "vote": "postpone"} for one in members(town)]}


def _voted_back(outcome: str) -> type_back:
    return lambda town: ("record_meeting", {"outcome": outcome, "members": members(town, agree=2)})


VALID = {"UP-REC-VALID": "kept"}  # a span of the person: nothing of the office stops it
LEGAL = {"DN-LEGAL-MAX": "closed", "DN-LEGAL-MIN": "closed"}
TABLE: dict[str, tuple[type_way, type_back, dict[str, str]]] = {
    "D2 clue sent back": (down(), says("approve_opening", "return"), {"DN-OPEN": "closed", "DN-TRIAGE": "anew"}),
    "D4 more evidence": (down(*TO_MEETING[:7]), says("weigh_answer", "more_evidence"), {"DN-ADOPT": "closed"}),
    "D7 more evidence": (down(*TO_MEETING[:8]), says("propose", "return_evidence"), {"DN-PROPOSE": "closed"}),
    "D8 evidence": (down(*TO_MEETING[:9]), says("review_legality", "supplement_evidence", evidence="mend"), LEGAL),
    "D8 proposal": (down(*TO_MEETING[:9]), says("review_legality", "supplement_proposal", substance="mend"), LEGAL | {"DN-PROPOSE": "anew"}),
    "D7 heavier": (
        down(*TO_MEETING[:8]), lambda t: ("propose", {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}), {"DN-PROPOSE": "closed"},
    ),
    "D9 objection": (asked_others, says("give_opinion", "objection"), {"DN-OPINION": "closed", "DN-PROPOSE": "anew"}),
    "D10 postponed": (down(*TO_MEETING), _undecided, {"DN-DECIDE": "kept"}),
    "D10 evidence": (down(*TO_MEETING), _voted_back("return_evidence"), {"DN-DECIDE": "closed"}),
    "D10 proposal": (down(*TO_MEETING), _voted_back("return_proposal"), {"DN-DECIDE": "closed", "DN-PROPOSE": "anew"}),
    "U1 sent back": (moved_back, says("initiate", "return"), {}),
    "U2c announced again": (competing, says("check_applicants", "announce_again"), {"UP-COMP-APPLY": "closed"}),
    "U2 repeated": (up(lambda t, c: rising.run(t, c, *rising.TO_CANDIDATE[:2])), says("report_recommendation", "repeat"), {}),
    "U3 lapsed": (up(_recommended_long_ago), says("confirm_candidates", "lapsed"), {"UP-REC-VALID": "closed"}),
    "U4 withdrawn": (
        up(lambda t, c: rising.run(t, c, *rising.TO_CANDIDATE)), says("announce_examination", "withdraw", reason="另行确定。"), VALID,
    ),
    "U5 supplemented": (up(_examined), says("examine", "supplement"), VALID | {"UP-CHECK-REPLY": "kept"}),
    "U6 pending": (up(_asked), says("answer_check", "pending"), VALID | {"UP-CHECK-REPLY": "kept"}),
    "U8 postponed": (up(_to_vote), lambda t: ("record_meeting", {"outcome": "postpone", "members": rising.voters(t, 4, "postpone")}), VALID),
    "U8 reconsidered": (
        up(_to_vote), lambda t: ("record_meeting", {"outcome": "reconsider", "members": rising.voters(t, 3), "consenting": 5}), VALID,
    ),
    "U8 lapsed": (up(_to_vote_long_ago), says("record_meeting", "lapsed"), {"UP-REC-VALID": "closed"}),
    "U9 affected": (up(_reported), lambda t: ("close_notice", {}), VALID | {"UP-NOTICE": "closed"}),
}  # fmt: skip
# Verification is due anew from the return; its own item opens with the findings, so the new start is kept as a fact until then.
VERIFIED_ANEW = {"D4 more evidence", "D7 more evidence", "D8 evidence", "D10 evidence"}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_return_keeps_and_closes_and_opens_what_the_table_says(town: Town, name: str) -> None:
    way, back, wanted = TABLE[name]
    case = way(town)
    before, first = running(case), case.anchors.get("DN-VERIFY")
    town.later(days=1)
    step, facts = back(town)
    case = (rising.run if name.startswith("U") else run)(town, case, (step, facts))
    assert fates(town, case, before) == wanted
    assert case.anchors.get("DN-VERIFY") == (town.today.isoformat() if name in VERIFIED_ANEW else first)
