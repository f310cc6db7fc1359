"""A remedy reaches the case of the decision it attacks: through the door, the case of the decision locked first."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.flows.remedy.story import DEMOTION, appealed, committee, demoted, down_of, file, go, person_for, votes
from tests.story import Town, act, facts_for, fresh, item_of, key, run
from workflow_app import conduct, ledger
from workflow_app.conduct import OutOfTurn
from workflow_app.models import Case, Deadline, Decision, Document, Record, WorkItem
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
CHANGED = {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}


def open_steps(case: Case) -> set[str]:
    return set(WorkItem.objects.filter(process=case, status__in=("NEW", "ASSIGNED", "SCHEDULED")).values_list("step", flat=True))


def test_execution_goes_on_while_the_remedy_runs(town: Town) -> None:
    decision = demoted(town)
    review = file(town, decision, "apply_for_review")
    down = run(town, down_of(decision), "formalize", "place")
    assert (down.state, review.state) == ("tracking", "reviewing")


def test_upheld_leaves_the_decision_as_it_was(town: Town) -> None:
    decision = demoted(town)
    before = open_steps(down_of(decision))
    appealed(town, decision, "uphold")
    down = down_of(decision)
    assert (down.state, down.overturned_on, open_steps(down)) == ("served", None, before)


def test_revoked_everything_is_taken_off_the_desks_and_the_name_is_cleared(town: Town) -> None:
    decision = demoted(town)
    run(town, down_of(decision), "formalize", "place")
    review = go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "revoke"}))
    down = down_of(decision)
    assert (down.state, down.overturned_on, open_steps(down)) == ("to_clear", town.today, {"clear_name"})
    assert not Deadline.objects.filter(case=down, fires_at__isnull=False).exclude(item__step="clear_name").exists()
    record = Record.objects.get(case=down, kind="OVERTURN")
    assert (record.state_from, record.state_to, record.outcome) == ("tracking", "to_clear", "revoke")
    assert ledger.verify(f"C{down.pk}") == down.records_count
    down = run(town, down, "clear_name", "archive")
    review = go(town, review, "serve_decision", ("correct", {"held": town.wang.post_id}), "confirm_correction")
    assert (down.state, review.state) == ("closed", "executed")


def test_the_correction_is_not_confirmed_before_the_name_is_cleared(town: Town) -> None:
    decision = demoted(town)
    case = go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "revoke"}), "serve_decision", "correct")
    with pytest.raises(RuleBroken) as refused:
        go(town, case, "confirm_correction")
    assert refused.value.rule == "R8-NAME"


def test_a_closed_case_is_opened_again_to_clear_the_name_even_beside_a_new_one(town: Town) -> None:
    decision = demoted(town)
    down = down_of(decision)
    Case.objects.filter(pk=down.pk).update(finished=town.at)  # archived a year later
    WorkItem.objects.filter(process=down, status="NEW").update(status="CANCELED")
    from_new = demoted(town)
    go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "revoke"}))
    down = down_of(decision)
    assert (down.finished, open_steps(down)) == (None, {"clear_name"})
    assert down_of(from_new).finished is None


def test_changed_the_case_goes_on_with_the_lighter_measure_and_its_restriction(town: Town) -> None:
    decision = demoted(town)
    before = open_steps(down_of(decision))
    case = go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "change", **CHANGED}))
    down = down_of(decision)
    assert (down.state, open_steps(down), down.settled["decide"]["kind"]) == ("served", before, "REMOVE")
    bar = Deadline.objects.get(case=down, rule_id__startswith="DN-BAR", closed_at=None)
    assert (bar.rule_id, bar.last_day) == ("DN-BAR-REMOVE", date(2027, 3, 2))
    assert go(town, case, "serve_decision").state == "correcting"


@pytest.mark.parametrize(
    ("kind", "months", "rule"), [("DEMOTE", 12, "SD-18"), ("REMOVE", 18, "SD-18"), ("REMOVE", 12, "R-CHANGE"), ("REMOVE", 6, "")]
)
def test_what_a_review_made_lighter_an_appeal_makes_no_heavier(town: Town, kind: str, months: int, rule: str) -> None:
    """降职24个月, changed to 免职12个月 in the review: now that is what nothing may be heavier than."""
    decision = demoted(town)
    go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "change", **CHANGED}), "serve_decision")
    case = go(town, file(town, decision, "appeal"), "admit", "serve_decision", "form_committee")
    opinion = {"kind": kind, "months": months, "rank_steps": int(kind == "DEMOTE"), "pay_cut": 0, "votes": votes(town, "change")}
    hear = ("hear", {"outcome": "change", "review_head": "复核程序合法。", **opinion})
    if rule:
        with pytest.raises(RuleBroken) as refused:
            go(town, case, hear)
        assert (refused.value.rule, refused.value.field) == (rule, "kind")
        return
    opinion.pop("votes")
    go(town, case, hear, ("decide", {"outcome": "change", **opinion}), "serve_decision")
    assert down_of(decision).settled["decide"]["measure"]["months"] == 6


@pytest.mark.parametrize(("outcome", "state"), [("revoke", "to_clear"), ("remand", "terminated")])
def test_changed_in_review_it_may_still_be_revoked_or_remanded_on_appeal(town: Town, outcome: str, state: str) -> None:
    decision = demoted(town)
    go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "change", **CHANGED}), "serve_decision")
    appealed(town, decision, outcome)
    assert down_of(decision).state == state
    if outcome == "remand":
        assert Case.objects.get(parent=down_of(decision), decision=None).settled["redo"]["measure"]["kind"] == "REMOVE"


def test_remanded_to_the_evidence_a_linked_case_begins_anew(town: Town) -> None:
    decision = demoted(town)
    appealed(town, decision, "remand")
    down = down_of(decision)
    assert (down.state, open_steps(down)) == ("terminated", {"archive"})
    redo = fresh(Case.objects.get(parent=down, decision=None))
    assert (redo.state, open_steps(redo), redo.settled["redo"]["of"]) == ("opened", {"plan_examination"}, down.number)
    assert ledger.verify(f"C{redo.pk}") == redo.records_count
    redo = run(town, redo, "plan_examination", "list_evidence", ("report_findings", DEMOTION), "inform_cadre", "serve_information",
               "answer", "weigh_answer", "assess_risk", ("propose", DEMOTION), "review_legality", "ask_opinion", "give_opinion",
               "record_meeting", "decide", "tell_decision", "serve")  # fmt: skip
    assert Decision.objects.get(case=redo).measure["kind"] == "DEMOTE"


def test_remanded_to_the_proposal_the_findings_stand(town: Town) -> None:
    decision = demoted(town)
    appealed(town, decision, "remand", back_to="D7")
    redo = fresh(Case.objects.get(parent=down_of(decision), decision=None))
    assert (redo.state, open_steps(redo)) == ("heard", {"assess_risk"})
    redo = run(town, redo, "assess_risk", ("propose", {"kind": "REMOVE", "months": 12, "rank_steps": 0}))
    assert redo.state == "proposed"


def test_what_is_done_anew_can_end_no_heavier(town: Town) -> None:
    decision = demoted(town)
    appealed(town, decision, "remand", back_to="D7")
    redo = run(town, fresh(Case.objects.get(parent=down_of(decision), decision=None)), "assess_risk")
    with pytest.raises(OutOfTurn, match="不得重于"):
        act(town, redo, "propose", **{**DEMOTION, "months": 36})


@pytest.mark.parametrize("outcome", ["uphold", "revoke"])
def test_the_case_of_the_decision_is_locked_before_the_remedy(town: Town, outcome: str) -> None:
    decision = demoted(town)
    case = file(town, decision, "apply_for_review")
    item, by = item_of(case, "review"), person_for(town, case, "review")
    facts = facts_for(town, "review", path=case.flow_class, outcome=outcome)
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    with CaptureQueriesContext(connection) as said:
        conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key())
    texts = [query["sql"] for query in said.captured_queries]
    elder = next(n for n, text in enumerate(texts) if 'FROM "workflow_app_case"' in text and f'"id" = {decision.case_id}' in text)
    assert elder < next(n for n, text in enumerate(texts) if str(item.pk) in text)


def test_a_refused_remedy_leaves_both_cases_as_they_were(town: Town) -> None:
    decision = demoted(town)
    case = file(town, decision, "apply_for_review")
    before = (down_of(decision).records_count, fresh(case).records_count, Document.objects.count())
    worse: dict[str, Any] = {"outcome": "change", **DEMOTION, "months": 36, "pay_cut": 0}
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("review", worse))
    assert refused.value.rule == "SD-18"
    assert (down_of(decision).records_count, fresh(case).records_count, Document.objects.count()) == before


def test_the_committee_and_the_organ_of_the_appeal_are_not_the_original_one(town: Town) -> None:
    decision = demoted(town)
    case = go(town, file(town, decision, "appeal"), "admit", "serve_decision", ("form_committee", {"committee": committee(town)}))
    assert case.organ_id != decision.organ_id
    assert go(town, case, ("hear", {"votes": votes(town, "uphold")})).state == "heard"
