"""What an organ sets without code: header, number code, contact, seal; the list of templates; and characters nobody can print."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.story import TO_SERVED, Town, act, facts_for, item_of, open_case, run
from workflow_app import conduct, documents, patterns, signet
from workflow_app.models import Account, Document, Office, OrganSeal, Outgoing, PaperTemplate
from workflow_app.steps import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" stroke="red" fill="none"/></svg>'


@pytest.fixture
def admin(town: Town, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An administrator, signed in."""
    monkeypatch.setattr(settings, "ORGAN_KEY_DIR", str(tmp_path_factory.getbasetemp() / "organs"))
    signet.keys.cache_clear()
    client = Client()
    client.force_login(Account.objects.create(username="chen", office=Office.SYSTEM, password="!"))
    return client


def printed(paper: Document) -> str:
    made = documents.render(paper.content["paper"], paper.content["content"], paper.template)
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        return "".join(str(page.extract_text()) for page in opened.pages)


def test_header_code_and_contact_are_printed_from_the_next_paper_on(town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED[: TO_SERVED.index("decide")])
    town.city.header_name, town.city.organ_code, town.city.contact = "云溪市委组织部文件", "云委组", "联系人：赵安，电话：0000-1234567"
    town.city.save()
    act(town, case, "decide")
    paper = Document.objects.get(step="decide")
    text = printed(paper)
    assert "云溪市委组织部文件" in text and "中共云溪市委组织部文件" not in text
    assert paper.number == "云委组〔2026〕1号" and paper.number in text
    assert "（联系人：赵安，电话：0000-1234567）" in text


def test_a_seal_is_registered_in_the_admin_and_tried_first(town: Town, admin: Client) -> None:
    stated = {"unit": town.city.pk, "valid_from": "2026-03-01", "file": SimpleUploadedFile("seal.svg", SVG)}
    assert admin.post("/admin/workflow_app/organseal/add/", stated).status_code == 302
    seal = OrganSeal.objects.get()
    assert (seal.mime, bytes(seal.image), seal.added_by) == ("image/svg+xml", SVG, Account.objects.get(username="chen"))
    assert admin.get(f"/admin/workflow_app/organseal/{seal.pk}/change/").status_code == 200
    assert admin.post(f"/admin/workflow_app/organseal/{seal.pk}/change/", stated).status_code == 403
    assert admin.post(f"/admin/workflow_app/organseal/{seal.pk}/delete/").status_code == 403


def test_what_is_no_picture_is_no_seal(town: Town, admin: Client) -> None:
    stated = {"unit": town.city.pk, "valid_from": "2026-03-01", "file": SimpleUploadedFile("seal.svg", b"MZ virus")}
    assert "SVG或者PNG" in admin.post("/admin/workflow_app/organseal/add/", stated).content.decode()
    assert not OrganSeal.objects.exists()


def test_every_template_is_listed_with_version_and_sample(admin: Client) -> None:
    listed = admin.get("/admin/workflow_app/papertemplate/?all=").content.decode()
    row = PaperTemplate.objects.get(version=patterns.version_of("documents/down/terminate.html"))
    assert row.name in admin.get("/admin/workflow_app/papertemplate/?q=terminate").content.decode() and "样张" in listed
    sample = admin.get(f"/admin/workflow_app/papertemplate/{row.version}/sample.pdf")
    assert sample.status_code == 200 and sample.content.startswith(b"%PDF")
    assert Client().get(f"/admin/workflow_app/papertemplate/{row.version}/sample.pdf").status_code == 302


def test_a_name_that_no_paper_can_print_is_refused_in_the_admin(town: Town, admin: Client) -> None:
    stated = {"number": "X1", "name": "王\ue5e5", "sex": "男", "unit": town.city.pk, "active": "on"}
    assert "“\ue5e5”（U+E5E5）" in admin.post("/admin/workflow_app/cadre/add/", stated).content.decode()


def test_a_character_outside_the_font_set_is_refused_before_anything_is_signed(town: Town) -> None:
    case = open_case(town)
    item, by = item_of(case, "approve_opening"), town.people["org_leader1"]
    facts = facts_for(town, "approve_opening", scope="核实😀有关情况")
    with pytest.raises(Refused, match=r"“😀”（U\+1F600）") as refused:
        conduct.preview(item, facts=facts, by=by, at=town.at)
    assert refused.value.field == "scope"
    conduct.preview(item, facts=facts | {"scope": "核实䶮㛃𬭊镕有关情况"}, by=by, at=town.at)


def test_a_paper_that_cannot_be_made_is_put_aside_at_once_and_the_case_page_says_why(town: Town, client: Client) -> None:
    case = open_case(town)
    paper = Document.objects.get(case=case)
    Outgoing.objects.filter(target=paper.pk).update(target=paper.pk, attempts=0)
    broken = documents.check_size
    try:
        documents.check_size = lambda title, content: broken(title, {"paragraphs": ["字" * 20_001]})
        Worker().work_off(town.at)
    finally:
        documents.check_size = broken
    row = Outgoing.objects.get(target=paper.pk)
    assert row.dead_at is not None and row.attempts == 1
    client.force_login(town.people["case_handler1"])
    for page in (f"/cases/{case.pk}/", f"/papers/{paper.pk}/"):
        assert "文书文件未能生成" in (text := client.get(page).content.decode()) and "超过20000字" in text
