"""三个挂钩: the grade of a unit changes how many of its people may be 优秀; it never decides who, nor gives more than the rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.united import OF_LEADERS, TABLE, Bureaus, built, subjects
from workflow_app import assessing, clock, grading
from workflow_app.assessment.campaigns import planning
from workflow_app.assessment.results import linked
from workflow_app.assessment.results.grades import BadGrades, Wish
from workflow_app.assessment.results.linked import Class, faults_of, too_many
from workflow_app.assessment.schemes import drafting
from workflow_app.assessment.schemes.drafting import BadScheme, Draft, LinkedRow
from workflow_app.models import Cadre, Campaign, GradeProposal, LinkedShare, Scheme, SchemeVersion
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureaus(hall: Hall) -> Bureaus:
    """Six bureaus: one 优秀, four 良好, one 较差."""
    made = built(hall)
    made.grade(made.rated(), "EXCELLENT", "GOOD", "GOOD", "GOOD", "GOOD", "POOR")
    return made


def leaders(bureaus: Bureaus) -> Campaign:
    """A closed round about 24 people: eight of 市财政局, ten of 市水利局, five of 市审计局, and 王建国, whose unit has no grade."""
    version = bureaus.scheme(OF_LEADERS, about="PEOPLE", name="市直干部年度考核")
    campaign = bureaus.round(version, "2025年度干部考核")
    people = [bureaus.hall.town.wang]
    for unit, count in ((0, 8), (1, 10), (5, 5)):
        for n in range(count):
            people.append(Cadre.objects.create(number=f"G{unit}{n:02}", name=f"干部{unit}{n:02}", sex="男", unit=bureaus.units[unit]))
    planning.add_subjects(campaign, people)
    assessing.start(campaign, **bureaus.words)
    assessing.close(campaign.pk, by=bureaus.hall.office, why="测试用，提前结束", at=bureaus.hall.at)
    return Campaign.objects.select_related("version__scheme", "organ").get(pk=campaign.pk)


def of(campaign: Campaign, unit: str) -> list[Wish]:
    return [Wish(one, "EXCELLENT") for one in subjects(campaign) if one.person.unit.name == unit]


def test_the_places_follow_the_grade_of_the_unit_and_the_table_of_the_scheme(bureaus: Bureaus) -> None:
    found = linked.classes(leaders(bureaus), Decimal(20))
    assert [(one.label, len(one.subjects), one.share, one.places) for one in found] == [
        ("优秀", 8, Decimal(25), 2), ("良好", 10, Decimal(20), 2), ("较差", 5, Decimal(0), 0), ("本年度没有等次", 1, Decimal(20), 0),
    ]  # fmt: skip
    assert found[0].units == ("市财政局",)
    assert found[0].source == "云溪市挂钩办法第5条"


def test_one_more_than_a_units_grade_gives_is_refused_with_figures_and_source(bureaus: Bureaus) -> None:
    campaign = leaders(bureaus)
    finance, water, audit = (of(campaign, name) for name in ("市财政局", "市水利局", "市审计局"))
    grading.propose(campaign, [*finance[:2], *water[:2]], **bureaus.words)
    for wrong, words in (
        (finance[2], "单位等次为“优秀”的人员中优秀3名，超过2名（8人×25%，向下取整，依据：云溪市挂钩办法第5条）"),
        (audit[0], "单位等次为“较差”的人员中优秀1名，超过0名（5人×0%"),
    ):
        with pytest.raises(BadGrades) as refused:
            grading.propose(campaign, [wrong], **bureaus.words)
        assert any(words in one for one in refused.value.faults)
    assert GradeProposal.objects.count() == 4


def test_linking_never_gives_more_places_than_the_share_of_the_whole_round(bureaus: Bureaus) -> None:
    campaign = leaders(bureaus)
    grading.approve_share(campaign, Decimal("12.5"), "部务会决定从严掌握", **bureaus.words)
    grading.propose(campaign, [*of(campaign, "市财政局")[:2], *of(campaign, "市水利局")[:1]], **bureaus.words)
    with pytest.raises(BadGrades) as refused:
        grading.propose(campaign, of(campaign, "市水利局")[1:2], **bureaus.words)
    assert refused.value.faults[0].startswith("优秀4名，超过3名（应参加考核24人×12.5%")


def test_a_table_with_holes_too_high_or_upside_down_is_not_published(bureaus: Bureaus) -> None:
    scheme = Scheme.objects.create(organ=bureaus.hall.town.city, library=bureaus.hall.library, name="挂钩办法试点", kind="ANNUAL")
    wrong = (LinkedRow("EXCELLENT", Decimal(10), "某办法第5条"), LinkedRow("GOOD", Decimal(26), "某办法第5条"))
    version = drafting.draft(scheme, Draft(OF_LEADERS.groups, OF_LEADERS.indicators, linked=wrong), **bureaus.words)
    with pytest.raises(BadScheme) as refused:
        assessing.publish(version, by=bureaus.hall.second, at=bureaus.hall.at)
    assert [one.split("：")[1][:10] for one in refused.value.faults] == [
        "没有写一般、较差单位",
        "良好单位的比例26.",
        "等次较好的单位比例反",
    ]
    for kind, about in (("ROUTINE", "PEOPLE"), ("ANNUAL", "UNITS")):
        other = Scheme.objects.create(organ=bureaus.hall.town.city, library=bureaus.hall.library, name=kind + about, kind=kind, about=about)
        made = drafting.draft(other, OF_LEADERS, **bureaus.words)
        with pytest.raises(BadScheme) as refused:
            assessing.publish(made, by=bureaus.hall.second, at=bureaus.hall.at)
        assert "只有考核干部的年度方案可以写" in refused.value.faults[-1]


def test_a_published_table_stays_as_it_is(bureaus: Bureaus) -> None:
    version: SchemeVersion = bureaus.scheme(OF_LEADERS, about="PEOPLE", name="市直干部年度考核")
    for change in (
        lambda: LinkedShare.objects.update(share=25),
        lambda: LinkedShare.objects.all().delete(),
        lambda: LinkedShare.objects.create(version=version, grade="POOR2", share=1, source="另加"),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_the_quota_page_explains_the_table_and_the_scheme_page_keeps_what_was_typed(
    bureaus: Bureaus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: bureaus.hall.at)
    client, campaign = Client(), leaders(bureaus)
    client.force_login(bureaus.hall.office, backend="django.contrib.auth.backends.ModelBackend")
    said = client.get(f"/assessment/campaigns/{campaign.pk}/grades/").content.decode()
    assert "等次挂钩：单位等次和优秀名额" in said
    assert "8×25%" in said and "没有挂钩，按一般比例" in said
    assert campaign.version is not None
    url = f"/assessment/schemes/{campaign.version.scheme_id}/"
    typed = {"do": "draft", "group-PUBLIC": "100", "weight-Z01": "100", "linked-EXCELLENT": "25"}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "等次挂钩须写明依据" in refused.content.decode()
    assert 'name="linked-EXCELLENT" inputmode="decimal" value="25"' in refused.content.decode()
    bad = client.post(url, {**typed, "linked-EXCELLENT": "101", "linked-source": "云溪市挂钩办法"})
    assert "挂钩比例不对" in bad.content.decode()
    assert client.post(url, {**typed, "linked-source": "云溪市挂钩办法"}).status_code == 302
    assert "没有写良好、一般、较差单位的比例" in client.get(url).content.decode()


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 25), st.integers(0, 40)), min_size=1, max_size=4))
def test_a_class_is_full_exactly_when_its_places_are_taken(rows: list[tuple[int, int, int]]) -> None:
    classes, grades, start, over = [], {}, 0, 0
    for size, share, wanted in rows:
        people = range(start, start + size)
        start += size
        classes.append(Class("GOOD", Decimal(share), "某办法第5条", frozenset(people), ("某局",)))
        taken = min(wanted, size)
        grades |= {key: "EXCELLENT" if place < taken else "COMPETENT" for place, key in enumerate(people)}
        over += taken * 100 > size * share
    assert len(too_many(classes, grades)) == over


def test_no_table_asks_nothing_and_a_refusal_says_where(bureaus: Bureaus) -> None:
    assert faults_of([], of_units=True, annual=False, highest=Decimal(25)) == []
    assert len(TABLE) == 4
    with pytest.raises(Refused):
        drafting.publish(bureaus.scheme(OF_LEADERS, about="PEOPLE", name="市直干部年度考核"), by=bureaus.hall.second, at=bureaus.hall.at)
