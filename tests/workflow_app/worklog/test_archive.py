"""考核档案: one page from named sources, opened with a purpose that the person sees; printed as it stands, never added up."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.story import Town, signed_in
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.worklog.test_awards import deed
from tests.workflow_app.worklog.wrote import graded
from workflow_app import clock, noting
from workflow_app.models import ArchivePaper, Bar, Cadre, Feedback, Message, Point, Read
from workflow_app.refusing import Refused
from workflow_app.worklog.archive import SOURCES, archive
from workflow_app.worklog.wording import archive_content

pytestmark = pytest.mark.django_db
# Work data, all of it. A table that is not named here is not read for the archive.
TABLES = {
    "assessmentresult", "score", "subject", "campaign", "colour", "feedback", "point", "pointanswer", "lookback", "resultuse", "training",
    "trainingresult", "careplan", "award", "dutysummary", "bar", "objective", "keyresult", "keyprogress",
    "progresscheck", "objectiveend", "groundwork", "groundworkdate", "observation", "effectword", "account", "unit", "keyuse", "groundworkuse",
}  # fmt: skip
PURPOSE = {"do": "purpose", "purpose": "拟订年度考核等次建议"}


def full(town: Town) -> None:
    """Something of several sources."""
    by = town.people["case_handler1"]
    result = graded(town, 2025)
    noting.register_award(town.wang, deed(), by=by, at=town.at)
    noting.use_result(result, "PAY_OFFICE", "结果已送市人社局。", "云组函〔2026〕7号", town.today, by=by, at=town.at)
    words = {"cadre": town.wang, "unit": town.wang.unit, "rule_id": "T-15", "first_day": town.today - timedelta(days=400)}
    Bar.objects.create(**words, reason="班子等次一般", last_day=town.today + timedelta(days=20))
    Bar.objects.create(**words, reason="早已届满的限制", last_day=town.today - timedelta(days=20))
    lifted = {"lifted_on": town.today, "lifting_reason": "更正"}
    Bar.objects.create(**words, reason="已经解除的限制", last_day=town.today + timedelta(days=20), **lifted)


def test_the_archive_reads_exactly_these_tables_whatever_is_kept(town: Town) -> None:
    full(town)
    with CaptureQueriesContext(connection) as asked:
        archive(Cadre.objects.get(pk=town.wang.pk), town.today)
    read = {name for one in asked.captured_queries for name in re.findall(r'(?:FROM|JOIN) "workflow_app_(\w+)"', one["sql"])}
    assert read - {"cadre"} <= TABLES
    assert {"assessmentresult", "score", "colour", "feedback", "resultuse", "training", "award", "dutysummary", "bar"} <= read
    assert not read & {"case", "lead", "record", "counsellingoffer", "carevisit", "tie", "workline", "retrospect", "finding", "poolentry"}


def test_every_section_says_what_is_in_it_or_that_nothing_is(town: Town) -> None:
    assert [one.key for one in archive(town.wang, town.today)] == list(SOURCES)
    assert all(one.empty.endswith("。") and not one.entries for one in archive(town.wang, town.today))
    full(town)
    found = {one.key: [entry.text for entry in one.entries] for one in archive(town.wang, town.today)}
    assert (
        found["results"] == ["优秀"]
        and found["awards"] == ["记三等功"]
        and found["uses"] == ["送有关部门确定待遇（不记金额）：结果已送市人社局。"]
    )


def test_a_bar_that_is_over_or_lifted_is_not_held_against_anybody(town: Town) -> None:
    full(town)
    section = next(one for one in archive(town.wang, town.today) if one.key == "bars")
    assert [one.text for one in section.entries] == ["班子等次一般"] and "届满自动失效" in section.entries[0].more


def test_points_stand_only_from_signed_lists_with_the_persons_answer(town: Town) -> None:
    campaign = closed(town)
    by = town.people["case_handler1"]
    subject = campaign.subjects.get(cadre=town.wang)
    made = Feedback.objects.create(subject=subject, cadre=town.wang, organ=town.city, drafted_by=by, drafted_at=town.at)
    Point.objects.create(feedback=made, list="RESULT", number=1, text="绕城路按期通车")
    lists = {one.key: one for one in archive(town.wang, town.today)}["lists"]
    assert not lists.entries, "a draft is nobody's record yet"
    Feedback.objects.filter(pk=made.pk).update(signed_by=town.people["org_leader1"], signed_at=town.at)
    lists = {one.key: one for one in archive(town.wang, town.today)}["lists"]
    assert [one.text for one in lists.entries] == ["成绩清单：绕城路按期通车"]


def test_no_section_adds_up_or_ranks(town: Town) -> None:
    full(town)
    content = archive_content(town.wang, "拟订等次建议", town.today)
    words = str(content)
    assert "不合计、不折算" in words and not re.search(r"总分|综合得分|排名|画像|预测(?!性评价)|合计得分", words)


def test_the_office_opens_it_with_a_purpose_and_the_person_sees_who_and_why(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    full(town)
    url, leader = f"/worklog/archive/{town.wang.pk}/", signed_in(town.people["org_leader1"])
    page = leader.get(url).content.decode()
    assert "查阅目的" in page and "记三等功" not in page
    assert leader.get(f"{url}preview.pdf").status_code == 302, "no paper before the purpose"
    page = leader.post(url, {"do": "purpose", "purpose": "看看"})
    assert page.status_code == 422 and "5至200个字" in page.content.decode()
    assert not Read.objects.filter(what="archive").exists()
    assert leader.post(url, {"do": "issue"}).status_code == 422 and not ArchivePaper.objects.exists()
    assert leader.post(url, PURPOSE).status_code == 302
    assert "记三等功" in leader.get(url).content.decode()
    assert Read.objects.get(what="archive").reason == PURPOSE["purpose"]
    own = signed_in(town.people["wang"]).get("/mine/archive/").content.decode()
    assert PURPOSE["purpose"] in own and "组织部" in own and "记三等功" in own
    town.later(days=1)
    assert "记三等功" not in leader.get(url).content.decode(), "the purpose of yesterday does not serve today"


def test_only_who_manages_the_person_finds_the_archive_and_nobody_the_own_at_the_office(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    codes = {
        "assessment_office1": 200,
        "case_handler1": 200,
        "legal_reviewer1": 404,
        "placement_office1": 404,
        "auditor1": 404,
        "wang": 404,
    }
    for who, code in codes.items():
        assert signed_in(town.people[who]).get(f"/worklog/archive/{town.wang.pk}/").status_code == code, who
    mine = town.people["org_leader1"]
    assert signed_in(mine).get(f"/worklog/archive/{mine.cadre_id}/").status_code == 404
    assert signed_in(mine).get("/mine/archive/").status_code == 200


def issued(town: Town) -> ArchivePaper:
    return noting.issue(town.wang, "干部监督抽查", by=town.people["org_leader1"], at=town.at)


def test_the_form_is_printed_frozen_and_read_by_the_person(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    full(town)
    paper = issued(town)
    assert bytes(paper.pdf).startswith(b"%PDF") and paper.content["paper"]["title"] == "考核情况表"
    assert Message.objects.filter(account=town.people["wang"], title__contains="考核情况表").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        ArchivePaper.objects.filter(pk=paper.pk).update(purpose="别的用途")
    with pytest.raises(Refused, match="本人的事项"):
        noting.issue(town.wang, "干部监督抽查", by=town.people["wang"], at=town.at)
    url = f"/worklog/archive/papers/{paper.pk}.pdf"
    assert signed_in(town.people["wang"]).get(url).status_code == 200
    assert signed_in(town.people["legal_reviewer1"]).get(url).status_code == 404
    assert signed_in(town.people["org_leader2"]).get(url).status_code == 302, "the office says its own purpose first"
    assert paper.number in signed_in(town.people["wang"]).get("/mine/archive/").content.decode()


def test_a_use_of_a_result_is_entered_on_the_page_and_a_refusal_keeps_what_was_typed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    result, client, url = graded(town, 2025), signed_in(town.people["assessment_office1"]), f"/worklog/archive/{town.wang.pk}/"
    client.post(url, PURPOSE)
    sent: dict[str, Any] = {
        "do": "use",
        "result": result.pk,
        "use": "TRAINING",
        "text": "列入党校秋季班。",
        "document": "云组干〔2026〕5号",
    }
    page = client.post(url, sent | {"used_on": "2026-03-09"})
    assert page.status_code == 422 and "不能晚于今天" in page.content.decode() and "列入党校秋季班" in page.content.decode()
    assert client.post(url, sent | {"used_on": "2026-03-01"}).status_code == 302
    assert "列入党校秋季班" in client.get(url).content.decode()
