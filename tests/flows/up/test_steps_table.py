"""Every act of the way up is what the table of steps says: number, title, role, paper, period, signatures."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from flows.anywhere import ANYWHERE, HEARD
from flows.up.case import UpCase
from flows.up.path import UpPath
from tests.flows.up.stand import TEAM, case, member, situation
from workflow_app.law import known_rules
from workflow_app.nodes import Wait

with (Path(__file__).parents[1] / "steps.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["step"]: row for row in csv.DictReader(file) if row["path"] == "up"}
ANYTIME = {one.name for one in ANYWHERE if one not in HEARD}  # there is no hearing on the way up
# Where the period of a row is set: of an item, of the case, or a day that the step itself counts back to.
PERIODS = {
    "report_recommendation": "case", "announce_competition": "case", "announce_examination": "counted back", "post_notice": "case",
    "appoint": "counted back", "answer_check": "item", "give_opinion": "item", "conclude_probation": "item",
}  # fmt: skip


def step(name: str) -> Any:
    return UpPath.node_of(name).step


def test_every_act_of_the_table_is_on_the_path_and_no_other() -> None:
    assert {node.name for node in UpPath.humans()} == set(ROWS) | ANYTIME
    assert len(ROWS) == 29


@pytest.mark.parametrize("name", ROWS)
def test_number_title_role_and_paper_are_those_of_the_table(name: str) -> None:
    row, made = ROWS[name], step(name)
    assert (made.no, made.title, made.document, made.document_title) == (row["no"], row["title"], row["document"], row["document_title"])
    assert (str(made.role), made.name) == (row["role"], type(made).__module__.rpartition(".")[2])
    assert type(made).__name__ == "".join(word.capitalize() for word in name.split("_"))
    assert hasattr(UpCase, name)


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row["deadline"]])
def test_its_period_is_that_of_the_table(name: str) -> None:
    named, made = set(re.findall(r"UP-[A-Z-]+[A-Z]", ROWS[name]["deadline"])), step(name)
    assert named <= set(known_rules())
    if PERIODS[name] == "item":
        given = {made.deadline_for(case(), subject) for subject in ({"check": "discipline", "kind": "coauthority"}, {"check": "archive"})}
        assert named <= given | {made.deadline}


@pytest.mark.parametrize("name", ROWS)
def test_every_act_has_a_test_of_its_own(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").exists()


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row["signers"] == "all members" and name == "examine"])
def test_all_members_sign(name: str) -> None:
    at = situation(case(settled={"plan_examination": TEAM}), actor=member())
    assert [slot.cadre for slot in step(name).slots(at, {})] == [12, 13]


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row["signers"] == "2"])
def test_two_sign(name: str) -> None:
    at = situation(case(settled={"plan_examination": TEAM}), actor=member())
    assert len(step(name).slots(at, {"members": []})) == 1 and step(name).signers == 2


def test_the_conclusion_of_probation_opens_thirty_days_ahead() -> None:
    waits = [node for node in UpPath._nodes_by_name.values() if isinstance(node, Wait)]
    assert [(node.step.name, node.days) for node in waits] == [("conclude_probation", 30)]


def test_the_path_fits_on_one_screen() -> None:
    lines = (Path(__file__).parents[3] / "flows/up/path.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 100
