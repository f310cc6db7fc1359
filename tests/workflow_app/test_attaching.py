"""A file goes into the row of evidence that it proves: with one click, and without any script as well."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.story import Town, item_of, open_case, run
from workflow_app.models import Upload

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def member(town: Town) -> Client:
    client = Client()
    client.force_login(town.people["examination_team1"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def page(town: Town) -> str:
    return f"/items/{item_of(run(town, open_case(town), 'approve_opening', 'plan_examination'), 'list_evidence').pk}/"


def posted(town: Town, **changes: Any) -> dict[str, Any]:
    row = {
        "name": "2025年度项目台账", "source": "来自一名工作人员", "obtained_by": "李文、赵安", "obtained_on": town.today.isoformat(), "proves": "进度", "file": "",
    }  # fmt: skip
    data = {f"evidence-0-{name}": value for name, value in (row | changes).items()}
    counts = {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0", "evidence-MIN_NUM_FORMS": "1", "evidence-MAX_NUM_FORMS": "60"}
    return data | counts | {"version": "0", "key": "k1", "do": "preview"}


def test_a_file_that_comes_with_the_form_is_kept_and_stands_in_the_list_by_its_digest(town: Town, member: Client, page: str) -> None:
    seen = member.post(page, posted(town, file_new=SimpleUploadedFile("举报信.pdf", PDF)))
    kept = Upload.objects.get()
    assert seen.status_code == 200
    table = seen.context["seen"].content["tables"][0]
    assert kept.sha256[:16] in table["rows"][0][-1]
    assert "举报信" not in str(seen.context["seen"].content), "the cadre reads this list; a file's name may betray its source"
    assert f"\n{kept.pk}</textarea>" in seen.content.decode(), "the choice travels on to the signing"


def test_a_refused_form_keeps_the_file(town: Town, member: Client, page: str) -> None:
    answer = member.post(page, posted(town, obtained_by="李文", file_new=SimpleUploadedFile("台账.pdf", PDF)))
    assert answer.status_code == 409
    assert f'<option value="{Upload.objects.get().pk}" selected>台账.pdf（' in answer.content.decode()


def test_a_bad_file_is_refused_beside_its_row(town: Town, member: Client, page: str) -> None:
    answer = member.post(page, posted(town, file_new=SimpleUploadedFile("脚本.html", b"<b>")))
    assert answer.status_code == 422
    assert "不接受“html”类型的文件" in answer.content.decode()
    assert "2025年度项目台账" in answer.content.decode()


def test_a_file_uploaded_in_place_is_chosen_at_once(member: Client) -> None:
    answer = member.post("/uploads/pick/", {"evidence-3-file_new": SimpleUploadedFile("台账.pdf", PDF)}).content.decode()
    assert f'<option value="{Upload.objects.get().pk}" selected>台账.pdf（' in answer
    assert 'name="evidence-3-file"' in answer
    assert "未做病毒扫描" in answer


def test_somebody_elses_file_cannot_be_chosen(town: Town, member: Client, page: str) -> None:
    other = Client()
    other.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    other.post("/uploads/", {"file": SimpleUploadedFile("台账.pdf", PDF)})
    answer = member.post(page, posted(town, file=str(Upload.objects.get().pk)))
    assert answer.status_code == 422
