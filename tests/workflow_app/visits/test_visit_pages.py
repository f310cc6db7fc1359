"""Visits and checks on their pages: who sees what and when, refusals that keep what was typed, and what the person concerned is shown."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from tests.story import Town, signed_in
from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.visits.sampled import drawn, matter, wrong
from tests.workflow_app.visits.test_picking import proposal
from tests.workflow_app.visits.test_reports import entered
from tests.workflow_app.visits.visited import planned, reported
from workflow_app import clock, visiting
from workflow_app.models import (
    Campaign,
    Disposal,
    Read,
    SampleCheck,
    SamplePlan,
    UnitChoice,
    Visit,
    VisitLeave,
    VisitLimit,
    VisitPaper,
    VisitReport,
)
from workflow_app.visits.disposing import Word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)


def typed(town: Town, **more: str) -> dict[str, str]:
    one, two = (town.people[f"examination_team{n}"].cadre for n in (1, 2))
    today = str(town.today)
    return {
        "unit": "市交通运输局", "kind": "FLIGHT", "purpose": "核查2025年度重点工程进度数据。", "basis": "云考核办〔2026〕5号", "first": today, "last": today,
        "team": f"{one.number} 工程管理\n{two.name}，财务审计",
    } | more  # fmt: skip


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_visit_is_planned_on_its_page_and_a_refusal_keeps_what_was_typed(town: Town) -> None:
    client = signed_in(town.people["case_handler1"])
    assert client.get("/visits/new/?unit=YX-01").status_code == 200
    page = client.post("/visits/new/", typed(town, announced="on"))
    assert page.status_code == 422 and "不事先通知" in text(page) and "云考核办〔2026〕5号" in text(page)
    for team, words in {"王": "姓名或者编号", "张三 工程": "姓名或者编号", "\n".join(["甲 乙"] * 31): "不超过30人"}.items():
        assert words in text(client.post("/visits/new/", typed(town, team=team)))
    for unit in ("没有这个局", "云溪市"):
        assert "没有这个名称" in text(client.post("/visits/new/", typed(town, unit=unit)))
    assert not Visit.objects.exists()
    done = client.post("/visits/new/", typed(town))
    visit = Visit.objects.get()
    assert done.headers["Location"] == f"/visits/{visit.pk}/"
    assert [one.field for one in visit.team.all()] == ["工程管理", "财务审计"]
    assert "核查2025年度" in text(client.get("/visits/"))


def test_a_visit_over_the_limit_says_rule_reason_and_way_out_on_the_page(town: Town) -> None:
    visiting.set_limit(town.city, town.today.year, 1, "云委办〔2026〕2号", by=town.people["org_leader1"], at=town.at)
    planned(town, last=town.today + timedelta(days=1))
    page = text(signed_in(town.people["case_handler1"]).post("/visits/new/", typed(town)))
    assert all(words in page for words in ("改革疲劳锁", "已有走访检查1次", "云委办〔2026〕2号", "并入已经安排的一次走访"))
    joins = str(Visit.objects.get().pk)
    assert signed_in(town.people["case_handler1"]).post("/visits/new/", typed(town, joins=joins)).status_code == 302


def test_before_it_begins_a_surprise_is_seen_by_its_team_and_organ_alone(town: Town) -> None:
    visit = planned(town, first=town.today + timedelta(days=1))
    url = f"/visits/{visit.pk}/"
    seen = {"case_handler1": 200, "org_leader1": 200, "examination_team1": 200, "examination_team3": 404, "auditor1": 404, "wang": 404}
    for who, code in seen.items():
        assert signed_in(town.people[who]).get(url).status_code == code, who
    assert "飞行检查" not in text(signed_in(town.people["wang"]).get("/mine/visits/")).split("<main")[1]
    town.later(days=1)
    assert signed_in(town.people["auditor1"]).get(url).status_code == 200
    assert "飞行检查" in text(signed_in(town.people["wang"]).get("/mine/visits/")), "from its first day on"
    assert signed_in(town.people["wang"]).get(url).status_code == 404
    assert Read.objects.filter(what="visit", ref=visit.pk).count() == 4


def test_who_serves_in_the_unit_does_not_see_a_surprise_at_any_desk_before_it_begins(town: Town) -> None:
    visit = planned(town, first=town.today + timedelta(days=1))
    seat = town.people["org_leader2"].seats.get()
    seat.pk, seat.account = None, town.people["wang"]
    seat.save()
    client = signed_in(town.people["wang"])
    assert client.get(f"/visits/{visit.pk}/").status_code == 404 and "飞行检查" not in text(client.get("/visits/")).split("<main")[1]
    town.later(days=1)
    assert client.get(f"/visits/{visit.pk}/").status_code == 200


def test_an_auditor_learns_of_no_surprise_from_the_other_pages(town: Town) -> None:
    day = str(town.today + timedelta(days=1))
    planned(town, kind="SURVEY", first=town.today + timedelta(days=1))
    auditor, handler = signed_in(town.people["auditor1"]), signed_in(town.people["case_handler1"])
    assert day in text(handler.get("/visits/coverage/")) and day not in text(auditor.get("/visits/coverage/"))
    assert "市交通运输局" in text(handler.get("/visits/load/")) and "市交通运输局" not in text(auditor.get("/visits/load/"))


def test_only_heads_of_a_unit_are_shown_its_visits(town: Town) -> None:
    planned(town, kind="FIELD", announced=True)
    assert "走基层调研" in text(signed_in(town.people["wang"]).get("/mine/visits/"))
    town.wang.post.is_leading_member = False
    town.wang.post.save()
    assert "走基层调研" not in text(signed_in(town.people["wang"]).get("/mine/visits/"))


def test_a_report_is_filed_on_the_page_and_what_lacks_a_paper_is_said_at_its_field(town: Town) -> None:
    visit = planned(town)
    client, url = signed_in(town.people["examination_team1"]), f"/visits/{visit.pk}/"
    today = str(town.today)
    sent = {
        "do": "report",
        "first": today,
        "last": today,
        "talks": "6",
        "summary": "查阅台账三本，数据来源清楚。",
        "findings": "台账缺两个月记录",
    }
    page = client.post(url, sent)
    assert page.status_code == 422 and "没有写佐证材料" in text(page) and "数据来源清楚" in text(page)
    assert client.post(url, sent | {"findings": "台账缺两个月记录｜进度台账第3册"}).status_code == 302
    assert VisitReport.objects.get().findings.get().papers == "进度台账第3册"
    assert client.post(url, {"do": "cancel", "reason": "改期进行。"}).status_code == 404, "the team reports; the office cancels"
    assert "发现1项情况" in text(signed_in(town.people["wang"]).get("/mine/visits/")), "the unit is told how many, not what"
    assert "台账缺两个月" not in text(signed_in(town.people["wang"]).get("/mine/visits/"))


def test_what_was_found_is_disposed_of_by_the_office_with_a_matter_that_the_page_offers(town: Town) -> None:
    seen = reported(town)
    assert seen is not None
    url, handler = f"/visits/{seen.report.visit_id}/", signed_in(town.people["case_handler1"])
    assert "还没有处理的发现" in text(handler.get("/visits/"))
    sent = {"do": "dispose", "seen": str(seen.pk), "outcome": "FINDING", "matter": "finding-1", "dispose_reason": "已经核实"}
    page = handler.post(url, sent | {"matter": "finding-999"})
    assert page.status_code == 422 and "没有选择已登记的事项" in text(page) and "已经核实" in text(page)
    matter = entered(town)
    assert f"finding-{matter.pk}" in text(handler.get(url))
    assert signed_in(town.people["examination_team1"]).post(url, sent | {"matter": f"finding-{matter.pk}"}).status_code == 404
    assert handler.post(url, sent | {"matter": f"finding-{matter.pk}"}).status_code == 302
    assert Disposal.objects.get().finding == matter
    assert handler.post(url, sent | {"seen": "987654"}).status_code == 404


def test_the_report_is_a_paper_once_every_finding_has_its_word_and_it_stays_as_it_was_signed(town: Town) -> None:
    seen = reported(town)
    assert seen is not None
    url, handler = f"/visits/{seen.report.visit_id}/", signed_in(town.people["case_handler1"])
    assert "逐项处理以后签发" in text(handler.get(url))
    refused = handler.post(url, {"do": "issue"})
    assert refused.status_code == 422 and "还有发现没有处理" in text(refused)
    preview = handler.get(f"{url}report.pdf")
    assert preview.status_code == 200 and preview.content.startswith(b"%PDF")
    word = Word("NOTHING", "缺的两个月在另一册中，已经补看。")
    visiting.dispose_seen(seen, word, by=town.people["case_handler1"], at=town.at)
    assert signed_in(town.people["examination_team1"]).post(url, {"do": "issue"}).status_code == 404
    assert handler.post(url, {"do": "issue"}).status_code == 302
    paper = VisitPaper.objects.get()
    rows = dict(paper.content["content"]["rows"])
    assert rows["到访单位"] == "市交通运输局" and "不作登记" in str(paper.content["content"]["tables"])
    assert hashlib.sha256(handler.get(f"{url}report.pdf").content).hexdigest() == paper.sha256
    assert "已经签发" in text(handler.post(url, {"do": "issue"}))
    assert signed_in(town.people["wang"]).get(f"{url}report.pdf").status_code == 404


def test_a_leader_sets_the_limit_and_approves_one_more_and_a_handler_does_neither(town: Town) -> None:
    limit = {"do": "limit", "year": str(town.today.year), "most": "1", "source": "云委办〔2026〕2号"}
    handler, leader = signed_in(town.people["case_handler1"]), signed_in(town.people["org_leader1"])
    assert handler.post("/visits/load/", limit).status_code == 404
    assert "依据" in text(leader.post("/visits/load/", limit | {"source": "x"}))
    assert leader.post("/visits/load/", limit).status_code == 302
    assert VisitLimit.objects.get().most == 1
    planned(town)
    page = text(handler.get("/visits/load/"))
    assert "已到上限" in page and "<caption>" in page and "市交通运输局" in page
    leave = {"do": "leave", "unit": str(town.wang.unit_id), "reason": "汛期重点工程须再次核查。"}
    assert handler.post("/visits/load/", leave).status_code == 404
    assert leader.post("/visits/load/", leave).status_code == 302
    assert VisitLeave.objects.get().by == town.people["org_leader1"]


def test_the_plan_of_the_half_year_names_every_unit(town: Town) -> None:
    page = text(signed_in(town.people["case_handler1"]).get("/visits/coverage/?half=2025H2"))
    assert "没有调研" in page and "市交通运输局" in page
    assert "应当调研" in text(signed_in(town.people["auditor1"]).get("/visits/coverage/?half=nonsense"))


def test_a_leader_picks_a_unit_and_its_visit_is_planned_from_there(town: Town) -> None:
    one = proposal(town)
    handler, leader = signed_in(town.people["case_handler1"]), signed_in(town.people["org_leader1"])
    sent = {"do": "choose", "proposal": str(one.pk), "outcome": "PICKED", "reason": "三件情况集中在工程领域。"}
    assert handler.post("/visits/units/", sent).status_code == 404
    refused = leader.post("/visits/units/", sent | {"reason": "问题多"})
    assert refused.status_code == 409 and "问题多" in text(refused)
    assert leader.post("/visits/units/", sent).status_code == 302 and UnitChoice.objects.get().outcome == "PICKED"
    assert f"?picked={one.pk}" in text(handler.get("/visits/units/"))
    url = f"/visits/new/?picked={one.pk}"
    assert one.summary in text(handler.get(url))
    assert handler.post(url, typed(town, kind="CLOSER")).status_code == 302
    assert Visit.objects.get().proposal == one
    assert handler.post("/visits/units/", {"do": "propose"}).status_code == 302
    assert signed_in(town.people["auditor1"]).post("/visits/units/", {"do": "propose"}).status_code == 404


def test_a_sample_is_published_drawn_and_recomputed_on_its_page(hall: Hall) -> None:
    town = hall.town
    url = f"/samples/{Campaign.objects.get().pk}/"
    office, handler, auditor = (signed_in(town.people[who]) for who in ("assessment_office1", "case_handler1", "auditor1"))
    assert handler.post(url, {"do": "publish"}).status_code == 404 and auditor.post(url, {"do": "raise"}).status_code == 404
    assert office.post(url, {"do": "draw"}).status_code == 404, "nothing is published yet"
    assert office.post(url, {"do": "publish"}).status_code == 302
    plan = SamplePlan.objects.get()
    assert plan.seed in text(auditor.get(url)) and "一致" in text(auditor.get(url))
    assert auditor.get(f"{url}frame.txt").content.decode() == plan.frame
    again = office.post(url, {"do": "publish"})
    assert again.status_code == 409 and "不能重来" in text(again)
    assert office.post(url, {"do": "draw"}).status_code == 302
    assert "以前启动" in text(handler.get(url)) and "1项中0项" in text(handler.get("/samples/"))
    assert signed_in(town.people["wang"]).get(url).status_code == 404


def test_a_check_is_made_on_its_page_by_another_than_who_entered_the_row(hall: Hall) -> None:
    town = hall.town
    url = f"/samples/checks/{drawn(hall).pk}/"
    town.at = hall.at
    entered_by, checker = signed_in(hall.office), signed_in(town.people["case_handler1"])
    assert "登记人不得核验" in text(entered_by.get(url))
    assert entered_by.post(url, {"do": "begin"}).status_code == 409
    assert checker.post(url, {"do": "begin"}).status_code == 302
    paper = {"do": "paper", "way": "LEDGER", "paper": "进度台账第3册", "says": "台账显示完成百分之八十。"}
    page = checker.post(url, paper)
    assert page.status_code == 409 and "没有选择是否一致" in text(page) and "百分之八十" in text(page)
    assert checker.post(url, paper | {"agrees": "no"}).status_code == 302
    assert checker.post(url, {"do": "conclude", "outcome": "WRONG", "proof": "台账与登记相差十个百分点。"}).status_code == 302
    assert "百分之八十" not in text(signed_in(town.people["wang"]).get("/mine/visits/"))
    assert "不实" in text(signed_in(town.people["wang"]).get("/mine/visits/")), "the person is shown what was found about them"
    false = matter(hall, "FALSIFIED", 9)
    sent = {"do": "dispose", "outcome": "ESTABLISHED", "matter": f"established-{false.pk}"}
    assert signed_in(town.people["auditor1"]).post(url, sent).status_code == 404
    assert checker.post(url, sent).status_code == 302 and Disposal.objects.get().established == false


def test_nobody_opens_a_check_about_themself(hall: Hall) -> None:
    check = drawn(hall)
    url = f"/samples/checks/{check.pk}/"
    assert signed_in(hall.town.people["org_leader2"]).get(url).status_code == 200
    seat = hall.town.people["org_leader2"].seats.get()
    seat.pk = None
    seat.account = hall.town.people["wang"]
    seat.save()
    assert signed_in(hall.town.people["wang"]).get(url).status_code == 404
    assert "本人" in text(signed_in(hall.town.people["wang"]).get(f"/samples/{check.campaign_id}/"))


def test_a_row_is_put_on_the_list_for_opinion_on_the_page(hall: Hall) -> None:
    row = matter(hall)
    url, handler = f"/samples/{Campaign.objects.get().pk}/", signed_in(hall.town.people["case_handler1"])
    sent = {"do": "raise", "row": "", "why": "两家媒体的报道经核实属实。"}
    page = handler.post(url, sent)
    assert page.status_code == 409 and "没有选择数据" in text(page) and "两家媒体" in text(page)
    assert handler.post(url, sent | {"row": f"established:{row.pk}"}).status_code == 302
    assert SampleCheck.objects.get().established == row


def test_a_wrong_row_waits_for_a_word(hall: Hall) -> None:
    result = wrong(hall)
    assert "等待处理" in text(signed_in(hall.town.people["case_handler1"]).get(f"/samples/{result.check_of.campaign_id}/"))
