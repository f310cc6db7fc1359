"""R5 审理: six heads, one vote a member, the opinion is the majority's, all sign."""

from typing import Any

import pytest

from tests.flows.remedy.story import appealed, committee, entered, file, go, votes
from tests.story import Town
from workflow_app.models import Document
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


def panel(town: Town) -> Any:
    return go(town, file(town, entered(town), "appeal"), "admit", "serve_decision", "form_committee")


def refused(town: Town, case: Any, **changes: Any) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as said:
        go(town, case, ("hear", changes))
    return said.value.rule, said.value.field


def test_every_member_votes_once(town: Town) -> None:
    case, all_of_them = panel(town), votes(town, "uphold")
    assert refused(town, case, votes=all_of_them[:2]) == ("R5-VOTE", "votes")
    assert refused(town, case, votes=[*all_of_them[:2], all_of_them[0]]) == ("R5-VOTE", "votes")
    assert refused(town, case, votes=votes(town, "uphold", count=5)) == ("R5-VOTE", "votes")


def test_the_opinion_is_what_most_voted_for(town: Town) -> None:
    case = panel(town)
    split = [*votes(town, "revoke")[:2], votes(town, "uphold")[2]]
    assert refused(town, case, votes=split, outcome="uphold") == ("R5-VOTE", "outcome")
    assert go(town, case, ("hear", {"votes": split, "outcome": "revoke"})).settled["hear"]["outcome"] == "revoke"


def test_all_members_sign_and_the_paper_shows_heads_and_votes(town: Town) -> None:
    case = go(town, panel(town), "hear")
    paper = Document.objects.get(case=case, step="hear").content
    assert len(paper["paper"]["signatures"]) == 3
    for text in ("事实和证据", "适用规定", "程序", "是否显失公正", "是否超越或者滥用职权", "复核决定（经复核的）"):
        assert text in str(paper["content"])


def test_the_decision_of_an_earlier_remedy_is_looked_at_as_well(town: Town) -> None:
    decision = entered(town)
    appealed(town, decision, "uphold")
    case = go(town, file(town, decision, "reappeal"), "admit", "serve_decision", ("form_committee", {"committee": committee(town, "prov")}))
    said = {"votes": votes(town, "uphold", "prov"), "review_head": ""}
    assert refused(town, case, **said) == ("R5-HEADS", "review_head")


def test_nothing_heavier_is_even_proposed(town: Town) -> None:
    worse = {"kind": "DEMOTE", "months": 36, "rank_steps": 2, "pay_cut": 0}
    assert refused(town, panel(town), votes=votes(town, "change"), outcome="change", **worse) == ("SD-18", "kind")


def test_a_remand_says_where_to_begin(town: Town) -> None:
    assert refused(town, panel(town), votes=votes(town, "remand"), outcome="remand") == ("R6-REMAND", "back_to")
