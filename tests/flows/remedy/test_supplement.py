"""R4 补正: completed, or lapsed."""

import pytest

from flows.remedy.steps.supplement import Supplement
from tests.flows.remedy.stand import case, printed, refusal, situation

pytestmark = pytest.mark.django_db
STEP = Supplement()
SAMPLE = {"text": "补交决定书复印件。", "enclosures": [{"name": "决定书.pdf", "size": 4096, "sha256": "cd" * 32}]}
AT = situation(case("appeal", state="supplementing", settled={"admit": {"missing": "决定书复印件"}}))
AT.case.anchors = {"RM-SUPPLEMENT": "2026-03-02"}


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
    assert STEP.begins(AT, silent) == {"RM-ACCEPT": AT.today}, "from now on the organ has its time to say so in writing"


def test_the_papers() -> None:
    assert "决定书.pdf" in printed(STEP, SAMPLE, AT)
    lapsed = printed(STEP, STEP.silence(AT), AT)
    for text in ("期满未补正情况记录", "补正期限至2026年3月17日届满", "是否受理，由受理机关审查后书面决定", "决定书复印件"):
        assert text in lapsed
