"""工作纪实: written by the person alone, corrected by new lines, beside the month's statement; a week not written means nothing."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town, signed_in
from tests.workflow_app.worklog.wrote import DUTY, TEXT, head_of, photo, stated, wrote
from workflow_app import clock, ledger, noting, positions
from workflow_app.models import DutySummary, Message, MonthWord, Read, Record, Upload, WeekWord, WorkLine
from workflow_app.pages.frame import Place
from workflow_app.pages.worklog import office
from workflow_app.refusing import Refused
from workflow_app.worklog import lines, summary
from workflow_app.worklog.rules import A_WEEK, monday, month_of, weeks_of

pytestmark = pytest.mark.django_db


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)))
def test_every_week_belongs_to_one_month_and_every_month_has_four_or_five(on: date) -> None:
    week = monday(on)
    assert week <= on < week + A_WEEK
    assert week in weeks_of(month_of(week))
    assert len(weeks_of(f"{on:%Y-%m}")) in (4, 5)


@given(st.integers(2001, 2090))
def test_the_months_of_a_year_share_its_weeks_without_gap_or_overlap(year: int) -> None:
    found = [week for number in range(1, 13) for week in weeks_of(f"{year}-{number:02}")]
    assert [one - found[0] for one in found] == [n * A_WEEK for n in range(len(found))] and len(found) in (52, 53)


def test_a_line_says_what_and_for_which_duty_and_stands_in_the_journal_without_its_words(town: Town) -> None:
    made = wrote(town)
    assert made.week == date(2026, 3, 2) and made.by == town.people["wang"]
    kept = Record.objects.get(kind="WORK")
    assert kept.outcome == "line" and kept.actor == town.people["wang"]
    ledger.verify(f"J{town.city.pk}")


def test_nobody_else_writes_for_the_person_neither_through_the_room_nor_past_it(town: Town) -> None:
    one = lines.Written(town.today, TEXT, DUTY)
    with pytest.raises(Refused, match="只有本人可以写"):
        noting.write(town.wang, one, by=town.people["org_leader1"], at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkLine.objects.create(cadre=town.wang, week=town.today, text=TEXT, duty=DUTY, by=town.people["org_leader1"], at=town.at)
    assert not WorkLine.objects.exists()


@pytest.mark.parametrize(
    ("text", "duty", "ahead", "words"),
    [("开会", DUTY, 0, "请写明做了什么（不少于5个字）"), (TEXT, " ", 0, "请写明对应职责或者目标"), (TEXT, DUTY, 7, "这一周还没有到")],
)
def test_a_line_without_words_without_duty_or_of_a_week_to_come_is_refused(
    town: Town, text: str, duty: str, ahead: int, words: str
) -> None:
    with pytest.raises(Refused, match=words) as no:
        wrote(town, text, duty, week=town.today + timedelta(days=ahead))
    assert no.value.way_out and not WorkLine.objects.exists()


def test_a_week_long_past_may_still_be_written(town: Town) -> None:
    assert wrote(town, week=date(2025, 1, 8)).week == date(2025, 1, 6)


def test_a_week_holds_ten_lines_that_stand_and_a_correction_is_not_one_more(town: Town) -> None:
    rows = [wrote(town, f"第{n}件：{TEXT}") for n in range(lines.MOST)]
    with pytest.raises(Refused, match="最多10条"):
        wrote(town)
    wrote(town, "更正：到岗人员为三十二人，不是三十人。", corrects=rows[0], why="人数有误。")


def test_a_correction_is_a_new_line_with_its_reason_and_both_are_kept(town: Town) -> None:
    first = wrote(town)
    with pytest.raises(Refused, match="请写明更正理由"):
        wrote(town, "到岗三十二人。", corrects=first)
    with pytest.raises(Refused, match="不能换到另一周"):
        wrote(town, "到岗三十二人。", corrects=first, why="写错了人数。", week=town.today - A_WEEK)
    second = wrote(town, "到岗三十二人。", corrects=first, why="写错了人数。")
    with pytest.raises(Refused, match="已经更正过"):
        wrote(town, "到岗三十一人。", corrects=first, why="又写错了。")
    assert WorkLine.objects.get(pk=first.pk).text == TEXT and second.corrects == first
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkLine.objects.filter(pk=first.pk).update(text="改过")


def test_a_superior_comments_on_a_week_with_lines_and_nobody_on_their_own(town: Town) -> None:
    head = head_of(town)
    with pytest.raises(Refused, match="没有纪实"):
        noting.comment(town.wang, town.today, "辛苦了", by=head, at=town.at)
    wrote(town)
    with pytest.raises(Refused, match="不能给本人"):
        noting.comment(town.wang, town.today, "不错", by=town.people["wang"], at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        WeekWord.objects.create(cadre=town.wang, week=town.today, text="不错", by=town.people["wang"], at=town.at)
    noting.comment(town.wang, town.today, "下周把二标段一并督办。", by=head, at=town.at)
    assert Message.objects.filter(account=town.people["wang"], title__contains="写了意见").exists()


def test_the_month_stands_beside_its_statement_with_the_newest_edition(town: Town) -> None:
    wrote(town)
    stated(town, "2026-03")
    stated(town, "2026-03", "90.00", "民生实事")
    found = lines.month(town.wang, "2026-03", town.today)
    assert [len(one.lines) for one in found.weeks] == [1], "weeks to come are not there, so that nothing seems to be missing"
    assert {one.item for one in found.statement} == {"重点项目", "民生实事"}
    assert not lines.month(town.wang, "2026-02", town.today).statement


def test_the_person_says_where_a_statement_differs_and_the_assessment_office_is_told(town: Town) -> None:
    who = town.people["wang"]
    with pytest.raises(Refused, match="还没有岗位对账单"):
        noting.reconcile(town.wang, "2026-02", "AGREE", "", by=who, at=town.at)
    stated(town, "2026-02")
    with pytest.raises(Refused, match="请写明出入在哪里"):
        noting.reconcile(town.wang, "2026-02", "DIFFER", "", by=who, at=town.at)
    with pytest.raises(Refused, match="没有选择对账意见"):
        noting.reconcile(town.wang, "2026-02", "", "", by=who, at=town.at)
    with pytest.raises(Refused, match="只有本人"):
        noting.reconcile(town.wang, "2026-02", "AGREE", "", by=town.people["org_leader1"], at=town.at)
    noting.reconcile(town.wang, "2026-02", "DIFFER", "二月的重点项目已在26日验收，对账单未计入。", by=who, at=town.at)
    assert MonthWord.objects.get().stance == "DIFFER"
    assert Message.objects.filter(account=town.people["assessment_office1"], title__contains="有出入").exists()


def test_who_has_written_lately_is_reminded_once_on_friday_and_who_never_writes_is_not(town: Town) -> None:
    town.at = town.at.replace(hour=16)
    wrote(town)
    town.later(days=7 + 3)
    assert noting.remind_due(town.at) == 0, "it is Thursday"
    town.later(days=1)
    assert noting.remind_due(town.at.replace(hour=9)) == 0, "it is morning"
    assert noting.remind_due(town.at) == 1 and noting.remind_due(town.at) == 0
    told = Message.objects.get(account=town.people["wang"])
    assert "不写没有任何后果" in told.title
    town.later(days=7)
    wrote(town)
    assert noting.remind_due(town.at) == 0, "this week is written"
    town.later(days=7 * 10)
    assert noting.remind_due(town.at) == 0, "who has stopped is not chased"


def test_the_summary_is_drawn_from_standing_lines_by_duty_and_is_the_persons_to_edit(town: Town) -> None:
    first = wrote(town, "到岗三十人。到岗情况逐一核对。")
    wrote(town, "到岗三十二人，设备二十台。", corrects=first, why="写错了人数。")
    wrote(town, "主持安全生产例会，部署汛前检查。", "安全生产")
    text = summary.drawn(town.wang, 2026)
    assert text == "【分管工程建设】\n3月：到岗三十二人，设备二十台。\n\n【安全生产】\n3月：主持安全生产例会，部署汛前检查。"
    who = town.people["wang"]
    noting.save_summary(town.wang, 2026, "草稿。", hand_in=False, by=who, at=town.at)
    assert summary.handed_in(town.wang) == []
    with pytest.raises(Refused, match="不少于20个字"):
        noting.save_summary(town.wang, 2026, "太短。", hand_in=True, by=who, at=town.at)
    noting.save_summary(town.wang, 2026, text + "\n今后抓好二标段。", hand_in=True, by=who, at=town.at)
    assert [one.edition for one in summary.handed_in(town.wang)] == [2]
    with pytest.raises(Refused, match="只有本人"):
        noting.save_summary(town.wang, 2026, text, hand_in=False, by=town.people["org_leader1"], at=town.at)
    with pytest.raises(Refused, match="没有这个年度"):
        noting.save_summary(town.wang, 2027, text, hand_in=False, by=who, at=town.at)
    with pytest.raises(Refused, match="最多8000个字"):
        noting.save_summary(town.wang, 2026, "字" * 8001, hand_in=False, by=who, at=town.at)
    assert DutySummary.objects.count() == 2


def test_a_photo_with_its_place_is_found_in_every_wrapping_and_one_without_is_let_through() -> None:
    assert positions.tells_where("照片.jpg", photo(latitude=True))
    assert not positions.tells_where("照片.jpg", photo()), "the table of places is there, but no place in it"
    assert not positions.tells_where("照片.jpg", photo(camera=False))
    assert positions.tells_where("说明.pdf", b"%PDF-1.7\n" + photo(latitude=True))
    assert positions.tells_where("照片.jpg", photo() + b"<exif:GPSLatitude>30,15N</exif:GPSLatitude>")
    tiff = photo(latitude=True).split(b"Exif\x00\x00")[1]
    assert positions.tells_where("图.png", b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x40eXIf" + tiff)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", "<w/>")
        packed.writestr("word/media/image1.jpg", photo(latitude=True))
    assert positions.tells_where("说明.docx", out.getvalue())
    assert positions.tells_where("照片.jpg", photo(latitude=True)[:60]), "what is cut off cannot be looked into"


def posted(town: Town, **more: Any) -> dict[str, Any]:
    return {"do": "write", "week": "2026-03-02", "text": TEXT, "duty": DUTY, **more}


def test_the_page_keeps_what_was_typed_when_a_photo_with_its_place_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = signed_in(town.people["wang"])
    page = client.post("/mine/worklog/", posted(town, file=SimpleUploadedFile("现场.jpg", photo(latitude=True))))
    told = page.content.decode()
    assert page.status_code == 422 and "照片带有拍摄位置" in told and TEXT in told
    assert not WorkLine.objects.exists() and not Upload.objects.exists()
    page = client.post("/mine/worklog/", posted(town, file=SimpleUploadedFile("现场.jpg", photo())))
    assert page.status_code == 302
    line = WorkLine.objects.get()
    assert line.file_name == "现场.jpg" and client.get(f"/worklog/files/{line.pk}").status_code == 200
    assert "不产生任何后果" in client.get("/mine/worklog/").content.decode()


def test_the_head_of_the_unit_reads_and_comments_the_office_reads_and_nobody_else_finds_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    line, head, url = wrote(town), head_of(town), f"/worklog/of/{town.wang.pk}/"
    for who, code in {
        "head": 200,
        "org_leader1": 200,
        "assessment_office1": 200,
        "legal_reviewer1": 404,
        "auditor1": 404,
        "wang": 404,
    }.items():
        assert signed_in(town.people[who]).get(url).status_code == code, who
    assert signed_in(town.people["legal_reviewer1"]).get(f"/worklog/files/{line.pk}").status_code == 404
    assert Read.objects.filter(what="worklog", ref=town.wang.pk, account=head).count() == 1
    typed = {"week": "2026-03-02", "text": "下周把二标段一并督办。"}
    assert signed_in(town.people["org_leader1"]).post(url, typed).status_code == 404, "the office does not comment"
    assert signed_in(head).post(url, typed).status_code == 302
    assert "下周把二标段" in signed_in(town.people["wang"]).get("/mine/worklog/").content.decode()


def test_a_head_sees_people_of_the_own_unit_of_lower_level_only(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    head = head_of(town)
    page = signed_in(head).get("/worklog/").content.decode()
    assert "王建国" in page and "查找干部" not in page
    assert signed_in(town.people["wang"]).get("/worklog/").status_code == 404, "nobody of a lower level is there"
    assert not office.superior(Place(town.people["wang"], town.at), head.cadre), "a deputy is no superior of the head"


def test_a_draft_of_the_summary_is_shown_to_nobody_else(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = signed_in(town.people["wang"])
    wrote(town)
    assert "3月：督办绕城路" in client.get("/mine/worklog/2026/").content.decode()
    assert client.post("/mine/worklog/2026/", {"do": "save", "text": "自己写的草稿，还要再改一改。"}).status_code == 302
    leader = signed_in(town.people["org_leader1"])
    leader.post(f"/worklog/archive/{town.wang.pk}/", {"do": "purpose", "purpose": "拟订年度考核等次建议"})
    assert "自己写的草稿" not in leader.get(f"/worklog/archive/{town.wang.pk}/").content.decode()
    client.post("/mine/worklog/2026/", {"do": "hand_in", "text": "自己写的述职，已经改好，今后抓好二标段和安全生产。"})
    assert "今后抓好二标段" in leader.get(f"/worklog/archive/{town.wang.pk}/").content.decode()
    page = client.post("/mine/worklog/2026/", {"do": "hand_in", "text": "太短"})
    assert page.status_code == 422 and "太短" in page.content.decode()
