"""X 撤回陈述."""

from typing import Any

import pytest

from flows.anywhere.steps.withdraw_statement import WithdrawStatement
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation
from tests.story import TO_MEETING, Town, act, begin, fresh, item_of, key, open_case, run
from workflow_app import conduct
from workflow_app.models import Document, Record
from workflow_app.steps import Refused

STEP = WithdrawStatement()
SAMPLE = {"reason": "与组织沟通后不再坚持。", "voluntary": True}
FILED = {"answer": {"filed": True}}


def refused(settled: dict[str, Any] = FILED, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("weighing", settled=settled)))


def test_the_form_demands_nothing_but_a_free_will() -> None:
    assert demanded(STEP) == set()
    assert refused() == ("", "")
    assert refused(voluntary=False) == ("X-SWD", "voluntary")


def test_there_is_a_statement_to_withdraw() -> None:
    assert refused({}) == refused({"answer": {"filed": False}}) == ("X-SWD", "")


def test_not_after_the_decision() -> None:
    assert refused(FILED | {"decide": {"decided_on": "2026-03-20"}}) == ("X-SWD", "")


def test_not_twice() -> None:
    assert refused(FILED | {"withdraw_statement": STEP.settle(situation(), SAMPLE)}) == ("X-SWD", "")


def test_only_a_representative_with_that_power_withdraws_for_the_cadre() -> None:
    assert STEP.withdraws


def test_the_paper_says_that_the_record_stays() -> None:
    assert (STEP.role, STEP.open_to_subject, moved(STEP, case("weighing"))) == ("subject", True, "weighing")
    html = printed(STEP, SAMPLE, situation(), "anywhere")
    for text in ("<h1>撤回陈述申请</h1>", "王建国", "与组织沟通后不再坚持。", "原陈述记录", "保留"):
        assert text in html


@pytest.mark.django_db
def test_the_statement_stays_in_the_file(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:7])
    begin(town, opened, "withdraw_statement", by="wang", voluntary=True)
    assert Document.objects.filter(case=opened, code="D-STMT").exists()
    assert Record.objects.filter(case=opened, step="answer", kind="ACT").exists()
    assert fresh(opened).state == "weighing"
    with pytest.raises(Refused, match="已经撤回"):
        begin(town, opened, "withdraw_statement", by="wang", voluntary=True)


@pytest.mark.django_db
def test_a_statement_in_a_new_hearing_may_be_withdrawn_anew(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:7])
    begin(town, opened, "withdraw_statement", by="wang", voluntary=True)
    heavier = {"kind": "DEMOTE", "months": 24}
    run(town, opened, "weigh_answer", ("propose", heavier), "inform_cadre", "serve_information")
    with pytest.raises(Refused, match="没有可以撤回"):
        begin(town, opened, "withdraw_statement", by="wang", voluntary=True)
    conduct.drop(item_of(opened, "withdraw_statement"), by=town.people["wang"], at=town.at, key=key())
    act(town, opened, "answer")
    begin(town, opened, "withdraw_statement", by="wang", voluntary=True)
    assert Document.objects.filter(case=opened, code="X-SWD").count() == 2
