"""Settled results for the organ above: a file that can be taken in there as it is, and a list that is signed; both leave a line."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from openpyxl import load_workbook

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.united import built
from workflow_app import clock, grading, reporting
from workflow_app.assessment.imports import import_results
from workflow_app.assessment.results import reporting as results
from workflow_app.assessment.results.computing import compute
from workflow_app.assessment.results.grades import Wish
from workflow_app.models import AssessmentResult, Campaign, CampaignPaper, Post, Record
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
TO = "中共云岭省委组织部"
FIELDS = (
    "cadre_id",
    "year",
    "unit_id",
    "post_title",
    "post_level",
    "comparison_group",
    "grade",
    "score",
    "satisfaction",
    "valid_answers",
    "rank",
    "group_size",
)


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """Six rated people with settled grades; one of them without a grade."""
    made = closed(town)
    post = Post.objects.create(unit=town.wang.unit, title="副局长（三）", level="COUNTY_DEPUTY")
    for subject in made.subjects.select_related("cadre"):
        subject.person.post = post
        subject.person.save()
    compute(made, at=town.at)
    words: dict[str, Any] = {"by": town.people["assessment_office1"], "at": town.at}
    *rest, last = made.subjects.select_related("cadre").order_by("id")
    grading.propose(made, [*(Wish(one, "COMPETENT") for one in rest), Wish(last, "", "病假超过半年，不定等次")], **words)
    grading.settle(made, "部务会2026年第2次", by=town.people["org_leader1"], at=town.at)
    return Campaign.objects.select_related("version__scheme", "organ").get(pk=made.pk)


def test_what_is_handed_up_is_taken_in_above_without_loss(town: Town, campaign: Campaign, tmp_path: Path) -> None:
    file = tmp_path / "results.xlsx"
    file.write_bytes(reporting.export(campaign, TO, by=town.people["assessment_office1"], at=town.at))
    before = sorted(AssessmentResult.objects.values_list(*FIELDS), key=str)
    assert {row[6] for row in before} == {"COMPETENT", ""}
    AssessmentResult.objects.all().delete()  # as if this were the organ above
    assert import_results(file, by=None, at=town.at).rows == 6
    assert sorted(AssessmentResult.objects.values_list(*FIELDS), key=str) == before


def test_who_took_results_out_and_for_whom_is_recorded(town: Town, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="报送给哪个机关"):
        reporting.export(campaign, " ", by=town.people["assessment_office1"], at=town.at)
    assert not Record.objects.filter(outcome="reported").exists()
    reporting.export(campaign, TO, by=town.people["assessment_office1"], at=town.at)
    assert Record.objects.get(outcome="reported").actor == town.people["assessment_office1"]


def test_the_list_is_signed_frozen_and_counts_the_grades(town: Town, campaign: Campaign) -> None:
    paper = reporting.sign(campaign, TO, by=town.people["org_leader1"], at=town.at)
    assert paper.number == f"考报〔2026〕{campaign.pk}-1号"
    said = paper.content["content"]
    assert said["to"] == TO
    assert ["合计", "6人"] in [list(row) for row in said["rows"]]
    assert ["等次", "称职5，不定等次1"] in [list(row) for row in said["rows"]]
    assert bytes(paper.pdf).startswith(b"%PDF")
    with pytest.raises(DatabaseError), transaction.atomic():
        CampaignPaper.objects.update(addressee="另一机关")
    with pytest.raises(Refused, match="不能由您签发"):
        reporting.sign(campaign, TO, by=town.people["wang"], at=town.at)


def test_nothing_is_reported_before_it_is_settled(town: Town) -> None:
    open_one = closed(town)
    for act in (lambda: reporting.export(open_one, TO, by=town.people["org_leader1"], at=town.at), lambda: results.content(open_one, TO)):
        with pytest.raises(Refused, match="等次还没有审定"):
            act()


def test_results_of_units_go_up_with_code_and_grade(hall: Hall) -> None:
    bureaus = built(hall)
    campaign = bureaus.rated()
    bureaus.grade(campaign, "EXCELLENT", "GOOD", "GOOD", "GOOD", "GOOD", "POOR")
    sheet = load_workbook(BytesIO(reporting.export(campaign, TO, **bureaus.words))).active
    assert [cell.value for cell in sheet[1]] == list(results.UNIT_COLUMNS)
    assert [cell.value for cell in sheet[2]][:5] == [2025, "YX-20", "市财政局", "云溪市·部门", "优秀"]
    assert Decimal(str(sheet.cell(2, 6).value)) == Decimal("72.8")
    assert "合计" in str(results.content(campaign, TO)["rows"])
    with pytest.raises(Refused, match="您的单位"):
        reporting.sign(campaign, TO, by=bureaus.heads[0], at=hall.at)


def test_the_page_signs_only_for_the_leader(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    office, leader, other, url = Client(), Client(), Client(), f"/assessment/campaigns/{campaign.pk}/report/"
    for client, name in ((office, "assessment_office1"), (leader, "org_leader1"), (other, "archivist1")):
        client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    assert "报送表由负责人签发" in office.get(url).content.decode()
    assert office.post(url, {"do": "sign", "to": TO}).status_code == 422
    assert office.post(url, {"do": "export", "to": TO})["Content-Disposition"].endswith('.xlsx"')
    assert office.get(f"/assessment/campaigns/{campaign.pk}/report.pdf")["Content-Type"] == "application/pdf"
    refused = leader.post(url, {"do": "sign", "to": "省委"})
    assert refused.status_code == 422
    assert 'value="省委"' in refused.content.decode()
    assert leader.post(url, {"do": "sign", "to": TO}).status_code == 302
    paper = CampaignPaper.objects.get()
    assert office.get(f"/assessment/papers/{paper.pk}.pdf")["Content-Type"] == "application/pdf"
    assert other.get(url).status_code == other.get(f"/assessment/papers/{paper.pk}.pdf").status_code == 404
