"""D1 诫勉."""

from datetime import datetime
from typing import Any

import pytest

from flows.down.steps.admonish import Admonish
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.clock import TZ

STEP = Admonish()
SAMPLE = {"given_on": TODAY, "facts_found": "未按时完成重点项目。\n未如实报告。", "requirement": "提交书面检查并整改。", "outcome": "given"}


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("to_admonish")))


def test_the_form_asks_for_day_facts_and_requirement() -> None:
    assert demanded(STEP) == {"given_on", "facts_found", "requirement", "outcome"}


def test_an_admonition_was_given_not_planned() -> None:
    assert refused() == ("", "")
    assert refused(given_on=TODAY.replace(day=21)) == ("D1-DATE", "given_on")


@pytest.mark.parametrize(("outcome", "then"), [("given", "checking"), ("given_with_report", "rectifying")])
def test_a_self_review_follows_and_a_report_where_asked(outcome: str, then: str) -> None:
    told = case("to_admonish")
    assert moved(STEP, told, outcome) == "admonished"
    told.review_oneself("filed")
    assert told.state == then


def test_it_is_taken_when_triage_said_so() -> None:
    assert sources(STEP) == {"to_admonish"}


def test_self_review_report_and_bar_count_from_the_day_it_was_given() -> None:
    assert STEP.starts == dict.fromkeys(("DN-SELFREV", "DN-RECTIFY", "DN-ADM-BAR"), "given_on")
    assert STEP.settle(situation(), SAMPLE) == {"requirement": "提交书面检查并整改。"}


@pytest.mark.django_db
def test_the_cadre_reads_facts_requirement_and_how_long_promotion_is_barred() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, situation())
    for text in ("未按时完成重点项目。", "未如实报告。", "提交书面检查并整改。", "5个工作日", "6个月（地方规定），至2026年9月20日止"):
        assert text in html


def test_the_day_is_not_before_the_clue_was_registered() -> None:
    opened = case("to_admonish", created=datetime(2026, 3, 19, 9, tzinfo=TZ))
    assert refusal(STEP, SAMPLE | {"given_on": TODAY.replace(day=19)}, situation(opened)) == ("", "")
    assert refusal(STEP, SAMPLE | {"given_on": TODAY.replace(day=18)}, situation(opened)) == ("D1-DATE", "given_on")
