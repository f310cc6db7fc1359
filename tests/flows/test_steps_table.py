"""Every act of the way down and of any time is what the table of steps says: role, paper, period, signatures."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from flows.down.case import DownCase
from flows.down.path import DownPath
from tests.flows.down.stand import case, situation, somebody
from workflow_app.law import known_rules
from workflow_app.nodes import Wait

with Path(__file__).with_name("steps.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["step"]: row for row in csv.DictReader(file) if row["path"] in ("down", "any")}
TEAM = {"plan_examination": {"team": [11, 12, 13]}}
# What the table says in words -> what the code says.
ROLES = {"anyone concerned": "concerned", "per SD-13": "org_leader", "per rule": "org_leader", "author of the paper": "author"}
# Periods of an item; other periods of a row start elsewhere and are told by tests/flows/test_deadlines.py.
PERIODS = {"give_opinion": {"DN-OPINION", "DN-COAUTH"}, "follow_up": {"DN-VISIT-1", "DN-VISIT-2", "DN-VISIT-3"}}
FACTS: dict[str, dict[str, Any]] = {
    "serve_information": {"mode": "left", "refusal": ""}, "serve": {"mode": "in_person", "refusal": "拒收"}, 
    "weigh_tolerance": {"panel": [{"cadre": 11}, {"cadre": 12}, {"cadre": 13}]},
}  # fmt: skip
# Signatures of a paper: the author's and those of the slots.
SIGNERS = {
    "1": 1, "2": 2, "all members": 3, "2 when refused or left": 2, "3: two askers and the subject, or refusal noted": 3, 
    "2 and the subject, or refusal noted": 3,
}  # fmt: skip


def step(name: str) -> Any:
    return DownPath.node_of(name).step


# RM-ANNOUNCE runs from a public notice, so the notice is an act of its own: docs/decisions/0060-service-by-notice.md.
BY_NOTICE = {"announce_service"}
# "extend · per rule": where a rule gives the extension on request, the person concerned has an act for it; and so has the right
# to see the listed evidence (D-INFORM). docs/decisions/0008-extension-on-request.md, 0011-evidence-on-request.md.
ON_REQUEST = {"ask_extension", "ask_evidence", "show_evidence"}


def test_every_act_of_the_table_is_on_the_path_and_no_other() -> None:
    assert {node.name for node in DownPath.humans()} == set(ROWS) | ON_REQUEST | BY_NOTICE


@pytest.mark.parametrize("name", ROWS)
def test_number_title_role_and_paper_are_those_of_the_table(name: str) -> None:
    row, made = ROWS[name], step(name)
    assert (made.no, made.title, made.document, made.document_title) == (row["no"], row["title"], row["document"], row["document_title"])
    assert made.role == ROLES.get(row["role"], row["role"])
    assert made.name == type(made).__module__.rpartition(".")[2] == name
    assert type(made).__name__ == "".join(word.capitalize() for word in name.split("_"))
    assert hasattr(DownCase, name)


@pytest.mark.parametrize("name", ROWS)
def test_its_period_is_that_of_the_table(name: str) -> None:
    row, made = ROWS[name], step(name)
    named = {f"DN-{part}" if part.isdigit() else part for part in re.findall(r"DN-[A-Z]+(?:-[A-Z0-9]+)*", row["deadline"])}
    if name in PERIODS:
        subjects = [{"kind": "discipline"}, {"kind": "coauthority"}]
        marks = [(), ("visit_1",), ("visit_1", "visit_2")]
        assert {made.deadline_for(case(marks=m), s) for s in subjects for m in marks} == PERIODS[name]
    else:
        assert {made.deadline_for(case(), {})} - {None} == named
    assert {made.deadline, made.minimum, *made.starts} - {None, ""} <= set(known_rules())


# Whom the members' rows or the corrected paper call to sign is told by the tests of these two.
@pytest.mark.parametrize("name", sorted(set(ROWS) - {"record_meeting", "correct_paper"}))
def test_as_many_sign_as_the_table_says(name: str) -> None:
    at = situation(case(settled=TEAM), actor=somebody(11))
    facts = FACTS.get(name, {}) | {"refused": False}
    assert 1 + len(step(name).slots(at, facts)) == SIGNERS[ROWS[name]["signers"]]


@pytest.mark.parametrize("name", ROWS)
def test_every_act_has_a_test_of_its_own(name: str) -> None:
    folder = "anywhere" if ROWS[name]["path"] == "any" else "down"
    assert (Path(__file__).parent / folder / f"test_{name}.py").exists()


def test_a_visit_is_announced_before_it_is_due() -> None:
    waits = [node for node in DownPath._nodes_by_name.values() if isinstance(node, Wait)]
    assert [(node.step.name, node.days) for node in waits] == [("follow_up", 14)]
