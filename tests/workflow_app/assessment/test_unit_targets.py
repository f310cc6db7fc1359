"""Targets of units: stated by file month by month, coloured by arithmetic, shown without an order of merit; nothing decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.united import Bureaus, built
from workflow_app import clock, monitoring
from workflow_app.assessment.sheets import BadSheet
from workflow_app.assessment.units import statements
from workflow_app.assessment.units.attained import Reached, attainment, coloured, fits, over
from workflow_app.models import Account, Lead, Message, Record, UnitColour, UnitStatement, UnitTarget

pytestmark = pytest.mark.django_db
HOURS = (2025, "YX-21", "市水利局", "12345平均办理时长", "小时", "越低越好", "按月", 48, "市政府办〔2025〕12号", "")
CONTENT = (2025, "YX-21", "市水利局", "12345群众满意率", "%", "越高越好", "按月", 90, "市政府办〔2025〕12号", "")
BUILT = (2025, "YX-20", "市财政局", "项目资金拨付", "万元", "越高越好", "按季", 40000, "年度目标责任书", "")
TARGETS = (HOURS, CONTENT, BUILT)


@pytest.fixture
def bureaus(hall: Hall) -> Bureaus:
    """Six bureaus."""
    return built(hall)


def book(*lines: tuple[Any, ...], targets: tuple[tuple[Any, ...], ...] = (), extra: str = "", stated: bool = True) -> BytesIO:
    """A workbook of targets and statements."""
    made = Workbook()
    made.remove(made.active)
    for title, head, rows in (("目标", statements.TARGET_COLUMNS, targets), ("对账单", statements.COLUMNS, lines)):
        if rows or (title == "对账单" and stated):
            sheet = made.create_sheet(title)
            sheet.append([*head, extra] if extra and title == "对账单" else list(head))
            for row in rows:
                sheet.append(list(row))
    if not made.sheetnames:
        made.create_sheet("其他")
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out


def line(period: str, value: Any, *, of: tuple[Any, ...] = HOURS, due: Any = None, reason: str = "") -> tuple[Any, ...]:
    """A line of a statement."""
    return of[1], of[2], of[3], period, value, due, "12345平台月度通报", reason


def take(bureaus: Bureaus, *lines: tuple[Any, ...], by: Account | None = None, **more: Any) -> statements.Taken:
    """Take a workbook in at the city."""
    return monitoring.take_in(
        bureaus.hall.town.city, "targets.xlsx", book(*lines, **more), by=by or bureaus.hall.office, at=bureaus.hall.at
    )


def test_handling_time_and_satisfaction_of_a_unit_become_colours_that_explain_themselves(bureaus: Bureaus) -> None:
    taken = take(bureaus, line("2025-11", 60), line("2025-11", 99, of=CONTENT), line("2025Q3", 20000, of=BUILT), targets=TARGETS)
    assert len(taken.targets) == len(taken.statements) == 3
    found = {(one.unit.name, one.name): (one.shade, str(one.score)) for one in UnitColour.objects.select_related("unit")}
    assert found == {
        ("市水利局", "12345平均办理时长"): ("GREEN", "80.00"), ("市水利局", "12345群众满意率"): ("GREEN", "100.00"),
        ("市财政局", "项目资金拨付"): ("RED", "50.00"),
    }  # fmt: skip
    kept = UnitColour.objects.get(name="12345平均办理时长").inputs
    assert (kept["value"], kept["due"], kept["better"]) == ("60.00", "48.00", "LOW")


def test_yellow_reminds_who_leads_the_unit_and_red_the_department_too_and_nothing_else_follows(bureaus: Bureaus) -> None:
    take(bureaus, line("2025-11", 65), targets=TARGETS)
    assert [one.account for one in Message.objects.filter(key__startswith="unit:")] == [bureaus.heads[1]]
    take(bureaus, line("2025-12", 100))
    red = Message.objects.filter(key__endswith=":red")
    assert {one.account.username for one in red} == {f"org_leader{n}" for n in range(1, 5)}
    assert not Lead.objects.exists()
    assert Record.objects.filter(kind="IMPORT", outcome="unit_statements").count() == 2


def test_two_months_below_green_are_yellow_and_three_are_red_whatever_the_last_says(bureaus: Bureaus) -> None:
    take(bureaus, line("2025-10", 65), line("2025-11", 65), line("2025-12", 65), targets=TARGETS)
    assert dict(UnitColour.objects.values_list("period", "shade")) == {"2025-10": "YELLOW", "2025-11": "YELLOW", "2025-12": "RED"}


def test_a_correction_says_why_keeps_the_earlier_row_and_computes_anew(bureaus: Bureaus) -> None:
    take(bureaus, line("2025-11", 100), targets=TARGETS)
    with pytest.raises(BadSheet) as bad:
        take(bureaus, line("2025-11", 48))
    assert "写明理由" in str(bad.value.faults[0])
    assert take(bureaus, line("2025-11", 100)).statements == [], "the same again is not kept twice"
    taken = take(bureaus, line("2025-11", 48, reason="平台核减重复工单"))
    assert [one.shade for one in taken.colours] == ["GREEN"]
    assert UnitStatement.objects.count() == UnitColour.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitStatement.objects.update(value=1)


def test_a_target_set_anew_says_why_and_changes_the_colours_of_its_year(bureaus: Bureaus) -> None:
    take(bureaus, line("2025-11", 60), targets=(HOURS,))
    lower = (*HOURS[:7], 24, HOURS[8], "")
    with pytest.raises(BadSheet):
        take(bureaus, targets=(lower,), stated=False)
    with pytest.raises(BadSheet, match="1处错误"):
        take(bureaus, targets=((*HOURS[:6], "按季", 48, HOURS[8], "改为按季报告"),), stated=False)
    taken = take(bureaus, targets=((*lower[:9], "市政府提高要求"),), stated=False)
    assert [(one.period, one.shade) for one in taken.colours] == [("2025-11", "RED")]
    assert UnitTarget.objects.count() == 2


def test_a_period_may_be_held_to_its_own_part_of_the_way(bureaus: Bureaus) -> None:
    take(bureaus, line("2025Q1", 9000, of=BUILT, due=10000), targets=TARGETS)
    assert UnitColour.objects.get().score == 90


def test_every_fault_of_a_file_is_named_with_its_place_and_nothing_is_kept(bureaus: Bureaus) -> None:
    with pytest.raises(BadSheet) as bad:
        take(
            bureaus, line("2026-01", 40), line("2025Q3", 40), line("2025-10", -1), line("2025-09", 40), line("2025-09", 41),
            ("YX-99", "某局", HOURS[3], "2025-11", 3, None, "通报", ""), line("2025-11", 40, of=(0, "YX-21", "市教育局", "没有这个目标")),
            targets=(*TARGETS, (2026, *HOURS[1:]), (*CONTENT[:5], "越多越好", *CONTENT[6:])),
        )  # fmt: skip
    said = "\n".join(str(one) for one in bad.value.faults)
    for words in (
        "第2行D（期间）",
        "第3行D（期间）",
        "第4行E（实际值）",
        "第6行C（目标）",
        "第7行A（单位编号）",
        "名册中的名称“市水利局”",
        "已登记的目标",
        "越高越好、越低越好",
    ):
        assert words in said, said
    assert not UnitTarget.objects.exists()
    assert not UnitStatement.objects.exists()


def test_a_column_about_callers_and_a_book_without_the_sheets_are_faults(bureaus: Bureaus) -> None:
    with pytest.raises(BadSheet) as bad:
        take(bureaus, line("2025-11", 40), targets=TARGETS, extra="来电人")
    assert "不登记反映人和服务对象" in str(bad.value.faults[0])
    with pytest.raises(BadSheet) as bad:
        take(bureaus, stated=False)
    assert "没有要导入的工作表" in str(bad.value.faults[0])


def test_nobody_states_what_their_own_unit_reached(bureaus: Bureaus) -> None:
    with pytest.raises(BadSheet) as bad:
        take(bureaus, line("2025-11", 40), targets=(HOURS,), by=bureaus.heads[1])
    assert "其他单位的人员登记" in str(bad.value.faults[0])
    assert take(bureaus, line("2025-11", 40), targets=(HOURS,), by=bureaus.heads[0]).statements


def test_what_goes_out_comes_in_unchanged(bureaus: Bureaus) -> None:
    take(bureaus, line("2025-11", 60), line("2025Q3", 20000, of=BUILT, due=30000), targets=TARGETS)
    data = statements.written(bureaus.hall.town.city)
    taken = statements.take_in(bureaus.hall.town.city, "t.xlsx", BytesIO(data), bureaus.hall.at.date(), **bureaus.words)
    assert (taken.targets, taken.statements, taken.colours) == ([], [], [])


def page(bureaus: Bureaus, account: Account, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: bureaus.hall.at)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_of_the_month_has_no_order_of_merit_and_belongs_to_the_office(bureaus: Bureaus, monkeypatch: pytest.MonkeyPatch) -> None:
    office, url = page(bureaus, bureaus.hall.office, monkeypatch), "/assessment/units/"
    assert "还没有对账" in office.get(url).content.decode()
    data = book(
        line("2025-11", 100),
        line("2025-11", 40, of=(0, "YX-20", "市财政局", HOURS[3])),
        targets=(HOURS, (2025, "YX-20", "市财政局", *HOURS[3:])),
    )
    assert office.post(url, {"file": SimpleUploadedFile("t.xlsx", data.read())}).status_code == 302
    said = office.get(url).content.decode()
    assert said.index("市财政局") < said.index("市水利局"), "by code: the better one does not stand first because it is better"
    assert "越低越好：目标值48.00÷实际值100.00，达成度48.00%" in said
    assert "第1名" not in said
    bad = office.post(url, {"file": SimpleUploadedFile("t.xlsx", b"no workbook")})
    assert bad.status_code == 422
    assert "什么也没有导入" in bad.content.decode()
    assert office.post(url).status_code == 422
    assert office.get("/assessment/units/targets.xlsx").status_code == 200
    head = page(bureaus, bureaus.heads[1], monkeypatch)
    assert head.get(url).status_code == head.get("/assessment/units/targets.xlsx").status_code == 404
    own = head.get("/mine/assessment/").content.decode()
    assert "12345平均办理时长：100.00 小时" in own and "市财政局" not in own


def test_the_sheet_of_a_review_meeting_shows_three_years_of_settled_results(bureaus: Bureaus, monkeypatch: pytest.MonkeyPatch) -> None:
    office = page(bureaus, bureaus.hall.office, monkeypatch)
    assert "还没有审定的单位考核结果" in office.get("/assessment/units/years/").content.decode()
    bureaus.grade(bureaus.rated(), "EXCELLENT", "GOOD", "GOOD", "GOOD", "GOOD", "POOR")
    said = office.get("/assessment/units/years/").content.decode()
    assert "2023年度" in said and "2025年度" in said
    assert "优秀 1" in said and "72.80" in said
    assert page(bureaus, bureaus.heads[1], monkeypatch).get("/assessment/units/years/").status_code == 404


positive = st.decimals(Decimal("0.01"), Decimal("100000"), places=2)


@given(positive, positive, st.sampled_from(["HIGH", "LOW"]))
def test_attainment_stays_within_bounds_and_is_full_exactly_when_the_target_is_met(value: Decimal, due: Decimal, better: str) -> None:
    found = attainment(value, due, better)
    assert 0 <= found <= 100
    if value >= due if better == "HIGH" else value <= due:
        assert found == 100


def test_boundaries_of_colours_and_periods() -> None:
    shades = {
        value: coloured("率", "HIGH", {"2025-01": Reached(1, Decimal(value), Decimal(100))})["2025-01"][0]
        for value in ("80", "79.99", "60", "59.99")
    }
    assert shades == {"80": "GREEN", "79.99": "YELLOW", "60": "YELLOW", "59.99": "RED"}
    assert attainment(Decimal(0), Decimal(5), "LOW") == 100
    assert fits("2025-03", "MONTH", 2025) and fits("2025Q4", "QUARTER", 2025)
    assert not any(
        (fits("2025-13", "MONTH", 2025), fits("2025Q5", "QUARTER", 2025), fits("2025-03", "QUARTER", 2025), fits("2025-03", "MONTH", 2024))
    )
    assert over("2025-12", date(2026, 1, 1)) and over("2025Q4", date(2026, 1, 1))
    assert not over("2026-01", date(2026, 1, 31)) and not over("2026Q1", date(2026, 3, 31))
