"""Votes of a democratic recommendation: how many for whom."""

from __future__ import annotations

from typing import Any

from django import forms

from flows import fields
from flows.paper import Table
from workflow_app.steps import RuleBroken, Situation, type_facts


class VoteRow(forms.Form):
    """One person recommended, and by how many."""

    name = fields.short_text("被推荐人", limit=40)
    post_title = fields.short_text("单位及职务", limit=80)
    votes = fields.number("得票", 0, 10000)


def start(situation: Situation) -> list[dict[str, Any]]:
    """The first row: whom the case is about."""
    cadre = situation.case.cadre
    return [{"name": cadre.name, "post_title": cadre.post_title, "votes": None}]


def check(situation: Situation, facts: type_facts) -> None:
    """No more people than are due, no more votes than people, everybody once, and the person concerned among them."""
    if facts["held_on"] > situation.today:
        raise RuleBroken("日期不能晚于今天。", way_out="办完后再登记。", rule="U2-DATE", field="held_on")
    if facts["present"] > facts["due"]:
        raise RuleBroken("参加人数不能多于应参加人数。", way_out="核对人数。", rule="U2-TALLY", field="present")
    names = [row["name"].strip() for row in facts["votes"]]
    if len(set(names)) != len(names):
        raise RuleBroken("被推荐人有重复。", way_out="每人只列一行。", rule="U2-TALLY", field="votes")
    if any(row["votes"] > facts["present"] for row in facts["votes"]):
        raise RuleBroken("得票不能多于参加人数。", way_out="核对得票。", rule="U2-TALLY", field="votes")
    if situation.case.cadre.name not in names:
        raise RuleBroken(
            f"推荐结果中没有列明{situation.case.cadre.name}。", way_out="列明其得票，没有得票的填0。", rule="U2-TALLY", field="votes"
        )


def kept(facts: type_facts) -> dict[str, Any]:
    """What the report needs."""
    votes = [[row["name"].strip(), row["post_title"], row["votes"]] for row in facts["votes"]]
    return {"held_on": facts["held_on"], "due": facts["due"], "present": facts["present"], "votes": votes}


def table(title: str, votes: list[list[Any]]) -> Table:
    """Most votes first."""
    rows = tuple((str(name), str(post), str(count)) for name, post, count in sorted(votes, key=lambda row: -int(row[2])))
    return Table(title, ("被推荐人", "单位及职务", "得票"), rows)
