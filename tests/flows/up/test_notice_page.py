"""The public page of a notice: what the rule lists, nothing else of the case, in its period only; and reports about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse

from tests.flows.up.rising import POST, open_case, reported, to_notice
from tests.story import Town, fresh, item_of
from workflow_app import conduct
from workflow_app.models import Account, Case, Desk, Document, Notice, Record, RecordPart, Report, Seat, WorkItem

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 minimal"


@pytest.fixture
def posted(town: Town, settings: Any) -> Case:
    """王建国's notice, on the morning of its first day."""
    case = to_notice(town, open_case(town))
    settings.FIXED_NOW = town.at.isoformat()
    return case


def token(case: Case) -> str:
    return Notice.objects.filter(case=case).latest("id").token


def pages(client: Client, case: Case) -> dict[str, str]:
    """Every public page of the notice."""
    send = {"text": "该同志在项目招标中有不当行为。", "name": "", "contact": "", "key": "k1"}
    return {
        "list": client.get("/notices/").content.decode(),
        "notice": client.get(f"/notices/{token(case)}/").content.decode(),
        "report": client.get(f"/notices/{token(case)}/report/").content.decode(),
        "refused": client.post(f"/notices/{token(case)}/report/", {"text": "短"}).content.decode(),
        "received": client.post(f"/notices/{token(case)}/report/", send).content.decode(),
    }


def test_anybody_reads_what_the_notice_lists(posted: Case, client: Client) -> None:
    html = client.get(f"/notices/{token(posted)}/").content.decode()
    for text in (
        "王建国",
        "男",
        "1974-05",
        "民族",
        "学历学位",
        "政治面貌",
        "参加工作时间",
        "市交通运输局副局长",
        POST,
        "简历",
        "公示期",
        "受理电话",
        "中共云溪市委组织部",
    ):
        assert text in html, text
    assert "王建国" in client.get("/notices/").content.decode()


def leaves(value: Any) -> Iterator[str]:
    """Every text in nested plain data."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None:
        yield from (part.strip() for part in str(value).splitlines())


def secrets_of(case: Case) -> set[str]:
    """Every text of four characters and more that the case holds anywhere: papers, facts, parts, states, numbers, hashes, names of hands."""
    found: set[str] = {case.number, case.head, case.state, str(case.pk), *case.marks}
    for row in Document.objects.filter(case=case):
        found |= {row.number, row.content_hash, str(row.pk), *leaves(row.content)}
    for part in RecordPart.objects.filter(chain=f"C{case.pk}").values():
        found |= {text for value in part.values() if isinstance(value, str) for text in _texts(value)}
    found |= set(leaves(case.settled)) | set(Record.objects.filter(case=case).values_list("hash", flat=True))
    found |= {str(pk) for pk in WorkItem.objects.filter(process=case).values_list("pk", flat=True)}
    found |= set(case.hands.values_list("cadre__name", flat=True)) | set(case.hands.values_list("cadre__number", flat=True))
    return {text for text in found if len(text) >= 3}


def _texts(value: str) -> Iterator[str]:
    try:
        yield from leaves(json.loads(value))
    except ValueError:
        yield value


def visible(html: str) -> str:
    """What a page says and links to, without its style sheets, its token against forgery and its own key."""
    html = re.sub(r'<input type="hidden"[^>]*>', "", html)
    return re.sub(r"<link[^>]*>", "", html)


def test_no_page_of_the_notice_shows_anything_else_of_the_case(posted: Case, client: Client) -> None:
    notice = Notice.objects.get(case=posted)
    allowed = "\n".join([notice.title, notice.issuer, *(f"{a}\n{b}" for a, b in notice.lines), *dict(notice.lines)])
    shell = {name: visible(html) for name, html in pages(Client(), posted).items()}
    empty = visible(Client().get("/notices/").content.decode()) + _own_words()
    for secret in sorted(secrets_of(posted)):
        if secret in allowed or secret in empty:
            continue
        for name, html in shell.items():
            assert secret not in html, f"the page “{name}” shows {secret!r}"


def _own_words() -> str:
    """The texts of the page templates themselves."""
    folder = Path(__file__).parents[3] / "templates/pages/notices"
    return "\n".join(one.read_text(encoding="utf-8") for one in folder.iterdir())


def test_the_row_of_a_notice_holds_the_listed_fields_only(posted: Case) -> None:
    assert [label for label, _ in Notice.objects.get(case=posted).lines] == [
        "姓名", "性别", "民族", "出生年月", "学历学位", "政治面貌", "参加工作时间", "现任职务", "拟任职务", "简历", "公示期", "受理电话", "来信来访地址",
    ]  # fmt: skip


def test_no_other_address_shows_anything_to_somebody_who_is_not_signed_in(posted: Case, client: Client) -> None:
    """Pages that are open to all (signing in, checking a paper's code …) may answer, but never with something of the case."""
    values = {"item": item_of(posted, "close_notice").pk, "case": posted.pk, "paper": Document.objects.filter(case=posted).latest("id").pk,
              "step": "transfer", "seq": 1, "token": token(posted), "cadre": posted.cadre_id}  # fmt: skip
    numbers = set(Document.objects.filter(case=posted).values_list("number", flat=True))
    asked = 0
    for name, (ways, *_) in get_resolver().reverse_dict.items():
        if not isinstance(name, str) or name in ("notices", "notice", "report"):
            continue
        address = reverse(name, kwargs={one: values.get(one, 1) for one in ways[0][1]})
        for answer in (client.get(address), client.post(address)):
            asked, html = asked + 1, answer.content.decode(errors="replace") if not answer.streaming else ""
            shown = [secret for secret in {"王建国", posted.number, POST, *numbers} if secret in html]
            assert not shown, f"{name} {address} shows {shown}"
            assert answer.status_code != 200 or not ways[0][1], f"{name} opens {address}"
    assert asked > 100


def test_links_lead_to_the_notice_alone_and_nothing_is_kept_by_searches_or_caches(posted: Case, client: Client) -> None:
    answer = client.get(f"/notices/{token(posted)}/")
    links = set(re.findall(r'href="([^"#]+)"', answer.content.decode()))
    assert {link for link in links if not link.startswith("/static/")} == {"/notices/", f"/notices/{token(posted)}/report/"}
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    assert not answer.cookies, "a reader is not marked"


@pytest.mark.parametrize(("moment", "status"), [
    ("2026-03-05T23:59:59+08:00", 404), ("2026-03-06T00:00:00+08:00", 200), ("2026-03-13T23:59:59+08:00", 200), ("2026-03-14T00:00:00+08:00", 404),
])  # fmt: skip
def test_it_is_reachable_only_during_its_period(posted: Case, client: Client, settings: Any, moment: str, status: int) -> None:
    settings.FIXED_NOW = moment
    assert client.get(f"/notices/{token(posted)}/").status_code == status
    assert client.get(f"/notices/{token(posted)}/report/").status_code == status
    assert ("王建国" in client.get("/notices/").content.decode()) is (status == 200)


def test_a_guessed_address_says_nothing(posted: Case, client: Client) -> None:
    assert client.get(f"/notices/{posted.pk}/").status_code == client.get(f"/notices/{'x' * 24}/").status_code == 404


def test_a_case_that_has_left_the_procedure_takes_its_notice_down(posted: Case, client: Client) -> None:
    address = f"/notices/{token(posted)}/"
    Case.objects.filter(pk=posted.pk).update(finished=datetime.fromisoformat("2026-03-07T09:00:00+08:00"))
    assert client.get(address).status_code == 404


# --- reports ---------------------------------------------------------------------------------------------


def send(client: Client, case: Case, **more: Any) -> Any:
    return client.post(
        f"/notices/{token(case)}/report/", {"text": "该同志在项目招标中有不当行为。", "name": "", "contact": "", "key": "k1", **more}
    )


def test_a_named_report_with_a_file_reaches_the_desk_of_the_examination_team(posted: Case, client: Client, town: Town) -> None:
    answer = send(client, posted, name="李某", contact="13800000000", file=SimpleUploadedFile("合同.pdf", PDF))
    kept = Report.objects.get()
    assert kept.token in answer.content.decode()
    item = WorkItem.objects.get(process=posted, step="verify_report")
    assert item.desk.role == "examination_team"
    client.force_login(town.people["examination_team1"], backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(f"/items/{item.pk}/reported/").content.decode()
    assert "李某" in html and "合同.pdf" in html
    assert client.get(f"/items/{item.pk}/reported/file").content == PDF
    assert Record.objects.filter(case=posted, kind="REPORT").count() == 1
    assert fresh(posted).awaited == 1


def test_who_reported_is_nowhere_in_the_record_and_not_readable_in_the_table(posted: Case, client: Client) -> None:
    send(client, posted, name="李某某实名", contact="13800000000")
    assert "李某某实名".encode() not in bytes(Report.objects.get().sender)
    assert conduct.sender_of(Report.objects.get()).startswith("李某某实名")
    assert not any("李某某实名" in str(row) or "不当行为" in str(row) for row in RecordPart.objects.filter(chain=f"C{posted.pk}").values())


def test_an_anonymous_report_is_taken_as_well_and_twice_the_same_click_is_one(posted: Case, client: Client) -> None:
    first, second = send(client, posted), send(client, posted)
    assert Report.objects.count() == 1 and bytes(Report.objects.get().sender) == b""
    assert first.content == second.content


@pytest.mark.parametrize(("more", "word"), [
    ({"text": "太短"}, "10至5000字"), ({"text": "长" * 5001}, "10至5000字"),
    ({"file": SimpleUploadedFile("毒.exe", b"MZ")}, "不接受"), ({"file": SimpleUploadedFile("假.pdf", b"MZ")}, "扩展名不符"),
])  # fmt: skip
def test_a_bad_report_is_refused_with_what_was_typed_kept(posted: Case, client: Client, more: dict[str, Any], word: str) -> None:
    answer = send(client, posted, **({"contact": "写下的联系方式"} | more))
    assert answer.status_code == 422
    assert word in answer.content.decode() and "写下的联系方式" in answer.content.decode()
    assert not Report.objects.exists() and not WorkItem.objects.filter(step="verify_report").exists()


def test_no_report_comes_in_after_the_last_day_even_past_the_page(posted: Case, town: Town) -> None:
    town.later(days=8)
    with pytest.raises(conduct.NotPosted):
        reported(town, posted)


def test_a_notice_that_asks_for_no_reports_takes_none(posted: Case, town: Town) -> None:
    notice = Notice.objects.get(case=posted)
    notice.reports_to = ""
    with pytest.raises(conduct.NotPosted):
        conduct.report(notice, text="该同志在项目招标中有不当行为。", name="", contact="", upload=None, at=town.at, key="k1")


def test_the_subject_sees_no_report_even_from_a_seat_at_that_very_desk(posted: Case, client: Client, town: Town, settings: Any) -> None:
    send(client, posted, name="李某")
    item = WorkItem.objects.get(process=posted, step="verify_report")
    wang = town.people["wang"]
    Seat.objects.create(desk=item.desk, account=wang, valid_from="2020-01-01", granted_at=town.at)
    client.force_login(wang, backend="django.contrib.auth.backends.ModelBackend")
    assert posted.number not in client.get("/desk/").content.decode()
    for address in (f"/items/{item.pk}/", f"/items/{item.pk}/reported/", f"/items/{item.pk}/reported/file"):
        assert client.get(address).status_code == 404
    for address in ("/mine/", f"/mine/{posted.pk}/", f"/mine/{posted.pk}/file/"):
        html = client.get(address, follow=True).content.decode()
        assert "不当行为" not in html and "李某" not in html and "反映1" not in html and "第1件反映" not in html


def test_other_desks_do_not_read_the_report(posted: Case, client: Client, town: Town) -> None:
    send(client, posted)
    item = WorkItem.objects.get(process=posted, step="verify_report")
    for who in ("org_leader1", "case_handler1", "archivist1", "opinion_organ1"):
        client.force_login(town.people[who], backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(f"/items/{item.pk}/reported/").status_code == 404, who


def test_nobody_signs_in_with_the_account_that_keeps_the_files(posted: Case, client: Client) -> None:
    send(client, posted, file=SimpleUploadedFile("合同.pdf", PDF))
    keeper = Account.objects.get(username="公示反映收件")
    assert not keeper.is_active and not keeper.has_usable_password() and not Desk.objects.filter(seats__account=keeper).exists()
