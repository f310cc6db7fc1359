"""At the end of its retention a case is emptied by order of two; the record still verifies, and nothing goes early or by another way."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.story import Town, open_case, run
from workflow_app import ledger, outbox, retention, seals
from workflow_app.models import Account, Case, Document, Erasure, Record, RecordPart, Rendering
from workflow_app.steps import Refused
from workflow_app.verification import verify_all

pytestmark = pytest.mark.django_db
CLEARED = (
    "approve_opening",
    "plan_examination",
    "list_evidence",
    ("report_findings", {"outcome": "not_established"}),
    "terminate",
    "clear_name",
    "archive",
)


@pytest.fixture
def two(town: Town) -> tuple[Account, Account]:
    """石理 orders, 沈明 confirms."""
    made = [Account.objects.create(username=name, office=office, password="!") for name, office in (("shi", "SYSTEM"), ("shen", "AUDIT"))]
    return made[0], made[1]


@pytest.fixture
def cleared(town: Town) -> Case:
    """A case without adjustment, closed and sealed, with one rendered paper."""
    case = run(town, open_case(town), *CLEARED)
    outbox.render(Document.objects.get(case=case, step="clear_name").pk, at=town.at)
    seals.seal(town.at)
    return Case.objects.get(pk=case.pk)


def at_the_end(case: Case) -> datetime:
    assert case.finished is not None
    return case.finished.replace(year=case.finished.year + 11, month=1, day=2)


def test_it_is_due_from_the_first_of_january_after_ten_whole_years(cleared: Case) -> None:
    assert cleared.finished is not None
    first = date(cleared.finished.year + 11, 1, 1)
    assert [one.case.pk for one in retention.due(first)] == [cleared.pk]
    assert retention.due(first - timedelta(days=1)) == []


def test_by_order_of_two_the_contents_go_and_the_record_verifies(town: Town, cleared: Case, two: tuple[Account, Account]) -> None:
    count = retention.erase(cleared, ordered_by=two[0], confirmed_by=two[1], at=at_the_end(cleared))
    assert count > 20
    assert not RecordPart.objects.filter(chain=f"C{cleared.pk}").exclude(value="").exists()
    assert all(one == {} for one in Document.objects.filter(case=cleared).values_list("content", flat=True))
    assert all(not bytes(pdf) for pdf in Rendering.objects.filter(document__case=cleared).values_list("pdf", flat=True))
    assert ledger.verify(f"C{cleared.pk}") == cleared.records_count
    assert verify_all().findings == []
    assert Record.objects.get(kind="ERASE").chain == f"J{cleared.organ_id}"
    assert retention.due(at_the_end(cleared).date()) == []


def test_not_a_day_early(cleared: Case, two: tuple[Account, Account]) -> None:
    with pytest.raises(Refused, match="以前不得销毁"):
        retention.erase(cleared, ordered_by=two[0], confirmed_by=two[1], at=at_the_end(cleared) - timedelta(days=3))
    assert RecordPart.objects.filter(chain=f"C{cleared.pk}").exclude(value="").exists()


def test_a_decided_case_is_kept_for_ever(cleared: Case, two: tuple[Account, Account]) -> None:
    paper = Document.objects.filter(case=cleared).first()
    assert paper is not None
    fields = {one.attname: getattr(paper, one.attname) for one in Document._meta.concrete_fields}
    Document.objects.create(**{**fields, "id": paper.pk + 9000, "code": "D-DECN", "number": "云组〔2026〕99号", "verify_code": "0" * 12})
    with pytest.raises(Refused, match="永久保存"):
        retention.erase(cleared, ordered_by=two[0], confirmed_by=two[1], at=at_the_end(cleared))


def test_one_person_or_the_wrong_office_orders_nothing(town: Town, cleared: Case, two: tuple[Account, Account]) -> None:
    handler = town.people["case_handler1"]
    for pair in ((two[0], two[0]), (two[0], handler), (handler, two[1])):
        with pytest.raises(Refused, match="系统管理员提出、审计管理员复核"):
            retention.erase(cleared, ordered_by=pair[0], confirmed_by=pair[1], at=at_the_end(cleared))


def test_a_case_that_another_one_hangs_on_waits_for_it(town: Town, cleared: Case, two: tuple[Account, Account]) -> None:
    other = open_case(town)
    Case.objects.filter(pk=other.pk).update(parent=cleared)
    with pytest.raises(Refused, match="关联案件"):
        retention.erase(cleared, ordered_by=two[0], confirmed_by=two[1], at=at_the_end(cleared))


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE workflow_app_recordpart SET value = '' WHERE chain = 'C{0}'",
        "UPDATE workflow_app_document SET content = '{{}}' WHERE case_id = {0}",
        "UPDATE workflow_app_rendering SET pdf = '' WHERE document_id IN (SELECT id FROM workflow_app_document WHERE case_id = {0})",
    ],
)
def test_without_an_order_the_database_lets_nothing_be_emptied(cleared: Case, text: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text.format(cleared.pk))


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE workflow_app_recordpart SET value = 'x' WHERE chain = 'C{0}'",
        "UPDATE workflow_app_recordpart SET value = '', salt = '' WHERE chain = 'C{0}'",
        "UPDATE workflow_app_document SET content = '{{}}', content_hash = '' WHERE case_id = {0}",
        "UPDATE workflow_app_record SET body = '' WHERE case_id = {0}",
        "DELETE FROM workflow_app_recordpart WHERE chain = 'C{0}'",
        "DELETE FROM workflow_app_erasure WHERE case_id = {0}",
    ],
)
def test_with_an_order_it_lets_payloads_be_emptied_and_nothing_else_be_changed(
    cleared: Case, two: tuple[Account, Account], text: str
) -> None:
    retention.erase(cleared, ordered_by=two[0], confirmed_by=two[1], at=at_the_end(cleared))
    assert Erasure.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text.format(cleared.pk))


def test_the_command_lists_and_refuses_in_words(cleared: Case, two: tuple[Account, Account], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("retention", on=at_the_end(cleared).date())
    assert cleared.number in capsys.readouterr().out
    with pytest.raises(CommandError, match="不得销毁"):
        call_command("retention", erase=cleared.number, ordered_by="shi", confirmed_by="shen")
    with pytest.raises(CommandError, match="两名经办管理员"):
        call_command("retention", erase=cleared.number)
