"""D1 整改核查."""

import pytest

from flows.down.steps.check_rectification import CheckRectification
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources

STEP = CheckRectification()
SAMPLE = {"method": "实地查看并调阅台账。", "seen": "按期完工：已完工，有验收单。", "outcome": "improved", "reason": "要求均已落实。"}


def test_the_form_asks_how_it_was_checked_what_was_seen_and_why() -> None:
    assert demanded(STEP) == {"method", "seen", "outcome", "reason"}
    assert refusal(STEP, SAMPLE, situation(case("checking"))) == ("", "")


@pytest.mark.parametrize(("outcome", "state"), [("improved", "settled"), ("not_improved", "triaged")])
def test_improved_ends_the_case_and_not_improved_asks_for_opening(outcome: str, state: str) -> None:
    assert STEP.outcome(situation(), SAMPLE | {"outcome": outcome}) == outcome
    assert moved(STEP, case("checking"), outcome) == state


def test_it_follows_the_reports() -> None:
    assert sources(STEP) == {"checking"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("case_handler", None, False)


def test_the_opinion_shows_method_findings_conclusion_and_reason() -> None:
    html = printed(STEP, SAMPLE, situation())
    for text in ("王建国", "实地查看并调阅台账。", "已完工，有验收单。", "已改进，予以办结", "要求均已落实。"):
        assert text in html
