"""D12 任免通知."""

from typing import Any

import pytest

from flows.down.steps.formalize import Formalize
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources

pytestmark = pytest.mark.django_db
STEP = Formalize()
SAMPLE = {
    "outcome": "done", "ended": "市交通运输局副局长", "begun": "市交通运输局四级调研员", "held": None, "rank": "四级调研员", "done_on": TODAY,
    "waits_for": "",
}  # fmt: skip
WAITS = SAMPLE | {"outcome": "waits", "ended": "", "begun": "", "rank": "", "waits_for": "市人大常委会免职程序"}


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation())


def test_a_post_ended_or_begun_is_enough() -> None:
    assert refused() == refused(begun="") == refused(ended="") == ("", "")


def test_done_says_which_post() -> None:
    assert refused(ended="", begun="") == ("D12-POST", "ended")


def test_waiting_says_for_what() -> None:
    assert refused(outcome="waits") == ("D12-WAITS", "waits_for")
    assert refused(**WAITS) == ("", "")


def test_it_is_not_done_in_the_future() -> None:
    assert refused(done_on=TODAY.replace(day=21)) == ("D12-DATE", "done_on")


def test_the_three_visits_are_counted_from_the_day_it_was_done() -> None:
    assert STEP.starts == dict.fromkeys(("DN-VISIT-1", "DN-VISIT-2", "DN-VISIT-3"), "done_on")
    assert STEP.settle(situation(), SAMPLE) == {"done_on": TODAY}


def test_the_notice_ends_one_post_and_begins_another() -> None:
    html = printed(STEP, SAMPLE, situation())
    for text in (
        "免去王建国的市交通运输局副局长职务。",
        "任命王建国为市交通运输局四级调研员。",
        "2026年3月20日起执行",
        "<h1>任免通知</h1>",
    ):
        assert text in html


def test_waiting_for_the_congress_has_a_paper_of_its_own() -> None:
    html = printed(STEP, WAITS, situation())
    assert "<h1>任免手续待办情况记录</h1>" in html
    assert "须先经市人大常委会免职程序" in html
    assert "免去王建国" not in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"outcome", "done_on"}


def test_it_waits_for_the_congress_or_goes_on_to_pay_or_tracking() -> None:
    assert moved(STEP, case("served", awaited=2), "waits") == "waiting"
    assert moved(STEP, case("waiting", awaited=2), "done") == "served", "placement is still awaited"
    assert moved(STEP, case("served", awaited=1), "done") == "tracking"
    assert moved(STEP, case("served", awaited=1, marks=("pay_changes",)), "done") == "served", "pay comes first"
    assert sources(STEP) == {"served", "waiting"}


def test_the_appointing_organ_issues_a_formal_notice() -> None:
    assert (STEP.role, STEP.deadline, STEP.formal, STEP.open_to_subject) == ("appointing_organ", "DN-FORMAL", True, True)
