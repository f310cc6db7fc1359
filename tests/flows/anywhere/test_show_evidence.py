"""X 证据查阅答复."""

from typing import Any

import pytest

from flows.anywhere.evidence import answer_is_owed
from flows.anywhere.steps.show_evidence import ShowEvidence
from flows.roles import Duty
from tests.flows.anywhere.test_ask_evidence import LISTED, NAMES, TO_HEARING
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, somebody
from tests.story import Town, begin, fresh, item_of, key, open_case, run
from workflow_app import conduct
from workflow_app.conduct import OutOfTurn
from workflow_app.models import Case, Document, Hand
from workflow_app.steps import RuleBroken, Situation

STEP = ShowEvidence()
SUBJECT = {"pieces": NAMES, "way": "look", "asked_on": "2026-03-18"}
FACTS: dict[str, Any] = {
    "answers": [{"piece": NAMES[0], "result": "shown", "reason": ""}, {"piece": NAMES[1], "result": "withheld", "reason": "会暴露提供情况的人。"}],
    "shown_on": TODAY, "place": "市委组织部301谈话室", "note": "",
}  # fmt: skip
TEAM = {"plan_examination": {"team": [11, 12]}}


def asked(actor: int = 11) -> Situation:
    return situation(case("weighing", settled=LISTED | TEAM), actor=somebody(actor), subject=SUBJECT)


def answers(first: dict[str, Any], *more: dict[str, Any]) -> dict[str, Any]:
    return {**FACTS, "answers": [first, *more]}


def test_it_asks_for_an_answer_to_every_piece_and_starts_from_them() -> None:
    assert demanded(STEP) == {"answers"}
    assert STEP.on_desk(asked()) == {"answers": [{"piece": name, "result": "shown"} for name in NAMES]}
    copies = situation(case(), subject={**SUBJECT, "way": "copy"})
    assert {row["result"] for row in STEP.on_desk(copies)["answers"]} == {"copied"}


def test_every_piece_is_answered_once() -> None:
    one, two = FACTS["answers"]
    assert refusal(STEP, FACTS, asked()) == ("", "")
    assert refusal(STEP, answers(one), asked()) == ("X-EVID", "answers")
    assert refusal(STEP, answers(one, one), asked()) == ("X-EVID", "answers")
    assert refusal(STEP, answers(one, two, two), asked()) == ("X-EVID", "answers")


@pytest.mark.parametrize("result", ["partly", "withheld"])
def test_what_is_kept_back_has_its_reason(result: str) -> None:
    one = FACTS["answers"][0]
    assert refusal(STEP, answers(one, {"piece": NAMES[1], "result": result, "reason": " "}), asked()) == ("X-EVID", "answers")


@pytest.mark.parametrize("on", [None, TODAY.replace(day=21), TODAY.replace(day=17)])
def test_what_was_shown_has_a_day_between_the_request_and_today(on: Any) -> None:
    assert refusal(STEP, {**FACTS, "shown_on": on}, asked()) == ("X-EVID", "shown_on")


def test_what_was_shown_has_a_place() -> None:
    assert refusal(STEP, {**FACTS, "place": ""}, asked()) == ("X-EVID", "place")


def test_when_nothing_is_shown_neither_day_nor_place_is_asked_for() -> None:
    kept = [{"piece": name, "result": "withheld", "reason": "会暴露提供情况的人。"} for name in NAMES]
    assert refusal(STEP, {**FACTS, "answers": kept, "shown_on": None, "place": ""}, asked()) == ("", "")


def test_only_a_member_answers_and_a_second_one_signs() -> None:
    assert refusal(STEP, FACTS, asked(actor=19)) == ("SD-1", "")
    assert [slot.among for slot in STEP.slots(asked(), FACTS)] == [(12,)]


def test_it_moves_nothing_and_counts_the_answer() -> None:
    assert moved(STEP, case("weighing")) == "weighing"
    assert STEP.settle(situation(case(settled={"show_evidence": {"count": 1}})), FACTS) == {"count": 2}


def test_the_paper_names_every_piece_and_the_reason() -> None:
    html = printed(STEP, FACTS, asked(), "anywhere")
    assert "已当面查阅" in html and "不提供查阅" in html and "会暴露提供情况的人。" in html and "2026年3月18日" in html


@pytest.mark.django_db
def test_the_answer_reaches_the_person_and_leaves_the_investigators_hand(town: Town) -> None:
    opened = run(town, open_case(town), *TO_HEARING)
    begin(town, opened, "ask_evidence", by="wang", pieces=NAMES[:1], way="look")
    with pytest.raises(RuleBroken, match="不是本案考察组成员"):
        stranger = town.people["examination_team4"]
        facts = {**FACTS, "answers": FACTS["answers"][:1], "shown_on": town.today}
        conduct.preview(item_of(opened, "show_evidence"), facts=facts, by=stranger, at=town.at)
    opened = run(town, opened, "show_evidence")
    assert not answer_is_owed(opened)
    assert Document.objects.get(case=opened, code="X-EVIS").open_to_subject
    assert Hand.objects.filter(case=opened, cadre=town.cadre("examination_team1"), duty=Duty.INVESTIGATOR).exists()


@pytest.mark.django_db
def test_it_is_no_act_of_its_own_without_a_request(town: Town) -> None:
    opened: Case = run(town, open_case(town), *TO_HEARING)
    with pytest.raises(OutOfTurn):
        conduct.begin(fresh(opened), "show_evidence", by=town.people["examination_team1"], at=town.at, key=key())
