"""Who owns the database can change everything in it. What was changed is found: the last two kinds by a head kept outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.story import Town, open_case, run
from workflow_app import heads, ledger, seals
from workflow_app.append_only import TABLES
from workflow_app.models import Case, Leaf, LeafBlock, Read, Record, RecordPart, Seal
from workflow_app.verification import verify_all

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def case(town: Town) -> Case:
    """A case with a few acts and a read, sealed."""
    case = run(town, open_case(town), "approve_opening", "plan_examination")
    ledger.read(account=town.people["case_handler1"], what="case", ref=case.pk, case=case, at=town.at)
    seals.seal(town.at)
    return case


def unlock() -> None:
    """What an owner of the database can do: take the triggers away."""
    connection.check_constraints()  # nothing may be pending when a trigger is altered
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE workflow_app_{table} DISABLE TRIGGER USER")
            else:
                for word in ("update", "delete", "replace"):
                    cursor.execute(f"DROP TRIGGER workflow_app_{table}_no_{word}")


def sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def rehash(case: Case, start: int = 1) -> None:
    """Make a chain agree with itself again, as a forger with the program at hand would."""
    previous = Record.objects.filter(case=case, seq=start - 1).values_list("hash", flat=True).first() or ""
    for record in Record.objects.filter(case=case, seq__gte=start).order_by("seq"):
        body = json.loads(record.body)
        body["previous"] = previous
        body["parts"] = {p.name: ledger.commitment(p.salt, p.value) for p in RecordPart.objects.filter(chain=record.chain, seq=record.seq)}
        text = ledger.canonical(body)
        Record.objects.filter(pk=record.pk).update(body=text, previous=previous, hash=ledger.digest(text))
        previous = ledger.digest(text)
    Case.objects.filter(pk=case.pk).update(head=previous)


def flip_a_byte(case: Case) -> None:
    sql("UPDATE workflow_app_record SET body = replace(body, 'ACT', 'ACK') WHERE case_id = %s AND seq = 1", case.pk)


def delete_the_last(case: Case) -> None:
    sql("DELETE FROM workflow_app_recordpart WHERE chain = %s AND seq = %s", f"C{case.pk}", case.records_count)
    sql("DELETE FROM workflow_app_record WHERE case_id = %s AND seq = %s", case.pk, case.records_count)
    last = Record.objects.get(case=case, seq=case.records_count - 1)
    Case.objects.filter(pk=case.pk).update(records_count=last.seq, head=last.hash)


def delete_from_the_middle(case: Case) -> None:
    sql("DELETE FROM workflow_app_recordpart WHERE chain = %s AND seq = 2", f"C{case.pk}")
    sql("DELETE FROM workflow_app_record WHERE case_id = %s AND seq = 2", case.pk)


def empty_a_part(case: Case) -> None:
    sql("UPDATE workflow_app_recordpart SET value = '' WHERE chain = %s AND seq = 1 AND name = 'facts'", f"C{case.pk}")


def swap_two(case: Case) -> None:
    for old, new in ((1, 999), (2, 1), (999, 2)):
        sql("UPDATE workflow_app_record SET seq = %s WHERE case_id = %s AND seq = %s", new, case.pk, old)
        sql("UPDATE workflow_app_recordpart SET seq = %s WHERE chain = %s AND seq = %s", new, f"C{case.pk}", old)


def date_back(case: Case) -> None:
    first = Record.objects.get(case=case, seq=1)
    Record.objects.filter(pk=first.pk).update(at=first.at - timedelta(days=3))


def rehash_a_case(case: Case) -> None:
    RecordPart.objects.filter(chain=f"C{case.pk}", seq=1, name="facts").update(value='{"forged":"1"}')
    rehash(case)


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (flip_a_byte, "/1：摘要与内容不符"), (delete_the_last, "所指记录不见了"), (delete_from_the_middle, "应为第2条"),
        (swap_two, "与上一条记录不相接"), (date_back, "/1：栏目与已记录的正文不符"), (rehash_a_case, "所指记录已变"),
        (empty_a_part, "没有期满销毁的决定"),
    ],
)  # fmt: skip
def test_a_change_within_the_database_is_found(case: Case, forge: Callable[[Case], None], told: str) -> None:
    assert verify_all().findings == []
    unlock()
    forge(case)
    assert any(told in line for line in verify_all().findings), verify_all().findings


def everything_again(town: Town) -> None:
    """Forge a part, re-hash every chain, and build tree and seals anew with the office's own key."""
    Leaf.objects.all().delete()
    LeafBlock.objects.all().delete()
    Seal.objects.all().delete()
    for case in Case.objects.all():
        rehash_a_case(case)
    seals.seal(town.at)


def test_re_hashing_everything_is_found_by_a_head_kept_outside(town: Town, case: Case) -> None:
    kept = Seal.objects.get().note
    unlock()
    everything_again(town)
    assert verify_all().findings == []  # the database agrees with itself
    assert any("外部见证" in line and "改写" in line for line in verify_all([kept]).findings)


def test_rolling_back_to_a_backup_is_found_by_a_head_kept_outside(town: Town, case: Case) -> None:
    size = Seal.objects.get().size
    run(town, case, "list_evidence")
    seals.seal(town.at + timedelta(minutes=2))
    kept = Seal.objects.latest("size").note
    unlock()
    later = Leaf.objects.filter(index__gte=size).values_list("record_id", flat=True)
    gone = Record.objects.filter(pk__in=list(later))
    first = gone.order_by("seq").first()
    assert first is not None
    RecordPart.objects.filter(chain=first.chain, seq__gte=first.seq).delete()
    sql("DELETE FROM workflow_app_record WHERE case_id = %s AND seq >= %s", case.pk, first.seq)
    Leaf.objects.filter(index__gte=size).delete()
    Seal.objects.filter(size__gt=size).delete()
    Case.objects.filter(pk=case.pk).update(records_count=first.seq - 1, head=first.previous)
    assert verify_all().findings == []
    assert any("外部见证" in line and "回退" in line for line in verify_all([kept]).findings)


def test_the_command_names_the_fault_and_fails(case: Case, tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")
    assert "核验通过" in capsys.readouterr().out
    unlock()
    flip_a_byte(case)
    with pytest.raises(CommandError, match=f"C{case.pk}/1"):
        call_command("verify_ledger")


def test_a_read_is_sealed_too(town: Town, case: Case) -> None:
    unlock()
    Read.objects.update(what="nothing")
    assert any("所指记录已变" in line for line in verify_all().findings)


def test_a_head_of_another_key_is_refused(case: Case) -> None:
    note = Seal.objects.get().note
    with pytest.raises(heads.BadHead):
        heads.opened(note, "00" * 32)
    with pytest.raises(heads.BadHead):
        heads.opened(note.replace("\n2026", "\n2025"), heads.public_hex())
    assert heads.notes_in(note + note) == [note, note]


def test_sealing_twice_adds_nothing_and_late_rows_are_taken(town: Town, case: Case) -> None:
    before = seals.tree_size()
    assert seals.seal(town.at) == 0
    run(town, case, "list_evidence")
    assert seals.waiting() == seals.seal(town.at + timedelta(minutes=1)) > 0
    assert seals.tree_size() > before


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_append_only_table_refuses_change_and_removal(case: Case, table: str) -> None:
    name = f"workflow_app_{table}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'", [name])
            assert {row[0] for row in cursor.fetchall()} >= {"append_only", "append_only_all"}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [name])
            assert {row[0] for row in cursor.fetchall()} >= {f"{name}_no_update", f"{name}_no_delete", f"{name}_no_replace"}
