"""U6 凡提四必."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.announce_examination import CHECKS
from flows.up.steps.close_four_checks import CloseFourChecks
from tests.flows.up.stand import case, moved, printed, refusal, situation
from workflow_app.models import Unit
from workflow_app.steps import Situation

STEP = CloseFourChecks()
SAMPLE: dict[str, Any] = {"outcome": "clear", "remark": "四项均无问题。", "organs": ["2"], "co_authority": ""}
CLEAR = tuple(f"clear_{name}" for name, _, _ in CHECKS)


def at(state: str = "checks", marks: tuple[str, ...] = CLEAR, **values: Any) -> Situation:
    checks = [{"check": name, "title": title, "unit": "机关"} for name, title, _ in CHECKS]
    answers = [{"check": "archive", "answered_on": "2026-03-19", "answer": "无问题", "signer": "郑安", "remark": ""}]
    settled = {"announce_examination": {"checks": checks}, "answer_check": {"answers": answers}}
    return situation(case(state, marks=marks, settled=settled, **values))


def test_four_clear_answers_go_on() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")


@pytest.mark.parametrize("missing", CLEAR)
def test_three_are_not_enough(missing: str) -> None:
    marks = tuple(mark for mark in CLEAR if mark != missing)
    assert refusal(STEP, SAMPLE, at(marks=marks)) == ("U6-CLEAR", "outcome")
    assert moved(case("checks", marks=marks), "close_four_checks", "clear", organs=[{}]) == ""


def test_an_adverse_answer_or_examination_cannot_be_passed_over() -> None:
    assert refusal(STEP, SAMPLE, at("stopping")) == ("U6-CLEAR", "outcome")
    assert moved(case("stopping", marks=CLEAR), "close_four_checks", "clear", organs=[{}]) == ""
    assert refusal(STEP, SAMPLE | {"outcome": "stop"}, at("stopping")) == ("", "")
    assert moved(case("stopping"), "close_four_checks", "stop") == "stopped"


def test_nobody_is_stopped_without_something_adverse() -> None:
    assert refusal(STEP, SAMPLE | {"outcome": "stop"}, at()) == ("U6-STOP", "outcome")


def test_somebody_is_consulted_and_nobody_twice() -> None:
    assert refusal(STEP, SAMPLE | {"organs": []}, at()) == ("U7-ORGANS", "organs")
    assert refusal(STEP, SAMPLE | {"co_authority": "2"}, at()) == ("U7-ORGANS", "co_authority")
    assert refusal(STEP, SAMPLE | {"organs": [], "co_authority": "3"}, at()) == ("", "")


def test_not_while_the_case_stands_still() -> None:
    assert refusal(STEP, SAMPLE, at(suspended_on=date(2026, 3, 19))) == ("X-SUSP", "")


def test_nobody_begins_it_by_hand() -> None:
    assert not STEP.by_hand


@pytest.mark.django_db
def test_the_organs_are_settled_with_their_kind() -> None:
    for key, name in ((2, "市政府党组"), (3, "省交通运输厅党组")):
        Unit.objects.create(pk=key, code=f"T-{key}", name=name, kind="DEPARTMENT", path=f"/{key}/")
    settled = STEP.settle(at(), SAMPLE | {"co_authority": "3"})
    assert [(one["organ_name"], one["kind"]) for one in settled["organs"]] == [("市政府党组", "lead"), ("省交通运输厅党组", "coauthority")]  # type: ignore[attr-defined]


def test_the_form_lists_four_checks_with_date_result_and_signer() -> None:
    html = printed(STEP, SAMPLE, at())
    assert "2026年3月19日" in html and "郑安" in html and html.count("未答复") == 3
