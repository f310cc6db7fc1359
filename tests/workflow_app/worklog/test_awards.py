"""Awards: results bring people up, one proposes, another agrees, a document makes the award; no amount is kept anywhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town, signed_in
from tests.workflow_app.worklog.wrote import graded
from workflow_app import clock, ledger, noting
from workflow_app.models import Award, AwardAnswer, AwardProposal, Cadre, Lead, Message, Record, ResultUse, Tie
from workflow_app.refusing import Refused
from workflow_app.worklog import awards

pytestmark = pytest.mark.django_db
REASON = "2023至2025年度连续三年优秀，重点工程按期完成。"


def deed(**changes: Any) -> awards.Deed:
    found = {
        "kind": "MERIT3", "year": 2025, "basis": "连续三年年度考核优秀", "issuer": "云溪市人民政府", "document": "关于给予记三等功奖励的决定",
        "number": "云政〔2026〕3号", "awarded_on": date(2026, 2, 20),
    } | changes  # fmt: skip
    return awards.Deed(**found)


def proposed(town: Town, kind: str = "MERIT3") -> AwardProposal:
    return noting.propose_award(town.wang, kind, 2025, REASON, by=town.people["case_handler1"], at=town.at)


def agreed(town: Town) -> AwardProposal:
    made = proposed(town)
    noting.answer_award(made, "AGREED", "成绩属实，同意报批。", by=town.people["org_leader1"], at=town.at)
    return made


def due(town: Town) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.kind, one.years) for one in awards.due(Cadre.objects.filter(pk=town.wang.pk))]


@given(st.sets(st.integers(1990, 2040)))
def test_runs_are_three_years_running_and_no_year_counts_twice(years: set[int]) -> None:
    found = awards.runs(years)
    assert all(run == (run[0], run[0] + 1, run[0] + 2) and set(run) <= years for run in found)
    counted = [year for run in found for year in run]
    assert len(counted) == len(set(counted))
    left = years - set(counted)
    assert not [year for year in left if {year + 1, year + 2} <= left], "none is passed over"


def test_years_that_have_had_their_award_count_for_no_other() -> None:
    assert awards.runs([2021, 2022, 2023, 2024]) == [(2021, 2022, 2023)]
    assert awards.runs([2021, 2022, 2023, 2024, 2025, 2026], used=[2023]) == [(2024, 2025, 2026)]
    assert awards.runs([2022, 2023, 2024], used=[2023]) == []


def test_results_bring_somebody_up_until_a_proposal_or_an_award_stands(town: Town) -> None:
    for year in (2023, 2024):
        graded(town, year)
    assert due(town) == [("COMMENDATION", (2024,))]
    graded(town, 2025)
    assert due(town) == [("MERIT3", (2023, 2024, 2025)), ("COMMENDATION", (2025,))]
    proposed(town)
    assert due(town) == [("COMMENDATION", (2025,))]
    noting.register_award(town.wang, deed(kind="COMMENDATION"), by=town.people["case_handler1"], at=town.at)
    assert due(town) == []


def test_a_year_long_past_brings_nobody_up_for_a_commendation(town: Town) -> None:
    graded(town, 2023)
    graded(town, 2024, "COMPETENT")
    assert due(town) == []


def test_being_brought_up_gives_nothing(town: Town) -> None:
    for year in (2023, 2024, 2025):
        graded(town, year)
    awards.due(Cadre.objects.all())
    assert not AwardProposal.objects.exists() and not Award.objects.exists() and not Lead.objects.exists()


def test_a_proposal_of_merit_stands_on_the_lead_of_three_years(town: Town) -> None:
    desk = town.people["org_leader1"].seats.get().desk
    lead = Lead.objects.create(
        desk=desk, cadre=town.wang, rule_id="UP-EXC3", suggests="PROMOTE", origin="x", evidence=[], created_at=town.at, due_on=town.today,
        summary="连续三年优秀",
    )  # fmt: skip
    assert proposed(town).lead == lead


def test_who_proposed_does_not_agree_neither_through_the_room_nor_past_it(town: Town) -> None:
    leader = town.people["org_leader1"]
    made = noting.propose_award(town.wang, "MERIT3", 2025, REASON, by=leader, at=town.at)
    with pytest.raises(Refused, match="提出人不得审定") as no:
        noting.answer_award(made, "AGREED", "同意报批。", by=leader, at=town.at)
    assert no.value.rule == "SD-19"
    with pytest.raises(DatabaseError), transaction.atomic():
        AwardAnswer.objects.create(proposal=made, outcome="AGREED", reason="同意", by=leader, at=town.at)


def test_nobody_proposes_agrees_to_or_registers_the_own_award_or_of_whom_they_are_tied_to(town: Town) -> None:
    wang, leader = town.people["wang"], town.people["org_leader1"]
    with pytest.raises(Refused, match="本人的事项"):
        noting.propose_award(town.wang, "MERIT3", 2025, REASON, by=wang, at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        noting.register_award(town.wang, deed(), by=wang, at=town.at)
    made = proposed(town)
    Tie.objects.create(one=town.wang, other=Cadre.objects.get(account=leader), kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系"):
        noting.answer_award(made, "AGREED", "同意报批。", by=leader, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        AwardProposal.objects.create(cadre=town.wang, organ=town.city, kind="TITLE", year=2025, reason="r", by=wang, at=town.at)


def test_a_proposal_is_made_once_with_a_reason_and_answered_once_with_a_reason(town: Town) -> None:
    handler, leader = town.people["case_handler1"], town.people["org_leader1"]
    for kind, reason, words in (
        ("", REASON, "没有选择奖励种类"),
        ("QUARTER", REASON, "没有选择奖励种类"),
        ("MERIT3", "优秀", "请写明理由"),
    ):
        with pytest.raises(Refused, match=words):
            noting.propose_award(town.wang, kind, 2025, reason, by=handler, at=town.at)
    made = proposed(town)
    with pytest.raises(Refused, match="已经有人提出"):
        proposed(town)
    for outcome, reason, words in (("", "同意报批。", "没有选择意见"), ("AGREED", "", "请写明理由")):
        with pytest.raises(Refused, match=words):
            noting.answer_award(made, outcome, reason, by=leader, at=town.at)
    noting.answer_award(made, "NOT_AGREED", "2024年度有未整改事项。", by=leader, at=town.at)
    with pytest.raises(Refused, match="已经审定"):
        noting.answer_award(made, "AGREED", "同意报批。", by=town.people["org_leader2"], at=town.at)
    assert Message.objects.filter(account=handler, title__contains="没有同意").exists()


def test_an_award_stands_on_an_agreed_proposal_of_its_kind_or_on_none(town: Town) -> None:
    made, by = proposed(town), town.people["case_handler1"]
    with pytest.raises(Refused, match="还没有同意"):
        noting.register_award(town.wang, deed(), proposal=made, by=by, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.create(cadre=town.wang, organ=town.city, proposal=made, by=by, at=town.at, **vars(deed()))
    noting.answer_award(made, "AGREED", "成绩属实，同意报批。", by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="种类不符"):
        noting.register_award(town.wang, deed(kind="MERIT2"), proposal=made, by=by, at=town.at)
    assert noting.register_award(town.wang, deed(), proposal=made, by=by, at=town.at).proposal == made
    assert Message.objects.filter(account=town.people["wang"], title__contains="登记了一项奖励").exists()
    noted = list(Record.objects.filter(kind="WORK").order_by("seq").values_list("outcome", flat=True))
    assert noted == ["award_proposed", "award_answered", "award"]
    ledger.verify(f"J{town.city.pk}")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "MONEY"}, "没有选择奖励种类"), ({"awarded_on": date(2026, 3, 3)}, "不能晚于今天"), ({"year": 2027}, "依据年度晚于批准日期"),
        ({"basis": "优秀"}, "请写明奖励依据"), ({"issuer": ""}, "请写明批准机关"), ({"document": "决定"}, "请写明文件名称"), ({"number": ""}, "请写明文号"),
    ],
)  # fmt: skip
def test_an_award_without_its_document_or_its_day_is_refused(town: Town, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words) as no:
        noting.register_award(town.wang, deed(**changes), by=town.people["case_handler1"], at=town.at)
    assert no.value.way_out and not Award.objects.exists()


def test_the_same_award_is_registered_once_and_corrected_by_a_new_entry(town: Town) -> None:
    by = town.people["case_handler1"]
    first = noting.register_award(town.wang, deed(), by=by, at=town.at)
    with pytest.raises(Refused, match="已经登记"):
        noting.register_award(town.wang, deed(), by=by, at=town.at)
    with pytest.raises(Refused, match="请写明更正理由"):
        noting.register_award(town.wang, deed(year=2024), corrects=first, by=by, at=town.at)
    noting.register_award(town.wang, deed(year=2024), corrects=first, why="年度写错。", by=by, at=town.at)
    with pytest.raises(Refused, match="已经更正过"):
        noting.register_award(town.wang, deed(year=2023), corrects=first, why="年度又错。", by=by, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.filter(pk=first.pk).delete()


def test_no_table_here_has_a_column_for_money(town: Town) -> None:
    for model in (Award, AwardProposal, AwardAnswer, ResultUse):
        numbers = [one.name for one in model._meta.concrete_fields if isinstance(one, (models.DecimalField, models.FloatField))]
        assert not numbers, model


def test_for_what_a_result_was_used_is_noted_with_its_document_and_changes_nothing_else(town: Town) -> None:
    by, result = town.people["case_handler1"], graded(town, 2025)
    noting.use_result(result, "PAY_OFFICE", "结果已送市人社局。", "云组函〔2026〕7号", town.today, by=by, at=town.at)
    for use, text, document, on, words in (
        ("MONEY", "结果已送市人社局。", "云组函〔2026〕7号", town.today, "没有选择运用方式"),
        ("AWARD", "", "云组函〔2026〕7号", town.today, "请写明情况"),
        ("AWARD", "结果用于表彰。", "", town.today, "请写明依据文件"),
        ("AWARD", "结果用于表彰。", "云组函〔2026〕7号", town.today + timedelta(days=1), "不能晚于今天"),
    ):
        with pytest.raises(Refused, match=words):
            noting.use_result(result, use, text, document, on, by=by, at=town.at)
    with pytest.raises(Refused, match="本人的事项"):
        noting.use_result(result, "AWARD", "结果用于表彰。", "云组函〔2026〕7号", town.today, by=town.people["wang"], at=town.at)
    assert ResultUse.objects.count() == 1 and not Lead.objects.exists()


def test_the_pages_bring_up_propose_agree_and_register(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    for year in (2023, 2024, 2025):
        graded(town, year)
    handler, leader = signed_in(town.people["case_handler1"]), signed_in(town.people["org_leader1"])
    url = f"/worklog/awards/of/{town.wang.pk}/"
    assert f"{url}?kind=MERIT3&amp;year=2025" in handler.get("/worklog/awards/").content.decode()
    sent = {"do": "propose", "propose-kind": "MERIT3", "propose-year": "2025", "propose-reason": "优秀"}
    page = handler.post(url, sent)
    assert page.status_code == 422 and "请写明理由" in page.content.decode()
    assert handler.post(url, sent | {"propose-reason": REASON}).status_code == 302
    made = AwardProposal.objects.get()
    answer = {"do": "answer", "answer-proposal": made.pk, "answer-outcome": "AGREED", "answer-reason": "成绩属实，同意报批。"}
    assert signed_in(town.people["case_handler2"]).post(url, answer).status_code == 404, "a handler does not agree"
    assert leader.post(url, answer).status_code == 302
    typed = {f"award-{name}": str(value) for name, value in vars(deed()).items()}
    assert handler.post(url, {"do": "award", "award-proposal": made.pk, **typed}).status_code == 302
    assert "云政〔2026〕3号" in handler.get("/worklog/awards/").content.decode()
    old = Award.objects.get()
    assert "关于给予记三等功奖励的决定" in handler.get(f"{url}?correct={old.pk}").content.decode()
    fixed = {"do": "award", **typed, "award-year": "2024", "award-corrects": old.pk, "award-why": "年度写错。"}
    assert handler.post(url, fixed).status_code == 302 and Award.objects.get(corrects=old).year == 2024
    for who in ("legal_reviewer1", "auditor1", "wang"):
        assert signed_in(town.people[who]).get(url).status_code == 404, who
        assert signed_in(town.people[who]).get("/worklog/awards/").status_code == 404, who
