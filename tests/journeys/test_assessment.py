"""Assessment in the browser: from a scheme to signed lists, and a rating on a phone by somebody whom nobody can name."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.journeys.sight import NARROW, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
NAME = "窗口人员测评"


def go(office: Office, who: str, place: str) -> Page:
    """Somebody's page at an address."""
    page = office.page_of(who)
    page.goto(f"{office.base}{place}")
    return page


def scheme(office: Office) -> None:
    """Drafted with 105 %, refused with the sum, mended, and published by a colleague."""
    page = go(office, "assessment_office1", "/assessment/schemes/new/")
    page.fill("#id_name", NAME)
    page.select_option("#id_kind", "ROUTINE")
    page.click("main form button")
    for name, value in {"group-SUPERIOR": "55", "group-PUBLIC": "50", "least-PUBLIC": "2", "weight-B02": "40", "weight-M01": "60"}.items():
        page.fill(f"[name='{name}']", value)
    assert "105%" in page.inner_text("[data-sum=group] .sum"), "the sum is said while it is typed"
    page.click("button[value=draft]")
    assert "评价主体权重合计105%；应为100%（55＋50）" in page.inner_text("aside")
    assert not page.locator("button[value=publish]").count()
    page.fill("[name='group-SUPERIOR']", "50")
    page.click("button[value=draft]")
    assert "拟订人不得自己发布" in page.inner_text("aside")
    colleague = go(office, "assessment_office2", page.url.removeprefix(office.base))
    colleague.click("button[value=publish]")
    assert "已经发布" in colleague.inner_text("main")


def campaign(office: Office) -> str:
    """Planned under the scheme, started; returns its address."""
    page = go(office, "assessment_office1", "/assessment/campaigns/new/")
    page.fill("#id_name", NAME)
    page.select_option("#id_version", label=f"{NAME}（第1版）")
    page.fill("#id_closes", f"{office.now + timedelta(days=3):%Y-%m-%dT%H:%M}")
    page.click("main form button")
    page.fill("#id_numbers", "YX00007")
    page.click("button[value=subjects]")
    page.click("button[value=propose]")
    assert "已按单位和职务生成4条评价关系" in page.inner_text("main")
    page.click("button[value=start]")
    assert "测评已经启动" in page.inner_text("main")
    return page.url.removeprefix(office.base)


def rate(page: Page, points: int) -> None:
    """Fill in the form of a link and send it."""
    for group in page.locator(".points").all():
        group.locator(f"input[value='{points}']").check()
    page.click("main form button")
    assert "谢谢，评价已经提交" in page.inner_text("main")


def anonymous(office: Office, place: str) -> list[str]:
    """Links for the public, as they are shown once."""
    page = go(office, "assessment_office1", place)
    page.fill("#id_count", "3")
    page.click("button[value=links]")
    return [str(one) for one in page.eval_on_selector_all("ol.entries a", "all => all.map(one => one.href)")]


def test_from_a_scheme_to_signed_lists(office: Office) -> None:
    scheme(office)
    place = campaign(office)
    superior = go(office, "yx00001", "/my-ratings/")
    superior.locator("li", has_text=NAME).locator("button").click()
    rate(superior, 9)
    for link in anonymous(office, place)[:2]:
        visitor = office.page_of("visitor")
        visitor.goto(link)
        rate(visitor, 7)
    office.later(days=3, hours=1)
    office.work_off()
    page = go(office, "assessment_office1", place)
    assert "评价已经打乱顺序计入" in page.inner_text("main")
    page.locator("td a", has_text="拟订").click()
    for name, value in {
        "RESULT-0-text": "窗口办件按期办结，没有差错。", "PROBLEM-0-text": "政策解答不够细，有群众二次来访。", "MEND-0-text": "政策解答不够细",
        "MEND-0-measure": "整理答复口径，每周学习一次", "MEND-0-due_on": f"{office.now + timedelta(days=30):%Y-%m-%d}", "MEND-0-responsible": "本人",
    }.items():  # fmt: skip
        page.fill(f"[name='{name}']", value)
    page.click("button[value=draft]")
    leader = go(office, "org_leader1", page.url.removeprefix(office.base))
    leader.click("button[value=sign]")
    assert "签发" in leader.inner_text(".note") and "本人还没有签收" in leader.inner_text(".note")
    received(office)


def received(office: Office) -> None:
    """The person receives the lists, disagrees with one point, and reads the paper."""
    page = go(office, "yx00007", "/mine/")
    sight = Sight(page)
    page.locator("a", has_text="三单").click()
    page.click("button[value=receive]")
    problem = page.locator("div.stands", has_text="二次来访")
    problem.locator("summary").last.click()
    problem.locator("input[value=DISAGREE]").check()
    problem.locator("textarea").last.fill("二次来访是材料不齐，已经一次告知。")
    problem.locator("button[value=answer]").click()
    assert "有不同意见 二次来访是材料不齐" in page.inner_text("main")
    assert not sight.faults("my_feedback")
    paper = page.request.get(f"{office.base}{page.locator('a[href$=pdf]').first.get_attribute('href')}")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")


def test_a_rating_on_a_phone_is_refused_with_a_gap_then_taken_once(office: Office) -> None:
    office.page_of("visitor").set_viewport_size(NARROW)  # type: ignore[arg-type]
    page = office.page_of("visitor")
    place = office.ask("SELECT id FROM workflow_app_campaign WHERE kind = 'SPOT'")[0][0]
    desk = go(office, "assessment_office1", f"/assessment/campaigns/{place}/")
    desk.fill("#id_matter", "办件20260302001")
    desk.fill("#id_happened", f"{office.now - timedelta(hours=3):%Y-%m-%dT%H:%M}")
    desk.click("button[value=event]")
    link = str(desk.eval_on_selector_all("ol.entries a", "all => all.map(one => one.href)")[0])
    page.goto(link)
    sight = Sight(page)
    page.locator("label", has_text="一次办好").click()
    page.click("main form button")
    assert "还没有评分" in page.inner_text("#faults")
    assert page.locator("input[value=一次办好]").is_checked(), "what was ticked stays"
    assert not sight.faults("rate")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.locator(".points input[value='10']").check()
    page.click("main form button")
    assert "谢谢，评价已经提交" in page.inner_text("main")
    page.goto(link)
    assert "这个评价链接不能使用" in page.inner_text("main")
    kept = office.ask(
        "SELECT hex(b.sealed) FROM workflow_app_ballot b JOIN workflow_app_subject s ON s.id = b.subject_id WHERE s.campaign_id = ?", place
    )
    assert len(kept) == 1


def test_grades_are_proposed_within_the_share_and_settled_by_the_leader(office: Office) -> None:
    place = office.ask(
        "SELECT c.id FROM workflow_app_campaign c JOIN workflow_app_schemeversion v ON v.id = c.version_id JOIN workflow_app_scheme s ON s.id = v.scheme_id"
        " WHERE s.kind = 'ANNUAL' AND s.about = 'PEOPLE' AND c.closed_at IS NOT NULL"
    )[0][0]  # fmt: skip
    page = go(office, "assessment_office1", f"/assessment/campaigns/{place}/grades/")
    sight = Sight(page)
    assert "优秀最多1名：应参加考核6人×20%，向下取整" in page.inner_text("main")
    choices = page.locator("select[name^=grade-]")
    for n in range(6):
        choices.nth(n).select_option("EXCELLENT" if n < 2 else "COMPETENT")
    page.click("button[value=propose]")
    assert "优秀2名，超过1名" in page.inner_text("#faults")
    assert choices.nth(1).input_value() == "EXCELLENT", "what was chosen stays"
    assert "低于90.00，当年不评优秀" in page.inner_text("#faults")
    for n in range(2):
        choices.nth(n).select_option("COMPETENT")
    page.click("button[value=propose]")
    assert "已保存6项等次建议" in page.inner_text("main")
    assert not sight.faults("campaign_grades")
    leader = go(office, "org_leader1", f"/assessment/campaigns/{place}/grades/")
    leader.fill("#id_settled", "部务会2026年第2次")
    leader.click("button[value=settle]")
    assert "6人的等次已经审定" in leader.inner_text("main")
    assert office.ask("SELECT count(*) FROM workflow_app_assessmentresult WHERE year = 2026")[0][0] == 6
    notices(office, place)


def notices(office: Office, place: int) -> None:
    """Notices for everybody; one person takes it in the portal, the others are served on paper, and a grade is put right."""
    page = go(office, "assessment_office1", f"/assessment/campaigns/{place}/notices/")
    sight = Sight(page)
    page.click("button[value=issue]")
    assert "没有勾选人员" in page.inner_text("#faults")
    for box in page.locator("input[name=one]").all():
        box.check()
    page.click("button[value=issue]")
    assert page.inner_text("main").count("已签发云组〔") == 6
    office.work_off()
    taken(office)
    page.reload()
    page.goto(f"{office.base}/assessment/campaigns/{place}/notices/")
    boxes = page.locator("input[name=one]")
    assert boxes.count() == 5, "who has taken it needs nothing more"
    for box in boxes.all():
        box.check()
    page.fill("#id_served_on", f"{office.now:%Y-%m-%d}")
    page.click("button[value=serve]")
    assert "已送达6份，未送达0份" in page.inner_text("main")
    assert not sight.faults("grade_notices")
    leader = go(office, "org_leader1", f"/assessment/campaigns/{place}/notices/")
    leader.locator("summary", has_text="更正一人的等次").click()
    leader.select_option("#id_result", index=1)
    leader.select_option("#id_grade", "BASIC")
    leader.fill("#id_document", "复核决定书云组〔2026〕9号")
    leader.fill("#id_reason", "复核认定有一项任务没有完成")
    leader.click("button[value=correct]")
    assert "已更正，新的通知书为云组〔" in leader.inner_text("main")


def taken(office: Office) -> None:
    """Somebody reads the notice and takes it: first without the consent, then with it; then a review can be asked for until a day."""
    own = go(office, "yx00009", "/mine/assessment/")
    assert "2026年度" in own.inner_text("main")
    own.locator("a", has_text="年度考核结果通知书").click()
    sight = Sight(own)
    own.click("main form button")
    assert "须经本人同意" in own.inner_text(".refusal")
    own.locator("input[name=consent]").check()
    own.click("main form button")
    assert "送达回证" in own.inner_text("main")
    assert not sight.faults("my_grade")
    own.locator("a", has_text="怎样办，到哪一天").click()
    assert "最后一天" in own.inner_text("main")


def test_the_progress_of_a_round_grows_while_ratings_come_in(office: Office) -> None:
    scheme(office)
    place = campaign(office)
    page = go(office, "assessment_office1", place)
    sight = Sight(page)
    public = page.locator("tr", has_text="群众与服务对象")
    assert not sight.faults("campaign-before")
    received_so_far = []
    for n, link in enumerate(anonymous(office, place)):
        visitor = office.page_of("visitor")
        visitor.goto(link)
        rate(visitor, 6 + n)
        page = go(office, "assessment_office1", place)
        received_so_far.append(public.locator("td").nth(2).inner_text())
        assert not sight.faults(f"campaign-{n}")
    assert received_so_far == ["1", "2", "3"]
    assert public.locator("progress").get_attribute("value") == "100"
    assert "没有" in public.inner_text(), "nobody is short of the least number any more"


def test_a_form_on_paper_is_typed_by_two_and_then_counts(office: Office, tmp_path: Path) -> None:
    scheme(office)
    place = campaign(office)
    page = go(office, "assessment_office1", f"{place}forms/")
    sight = Sight(page)
    with page.expect_event("download") as sent:
        page.evaluate("document.querySelector('button[value=print]').form.target = '_self'")
        page.click("button[value=print]")
    sent.value.save_as(tmp_path / "forms.pdf")
    text = subprocess.run(["pdftotext", str(tmp_path / "forms.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    serial = re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", text)[0]
    for who, said in (("assessment_office1", "等待另一人复核录入"), ("assessment_office2", "两次录入一致，已经封存计入")):
        page = go(office, who, f"{place}forms/")
        page.fill("#id_serial", serial.lower())
        page.click("button[value=open]")
        for choice in page.locator("select[name^=score-]").all():
            choice.select_option("9")
        page.click("button[value=enter]")
        assert said in page.inner_text("main")
    assert not sight.faults("paper_forms")


def test_figures_come_in_by_sheet_and_a_bad_one_is_told_with_its_place(office: Office, tmp_path: Path) -> None:
    place = office.ask("SELECT id FROM workflow_app_campaign WHERE name LIKE '%科员测评'")[0][0]
    page = go(office, "assessment_office1", f"/assessment/campaigns/{place}/figures/")
    with page.expect_download() as sent:
        page.click("a[download]")
    sent.value.save_as(tmp_path / "figures.xlsx")
    book = load_workbook(tmp_path / "figures.xlsx")
    book["定量得分"]["E2"] = 101
    book.save(tmp_path / "bad.xlsx")
    page.set_input_files("#id_file", tmp_path / "bad.xlsx")
    page.click("button[value=file]")
    assert "工作表“定量得分”第2行E（得分）列：“101”；应为0至100的数" in page.inner_text("#faults")
    book["定量得分"]["E2"], book["定量得分"]["H2"] = 70, "统计口径更正"
    book.save(tmp_path / "good.xlsx")
    page.set_input_files("#id_file", tmp_path / "good.xlsx")
    page.click("button[value=file]")
    assert "已导入：1项定量得分，0项认定事项" in page.inner_text("main")
    assert "统计口径更正" in page.inner_text("main")
