"""Opening a case: preview first, then the signature under what was seen, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from flows.down.path import DownPath
from tests.conftest import seat
from tests.story import Town, facts_for, key, signed_in
from workflow_app import conduct
from workflow_app.models import Cadre, Case, Desk, Document, Lead, NumberSeries, Record, Unit
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db


def stated(town: Town, **changes: Any) -> dict[str, Any]:
    facts = facts_for(town, "register_clue", **changes)
    return {"cadre": town.wang, "organ": town.city, "facts": facts, "by": town.people["case_handler1"], "at": town.at}


def test_a_preview_shows_the_paper_and_leaves_nothing_behind(town: Town) -> None:
    seen = conduct.preview_opening(DownPath, **stated(town))
    assert seen.title == "线索登记表"
    assert seen.paper["case_no"] == "（登记后编号）", "a number is never promised"
    assert not Case.objects.exists()
    assert not Record.objects.exists()
    assert not NumberSeries.objects.exists()


def test_what_is_signed_is_what_was_seen(town: Town) -> None:
    seen = conduct.preview_opening(DownPath, **stated(town)).content_hash
    with pytest.raises(conduct.NotWhatWasSeen):
        conduct.open(DownPath, **stated(town, summary="另一份摘要，预览时没有。"), seen=seen, key=key())
    assert not Case.objects.exists()


def test_the_same_click_twice_opens_one_case(town: Town) -> None:
    seen, same = conduct.preview_opening(DownPath, **stated(town)).content_hash, key()
    first = conduct.open(DownPath, **stated(town), seen=seen, key=same)
    assert conduct.open(DownPath, **stated(town), seen=seen, key=same) == first
    assert Case.objects.count() == Document.objects.count() == 1


def test_a_second_case_of_one_cadre_is_refused_already_at_the_preview(town: Town) -> None:
    seen = conduct.preview_opening(DownPath, **stated(town)).content_hash
    conduct.open(DownPath, **stated(town), seen=seen, key=key())
    with pytest.raises(Refused, match="已有未办结的案件"):
        conduct.preview_opening(DownPath, **stated(town))


def test_who_signs_after_somebody_else_has_opened_the_case_is_told_so(town: Town) -> None:
    seen = conduct.preview_opening(DownPath, **stated(town)).content_hash
    conduct.open(DownPath, **stated(town), seen=seen, key=key())
    with pytest.raises(Refused, match="已有未办结的案件"):
        conduct.open(DownPath, **stated(town), seen=seen, key=key())
    assert Case.objects.count() == 1


def test_a_legal_reviewer_cannot_even_preview_an_opening(town: Town) -> None:
    with pytest.raises(Refused):
        conduct.preview_opening(DownPath, **(stated(town) | {"by": town.people["legal_reviewer1"]}))


def posted(town: Town, **more: str) -> dict[str, Any]:
    facts = facts_for(town, "register_clue")
    return {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in facts.items() if v is not None} | {"key": "k1"} | more


@pytest.fixture
def handler(town: Town) -> Client:
    client = Client()
    client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_previews_then_signs_and_uses_up_the_lead(town: Town, handler: Client) -> None:
    lead = Lead.objects.create(
        desk=town.people["case_handler1"].seats.get().desk, cadre=town.wang, rule_id="T-01", origin="t", summary="连续两年基本称职",
        evidence=[], created_at=town.at, due_on=town.today,
    )  # fmt: skip
    page = handler.post(f"/leads/{lead.pk}/", posted(town, do="preview"))
    assert page.status_code == 200
    assert "签发" in page.content.decode()
    assert not Case.objects.exists(), "a preview opens nothing"
    sent = posted(town, do="sign", seen_hash=page.context["seen"].content_hash)
    signed = handler.post(f"/leads/{lead.pk}/", sent)
    case = Case.objects.get()
    assert signed.headers["Location"] == f"/cases/{case.pk}/"
    lead.refresh_from_db()
    assert lead.case_id == case.pk
    again = handler.post(f"/leads/{lead.pk}/", sent)
    assert again.headers["Location"] == f"/cases/{case.pk}/", "a repeated click goes to the same case"


def test_a_refused_opening_keeps_what_was_typed(town: Town, handler: Client) -> None:
    page = handler.post(f"/open/{town.wang.pk}/", posted(town, do="preview", outcome="merge", summary="桥梁工程延期三个月。"))
    assert page.status_code == 409
    assert "桥梁工程延期三个月。" in page.content.decode()
    assert "并案须写明当事人未办结案件的案号" in page.content.decode()


def test_a_county_opens_nothing_about_people_of_the_city(town: Town) -> None:
    county = Unit.objects.create(
        code="YX-20", name="清河县", kind="COUNTY", parent=town.city, path="/", manages_cadres=True, organ_code="清组"
    )
    county.path = f"{town.city.path}{county.pk}/"
    county.save()
    desk = Desk.objects.create(role="case_handler", unit=county, name="清河县经办人")
    Desk.objects.create(role="org_leader", unit=county, name="清河县负责人")
    seat(town, desk, "qinghe", 1)
    by = town.people["qinghe1"]
    assert signed_in(by).get(f"/open/{town.wang.pk}/").status_code == 404
    assert signed_in(town.people["case_handler1"]).get(f"/open/{town.wang.pk}/").status_code == 200
    with pytest.raises(Refused) as said:
        conduct.preview_opening(DownPath, **stated(town) | {"organ": county, "by": by})
    assert said.value.rule == "管理权限"
    own = Cadre.objects.create(number="QH001", name="江海清", sex="男", unit=county)
    assert signed_in(by).get(f"/open/{own.pk}/").status_code == 200
