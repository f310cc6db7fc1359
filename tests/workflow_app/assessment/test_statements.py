"""Monthly statements come in whole or not at all; colours follow, and what follows from colours is a lead or a reminder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from openpyxl import Workbook

from tests.story import Town
from workflow_app import clock
from workflow_app.assessment.imports import AlreadyImported
from workflow_app.assessment.sheets import BadSheet
from workflow_app.assessment.warnings.statements import COLUMNS, recompute
from workflow_app.models import Account, Cadre, Case, Colour, Lead, Message, Post, Read, Record, Statement, WorkItem
from workflow_app.telling import assessed

pytestmark = pytest.mark.django_db


def sheet(path: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = COLUMNS) -> Path:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def line(month: str, score: float, item: str = "重点项目", false: str = "", why: str = "") -> tuple[Any, ...]:
    return month, "YX00001", "王建国", item, score, false, why


def take(town: Town, folder: Path, *rows: tuple[Any, ...]) -> assessed.Taken:
    path = sheet(folder / f"{Statement.objects.count()}.xlsx", *rows)
    return assessed.take_in_statements(path, path.name, unit=town.city, by=town.people["case_handler1"], at=town.at)


def test_a_red_month_suggests_a_reminder_talk_and_the_second_of_a_quarter_a_case(town: Town, tmp_path: Path) -> None:
    take(town, tmp_path, line("2026-01", 59.99))
    assert list(Lead.objects.values_list("rule_id", "suggests")) == [("W-RED", "REMINDER")]
    take(town, tmp_path, line("2026-02", 50))
    assert sorted(Lead.objects.values_list("rule_id", "suggests")) == [("T-07", "CASE"), ("W-RED", "REMINDER"), ("W-RED", "REMINDER")]
    assert Lead.objects.get(rule_id="T-07").desk.role == "case_handler"
    assert [one["month"] for one in Lead.objects.get(rule_id="T-07").evidence] == ["2026-01", "2026-02"]


def test_two_reds_in_different_quarters_are_no_second_red(town: Town, tmp_path: Path) -> None:
    take(town, tmp_path, line("2025-12", 50), line("2026-01", 50, "另一项目"))
    assert set(Lead.objects.values_list("rule_id", flat=True)) == {"W-RED"}


def test_yellow_reminds_the_head_of_the_unit_and_raises_no_lead(town: Town, tmp_path: Path) -> None:
    head = Post.objects.create(unit=town.wang.unit, title="局长", level="COUNTY_HEAD", is_leading_member=True)
    chief = Account.objects.create(
        username="chief", cadre=Cadre.objects.create(number="YX00002", name="赵启明", unit=town.wang.unit, post=head)
    )
    take(town, tmp_path, line("2026-01", 60))
    told = Message.objects.get(kind="WARN")
    assert told.account == chief
    assert "王建国" in told.title
    assert not Lead.objects.exists()


def test_without_a_head_who_signs_in_the_leaders_of_the_department_are_reminded(town: Town, tmp_path: Path) -> None:
    assert take(town, tmp_path, line("2026-01", 79.99)).told == 4
    assert set(Message.objects.values_list("account__username", flat=True)) == {f"org_leader{n}" for n in (1, 2, 3, 4)}


def test_a_correction_is_a_new_line_with_its_reason_and_the_old_colour_stays(town: Town, tmp_path: Path) -> None:
    take(town, tmp_path, line("2026-01", 50))
    with pytest.raises(BadSheet, match="1处"):
        take(town, tmp_path, line("2026-01", 90))
    take(town, tmp_path, line("2026-01", 90, why="统计口径有误，已核"))
    assert list(Colour.objects.order_by("id").values_list("shade", flat=True)) == ["RED", "GREEN"]
    assert list(Statement.objects.order_by("edition").values_list("score", "reason")) == [(50, ""), (90, "统计口径有误，已核")]


def test_recomputing_what_stands_changes_nothing(town: Town, tmp_path: Path) -> None:
    take(town, tmp_path, line("2026-01", 79), line("2026-02", 79), line("2026-02", 99, "服务"))
    assert recompute([town.wang.pk], at=town.at) == []


def test_colours_and_statements_cannot_be_changed_even_in_the_database(town: Town, tmp_path: Path) -> None:
    take(town, tmp_path, line("2026-01", 79))
    for model, change in ((Colour, {"shade": "GREEN"}), (Statement, {"score": 99})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)


def test_every_fault_is_listed_with_its_place_and_nothing_is_taken_in(town: Town, tmp_path: Path) -> None:
    rows = [line("2026-13", 50), ("2026-01", "YX00001", "王小国", "", 101, "也许", ""), line("2026-01", 50), line("2026-01", 51), line("2026-04", 50),
            ("2026-01", "YX99999", "无名", "项目", 80, "", ""), line("2026-01", 70, "服务", why="没有可更正的")]  # fmt: skip
    with pytest.raises(BadSheet) as refused:
        take(town, tmp_path, *rows)
    places = {(fault.row, fault.column[0]) for fault in refused.value.faults}
    assert places == {(2, "A"), (3, "C"), (3, "D"), (3, "E"), (3, "F"), (5, "D"), (6, "A"), (7, "B"), (8, "G")}
    assert not Statement.objects.exists()
    assert not Record.objects.filter(kind="IMPORT").exists()


def test_a_file_without_lines_and_one_that_is_no_workbook_are_refused(town: Town, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"not a workbook")
    for path in (sheet(tmp_path / "empty.xlsx"), broken, sheet(tmp_path / "head.xlsx", line("2026-01", 80), head=COLUMNS[::-1])):
        with pytest.raises(BadSheet):
            assessed.take_in_statements(path, path.name, unit=town.city, by=None, at=town.at)


def test_the_same_file_is_taken_in_once(town: Town, tmp_path: Path) -> None:
    path = sheet(tmp_path / "one.xlsx", line("2026-01", 50))
    assessed.take_in_statements(path, "one.xlsx", unit=town.city, by=None, at=town.at)
    with pytest.raises(AlreadyImported):
        assessed.take_in_statements(path, "one.xlsx", unit=town.city, by=None, at=town.at)
    assert Lead.objects.count() == 1


def test_no_colour_moves_a_case(town: Town, tmp_path: Path) -> None:
    take(town, tmp_path, line("2026-01", 1, false="是"), line("2026-02", 1))
    assert not Case.objects.exists()
    assert not WorkItem.objects.exists()


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_says_colour_in_words_with_the_whole_calculation_and_the_reading_is_recorded(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(town, tmp_path, line("2026-01", 79), line("2026-02", 79))
    client = client_of(town, "case_handler1", monkeypatch)
    said = client.get(f"/warnings/{town.wang.pk}/").content.decode()
    assert "“重点项目”连续两个月未达绿色（2026-01、2026-02）：黄色" in said
    assert "月度得分79.00" in said
    assert Read.objects.filter(what="warning", ref=town.wang.pk, account=town.people["case_handler1"]).count() == 1
    assert "黄色" in client.get("/warnings/").content.decode()


def test_the_person_sees_the_own_calculation_and_a_stranger_nothing(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(town, tmp_path, line("2026-01", 50))
    assert "低于60为红色" in client_of(town, "wang", monkeypatch).get("/mine/assessment/").content.decode()
    assert client_of(town, "wang", monkeypatch).get(f"/warnings/{town.wang.pk}/").status_code == 404
    assert client_of(town, "archivist1", monkeypatch).get(f"/warnings/{town.wang.pk}/").status_code == 404
    assert "王建国" not in client_of(town, "archivist1", monkeypatch).get("/mine/assessment/").content.decode()


def test_faults_come_back_to_the_page(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(town, "case_handler1", monkeypatch)
    with sheet(tmp_path / "bad.xlsx", line("2026-01", 150)).open("rb") as file:
        answer = client.post("/warnings/", {"file": file})
    assert answer.status_code == 422
    assert "第2行E（得分）列：“150”；应为0至100的数" in answer.content.decode()
    assert client.post("/warnings/").status_code == 422
    assert client_of(town, "org_leader1", monkeypatch).post("/warnings/").status_code == 404
