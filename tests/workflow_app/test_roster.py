"""The roster from a workbook: every fault with its place, nothing half-taken, twice is once, and who was where stays known."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import Workbook

from tests.story import Town
from workflow_app import clock, roster
from workflow_app.api.callers import make_token
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Account, AssessmentResult, Cadre, Desk, Office, Post, Record, RosterImport, Seat, Tenure, Tie, Unit
from workflow_app.roster.lines import SHEETS

pytestmark = pytest.mark.django_db
type_rows = dict[str, list[list[Any]]]

ROWS: type_rows = {
    "单位": [["YX-30", "市水利局", "部门", "YX", "否", "", ""], ["YX-31", "市水文站", "部门", "YX-30", "否", "", ""]],
    "职务": [["YX-30", "局长", "县处级正职", "是", "是"], ["YX-31", "站长", "乡科级正职", "是", "是"]],
    "干部": [
        ["SL001", "江海清", "男", "1975-03", "YX-30", "局长", "", "2023-04-01", "是"],
        ["SL002", "江月", "女", "1990-11", "YX-31", "站长", "", date(2024, 6, 1), "是"],
        ["YX00001", "王建国", "男", "1974-05", "YX-30", "局长", "", "2026-02-01", "是"],
    ],
    "任职经历": [["SL001", "江海清", "YX-01", "副局长", "2018-01-01", "2023-03-31", "云组〔2018〕3号"]],
    "回避关系": [["SL001", "江海清", "SL002", "江月", "直系血亲", "2026-01-15"]],
}  # fmt: skip


def book(rows: type_rows) -> bytes:
    """A workbook as an office sends it."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, columns in SHEETS.items():
        if title in rows:
            sheet = made.create_sheet(title)
            for line in (list(columns), *rows[title]):
                sheet.append(line)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def changed(sheet: str, line: int, place: int, value: Any, rows: type_rows = ROWS) -> type_rows:
    """The rows with one cell changed."""
    copy = {title: [list(one) for one in lines] for title, lines in rows.items()}
    copy[sheet][line][place] = value
    return copy


def faults(rows: type_rows, **more: Any) -> list[str]:
    with pytest.raises(BadSheet) as bad:
        roster.take(book(rows), "名册.xlsx", by=None, at=clock.now(), **more)
    assert (
        not RosterImport.objects.exists()
        and not Cadre.objects.filter(number="SL001").exists()
        and not Unit.objects.filter(code="YX-30").exists()
    )
    return [str(one) for one in bad.value.faults]


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, Post, Cadre, Tenure, Tie))


def test_units_posts_people_their_past_and_their_ties_come_in_together(town: Town) -> None:
    batch = roster.take(book(ROWS), "名册.xlsx", by=None, at=town.at)
    assert batch.changes["new"] == {"单位": 2, "职务": 2, "干部": 2, "任职经历": 1, "回避关系": 1}
    station = Unit.objects.get(code="YX-31")
    assert station.path == f"{Unit.objects.get(code='YX-30').path}{station.pk}/"
    moon = Cadre.objects.get(number="SL002")
    assert (moon.post_title, moon.post_since) == ("市水文站站长", date(2024, 6, 1))
    assert Tie.objects.get(kind="DIRECT").declared_at.astimezone(clock.TZ).date() == date(2026, 1, 15)
    record = Record.objects.get(kind="IMPORT", outcome="roster")
    assert record.chain == f"J{town.city.pk}"


def test_who_moved_is_where_they_are_now_and_where_they_were_stays_known(town: Town) -> None:
    Cadre.objects.filter(pk=town.wang.pk).update(post_since=date(2020, 5, 1))
    roster.take(book(ROWS), "名册.xlsx", by=None, at=town.at)
    wang = Cadre.objects.get(pk=town.wang.pk)
    assert (wang.post_title, wang.post_since) == ("市水利局局长", date(2026, 2, 1))
    assert list(wang.tenures.values_list("unit__name", "title", "first", "last")) == [
        ("市交通运输局", "副局长", date(2020, 5, 1), date(2026, 1, 31)), ("市水利局", "局长", date(2026, 2, 1), None),
    ]  # fmt: skip
    told = RosterImport.objects.get().changes["changed"]
    assert {"what": "干部：单位", "whose": "王建国", "before": "市交通运输局", "after": "市水利局"} in told


def test_the_same_file_and_the_same_rows_change_nothing(town: Town) -> None:
    file = book(ROWS)
    roster.take(file, "名册.xlsx", by=None, at=town.at)
    before = counts()
    with pytest.raises(roster.AlreadyTaken, match="没有重复导入"):
        roster.take(file, "名册.xlsx", by=None, at=town.at)
    shifted = {title: list(reversed(lines)) if title == "干部" else lines for title, lines in ROWS.items()}
    again = roster.take(book(shifted), "另存.xlsx", by=None, at=town.at)
    assert (again.changes["new"], again.changes["changed"]) == ({}, [])
    assert counts() == before


@pytest.mark.parametrize(
    ("sheet", "line", "place", "value", "said"),
    [
        ("单位", 0, 3, "YX-99", "工作表“单位”第2行D（上级单位编号）列：“YX-99”；应为已有的或者写在本表前面的单位编号"),
        ("单位", 0, 2, "局", "工作表“单位”第2行C（类别）列"),
        ("职务", 1, 2, "厅级", "工作表“职务”第3行C（职务层次）列"),
        ("职务", 0, 3, "", "工作表“职务”第2行D（领导职务）列：空白；应为是、否"),
        ("干部", 0, 5, "书记", "工作表“干部”第2行F（职务名称）列：“书记”；应为该单位已有的"),
        ("干部", 0, 3, "1975年3月", "第2行D（出生年月）列"),
        ("干部", 0, 7, "去年", "第2行H（任现职时间）列：“去年”；应为日期"),
        ("干部", 2, 1, "王建设", "工作表“干部”第4行B（姓名）列：“王建设”；应为名册中这一编号的姓名“王建国”"),
        ("干部", 2, 7, None, "第4行H（任现职时间）列：空白；应为单位或者职务有变动的"),
        ("干部", 1, 0, "SL001", "第3行A（干部编号）列：“SL001”；应为不重复"),
        ("干部", 0, 1, "=HYPERLINK(1)", "第2行B（姓名）列"),
        ("任职经历", 0, 5, "2017-01-01", "第2行F（至）列：“2017-01-01”；应为不早于2018-01-01"),
        ("任职经历", 0, 0, "SL009", "第2行A（干部编号）列：“SL009”；应为名册中的"),
        ("回避关系", 0, 3, "江日", "第2行D（对方姓名）列：“江日”；应为名册中的姓名“江月”"),
        ("回避关系", 0, 2, "SL001", "第2行C（对方编号）列"),
        ("回避关系", 0, 4, "同学", "第2行E（关系）列"),
    ],
)  # fmt: skip
def test_a_fault_says_sheet_row_column_and_what_was_expected(town: Town, sheet: str, line: int, place: int, value: Any, said: str) -> None:
    assert any(said in one for one in faults(changed(sheet, line, place, value)))


def test_every_fault_is_listed_at_once(town: Town) -> None:
    rows = changed("干部", 1, 2, "无", changed("单位", 0, 2, "局"))
    found = faults(rows)
    assert any("“单位”第2行" in one for one in found) and any("“干部”第3行C（性别）" in one for one in found)


def test_a_wrong_head_a_strange_sheet_and_no_workbook_at_all(town: Town) -> None:
    assert any("表头" in one for one in faults({"干部": []} | {"单位": ROWS["单位"][:0]}) + _strange("备注"))
    with pytest.raises(BadSheet, match="1处错误"):
        roster.take(b"not a workbook", "名册.xlsx", by=None, at=town.at)


def _strange(title: str) -> list[str]:
    made = Workbook()
    made.worksheets[0].title = title
    made.create_sheet("干部").append(["姓名"])
    file = BytesIO()
    made.save(file)
    with pytest.raises(BadSheet) as bad:
        roster.take(file.getvalue(), "名册.xlsx", by=None, at=clock.now())
    return [str(one) for one in bad.value.faults]


def test_looking_first_writes_nothing_and_tells_what_would_change(town: Town) -> None:
    before = counts()
    told = roster.check(book(ROWS), "名册.xlsx", at=town.at)
    assert told.new["干部"] == 2 and any(one.whose == "王建国" for one in told.changed)
    assert counts() == before and not Record.objects.filter(outcome="roster").exists()


class TestOnThePage:
    """石理 keeps the reference data."""

    @pytest.fixture
    def steward(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> Client:
        monkeypatch.setattr(clock, "now", lambda: town.at)
        client = Client()
        client.force_login(
            Account.objects.create(username="shi", office=Office.SYSTEM, password="!"), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    def test_check_then_take(self, steward: Client) -> None:
        answer = steward.post("/roster/", {"file": SimpleUploadedFile("名册.xlsx", book(ROWS))})
        page = answer.content.decode()
        assert "检查无误" in page and "市交通运输局" in page and not Cadre.objects.filter(number="SL001").exists()
        token = page.split('name="token" value="')[1].split('"')[0]
        assert "已导入9行" in steward.post("/roster/", {"do": "take", "token": token}, follow=True).content.decode()
        assert Cadre.objects.filter(number="SL001").exists()
        assert "没有导入" in steward.post("/roster/", {"do": "take", "token": token}).content.decode()

    def test_faults_stand_in_a_table(self, steward: Client) -> None:
        bad = SimpleUploadedFile("名册.xlsx", book(changed("干部", 0, 2, "无")))
        answer = steward.post("/roster/", {"file": bad})
        assert answer.status_code == 422 and "有1处错误" in answer.content.decode() and "C（性别）" in answer.content.decode()
        assert "XLSX" in steward.post("/roster/", {"file": SimpleUploadedFile("名册.xlsx", b"%PDF-1.7")}).content.decode()

    def test_the_empty_workbook_has_the_columns_that_are_read(self, steward: Client, town: Town) -> None:
        empty = steward.get("/roster/form.xlsx").content
        with pytest.raises(BadSheet, match="1处错误") as bad:
            roster.take(empty, "名册.xlsx", by=None, at=town.at)
        assert "没有数据" in str(bad.value.faults[0])

    def test_nobody_else_sees_it(self, town: Town) -> None:
        for office in (Office.SECURITY, Office.AUDIT, ""):
            client = Client()
            client.force_login(
                Account.objects.create(username=f"x{office}", office=office, password="!"),
                backend="django.contrib.auth.backends.ModelBackend",
            )
            assert client.get("/roster/").status_code == 404


def test_by_command_with_the_faults_on_the_error_line(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(book(changed("干部", 0, 2, "无")))
    with pytest.raises(CommandError, match="没有导入任何数据"):
        call_command("import_roster", file)
    assert "C（性别）" in capsys.readouterr().err
    file.write_bytes(book(ROWS))
    call_command("import_roster", file, "--check")
    assert "只检查" in capsys.readouterr().out and not RosterImport.objects.exists()
    call_command("import_roster", file, "--by", "wang")
    assert RosterImport.objects.get().taken_by == town.people["wang"]
    call_command("import_roster", file)
    assert "没有重复导入" in capsys.readouterr().out


class TestByProgram:
    """A program with a token of a seat."""

    def post(self, town: Town, who: str, place: str, data: bytes) -> Any:
        seat = Seat.objects.select_related("desk").get(account=town.people[who])
        head = {"Authorization": f"Bearer {make_token(seat, purpose='人事系统', days=30, at=town.at)}"}
        return Client().post(f"/api/v1/import/{place}", {"file": SimpleUploadedFile("名册.xlsx", data)}, headers=head)

    @pytest.fixture(autouse=True)
    def _now(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: town.at)

    def test_the_archives_send_people_and_the_same_file_again_is_refused(self, town: Town) -> None:
        file = book(ROWS)
        answer = self.post(town, "archivist1", "people", file)
        assert (answer.status_code, answer.json()["rows"], answer.json()["new"]["干部"]) == (200, 9, 2)
        again = self.post(town, "archivist1", "people", file)
        assert again.status_code == 409 and "没有重复导入" in again.json()["reason"]

    def test_faults_come_back_with_their_place(self, town: Town) -> None:
        answer = self.post(town, "archivist1", "people", book(changed("干部", 0, 2, "无")))
        assert answer.status_code == 422 and answer.json()["fields"] == {"干部!2!C（性别）": ["“无”；应为男、女"]}

    def test_a_seat_of_another_desk_may_not(self, town: Town) -> None:
        assert self.post(town, "case_handler1", "people", book(ROWS)).status_code == 404
        assert self.post(town, "archivist1", "results", b"x").status_code == 404

    def test_a_county_tells_only_of_its_own(self, town: Town) -> None:
        county = Unit.objects.create(code="YX-20", name="清河县", kind="COUNTY", parent=town.city, path="/", manages_cadres=True)
        county.path = f"{town.city.path}{county.pk}/"
        county.save()
        Seat.objects.filter(account=town.people["archivist1"]).update(
            desk=Desk.objects.create(role="archivist", unit=county, name="清河县档案")
        )
        answer = self.post(town, "archivist1", "people", book(ROWS))
        assert answer.status_code == 422
        assert all("本席位单位范围内" in words[-1] or "已有的" in words[-1] for words in answer.json()["fields"].values())
        assert not Cadre.objects.filter(number="SL001").exists() and Cadre.objects.get(pk=town.wang.pk).unit == town.wang.unit
        own = {"单位": [["YX-21", "清河县水务局", "部门", "YX-20", "否", "", ""]]}
        assert self.post(town, "archivist1", "people", book(own)).status_code == 200

    def test_results_come_in_the_same_way(self, town: Town) -> None:
        made = Workbook()
        for line in (
            ["年度", "干部编号", "姓名", "单位", "职务", "职务层次", "比较组", "等次", "得分", "满意度", "有效答卷", "名次", "组内人数"],
            [2025, "YX00001", "王建国", "市交通运输局", "副局长", "县处级副职", "市直副处级", "不称职", 55, 50, 40, 6, 6],
        ):
            made.worksheets[0].append(line)
        file = BytesIO()
        made.save(file)
        answer = self.post(town, "case_handler1", "results", file.getvalue())
        assert answer.status_code == 200 and answer.json()["rows"] == 1 and answer.json()["leads"] >= 1
        assert AssessmentResult.objects.get().cadre == town.wang
        assert self.post(town, "case_handler1", "results", file.getvalue()).status_code == 409
