"""The record: append-only in the database itself, chained, and broken links are named."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.story import TO_MEETING, Town, act, begin, facts_for, fresh, item_of, key, open_case, run
from workflow_app import conduct, ledger
from workflow_app.models import Document, Hand, Record, RecordPart, WorkItem
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["record", "recordpart", "document", "hand"])
@pytest.mark.parametrize("what", ["UPDATE workflow_app_{} SET id = id", "DELETE FROM workflow_app_{}"])
def test_rows_of_the_record_can_neither_be_changed_nor_deleted(town: Town, table: str, what: str) -> None:
    open_case(town)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(what.format(table))


def test_a_changed_part_is_found_and_named(town: Town) -> None:
    case = run(town, open_case(town), "approve_opening")
    assert ledger.verify(f"C{case.pk}") == case.records_count
    with connection.cursor() as cursor:  # what an administrator of the database could do
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE workflow_app_recordpart DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER workflow_app_recordpart_no_update")
        cursor.execute("UPDATE workflow_app_recordpart SET value = '{}' WHERE chain = %s AND seq = 1 AND name = 'facts'", [f"C{case.pk}"])
    with pytest.raises(ledger.BrokenLink, match=f"C{case.pk}/1"):
        ledger.verify(f"C{case.pk}")


def test_a_repeated_key_returns_the_first_result(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    item, by = item_of(case, "review_legality"), town.people["legal_reviewer1"]
    facts = facts_for(town, "review_legality")
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    once = key()
    first = conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=once)
    again = conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=once)
    assert first.seq == again.seq
    assert Record.objects.filter(case=case, step="review_legality", kind="ACT").count() == 1


def test_what_is_signed_is_what_was_seen(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    item, by = item_of(case, "review_legality"), town.people["legal_reviewer1"]
    seen = conduct.preview(item, facts=facts_for(town, "review_legality"), by=by, at=town.at).content_hash
    with pytest.raises(Refused, match="不一致"):
        conduct.complete(item, facts=facts_for(town, "review_legality", opinion="另一种意见"), seen=seen, by=by, at=town.at, key=key())
    assert WorkItem.objects.get(pk=item.pk).status == "NEW"


def test_nobody_signs_twice_and_the_approver_is_another_person(town: Town) -> None:
    case = open_case(town)
    item, leader = item_of(case, "approve_opening"), town.people["org_leader1"]
    facts = facts_for(town, "approve_opening")
    seen = conduct.preview(item, facts=facts, by=leader, at=town.at).content_hash
    assert conduct.complete(item, facts=facts, seen=seen, by=leader, at=town.at, key=key()) is None
    assert not Document.objects.filter(case=case, code="D-OPEN").exists(), "no paper before the last signature"
    with pytest.raises(Refused) as refused:
        conduct.sign(item, seen=seen, by=leader, at=town.at, key=key())
    assert refused.value.rule == "SD-19"
    conduct.sign(item, seen=seen, by=town.people["org_leader2"], at=town.at, key=key())
    assert Document.objects.filter(case=case, code="D-OPEN").count() == 1


def test_a_signer_may_send_a_paper_back_with_a_reason(town: Town) -> None:
    case = open_case(town)
    item, leader = item_of(case, "approve_opening"), town.people["org_leader1"]
    facts = facts_for(town, "approve_opening")
    seen = conduct.preview(item, facts=facts, by=leader, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=leader, at=town.at, key=key())
    with pytest.raises(Refused):
        conduct.decline(item, reason="不", by=town.people["org_leader2"], at=town.at, key=key())
    conduct.decline(item, reason="事实不够清楚，请补充。", by=town.people["org_leader2"], at=town.at, key=key())
    item.refresh_from_db()
    assert (item.status, item.owner) == ("ASSIGNED", leader)
    act(town, case, "approve_opening", by=leader)
    assert fresh(case).state == "opened"


def test_an_investigator_cannot_review_or_vote(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    reviewer = town.people["legal_reviewer1"]
    Hand.objects.create(case=case, cadre_id=reviewer.cadre_id, duty="investigator", record=1)
    with pytest.raises(Refused) as refused:
        act(town, case, "review_legality", by=reviewer)
    assert refused.value.rule == "SD-2"
    with pytest.raises(DatabaseError), transaction.atomic():
        Hand.objects.create(case=case, cadre_id=reviewer.cadre_id, duty="legal_reviewer", record=1)


def test_nobody_acts_in_a_case_about_themself(town: Town) -> None:
    case = open_case(town)
    wang = town.people["wang"]
    from_leader = town.people["org_leader1"].seats.get()
    from_leader.pk, from_leader.account = None, wang
    from_leader.save()
    with pytest.raises(Refused) as refused:
        conduct.claim(item_of(case, "approve_opening"), by=wang, at=town.at, key=key())
    assert refused.value.rule == "SD-9"


def test_a_case_has_at_most_one_open_case_of_a_path(town: Town) -> None:
    open_case(town)
    with pytest.raises(Refused, match="已有未办结的案件"):
        open_case(town)


def test_suspension_freezes_the_case_and_resumption_moves_internal_dates_only(town: Town) -> None:
    case = run(town, open_case(town), "approve_opening", "plan_examination", "list_evidence")
    before = item_of(case, "report_findings").due_on
    begin(town, case, "suspend", by="case_handler1")
    with pytest.raises(Refused, match="中止"):
        act(town, case, "report_findings")
    town.later(days=10)
    begin(town, case, "resume", by="case_handler1")
    assert item_of(case, "report_findings").due_on > before
    act(town, case, "report_findings")
    assert fresh(case).state == "found"


def test_a_transfer_withdraws_everything_and_ends_the_case(town: Town) -> None:
    case = run(town, open_case(town), "approve_opening", "plan_examination")
    begin(town, case, "transfer", by="org_leader1")
    case = fresh(case)
    assert (case.state, case.finished is not None) == ("transferred", True)
    assert not WorkItem.objects.filter(process=case, status__in=("NEW", "ASSIGNED")).exists()


def test_parts_that_are_sealed_stand_apart(town: Town) -> None:
    case = run(town, open_case(town), "approve_opening", "plan_examination", "list_evidence")
    seq = Record.objects.get(case=case, step="list_evidence", kind="ACT").seq
    parts = {part.name: part.value for part in RecordPart.objects.filter(chain=f"C{case.pk}", seq=seq)}
    assert "来自一名工作人员" in parts["sealed"]
    assert "来自一名工作人员" not in parts["facts"]
    paper = Document.objects.get(case=case, code="D-EVID")
    assert "来自一名工作人员" not in str(paper.content)
