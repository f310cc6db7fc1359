"""What happens when a period ends: exactly what deadlines.csv says, and never an approval."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.flows.test_deadlines import ROWS, done
from tests.flows.test_deadlines import STORIES as OPENED
from tests.story import TO_MEETING, Town, act, fresh, item_of, open_case, run
from workflow_app import conduct
from workflow_app.models import Case, Deadline, Document, Event, Record, WorkItem
from workflow_app.nodes import PATHS
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
# A clue is registered and its period over in one act, unless the approver sends it back.
STORIES = OPENED | {"DN-TRIAGE": done(("approve_opening", {"outcome": "return"}))}
# Names of outcomes that take a decision in somebody's stead.
APPROVALS = {
    "approve", "pass", "pass_after_correction", "adopt", "adopt_lighter", "propose", "established", "appointed", "confirm", "confirmed",
    "clear", "accept", "uphold", "granted", "exonerated", "enough", "proceed", "no_objection", "agree", "open", "improved",
}  # fmt: skip
FIRED = sorted(rule for rule in STORIES if ROWS[rule]["expiry_action"] not in ("allow", "none", "block"))
WAITING = {"DN-VISIT-1", "DN-VISIT-2"}  # timers that open an item on the day; when the item is late it is escalated


def outcomes(case: Case) -> list[str]:
    return list(Record.objects.filter(case=case, kind="ACT").order_by("seq").values_list("outcome", flat=True))


@pytest.mark.parametrize("rule", FIRED)
def test_expiry_does_what_the_table_says_once_and_approves_nothing(town: Town, rule: str) -> None:
    case, _ = STORIES[rule](town)
    before = outcomes(case)
    over = Deadline.objects.filter(case=case, rule_id=rule, closed_at=None, fired_at=None).latest("id")
    assert conduct.expire(over.pk, at=over.fires_at - timedelta(seconds=1)) == "", "not before its end"
    done = conduct.expire(over.pk, at=over.fires_at)
    assert done == ("open_item" if rule in WAITING else ROWS[rule]["expiry_action"])
    assert conduct.expire(over.pk, at=over.fires_at) == "", "once"
    assert not set(outcomes(case)[len(before) :]) & APPROVALS


@pytest.mark.parametrize(
    "rule", [rule for rule in FIRED if ROWS[rule]["expiry_action"] == "escalate" and rule not in {*WAITING, "DN-SELFREV"}]
)
def test_what_is_late_is_reported_and_stays_where_it_is(town: Town, rule: str) -> None:
    case, _ = STORIES[rule](town)
    state, acts = case.state, len(outcomes(case))
    over = Deadline.objects.filter(case=case, rule_id=rule, closed_at=None).latest("id")
    conduct.expire(over.pk, at=over.fires_at)
    item = WorkItem.objects.get(pk=over.item_id)
    assert (item.status in ("NEW", "ASSIGNED"), item.escalated_at) == (True, over.fires_at)
    assert (fresh(case).state, len(outcomes(case))) == (state, acts)
    leader = item_desk(case)
    assert Event.objects.filter(topic=f"desk:{leader}", ref=case.pk, at=over.fires_at).exists()


def item_desk(case: Case) -> int:
    return conduct.expiry.desk_for("org_leader", [case.organ_id])  # type: ignore[attr-defined]


def test_the_silence_of_an_organ_is_consent_under_the_two_named_rules_only(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conduct.expiry, "DEEMED", frozenset({"UP-COAUTH"}))  # type: ignore[attr-defined]
    case, _ = STORIES["DN-COAUTH"](town)
    over, acts = Deadline.objects.get(case=case, rule_id="DN-COAUTH"), len(outcomes(case))
    assert conduct.expire(over.pk, at=over.fires_at) == "escalate"
    assert len(outcomes(case)) == acts and WorkItem.objects.get(pk=over.item_id).status == "NEW"


def test_the_silence_of_the_person_is_an_act_under_the_named_actions_only(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conduct.expiry, "SILENCES", frozenset())  # type: ignore[attr-defined]
    case, _ = STORIES["DN-RECTIFY"](town)
    over, acts = Deadline.objects.get(case=case, rule_id="DN-RECTIFY"), len(outcomes(case))
    conduct.expire(over.pk, at=over.fires_at)
    assert len(outcomes(case)) == acts and WorkItem.objects.get(pk=over.item_id).status == "NEW"


def test_that_nobody_is_there_is_reported_once_and_not_of_work_that_is_done(town: Town) -> None:
    case = open_case(town)
    item = item_of(case, "approve_opening")
    for _ in range(2):
        conduct.report_nobody(item.pk, at=town.at)
    told = Record.objects.filter(case=case, kind="ESCALATE", outcome="nobody")
    assert told.count() == 1
    act(town, case, "approve_opening")
    WorkItem.objects.filter(pk=item.pk).update(escalated_at=None)
    conduct.report_nobody(item.pk, at=town.at)
    assert told.count() == 1


def test_a_written_review_that_is_missing_is_recorded_and_reported(town: Town) -> None:
    case, _ = STORIES["DN-SELFREV"](town)
    over = Deadline.objects.get(case=case, rule_id="DN-SELFREV")
    assert conduct.expire(over.pk, at=over.fires_at) == "escalate"
    assert outcomes(case)[-1] == "silent"
    assert Record.objects.filter(case=case, kind="ESCALATE", step="review_oneself").exists()
    assert Document.objects.filter(case=case).count() == len(outcomes(case))


def test_no_rectification_report_opens_the_organization_s_own_check(town: Town) -> None:
    case, _ = STORIES["DN-RECTIFY"](town)
    over = Deadline.objects.get(case=case, rule_id="DN-RECTIFY")
    assert conduct.expire(over.pk, at=over.fires_at) == "open_item"
    assert outcomes(case)[-1] == "silent"
    assert item_of(case, "check_rectification")


def test_only_the_two_named_rules_know_deemed_consent() -> None:
    named = {rule for rule, row in ROWS.items() if row["expiry_action"] == "deem_consent"}
    assert named == conduct.expiry.DEEMED == {"UP-COAUTH", "DN-COAUTH"}  # type: ignore[attr-defined]


def test_a_law_table_that_deems_any_other_consent_is_not_obeyed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = run(town, open_case(town), *TO_MEETING[:8], ("propose", {"co_authority": str(town.partner.pk)}), "review_legality")
    run(town, case, "ask_opinion", "ask_opinion")
    over = Deadline.objects.get(case=case, rule_id="DN-COAUTH")
    monkeypatch.setattr(conduct.expiry, "DEEMED", frozenset({"UP-COAUTH"}))  # type: ignore[attr-defined]
    assert conduct.expire(over.pk, at=over.fires_at) == "escalate"
    assert fresh(case).state == "consulting"


def test_no_step_s_silence_is_an_approval(town: Town) -> None:
    case = open_case(town)
    for path in PATHS.values():
        for node in path.humans():
            try:
                silent = node.step.silence(Situation(case, None, town.at, {"rule": "DN-COAUTH"}))
            except (KeyError, AttributeError, TypeError):
                continue  # asks for facts that this case does not have; the stories above tell it
            if silent is not None:
                assert str(silent.get("outcome")) not in APPROVALS


def test_a_restriction_that_ends_is_noted_and_moves_nothing(town: Town) -> None:
    case, _ = STORIES["DN-BAR-REMOVE"](town)
    bar = Deadline.objects.get(case=case, rule_id="DN-BAR-REMOVE")
    state = fresh(case).state
    assert conduct.expire(bar.pk, at=bar.fires_at + timedelta(days=40)) == "end_bar"
    noted = Record.objects.get(case=case, kind="TIMER", outcome="end_bar")
    assert (noted.at, fresh(case).state) == (bar.fires_at, state), "as of its own end, whenever the worker wakes"


def test_an_item_opened_by_a_late_worker_is_due_as_if_it_had_been_in_time(town: Town) -> None:
    case, _ = STORIES["DN-INQ-REPLY"](town)
    over = Deadline.objects.get(case=case, rule_id="DN-INQ-REPLY")
    conduct.expire(over.pk, at=over.fires_at + timedelta(days=3))
    late = {item.step: item.created for item in WorkItem.objects.filter(process=case, status__in=("NEW", "ASSIGNED"))}
    assert set(late.values()) == {over.fires_at}


def test_a_period_whose_act_was_done_in_time_does_not_fire(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    over = Deadline.objects.get(case=case, rule_id="DN-HEARING")
    act(town, case, "answer")
    assert conduct.expire(over.pk, at=over.fires_at) == ""
