"""X 回避决定."""

import json
from typing import Any

import pytest

from flows.anywhere.steps.decide_recusal import DecideFacts, DecideRecusal
from flows.roles import Duty
from tests.flows.anywhere.test_apply_recusal import TO_EVIDENCE, challenge, refused, ways_in
from tests.flows.down.stand import refusal
from tests.story import TO_MEETING, Town, act, begin, facts_for, fresh, item_of, key, open_case, run
from workflow_app import conduct, ledger
from workflow_app.models import Case, Document, Hand, Record, RecordPart, SigningSheet, WorkItem
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db


def grant(town: Town, case: Case, substitute: str | None = "examination_team4", **changes: Any) -> Case:
    """A leader grants it."""
    named = {"substitute": town.cadre(substitute) if substitute else None}
    act(town, case, "decide_recusal", outcome="granted", by=town.people["org_leader3"], **named, **changes)
    return fresh(case)


def test_after_a_grant_every_way_stays_closed(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    ways = ways_in(town, case, town.people["examination_team1"])
    challenge(town, case, "examination_team1")
    case = grant(town, case)
    assert case.kept_out == {str(town.cadre("examination_team1")): "granted"}
    assert {refused(way) for way in ways.values()} == {"SD-14"}
    assert refused(lambda: begin(town, case, "apply_recusal", by="wang", person=town.cadre("examination_team1"), ground="kin")) == "SD-12"


def test_after_a_refusal_work_goes_on_and_a_new_ground_may_be_named(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1")
    act(town, case, "decide_recusal", outcome="refused", by=town.people["org_leader3"], substitute=None, recheck="")
    assert fresh(case).kept_out == {}
    case = run(town, case, "list_evidence")
    challenge(town, case, "examination_team1")
    assert fresh(case).kept_out == {str(town.cadre("examination_team1")): "pending"}


def test_open_claims_go_back_to_the_desk(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    item, held = item_of(case, "list_evidence"), town.people["examination_team1"]
    conduct.claim(item, by=held, at=town.at, key=key())
    challenge(town, case, "examination_team1")
    item.refresh_from_db()
    assert item.owner == held, "pending: kept, but closed"
    case = grant(town, case)
    item.refresh_from_db()
    assert (item.owner, item.status) == (None, "NEW")
    assert Record.objects.filter(case=case, kind="RELEASE", outcome="recused", step="list_evidence").count() == 1
    assert ledger.verify(f"C{case.pk}") == case.records_count
    conduct.claim(item, by=town.people["examination_team2"], at=town.at, key=key())


def test_a_paper_that_only_they_could_sign_is_unfrozen(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:3])
    item, author = item_of(case, "report_findings"), town.people["examination_team1"]
    facts = facts_for(town, "report_findings")
    seen = conduct.preview(item, facts=facts, by=author, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=author, at=town.at, key=key())
    conduct.sign(item, seen=seen, by=town.people["examination_team2"], at=town.at, key=key())
    challenge(town, case, "examination_team3")
    case = grant(town, case)
    item.refresh_from_db()
    assert not SigningSheet.objects.filter(pk=item.pk).exists()
    assert (item.owner, item.status, item.desk.role) == (None, "NEW", "examination_team")
    act(town, case, "report_findings")
    assert fresh(case).state == "found"


def test_the_substitute_takes_the_place_in_the_team_and_its_separation(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1")
    case = grant(town, case)
    assert Hand.objects.filter(case=case, cadre=town.cadre("examination_team4"), duty=Duty.INVESTIGATOR).exists()
    act(town, case, "list_evidence", by=town.people["examination_team4"])
    act(town, case, "report_findings", by=town.people["examination_team4"])
    assert fresh(case).state == "found"
    actors = RecordPart.objects.filter(chain=f"C{case.pk}", name="actor").order_by("-seq").first()
    assert actors is not None
    assert {one["cadre"] for one in json.loads(actors.value)} == {town.cadre(f"examination_team{n}") for n in (2, 3, 4)}


def test_work_done_before_stands_until_it_is_rechecked(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:3])
    challenge(town, case, "examination_team1")
    assert refused(lambda: grant(town, case, recheck="")) == "SD-16"
    case = grant(town, case, recheck="证据清单经另两名成员复核，无异议。")
    assert Document.objects.filter(case=case, code="D-EVID").exists()
    assert "无异议" in str(Document.objects.get(case=case, code="X-RECD").content)


def test_a_grant_names_a_substitute_who_is_not_kept_out(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1")
    assert refused(lambda: grant(town, case, None)) == "SD-14"
    assert refused(lambda: grant(town, case, "examination_team1")) == "SD-14"
    decision = item_of(case, "decide_recusal")
    challenge(town, case, "examination_team2")
    facts = facts_for(town, "decide_recusal", outcome="granted", substitute=town.cadre("examination_team2"))
    assert refused(lambda: conduct.preview(decision, facts=facts, by=town.people["org_leader3"], at=town.at)) == "SD-14"


def test_a_member_of_the_committee_needs_no_substitute(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING)
    begin(town, case, "apply_recusal", by="wang", person=town.cadre("decision_body3"), ground="interest")
    assert grant(town, case, None).kept_out == {str(town.cadre("decision_body3")): "granted"}


def test_nobody_decides_about_themself(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    item = challenge(town, case, "examination_team1")
    seat = town.people["org_leader3"].seats.get()
    seat.pk, seat.account = None, town.people["examination_team1"]
    seat.save()
    decide = lambda: conduct.claim(item, by=town.people["examination_team1"], at=town.at, key=key())  # noqa: E731 - one more way in
    assert refused(decide) == "SD-14", "kept out before SD-13 is even asked"


def test_colleagues_at_the_desk_are_offered_as_substitutes(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    item = challenge(town, case, "examination_team1")
    form = DecideFacts(situation=Situation(fresh(case), None, town.at, item.subject))
    offered = {choice for choice, _ in form.fields["substitute"].choices} - {""}
    assert offered == {str(town.cadre(f"examination_team{n}")) for n in (2, 3, 4)}


def test_a_suspended_case_still_decides_recusals(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1")
    begin(town, case, "suspend", by="case_handler1", ground="recusal")
    assert fresh(case).suspended_on == town.today
    assert grant(town, case).kept_out[str(town.cadre("examination_team1"))] == "granted"
    assert WorkItem.objects.filter(process=case, step="decide_recusal", status="DONE").exists()


def test_the_step_itself_knows_who_decides_and_who_takes_over(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    item = challenge(town, case, "examination_team1")
    challenge(town, case, "examination_team2")
    facts = {"outcome": "granted", "substitute": town.cadre("examination_team4"), "reason": "有亲属关系。", "recheck": "已复查。"}

    def asked(by: str, **changes: Any) -> tuple[str, str]:
        return refusal(DecideRecusal(), facts | changes, Situation(fresh(case), town.people[by], town.at, item.subject))

    assert asked("org_leader1") == ("", "")
    assert asked("examination_team1") == ("SD-13", "")
    assert asked("org_leader1", substitute=town.cadre("examination_team1")) == ("SD-14", "substitute"), "the person themself"
    assert asked("org_leader1", substitute=town.cadre("examination_team2")) == ("SD-14", "substitute"), "somebody else kept out"
    assert asked("org_leader1", recheck="") == ("SD-16", "recheck")
    assert asked("org_leader1", substitute=None) == ("SD-14", "substitute")
    assert asked("org_leader1", outcome="refused", substitute=None, recheck="") == ("", "")
