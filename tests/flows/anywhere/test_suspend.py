"""X 中止."""

import pytest

from flows.anywhere.steps.suspend import Suspend
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from tests.story import TO_MEETING, Town, act, begin, fresh, open_case, run
from workflow_app import conduct
from workflow_app.models import Deadline, Document
from workflow_app.steps import Refused

STEP = Suspend()
SAMPLE = {"outcome": "suspended", "ground": "illness", "reason": "本人住院治疗。", "expected_on": None}


def test_the_form_asks_for_a_reasoned_ground() -> None:
    assert demanded(STEP) == {"outcome", "ground", "reason"}


def test_a_case_is_not_suspended_twice() -> None:
    assert refusal(STEP, SAMPLE, situation()) == ("", "")
    assert refusal(STEP, SAMPLE, situation(case(suspended_on=TODAY))) == ("X-SUSP", "")


@pytest.mark.parametrize(
    ("state", "kind", "rule"), [("pending", "REMOVE", ""), ("pending", "DEMOTE", "GSL-52"), ("verifying", "REMOVE", "GSL-52")]
)
def test_only_a_removal_goes_on_beside_a_filed_investigation(state: str, kind: str, rule: str) -> None:
    at = situation(case(state, settled={"propose": {"kind": kind}}))
    assert refusal(STEP, SAMPLE | {"outcome": "go_on"}, at) == (rule, "outcome" if rule else "")


def test_two_handlers_sign_and_the_cadre_reads_it() -> None:
    assert (STEP.role, STEP.open_to_subject) == ("case_handler", True)
    assert [slot.role for slot in STEP.slots(situation(), SAMPLE)] == ["case_handler"]
    html = printed(STEP, SAMPLE | {"expected_on": TODAY}, situation(), "anywhere")
    for text in ("<h1>中止办理通知书</h1>", "王建国", "本人患病", "本人住院治疗。", "法定期限和本人的权利期限不受影响", "2026年3月20日"):
        assert text in html
    assert "<h1>不予中止说明</h1>" in printed(STEP, SAMPLE | {"outcome": "go_on"}, situation(), "anywhere")


def test_it_leaves_every_state_but_the_pending_one_as_it_is() -> None:
    assert {moved(STEP, case(state), "suspended") == state for state in sources(STEP) - {"pending"}} == {True}
    assert moved(STEP, case("pending"), "go_on") == "deliberation"
    assert moved(STEP, case("pending", marks=("objected",)), "suspended") == "heard"


@pytest.mark.django_db
def test_internal_clocks_stop_and_legal_ones_do_not(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:9])
    begin(town, opened, "suspend", by="case_handler1")
    assert fresh(opened).suspended_on == town.today
    least, most = (Deadline.objects.get(case=opened, rule_id=f"DN-LEGAL-{which}") for which in ("MIN", "MAX"))
    assert most.fires_at is None, "internal: held"
    assert least.last_day < most.last_day


@pytest.mark.django_db
def test_the_time_to_answer_runs_on_and_its_end_is_recorded_as_silence(town: Town) -> None:
    heard = run(town, open_case(town), *TO_MEETING[:6])
    begin(town, heard, "suspend", by="case_handler1")
    period = Deadline.objects.get(case=heard, rule_id="DN-HEARING")
    assert conduct.expire(period.pk, at=period.fires_at) == "record_silence"
    assert fresh(heard).state == "heard"


@pytest.mark.django_db
def test_a_suspended_case_admits_only_the_cadres_own_acts(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:6])
    begin(town, opened, "suspend", by="case_handler1")
    act(town, opened, "answer")
    with pytest.raises(Refused, match="中止办理"):
        act(town, opened, "weigh_answer")
    assert Document.objects.filter(case=opened, code="D-STMT").exists()


@pytest.mark.django_db
def test_suspended_papers_wait_for_their_further_signatures(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:8])
    begin(town, opened, "suspend", by="case_handler1")
    with pytest.raises(Refused, match="中止办理"):
        act(town, opened, "propose")


@pytest.mark.django_db
def test_a_closed_case_is_not_suspended(town: Town) -> None:
    opened = open_case(town, outcome="no_case")
    with pytest.raises(Refused, match="已经办结"):
        conduct.begin(opened, "suspend", by=town.people["case_handler1"], at=town.at, key="late")
