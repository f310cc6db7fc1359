"""D8 合法性审查."""

from typing import Any

import pytest

from flows.down.steps.review_legality import CHECKED, Reviewed, ReviewLegality
from flows.roles import Duty
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources

STEP = ReviewLegality()
SAMPLE: dict[str, Any] = {**dict.fromkeys(CHECKED, "ok"), "outcome": "pass", "opinion": "程序合法，证据充分。"}


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("proposed")))


def test_the_form_asks_for_every_item_and_an_opinion() -> None:
    assert demanded(STEP) == {"competence", "procedure", "substance", "evidence", "hearing", "deadlines", "recusal", "outcome", "opinion"}


@pytest.mark.parametrize("item", CHECKED)
@pytest.mark.parametrize("mark", ["mend", "bad"])
def test_only_a_clean_list_passes(item: str, mark: str) -> None:
    assert refused() == ("", "")
    assert refused(**{item: mark}) == ("D8-CLEAN", "outcome")


@pytest.mark.parametrize("outcome", [one for one in Reviewed.values if one != "pass"])
def test_whoever_does_not_pass_it_says_where_it_fails(outcome: str) -> None:
    assert refused(outcome=outcome) == ("D8-GROUND", "outcome")
    assert refused(outcome=outcome, evidence="mend") == ("", "")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("pass", "reviewed"), ("correct", "heard"), ("supplement_evidence", "verifying"), ("supplement_proposal", "heard"),
        ("unlawful_change", "heard"), ("unlawful_end", "rejected"),
    ],
)  # fmt: skip
def test_only_a_pass_lets_the_proposal_go_on(outcome: str, state: str) -> None:
    reviewed = case("proposed")
    assert moved(STEP, reviewed, outcome) == state
    assert reviewed.has("review_passed") is (outcome == "pass")
    assert sources(STEP) == {"proposed"}


def test_the_reviewer_has_at_least_seven_and_at_most_fifteen_days() -> None:
    assert (STEP.role, STEP.duty, STEP.minimum, STEP.deadline) == ("legal_reviewer", Duty.LEGAL_REVIEWER, "DN-LEGAL-MIN", "DN-LEGAL-MAX")
    assert STEP.wanted(case("proposed", switches={"legal_review": True}))
    assert not STEP.wanted(case("proposed", switches={"legal_review": False}))


def test_sent_back_for_evidence_verification_is_due_anew() -> None:
    assert STEP.begins(situation(), SAMPLE | {"outcome": "supplement_evidence"}) == {"DN-VERIFY": TODAY}
    assert STEP.begins(situation(), SAMPLE) == {}
    assert STEP.settle(situation(), SAMPLE) == {"conclusion": "pass"}


def test_the_opinion_stays_inside_and_shows_every_item() -> None:
    assert not STEP.open_to_subject
    html = printed(STEP, SAMPLE | {"outcome": "supplement_evidence", "evidence": "mend", "substance": "bad"}, situation(case("proposed")))
    for text in ("王建国", "退回补充证据", "程序合法，证据充分。", *CHECKED.values(), "符合", "需补正", "不符合"):
        assert text in html
