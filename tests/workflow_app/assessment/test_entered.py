"""Matters that people entered: the guard of each rule at its boundary; a lead, a bar or a note, and never a decision."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from flows.up import bars
from tests.story import Town
from workflow_app import clock
from workflow_app.assessment.library.keeping import add_list
from workflow_app.assessment.triggers.entered import GROUNDS, RULES
from workflow_app.assessment.triggers.entering import Entry
from workflow_app.assessment.triggers.register import TRIGGERS
from workflow_app.models import Bar, Case, Finding, GroundEntry, Lead, Library, Message, Record
from workflow_app.pages.finding_forms import FORMS
from workflow_app.refusing import Refused
from workflow_app.telling import assessed

ON = date(2026, 3, 2)


def votes(excellent: int, competent: int, basic: int, incompetent: int, determined: bool = False) -> dict[str, Any]:
    return {"excellent": excellent, "competent": competent, "basic": basic, "incompetent": incompetent, "determined": determined}


def admonition(**other: Any) -> dict[str, Any]:
    told = {
        "admonished_on": date(2025, 9, 2),
        "letter": "云组诫〔2025〕3号",
        "matter": "会而不议",
        "checked_on": ON,
        "checker": "干部监督室",
    }
    return {**told, "improvement": "没有明显改进", "observed": "仍由一人决定", **other}


def mending(**other: Any) -> dict[str, Any]:
    return {"item": "农田水利", "served_on": date(2026, 1, 10), "due_on": date(2026, 2, 1), "checked_on": ON, **other}


def form(**other: Any) -> dict[str, Any]:
    told = {
        "form": "推诿扯皮",
        "situation": "S07",
        "list": "表现清单（第1版）第3项",
        "matter": "城南道路补偿",
        "means": "现场核查",
        "checked": True,
    }
    return {**told, "first_seen": date(2025, 9, 1), "last_seen": date(2025, 12, 1), "result": "三次退件没有理由", **other}


def fraud(**other: Any) -> dict[str, Any]:
    return {"indicator": "重点任务完成率", "core": True, "organ": "市统计局", "letter": "核查通报第4号", **other}


@pytest.mark.parametrize(
    ("rule", "facts", "suggests"),
    [
        ("T-08", {"score": Decimal("80.00"), "panel": True}, ""),
        ("T-08", {"score": Decimal("79.99"), "panel": False}, "STUDY"),
        ("T-08", {"score": Decimal("79.99"), "panel": True}, "CASE"),
        ("T-08", {"score": Decimal("89.99"), "panel": False}, ""),
        ("T-10", votes(10, 10, 10, 0), ""),
        ("T-10", votes(10, 9, 10, 1), "REMINDER"),
        ("T-10", votes(10, 10, 0, 10, True), ""),
        ("T-10", votes(10, 9, 0, 11, True), "CASE"),
        ("T-10", votes(10, 9, 0, 11), "REMINDER"),
        ("T-10", votes(0, 0, 0, 0), ""),
        ("T-11", {"unable_since": date(2025, 3, 2)}, ""),
        ("T-11", {"unable_since": date(2025, 3, 1)}, "CASE"),
        ("T-12", admonition(), "CASE"),
        ("T-12", admonition(checked_on=date(2026, 3, 1)), ""),
        ("T-12", admonition(improvement="有所改进"), ""),
        ("T-12", admonition(improvement="明显改进"), ""),
        ("T-13", {"channel": "审计", "checked": True, "result": "属实"}, "CASE"),
        ("T-13", {"channel": "审计", "checked": False, "result": "待核"}, ""),
        ("T-14", {"organ": "市纪委监委", "letter": "1号", "result": "建议调整"}, "CASE"),
        ("T-09", mending(), "CASE"),
        ("T-09", mending(checked_on=date(2026, 2, 1)), ""),
        ("T-09", mending(served_on=date(2026, 2, 1)), ""),
        ("T-09", mending(served_on=None), ""),
        ("T-16", form(), "CASE"),
        ("T-16", form(checked=False), ""),
        ("T-16", form(situation="S04"), ""),
        ("T-16", form(last_seen=date(2025, 1, 1)), ""),
        ("B-FRAUD", fraud(), ""),
        ("B-VETO", {"fact": "违规举债上项目", "organ": "市审计局", "letter": "审计报告第2号"}, ""),
        ("T-06", {"quarter": "2026Q1", "rank": 8, "size": 10}, ""),
    ],
)
def test_guards_at_their_boundaries(rule: str, facts: dict[str, Any], suggests: str) -> None:
    assert RULES[rule](facts, ON).suggests == suggests


@pytest.mark.parametrize(("rank", "size", "asked"), [(8, 10, True), (7, 10, False), (3, 4, False), (3, 5, True), (2, 5, False)])
def test_the_last_three_of_a_group_of_five_explain_and_nothing_else(rank: int, size: int, asked: bool) -> None:
    found = RULES["T-06"]({"quarter": "2026Q1", "rank": rank, "size": size}, ON)
    assert ("请本人作复盘说明" in found.words) == asked
    assert (found.suggests, found.bar_months) == ("", 0)


@pytest.mark.parametrize(("grade", "main", "months"), [("一般", True, 12), ("较差", True, 12), ("较好", True, 0), ("一般", False, 0)])
def test_a_low_team_bars_its_main_leader_for_a_year(grade: str, main: bool, months: int) -> None:
    assert RULES["T-15"]({"year": 2025, "grade": grade, "main_leader": main}, ON).bar_months == months


@pytest.mark.parametrize(("core", "months"), [(True, 24), (False, 0)])
def test_a_false_key_figure_bars_for_two_years_and_another_figure_does_not(core: bool, months: int) -> None:
    found = RULES["B-FRAUD"](fraud(core=core), ON)
    assert (found.suggests, found.bar_months) == ("", months)


def test_grounds_of_not_doing_map_to_three_situations_only() -> None:
    assert set(GROUNDS) == {"S03", "S07", "S08"}


def enter(town: Town, rule: str, on: date | None = None, **facts: Any) -> Finding:
    entry = Entry(rule, town.wang, facts, "市委督查室核实报告", on or town.today)
    return assessed.enter_finding(entry, unit=town.city, by=town.people["case_handler1"], at=town.at)


@pytest.mark.django_db
def test_a_finding_is_kept_recorded_and_followed_by_a_lead_with_its_evidence(town: Town) -> None:
    found = enter(town, "T-13", channel="审计", checked=True, result="虚列工程量")
    assert found.lead is not None
    assert found.lead.rule_id == "T-13"
    assert found.lead.evidence[0]["result"] == "虚列工程量"
    assert Record.objects.filter(kind="FINDING", actor=town.people["case_handler1"]).count() == 1
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_the_same_rule_entered_again_is_another_lead(town: Town) -> None:
    one, other = (enter(town, "T-14", organ="市纪委监委", letter=f"{n}号", result="建议") for n in (1, 2))
    assert one.lead != other.lead
    assert Lead.objects.count() == 2


@pytest.mark.django_db
def test_a_bar_runs_a_year_shows_in_the_qualification_check_and_can_be_lifted(town: Town) -> None:
    bar = enter(town, "T-15", year=2025, grade="一般", main_leader=True).bar
    assert (bar.first_day, bar.last_day) == (town.today, date(2027, 3, 1))
    assert not Lead.objects.exists()
    assert bars.restriction(town.wang.pk, bar.last_day).barred
    assert not bars.restriction(town.wang.pk, bar.last_day + timedelta(days=1)).barred
    assessed.lift_bar(bar, unit=town.city, reason="班子等次经复核更正", by=town.people["case_handler1"], at=town.at)
    assert not bars.restriction(town.wang.pk, town.today).barred
    with pytest.raises(assessed.Refused):
        assessed.lift_bar(bar, unit=town.city, reason="再次解除", by=town.people["case_handler1"], at=town.at)


@pytest.mark.django_db
def test_who_came_last_in_the_quarter_is_asked_to_explain(town: Town) -> None:
    enter(town, "T-06", quarter="2026Q1", rank=10, size=10)
    assert Message.objects.get(account=town.people["wang"]).title.startswith("2026Q1赛马会第10名")
    assert not Lead.objects.exists()


@pytest.mark.django_db
def test_who_came_last_writes_the_explanation_in_the_portal_and_the_handler_reads_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = enter(town, "T-06", quarter="2026Q1", rank=10, size=10)
    client, url = client_of(town, "wang", monkeypatch), f"/mine/assessment/{finding.pk}/"
    assert Message.objects.get(account=town.people["wang"]).url == url
    assert "写复盘说明" in client.get("/mine/assessment/").content.decode()
    typed = {"causes": "雨季停工二十天，进度落后。", "measures": "太短", "wants": "请求协调用地"}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "雨季停工二十天" in refused.content.decode(), "what was typed stays"
    assert client.post(url, {**typed, "measures": "倒排工期，每周到现场一次。"}).status_code == 302
    assert "请求协调用地" in client.get(url).content.decode()
    assert "倒排工期" in client_of(town, "case_handler1", monkeypatch).get("/findings/").content.decode()
    assert Record.objects.filter(kind="FINDING", outcome="retrospect", actor=town.people["wang"]).exists()
    assert Message.objects.get(account=town.people["case_handler1"]).title == "王建国提交了复盘说明"
    assert not Case.objects.exists() and not Lead.objects.exists()


@pytest.mark.django_db
def test_nobody_writes_for_another_and_nothing_where_nothing_was_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = enter(town, "T-06", quarter="2026Q1", rank=10, size=10)
    silent = enter(town, "T-06", quarter="2025Q4", rank=1, size=10)
    words = {"causes": "雨季停工二十天，进度落后。", "measures": "倒排工期，每周到现场一次。"}
    assert client_of(town, "case_handler1", monkeypatch).post(f"/mine/assessment/{asked.pk}/", words).status_code == 404
    assert client_of(town, "wang", monkeypatch).post(f"/mine/assessment/{silent.pk}/", words).status_code == 404
    for finding, by in ((asked, "case_handler1"), (silent, "wang")):
        with pytest.raises(Refused):
            assessed.write_retrospect(finding, **words, wants="", by=town.people[by], at=town.at)


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_the_handler_enters_a_finding_and_comes_to_the_lead(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client, url = client_of(town, "case_handler1", monkeypatch), f"/findings/{town.wang.pk}/T-13/"
    typed = {"channel": "审计", "checked": "on", "result": "虚列工程量", "source": "审计报告", "found_on": "2026-03-03"}
    assert client.post(url, typed).status_code == 422, "tomorrow"
    assert client.post(url, {**typed, "result": ""}).status_code == 422
    assert not Finding.objects.exists()
    answer = client.post(url, {**typed, "found_on": "2026-03-02"}, follow=True)
    assert "虚列工程量" in answer.content.decode()
    assert "审计反映的问题经核实" in client.get("/findings/").content.decode()


@pytest.mark.django_db
def test_a_bar_is_lifted_only_with_a_reason_and_by_a_handler(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"/findings/bars/{enter(town, 'T-15', year=2025, grade='一般', main_leader=True).bar.pk}/lift/"
    assert client_of(town, "case_handler1", monkeypatch).post(url, {"reason": "不"}).status_code == 409
    assert client_of(town, "archivist1", monkeypatch).post(url, {"reason": "班子等次经复核更正"}).status_code == 404
    assert Bar.objects.get().lifted_on is None
    client_of(town, "case_handler1", monkeypatch).post(url, {"reason": "班子等次经复核更正"})
    assert Bar.objects.get().lifted_on == town.today


@pytest.mark.django_db
def test_a_form_of_not_doing_is_named_from_a_list_in_force_and_nothing_else(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client, url = client_of(town, "case_handler1", monkeypatch), f"/findings/{town.wang.pk}/T-16/"
    assert "没有情形清单：先由考核办公室导入" in client.get(url).content.decode()
    library = Library.objects.create(organ=town.city, name="云溪市考核指标库", source="市考核办法", opened_on=date(2025, 1, 1))
    words: dict[str, Any] = {"by": town.people["assessment_office1"], "at": town.at}
    entries = [("对群众合理诉求推诿扯皮", "S07", False), ("报送数据弄虚作假", "S04", False)]
    add_list(library, "GROUNDS", "不担当不作为表现清单", "市委文件", entries, valid_from=date(2025, 1, 1), **words)
    add_list(library, "GROUNDS", "明年的清单", "市委文件", [("推诿", "S07", False)], valid_from=date(2027, 1, 1), **words)
    shown = client.get(url).content.decode()
    assert "S07 对群众合理诉求推诿扯皮" in shown
    assert "弄虚作假（" not in shown and "明年的清单" not in shown
    typed = {
        "matter": "城南道路补偿", "first_seen": "2025-09-01", "last_seen": "2025-12-01", "means": "现场核查", "checked": "on", "result": "三次退件没有理由",
        "source": "市委督查室核实报告", "found_on": "2026-03-02",
    }  # fmt: skip
    one, other = GroundEntry.objects.filter(list__name="不担当不作为表现清单").order_by("number")
    assert client.post(url, {**typed, "entry": other.pk}).status_code == 422, "its situation is another"
    assert client.post(url, {**typed, "entry": one.pk, "last_seen": "2025-08-01"}).status_code == 422
    assert client.post(url, {**typed, "entry": one.pk}).status_code == 302
    found = Finding.objects.get()
    assert (found.facts["situation"], found.facts["list"]) == ("S07", "不担当不作为表现清单（第1版）第1项")
    assert found.lead is not None
    assert "对应情形S07" in found.lead.summary


def test_every_rule_from_t01_to_t16_is_registered_with_guards_source_and_a_place_that_raises_it() -> None:
    assert [rule for rule in TRIGGERS if rule.startswith("T-")] == [f"T-{n:02}" for n in range(1, 17)]
    by_year, by_month, by_score = {f"T-{n:02}" for n in range(1, 6)} | {"UP-EXC3", "C-TERM"}, {"T-07", "W-RED"}, {"T-08"}
    assert by_year | by_month | by_score | set(RULES) == set(TRIGGERS)
    assert set(FORMS) == set(RULES), "what is judged when it is entered has a form"
    for rule, one in TRIGGERS.items():
        assert all(str(words) for words in (one.title, one.guards, one.follows, one.source)), rule
    text = "".join(
        file.read_text()
        for folder in ("workflow_app", "journeys")
        for file in (Path(__file__).parents[3] / "tests" / folder).rglob("test_*.py")
    )
    assert not [rule for rule in TRIGGERS if f'"{rule}"' not in text], "every rule has a test that names it"


@pytest.mark.django_db
def test_a_lead_says_by_which_rule_with_which_guards_it_came(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = enter(town, "T-13", channel="审计", checked=True, result="虚列工程量").lead
    assert lead is not None
    shown = client_of(town, "case_handler1", monkeypatch).get(f"/leads/{lead.pk}/").content.decode()
    assert "已经核实；不登记举报人" in shown
