"""Three years 优秀: one list of a desk with entries, so that the desk's own work is not drowned."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.story import Town
from workflow_app import clock
from workflow_app.assessment.triggers import raise_leads
from workflow_app.models import AssessmentResult, Cadre, ImportBatch, Lead, Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(town: Town) -> list[Lead]:
    """Twelve people with three years 优秀, and one 不称职."""
    batch = ImportBatch.objects.create(file_name="results.xlsx", digest="d", rows=37, imported_at=town.at)
    people = [
        Cadre.objects.create(number=f"YX0003{n:02}", name=f"韩{'一二三四五六七八九十百千'[n]}", sex="女", unit=town.wang.unit)
        for n in range(12)
    ]
    rows = [(one, year, "EXCELLENT") for one in people for year in (2023, 2024, 2025)] + [(town.wang, 2025, "INCOMPETENT")]
    for n, (cadre, year, grade) in enumerate(rows):
        AssessmentResult.objects.create(
            cadre=cadre,
            year=year,
            unit=cadre.unit,
            post_title="科员",
            post_level="STAFF",
            comparison_group="科员",
            grade=grade,
            batch=batch,
            row=n,
        )
    raise_leads(year=2025, at=town.at, due_on=town.today)
    return list(Lead.objects.filter(rule_id="UP-EXC3").order_by("id"))


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_desk_has_one_line_for_them_all_and_the_list_has_everybody(
    town: Town, proposed: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(town, "org_leader1", monkeypatch)
    desk = client.get("/leads/").content.decode()
    assert "优先晋升建议名单：12人连续三年优秀" in desk
    assert "韩一" not in desk
    shown = client.get("/leads/promote/").content.decode()
    assert shown.count("UP-EXC3") == 0 and shown.count("建议研究优先晋升") == 12
    assert "韩一" in client.get("/leads/?rule=UP-EXC3").content.decode(), "each can still be looked at"
    assert client.get(f"/leads/{proposed[0].pk}/").status_code == 200, "and a case opened from it"


def test_several_are_put_aside_with_one_reason_and_a_record_each(town: Town, proposed: list[Lead], monkeypatch: pytest.MonkeyPatch) -> None:
    client, keys = client_of(town, "org_leader1", monkeypatch), [one.pk for one in proposed[:3]]
    refused = client.post("/leads/promote/", {"lead": keys, "reason": "不"})
    assert refused.status_code == 422
    assert refused.content.decode().count("checked") == 3, "what was ticked stays"
    assert client.post("/leads/promote/", {"reason": "本年度没有合适职位"}).status_code == 422
    assert client.post("/leads/promote/", {"lead": keys, "reason": "本年度没有合适职位"}).status_code == 302
    assert Lead.objects.filter(rule_id="UP-EXC3", closed_at__isnull=True).count() == 9
    assert Record.objects.filter(kind="LEAD", outcome="closed").count() == 3


def test_others_find_an_empty_list_and_close_nothing(town: Town, proposed: list[Lead], monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(town, "case_handler1", monkeypatch)
    assert "现在没有优先晋升的建议" in client.get("/leads/promote/").content.decode()
    assert client.post("/leads/promote/", {"lead": [proposed[0].pk], "reason": "本年度没有合适职位"}).status_code == 422
    assert client_of(town, "wang", monkeypatch).get("/leads/promote/").status_code == 404
    assert "不称职" in client_of(town, "case_handler1", monkeypatch).get("/leads/").content.decode()
