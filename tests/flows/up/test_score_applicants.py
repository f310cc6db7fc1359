"""U2c 评分."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from flows.up.steps.score_applicants import ScoreApplicants
from tests.flows.up.stand import case, member, moved, printed, refusal, situation
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = ScoreApplicants()
GROUPS = [["笔试", 40], ["面试", 35], ["民主测评", 25]]


def at(actor: int = 11) -> Situation:
    return situation(case("scoring", marks=("weights_whole",), settled={
        "announce_competition": {"groups": GROUPS, "panel": [11, 12, 13]}, "check_applicants": {"eligible": [31, 32]},
        "apply_for_post": {"applicants": [{"cadre": 31, "name": "报名甲"}, {"cadre": 32, "name": "报名乙"}]},
    }), actor=member(actor))  # fmt: skip


def sample(first: str = "80.00", second: str = "79.99", **changes: Any) -> dict[str, Any]:
    rows = [
        {"cadre": cadre, "group": group, "score": Decimal(score)} for cadre, score in ((31, first), (32, second)) for group, _ in GROUPS
    ]
    return {"scores": rows, "chosen": None, "reason": "", "remark": "评分结束。"} | changes


def test_the_weighted_total_decides() -> None:
    assert refusal(STEP, sample(), at()) == ("", "")
    assert STEP.settle(at(), sample())["winner"] == 31
    assert STEP.settle(at(), sample("79.98", "79.99"))["winner"] == 32


def test_every_group_scores_every_applicant_once() -> None:
    assert refusal(STEP, sample(scores=sample()["scores"][:-1]), at()) == ("U2C-SCORES", "scores")
    assert refusal(STEP, sample(scores=[*sample()["scores"], sample()["scores"][0]]), at()) == ("U2C-SCORES", "scores")


def test_only_a_member_of_the_announced_panel_scores() -> None:
    assert refusal(STEP, sample(), at(actor=14)) == ("U2C-PANEL", "")


def test_a_tie_is_decided_among_the_tied_and_with_a_reason() -> None:
    tied = sample("80", "80")
    assert refusal(STEP, tied, at()) == ("U2C-TIE", "chosen")
    assert refusal(STEP, tied | {"chosen": 32}, at()) == ("U2C-TIE", "chosen")
    assert refusal(STEP, tied | {"chosen": 32, "reason": "基层经历更丰富。"}, at()) == ("", "")
    assert STEP.settle(at(), tied | {"chosen": 32, "reason": "基层经历更丰富。"})["winner"] == 32


def test_without_a_tie_nobody_is_chosen_by_hand() -> None:
    assert refusal(STEP, sample(chosen=32, reason="另选。"), at()) == ("U2C-TIE", "chosen")


def test_all_other_members_of_the_panel_sign() -> None:
    assert [slot.cadre for slot in STEP.slots(at(), sample())] == [12, 13]


def test_the_case_goes_on_about_the_winner() -> None:
    here = at().case
    here.settled["score_applicants"] = {"winner": 31}
    here.score_applicants("done")  # type: ignore[attr-defined]
    assert (here.cadre_id, here.state) == (31, "qualifying")


def test_scores_without_whole_weights_are_not_lawful() -> None:
    assert moved(case("scoring"), "score_applicants", winner=31) == ""


def test_the_paper_ranks_with_all_scores(people: dict[int, str]) -> None:
    html = printed(STEP, sample(), at())
    assert html.index("报名甲") < html.index("报名乙") and "笔试（40%）" in html and "79.99" in html
