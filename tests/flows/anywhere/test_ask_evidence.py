"""X 申请查阅证据."""

from typing import Any

import pytest

from flows.anywhere.evidence import answer_is_owed
from flows.anywhere.steps.ask_evidence import AskEvidence
from flows.down.steps.propose import Propose
from tests.flows.down.stand import case, demanded, moved, refusal, situation
from tests.story import TO_MEETING, Town, act, begin, facts_for, fresh, item_of, open_case, run
from tests.workflow_app.portal.conftest import phone
from workflow_app.models import Case, Document, Receipt
from workflow_app.steps import RuleBroken, Situation

STEP = AskEvidence()
TO_HEARING = TO_MEETING[: TO_MEETING.index("answer")]
NAMES = ["1. 2025年度项目台账", "2. 会议记录"]
LISTED: dict[str, Any] = {"list_evidence": {"names": NAMES}, "inform_cadre": {"kind": "REMOVE"}}
FACTS = {"pieces": NAMES[:1], "way": "look", "reason": ""}


def told(**more: Any) -> Case:
    return case("hearing", settled=LISTED | more)


@pytest.fixture
def hearing(town: Town) -> Case:
    return run(town, open_case(town), *TO_HEARING)


def ask(town: Town, opened: Case, **changes: Any) -> Case:
    begin(town, opened, "ask_evidence", by="wang", **{**FACTS, **changes})
    return fresh(opened)


def test_the_form_asks_which_pieces_and_how_and_offers_the_list_of_this_round() -> None:
    assert demanded(STEP) == {"pieces", "way"}
    asked = {"pieces": NAMES[:1], "round": 1, "count": 1}
    form = STEP.Facts(situation=situation(told(ask_evidence=asked)))
    assert [value for value, _ in form.fields["pieces"].choices] == NAMES[1:]


def test_in_a_new_round_everything_may_be_asked_for_anew() -> None:
    asked = {"pieces": NAMES, "round": 1, "count": 1}
    again = case("hearing", settled=LISTED | {"ask_evidence": asked}, round=2)
    assert refusal(STEP, FACTS, situation(again)) == ("", "")
    assert STEP.settle(situation(again), FACTS) == {"pieces": NAMES[:1], "round": 2, "count": 2}


def test_before_the_notice_there_is_no_list_to_ask_about() -> None:
    silent = situation(case("verifying", settled={"list_evidence": {"names": NAMES}}))
    assert refusal(STEP, FACTS, silent) == ("X-EVID", "")
    assert STEP.barred(silent) is not None


def test_what_is_on_the_list_is_asked_for_once() -> None:
    asked = {"pieces": NAMES[:1], "round": 1, "count": 1}
    assert refusal(STEP, FACTS, situation(told())) == ("", "")
    assert refusal(STEP, FACTS, situation(told(ask_evidence=asked))) == ("X-EVID", "pieces")
    assert refusal(STEP, FACTS, situation(told(ask_evidence={**asked, "pieces": NAMES}))) == ("X-EVID", "")


@pytest.mark.parametrize("pieces", [[], ["3. 别人的材料"]])
def test_only_what_is_on_the_list(pieces: list[str]) -> None:
    assert refusal(STEP, {**FACTS, "pieces": pieces}, situation(told())) == ("X-EVID", "pieces")


def test_it_is_the_persons_own_act_and_moves_nothing() -> None:
    assert (STEP.role, STEP.open_to_subject, STEP.deadline, moved(STEP, case("hearing"))) == ("subject", True, None, "hearing")


@pytest.mark.django_db
def test_the_paper_hands_over_the_whole_list_at_once_and_the_answer_waits_at_the_team(town: Town, hearing: Case) -> None:
    asked = ask(town, hearing)
    paper = Document.objects.get(case=asked, code="X-EVIA")
    assert paper.content["content"]["tables"][0]["rows"] == [["1. 2025年度项目台账", "申请查阅"]]
    item = item_of(asked, "show_evidence")
    assert (item.desk.role, item.subject["pieces"], item.due_on) == ("examination_team", NAMES[:1], None)
    assert (asked.state, answer_is_owed(asked)) == ("hearing", True)


@pytest.mark.django_db
def test_no_proposal_while_the_team_owes_the_answer(town: Town, hearing: Case) -> None:
    opened = run(town, ask(town, hearing), "answer", "weigh_answer")
    with pytest.raises(RuleBroken, match="考察组还没有答复"):
        act(town, opened, "propose")
    at = Situation(fresh(opened), None, town.at, {})
    assert refusal(Propose(), facts_for(town, "propose", outcome="none"), at) == ("", "")
    assert run(town, opened, "show_evidence", "propose").state == "proposed"


@pytest.mark.django_db
def test_a_phone_asks_page_by_page_and_gets_a_receipt(town: Town, hearing: Case, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    wang = phone(town.people["wang"])
    draft = wang.begin(hearing, "ask_evidence")
    assert "1. 2025年度项目台账" in wang.get(f"/mine/forms/{draft.token}/1/").content.decode()
    wang.fill(draft, 1, pieces=NAMES[:1])
    wang.fill(draft, 2, way="copy")
    assert "已经收到" in wang.send(draft).content.decode()
    assert Receipt.objects.get().document.title == "查阅证据材料申请书"
    page = wang.get(f"/mine/{hearing.pk}/").content.decode()
    assert "清单上的证据都已经申请过查阅" in page


@pytest.mark.django_db
def test_before_the_notice_the_portal_says_when_it_can_be_asked_for(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    opened = run(town, open_case(town, outcome="inquire"), "inquire")
    assert "还没有告知您拟认定的事实和证据清单" in phone(town.people["wang"]).get(f"/mine/{opened.pk}/").content.decode()
