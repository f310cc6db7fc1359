"""Which duties exclude each other in a case: written out once more, so that a rule cannot vanish from the table."""

from itertools import product

import pytest

from flows.roles import Duty
from flows.rules.separation import broken_by
from workflow_app.hands import EARLIER

EXCLUDED = {
    (Duty.INVESTIGATOR, Duty.LEGAL_REVIEWER): "SD-2",
    (Duty.INVESTIGATOR, Duty.DECISION_MAKER): "SD-3",
    (Duty.LEGAL_REVIEWER, Duty.DECISION_MAKER): "SD-3",
    (Duty.INVESTIGATOR, Duty.TOLERANCE_PANEL): "SD-8",
    (Duty.PANELIST, Duty.DECISION_MAKER): "SD-3",
    **{(Duty.APPLICANT, duty): "SD-9" for duty in Duty if duty != Duty.APPLICANT},
    (Duty.ADMITTER, Duty.COMMITTEE_MEMBER): "SD-6",
    (Duty.COMMITTEE_MEMBER, Duty.APPEAL_DECIDER): "SD-19",
}
# Duties of a remedy that nobody takes on who had any hand in the decision or in an earlier remedy.
FRESH = {
    Duty.REVIEW_HANDLER: "SD-4", Duty.ADMITTER: "SD-5", Duty.COMMITTEE_MEMBER: "SD-6", Duty.APPEAL_DECIDER: "SD-7",
}  # fmt: skip


@pytest.mark.parametrize(("had", "new"), list(product(Duty, Duty)))
def test_every_pair_of_duties_is_allowed_or_excluded_in_both_directions(had: Duty, new: Duty) -> None:
    conflict = broken_by([had], new)
    assert (conflict.rule if conflict else None) == (EXCLUDED.get((had, new)) or EXCLUDED.get((new, had)))
    assert conflict is None or (conflict.reason and conflict.way_out)


@pytest.mark.parametrize(("had", "new"), list(product(Duty, Duty)))
def test_whoever_had_a_hand_in_the_decision_stays_out_of_its_remedies(had: Duty, new: Duty) -> None:
    conflict = broken_by([EARLIER + had], new)
    assert (conflict.rule if conflict else None) == FRESH.get(new)


def test_one_harmless_duty_does_not_hide_an_excluded_one() -> None:
    assert broken_by([Duty.REPORTER, Duty.AUTHOR, Duty.INVESTIGATOR], Duty.DECISION_MAKER) is not None


def test_a_newcomer_may_take_on_every_duty() -> None:
    assert [broken_by([], duty) for duty in Duty] == [None] * len(Duty)
