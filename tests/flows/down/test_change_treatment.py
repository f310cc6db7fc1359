"""D12 待遇变更."""

from flows.down.steps.change_treatment import ChangeTreatment
from flows.roles import Role
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, situation, sources

STEP = ChangeTreatment()
SAMPLE = {
    "before": "县处级副职", "after": "乡科级正职", "pay_before": "职务工资四档", "pay_after": "职务工资二档", "from_on": TODAY, "ground": "调整决定书",
}  # fmt: skip


def test_it_is_taken_only_when_pay_changes() -> None:
    assert STEP.wanted(case(marks=("pay_changes",)))
    assert not STEP.wanted(case())


def test_a_second_handler_checks_it() -> None:
    assert [slot.role for slot in STEP.slots(situation(), SAMPLE)] == [Role.CASE_HANDLER]
    assert STEP.signers == 2


def test_the_form_shows_both_levels_and_both_pays() -> None:
    html = printed(STEP, SAMPLE, situation())
    for text in ("王建国", "2026年3月20日", *(str(SAMPLE[name]) for name in ("before", "after", "pay_before", "pay_after", "ground"))):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"before", "after", "pay_before", "pay_after", "from_on", "ground"}


def test_pay_is_changed_once_and_tracking_begins_when_nothing_else_is_awaited() -> None:
    changed = case("served", awaited=1, marks=("pay_changes",))
    assert moved(STEP, changed) == "tracking"
    assert not changed.has("pay_changes")
    assert moved(STEP, case("served", awaited=2, marks=("pay_changes",))) == "served"
    assert sources(STEP) == {"served"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("case_handler", None, True)
