"""R4 受理审查: five tests, and an outcome that follows from them."""

from typing import Any

import pytest

from flows.remedy.steps.admit import Admit
from tests.flows.remedy.stand import case, printed, refusal, situation

pytestmark = pytest.mark.django_db
STEP = Admit()
SAMPLE: dict[str, Any] = {
    "person": "yes", "matter": "yes", "time": "yes", "organ": "yes", "material": "yes", "outcome": "accept", "reasons": "符合规定。",
    "missing": "", "just_cause": False, "within_scope": False,
}  # fmt: skip
LATE = {"late": True, "rule": "RM-APPEAL-DIRECT"}


def refused(about: dict[str, Any] | None = None, marks: tuple[str, ...] = (), **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("appeal", state="filed", about=about, marks=marks)))


def test_all_five_are_met_and_it_is_accepted() -> None:
    assert refused() == ("", "")
    assert refused(outcome="refuse") == ("R4-TESTS", "outcome")


@pytest.mark.parametrize("test", ["person", "matter", "organ", "material"])
def test_what_fails_a_test_is_not_accepted(test: str) -> None:
    assert refused(**{test: "no"}) == ("R4-TESTS", "outcome")


@pytest.mark.parametrize("test", ["person", "organ"])
def test_what_fails_a_test_is_refused_with_reasons(test: str) -> None:
    assert refused(**{test: "no"}, outcome="refuse") == ("", "")


def test_incomplete_material_is_asked_for_before_it_is_refused() -> None:
    assert refused(material="no", outcome="refuse") == ("RM-SUPPLEMENT", "outcome")
    assert refused(material="no", outcome="refuse", marks=("supplemented",)) == ("", "")
    assert refused(material="no", outcome="ask_supplement", missing="决定书复印件") == ("", "")
    assert refused(material="no", outcome="ask_supplement") == ("R4-MISSING", "missing")
    assert refused(material="yes", outcome="ask_supplement", missing="决定书复印件") == ("R4-MISSING", "missing")


def test_a_filing_in_time_is_not_called_late() -> None:
    assert refused(time="no", outcome="refuse") == ("RM-APPEAL-DIRECT", "time")


def test_lateness_is_judged_by_a_person() -> None:
    assert refused(LATE) == ("RM-APPEAL-DIRECT", "just_cause")
    assert refused(LATE, just_cause=True) == ("", "")
    assert refused(LATE, time="no", outcome="refuse") == ("", "")


def test_admissibility_of_an_unnamed_matter_is_judged_by_a_person() -> None:
    unnamed = {"named": False, "measure": {"kind": "TO_RANK", "months": 12}}
    assert refused(unnamed) == ("R4-MATTER", "within_scope")
    assert refused(unnamed, within_scope=True) == ("", "")
    assert refused(unnamed, matter="no", outcome="refuse") == ("", "")


@pytest.mark.parametrize(
    ("marks", "accept", "decide"), [((), "RM-ACCEPT", "RM-APPEAL-DECIDE"), (("reappeal",), "RM-REAPPEAL-ACCEPT", "RM-REAPPEAL-DECIDE")]
)
def test_the_time_for_the_decision_runs_from_acceptance(marks: tuple[str, ...], accept: str, decide: str) -> None:
    at = situation(case("appeal", state="filed", marks=marks))
    assert STEP.deadline_for(at.case, {}) == accept
    assert STEP.begins(at, SAMPLE) == {decide: at.today}
    assert STEP.begins(at, SAMPLE | {"outcome": "refuse"}) == {}


@pytest.mark.parametrize(
    ("changes", "title", "text"),
    [
        ({}, "受理通知书", "60日内作出处理决定"), ({"outcome": "refuse", "person": "no"}, "不予受理决定书", "不符合"),
        ({"outcome": "ask_supplement", "material": "no", "missing": "决定书复印件"}, "补正通知书", "15日内补正"),
    ],
)  # fmt: skip
def test_each_outcome_has_its_paper(changes: dict[str, Any], title: str, text: str) -> None:
    html = printed(STEP, SAMPLE | changes, situation(case("appeal", state="filed")))
    assert title in html
    assert text in html


NOT_COMPLETED = {"outcome": "refuse", "material": "no"}


def lapsed(level: str = "appeal", **about: Any) -> Any:
    """Asked for material on the second of March; nothing came."""
    at = situation(case(level, state="lapsed", marks=("lapsed",), about=about))
    at.case.anchors = {"RM-SUPPLEMENT": "2026-03-02"}
    return at


def test_what_was_not_completed_in_time_is_refused_by_a_person_with_reasons_and_the_way_on() -> None:
    assert refusal(STEP, SAMPLE | NOT_COMPLETED, lapsed()) == ("", "")
    html = printed(STEP, SAMPLE | NOT_COMPLETED, lapsed())
    for text in (
        "不予受理决定书", "《补正通知书》已于2026年3月2日送达，补正期限至2026年3月17日届满，期限内没有收到补正材料。", "符合规定。",
        "材料补齐后，可以就同一决定重新提出。提出的期限至2026年4月1日届满；届满以后提出的，写明不可抗力或者其他正当理由",
    ):  # fmt: skip
        assert text in html
    assert "期限届满以后提出的" in printed(STEP, SAMPLE | NOT_COMPLETED, lapsed(last_day=None)), "no period ran"


def test_nothing_came_stands_in_the_form_and_the_outcome_does_not() -> None:
    assert STEP.on_desk(lapsed()) == {"material": "no"}
    assert STEP.on_desk(situation(case("appeal", state="filed"))) == {}


@pytest.mark.parametrize(("level", "word"), [("appeal", "提出的申诉，"), ("reappeal", "提出的再申诉，")])
def test_the_paper_names_what_was_filed(level: str, word: str) -> None:
    html = printed(STEP, SAMPLE, situation(case(level, state="filed")))
    assert word in html
