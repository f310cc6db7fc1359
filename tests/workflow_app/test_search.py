"""Search by case number, name and unit: current at once, never beyond what a person may see, and no reading until a case is opened."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.story import Town, open_case, signed_in
from workflow_app.models import Case, Read
from workflow_app.models.words import cases_with, phrases

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [case.cadre.name for case in Case.objects.filter(pk__in=cases_with(text))]


@pytest.mark.parametrize(
    "text", ["王建国", "建国", "国", "市交通", "运输局", "云组下〔2026〕1号", "云组下2026", "2026〕1", "王建国 交通", "交通 1号", "１号"]
)
def test_a_case_is_found_by_any_part_of_number_name_and_unit_at_once(town: Town, text: str) -> None:
    open_case(town)
    assert found(text) == ["王建国"]


@pytest.mark.parametrize("text", ["王国", "建交", "国市", "号王", "王建国 水利", "2027", "王建国 建王", "sep", '"', "王 OR 水利"])
def test_a_phrase_stays_in_its_order_and_within_one_field(town: Town, text: str) -> None:
    open_case(town)
    assert cases_with(text) is None or found(text) == []


def test_signs_alone_ask_for_nothing() -> None:
    assert phrases("〔〕 ·—") == []
    assert cases_with(" ") is None


def test_a_new_name_and_a_new_unit_are_found_and_the_old_ones_are_not(town: Town) -> None:
    open_case(town)
    town.wang.name = "王建邦"
    town.wang.save()
    assert (found("建邦"), found("建国")) == (["王建邦"], [])
    town.wang.unit.name = "市住房和城乡建设局"
    town.wang.unit.save()
    assert (found("城乡建设"), found("交通")) == (["王建邦"], [])
    town.wang.unit = town.discipline
    town.wang.save()
    assert (found("纪委监委"), found("城乡")) == (["王建邦"], [])


def test_the_index_costs_the_opening_no_statement(town: Town) -> None:
    with CaptureQueriesContext(connection) as seen:
        open_case(town)
    assert not [query["sql"] for query in seen if "casewords" in query["sql"]]


def test_nobody_finds_a_case_that_has_not_reached_their_desk(town: Town) -> None:
    open_case(town)
    handler, reviewer, wang = (signed_in(town.people[who]) for who in ("case_handler2", "legal_reviewer1", "wang"))
    link = f"/cases/{Case.objects.get().pk}/"
    assert link in handler.get("/search/?q=王建国").content.decode()
    for other in (reviewer, wang):
        assert link not in other.get("/search/?q=王建国").content.decode()


def test_a_search_is_recorded_with_its_words_and_each_hit_as_a_reading_of_the_case(town: Town) -> None:
    case, handler = open_case(town), signed_in(town.people["case_handler2"])
    handler.get("/search/?q=王建国")
    assert [(one.what, one.reason, one.case_id) for one in Read.objects.order_by("pk")] == [
        ("search", "王建国", None),
        ("hit", None, case.pk),
    ]
    handler.get(f"/cases/{case.pk}/")
    read = Read.objects.get(case__isnull=False, what="case")
    assert (read.what, read.ref, read.account) == ("case", case.pk, town.people["case_handler2"])


def test_the_index_answers_and_not_a_walk_over_all_cases(town: Town) -> None:
    if connection.vendor == "postgresql":  # a handful of rows is walked over; ask what it would do with many
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    text = Case.objects.filter(pk__in=cases_with("王建国")).values("pk").explain()
    assert ("casewords_words" if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX") in text
