"""Classes on their pages: who sees what at the office and in the portal, and what a refusal keeps."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.story import Town, signed_in
from tests.workflow_app.care.helped import course, plan_for, served
from tests.workflow_app.learning.taught import REASON, called, came, gap, lists_of, opened, over, score_of
from workflow_app import clock, helping, training
from workflow_app.learning import gaps
from workflow_app.learning.participants import Call
from workflow_app.models import Cadre, Participant, Read, TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)


def page(town: Town, who: str, url: str, typed: dict[str, Any] | None = None) -> Any:
    client = signed_in(town.people[who])
    return client.post(url, typed) if typed is not None else client.get(url)


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1])


TYPED = {
    "kind": "CASES", "topic": "能上能下典型案例", "purpose": "讲清政策和程序。", "organizer": "市委组织部", "place": "线上", "first": "2026-03-09",
    "last": "2026-03-09", "hours": "3",
}  # fmt: skip


def test_a_class_is_registered_on_the_page_and_a_refusal_keeps_what_was_typed(town: Town) -> None:
    refused = page(town, "assessment_office1", "/training/classes/", TYPED | {"last": "2026-03-01"})
    assert refused.status_code == 422 and "结束日期早于开始日期" in main(refused) and "能上能下典型案例" in main(refused)
    assert page(town, "assessment_office1", "/training/classes/", TYPED).status_code == 302
    assert "能上能下典型案例" in main(page(town, "placement_office1", "/training/classes/"))


def test_classes_are_for_the_four_desks_of_the_organ(town: Town) -> None:
    found = opened(town)
    one = called(town, found)[0]
    urls = (
        "/training/classes/", f"/training/classes/{found.pk}/", f"/training/classes/{found.pk}/people/{one.pk}/", "/training/hours/",
        f"/training/of/{town.wang.pk}/", f"/training/classes/{found.pk}/class.xlsx", "/training/hours/hours.xlsx",
    )  # fmt: skip
    for who, code in {
        "case_handler1": 200, "org_leader1": 200, "assessment_office1": 200, "placement_office1": 200, "legal_reviewer1": 404, "auditor1": 404, "wang": 404,
    }.items():  # fmt: skip
        assert {page(town, who, url).status_code for url in urls} == {code}, who
    assert Read.objects.filter(what="class", account=town.people["org_leader1"]).count() == 2


def test_nobody_sees_their_own_row_at_the_office(town: Town) -> None:
    found = opened(town, "ASSESSORS")
    mine = Cadre.objects.get(account=town.people["assessment_office1"])
    one = called(town, found, Call(mine, "新任考核专员，岗前培训。"))[0]
    answer = page(town, "assessment_office1", f"/training/classes/{found.pk}/")
    assert mine.number not in main(answer) and "您本人也在名单中" in main(answer)
    for url in (f"/training/classes/{found.pk}/people/{one.pk}/", f"/training/of/{mine.pk}/"):
        assert page(town, "assessment_office1", url).status_code == 404
    book = load_workbook(BytesIO(page(town, "assessment_office1", f"/training/classes/{found.pk}/class.xlsx").content))
    assert mine.number not in [row[0] for row in book["参训人员"].values]
    assert mine.name in main(page(town, "assessment_office2", f"/training/classes/{found.pk}/"))


def test_a_gap_is_read_only_where_its_source_is_known(town: Town) -> None:
    plan = plan_for(town, served(town))
    helping.train(plan, course(town), by=town.people["placement_office1"], at=town.at)
    lists_of(town)
    by_plan, by_list = opened(town), opened(town, topic="第二个班次")
    called(town, by_plan, Call(town.wang, REASON, "", gap(town, gaps.PLAN)))
    called(town, by_list, Call(town.wang, REASON, "", gap(town, gaps.POINT)))
    of_plan, of_list = "工程统筹不力（2025年考核反馈）", "工程进度控制不力，三次调整工期。"
    for who, sees in {"placement_office1": (True, False), "assessment_office1": (False, True), "org_leader1": (True, True)}.items():
        for found, text, wanted in ((by_plan, of_plan, sees[0]), (by_list, of_list, sees[1])):
            one = found.participants.get()
            for url in (
                f"/training/classes/{found.pk}/",
                f"/training/classes/{found.pk}/people/{one.pk}/",
                f"/training/of/{town.wang.pk}/",
            ):
                assert (text in main(page(town, who, url))) is wanted, (who, url, text)


def test_a_plans_training_that_no_class_carries_is_in_the_view_of_those_who_know_the_plan(town: Town) -> None:
    plan = plan_for(town, served(town))
    helping.train(plan, course(town), by=town.people["placement_office1"], at=town.at)
    url = f"/training/of/{town.wang.pk}/"
    assert "项目管理专题班" in main(page(town, "placement_office1", url)) and "项目管理专题班" not in main(
        page(town, "assessment_office1", url)
    )


def test_people_are_found_by_their_gaps_and_called_with_one_reason(town: Town) -> None:
    lists_of(town)
    score = score_of(town)
    found = opened(town)
    url = f"/training/classes/{found.pk}/"
    assert "工程进度控制不力" in main(page(town, "org_leader1", f"{url}?gaps=1"))
    code = gap(town, gaps.POINT).code
    empty = page(town, "org_leader1", url, {"do": "call", "call-reason": "补短板调训安排。", "call-gap": ""})
    assert empty.status_code == 422 and "没有选择人员" in main(empty)
    short = page(town, "org_leader1", f"{url}?gaps=1", {"do": "call", "call-reason": "学习", "source": [code]})
    assert short.status_code == 422 and "调训理由" in main(short) and "checked" in main(short)
    assert page(town, "org_leader1", url, {"do": "call", "call-reason": "补短板调训安排。", "source": [code]}).status_code == 302
    assert Participant.objects.get().point_id is not None
    other = opened(town, topic="经济运行分析")
    place, words = (
        f"/training/classes/{other.pk}/",
        {"do": "call", "call-reason": "补短板调训安排。", "cadre": [town.wang.pk], "source": [f"得分-{score.pk}"]},
    )
    assert "要补的短板" in main(page(town, "assessment_office1", f"{place}?q=王建国", words))
    assert page(town, "assessment_office1", place, {**words, "call-gap": "经济运行分析能力偏弱"}).status_code == 302
    assert Participant.objects.get(training_class=other).score == score


def test_a_source_that_a_desk_may_not_know_of_cannot_be_posted(town: Town) -> None:
    lists_of(town)
    found = opened(town)
    words = {"do": "call", "call-reason": "补短板调训安排。", "source": [gap(town, gaps.POINT).code]}
    assert "没有选择人员" in main(page(town, "placement_office1", f"/training/classes/{found.pk}/", words))


def test_a_faulty_workbook_lists_its_faults_on_the_page(town: Town) -> None:
    found = opened(town)
    answer = page(town, "org_leader1", f"/training/classes/{found.pk}/", {"do": "file", "file": BytesIO(b"x")})
    assert answer.status_code == 422 and "什么也没有导入" in main(answer) and "无法打开" in main(answer)


def test_the_person_answers_in_the_portal_and_sees_their_own_record(town: Town) -> None:
    found = opened(town)
    one = called(town, found)[0]
    assert REASON in main(page(town, "wang", "/mine/training/"))
    refused = page(town, "wang", "/mine/training/", {"key": str(one.pk), "word": "EXCUSE", "reason": ""})
    assert refused.status_code == 422 and "请写明请假理由" in main(refused)
    assert page(town, "wang", "/mine/training/", {"key": str(one.pk), "word": "EXCUSE", "reason": "防汛值守"}).status_code == 302
    office = f"/training/classes/{found.pk}/people/{one.pk}/"
    assert "防汛值守" in main(page(town, "org_leader1", office))
    no = page(town, "org_leader1", office, {"do": "excuse", "excuse-granted": "no", "excuse-reason": ""})
    assert no.status_code == 422 and "请写明不同意的理由" in main(no)
    assert page(town, "org_leader1", office, {"do": "excuse", "excuse-granted": "yes"}).status_code == 302
    assert "已同意请假" in main(page(town, "wang", "/mine/training/"))


def test_nobody_answers_for_another_in_the_portal(town: Town) -> None:
    one = called(town, opened(town))[0]
    answer = page(town, "archivist1", "/mine/training/", {"key": str(one.pk), "word": "COMING"})
    assert answer.status_code == 422 and "没有请您参加的这个班次" in main(answer)
    assert not one.words.exists()


def test_a_result_entered_on_the_page_is_refused_with_a_mark_and_kept_in_words(town: Town) -> None:
    one = called(town, opened(town))[0]
    over(town)
    url = f"/training/classes/{one.training_class_id}/people/{one.pk}/"
    typed = {"do": "result", "result-outcome": "COMPLETED", "result-hours": "40", "result-text": "结业考试92分"}
    refused = page(town, "org_leader1", url, typed)
    assert refused.status_code == 422 and "不写分数、名次" in main(refused) and "结业考试92分" in main(refused)
    assert page(town, "org_leader1", url, typed | {"result-text": "能独立编制进度计划。"}).status_code == 302
    assert "能独立编制进度计划。" in main(page(town, "wang", "/mine/training/"))


def test_the_class_is_changed_and_called_off_on_its_page(town: Town) -> None:
    found = opened(town)
    url = f"/training/classes/{found.pk}/"
    typed = {f"change-{name}": value for name, value in TYPED.items()} | {"do": "change"}
    assert page(town, "org_leader1", url, typed | {"change-why": ""}).status_code == 422
    assert page(town, "org_leader1", url, typed | {"change-why": "改为线上举办。"}).status_code == 302
    assert "以前的安排" in main(page(town, "org_leader1", url))
    assert page(town, "org_leader1", url, {"do": "off", "off-reason": "授课人因公出国。"}).status_code == 302
    assert "已取消" in main(page(town, "org_leader1", url)) and TrainingClass.objects.get().called_off
    assert page(town, "org_leader1", url, {"do": "nothing"}).status_code == 404


def test_hours_of_assessors_stand_beside_the_target_and_go_into_a_file(town: Town) -> None:
    found = opened(town, "ASSESSORS")
    other = Cadre.objects.get(account=town.people["assessment_office2"])
    one = called(town, found, Call(other, "新任考核专员，岗前培训。"))[0]
    over(town)
    training.enter_result(came(one), by=town.people["org_leader1"], at=town.at)
    text = main(page(town, "assessment_office1", "/training/hours/"))
    assert "60学时" in text and "40.0" in text and "系统不限制办理" in text
    assert "还差" not in text
    book = load_workbook(BytesIO(page(town, "assessment_office1", "/training/hours/hours.xlsx?year=2026&q=王建国").content))
    rows = [row[1:] for row in book.worksheets[0].values]
    assert (other.number, other.name, other.post_title, 40, 40) in rows and any(row[0] == "YX00001" for row in rows)
    assert Decimal("40.0") == found.participants.get().results.get().hours
