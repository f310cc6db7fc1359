"""R4 补正: completed, or lapsed."""

import pytest

from flows.remedy.steps.supplement import Supplement
from tests.flows.remedy.stand import case, printed, refusal, situation

pytestmark = pytest.mark.django_db
STEP = Supplement()
SAMPLE = {"text": "补交决定书复印件。", "enclosures": [{"name": "决定书.pdf", "size": 4096, "sha256": "cd" * 32}]}
AT = situation(case("appeal", state="supplementing", settled={"admit": {"missing": "决定书复印件"}}))


def test_it_says_what_is_put_in() -> None:
    assert refusal(STEP, SAMPLE, AT) == ("", "")
    assert refusal(STEP, SAMPLE | {"text": "  "}, AT) == ("R4-SUPPLEMENT", "text")


def test_completing_starts_the_period_for_acceptance_anew() -> None:
    assert STEP.begins(AT, SAMPLE) == {"RM-ACCEPT": AT.today}
    again = situation(case("reappeal", state="supplementing", settled={"admit": {"missing": "x"}}))
    assert STEP.begins(again, SAMPLE) == {"RM-REAPPEAL-ACCEPT": AT.today}


def test_nobody_lapses_but_by_expiry() -> None:
    silent = STEP.silence(AT)
    assert (STEP.outcome(AT, SAMPLE), STEP.outcome(AT, silent)) == ("supplemented", "lapsed")
    assert STEP.begins(AT, silent) == {}


def test_the_papers() -> None:
    assert "决定书.pdf" in printed(STEP, SAMPLE, AT)
    lapsed = printed(STEP, STEP.silence(AT), AT)
    assert "不予受理决定书" in lapsed
    assert "决定书复印件" in lapsed
