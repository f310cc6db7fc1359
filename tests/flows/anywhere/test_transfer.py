"""X 移送."""

import pytest

from flows.anywhere.steps.transfer import Transfer
from flows.down.states import FINAL
from flows.roles import Duty
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources
from tests.story import TO_MEETING, Town, act, begin, fresh, open_case, run
from workflow_app.models import Deadline, Document, WorkItem
from workflow_app.steps import Situation

STEP = Transfer()


def test_the_form_asks_for_organ_clue_and_material() -> None:
    assert demanded(STEP) == {"organ", "clue", "material"}
    assert refusal(STEP, {"organ": "31", "clue": "涉嫌违规审批。", "material": "台账"}, situation()) == ("", "")


def test_author_and_approver_are_two_people() -> None:
    assert (STEP.role, STEP.duty, STEP.open_to_subject) == ("org_leader", Duty.AUTHOR, False)
    assert [(slot.role, slot.duty) for slot in STEP.slots(situation(), {})] == [("org_leader", Duty.APPROVER)]


def test_it_ends_the_case_from_any_running_state() -> None:
    running = sources(STEP) - FINAL
    assert {"clue", "verifying", "pending", "served", "tracking"} <= running
    assert {moved(STEP, case(state)) for state in running} == {"transferred"}


@pytest.mark.django_db
def test_a_clue_of_a_violation_ends_the_case_and_withdraws_all_that_is_open(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:9])
    begin(town, opened, "transfer", by="org_leader1", organ=str(town.discipline.pk))
    opened = fresh(opened)
    assert (opened.state, opened.status) == ("transferred", "DONE")
    assert not WorkItem.objects.filter(process=opened, status__in=("NEW", "ASSIGNED", "SCHEDULED")).exists()
    assert not Deadline.objects.filter(case=opened, fires_at__isnull=False, item__isnull=False).exists()


@pytest.mark.django_db
def test_triage_and_findings_may_ask_for_it_as_well(town: Town) -> None:
    opened = open_case(town, outcome="transfer")
    act(town, opened, "transfer")
    assert fresh(opened).state == "transferred"


@pytest.mark.django_db
def test_the_letter_goes_to_the_organ_with_clue_and_material(town: Town) -> None:
    opened = open_case(town)
    facts = {"organ": str(town.discipline.pk), "clue": "涉嫌违规审批。\n另有一笔资金去向不明。", "material": "台账复印件"}
    html = printed(STEP, facts, Situation(opened, None, town.at, {}), "anywhere")
    for text in ("市纪委监委", opened.number, "涉嫌违规审批。", "另有一笔资金去向不明。", "王建国", "台账复印件"):
        assert text in html
    form = STEP.Facts(situation=Situation(opened, None, town.at, {}))
    assert {value for value, _ in form.fields["organ"].choices} - {""} == {str(town.discipline.pk), str(town.partner.pk)}
    assert not Document.objects.filter(case=opened, code="X-XFER").exists()
