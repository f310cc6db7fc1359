"""Which duties exclude each other in a case: written out once more, so that a rule cannot vanish from the table."""

from itertools import product

import pytest

from flows.roles import Duty
from flows.rules.separation import broken_by

EXCLUDED = {
    (Duty.INVESTIGATOR, Duty.LEGAL_REVIEWER): "SD-2",
    (Duty.INVESTIGATOR, Duty.DECISION_MAKER): "SD-3",
    (Duty.LEGAL_REVIEWER, Duty.DECISION_MAKER): "SD-3",
    (Duty.INVESTIGATOR, Duty.TOLERANCE_PANEL): "SD-8",
}


@pytest.mark.parametrize(("had", "new"), list(product(Duty, Duty)))
def test_every_pair_of_duties_is_allowed_or_excluded_in_both_directions(had: Duty, new: Duty) -> None:
    conflict = broken_by([had], new)
    assert (conflict.rule if conflict else None) == (EXCLUDED.get((had, new)) or EXCLUDED.get((new, had)))
    assert conflict is None or (conflict.reason and conflict.way_out)


def test_one_harmless_duty_does_not_hide_an_excluded_one() -> None:
    assert broken_by([Duty.REPORTER, Duty.AUTHOR, Duty.INVESTIGATOR], Duty.DECISION_MAKER) is not None


def test_a_newcomer_may_take_on_every_duty() -> None:
    assert [broken_by([], duty) for duty in Duty] == [None] * len(Duty)
