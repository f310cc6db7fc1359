"""From a closed campaign to stored scores: explained to who may see them, and to the person rated in their own edition."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.assessment.scheme import person, raws, scheme
from workflow_app import clock
from workflow_app.assessment.results.computing import compute, newest, recompute
from workflow_app.assessment.results.edition import for_person
from workflow_app.assessment.scoring.sheet import Sheet
from workflow_app.assessment.scoring.tree import Node
from workflow_app.models import Case, Established, Lead, Rating, Read, Score, Slip, Subject
from workflow_app.telling import assessed


@pytest.mark.django_db
def test_scores_are_stored_with_their_way_down_to_the_raw_rows(town: Town) -> None:
    campaign = closed(town)
    assert len(compute(campaign, at=town.at)) == 6
    found = newest(campaign)[Subject.objects.get(cadre=town.wang).pk]
    assert (found.value, found.political, found.rank, found.group_size) == (70, 70, 6, 6)
    leaves = [leaf for one in Node.read(found.explanation["total"]).every() for leaf in one.leaves]
    assert len(leaves) == 2 * (1 + 6 + 8)
    assert all(leaf.row.startswith("rating:") for leaf in leaves)


@pytest.mark.django_db
def test_computing_again_gives_the_same_numbers_and_writes_nothing(town: Town) -> None:
    campaign = closed(town)
    compute(campaign, at=town.at)
    assert compute(campaign, at=town.at) == []
    subject = Subject.objects.get(cadre=town.wang)
    Established.objects.create(
        subject=subject, kind="DEDUCTION", amount=Decimal(2), why="通报批评", by=town.people["case_handler1"], at=town.at
    )
    assert [one.subject for one in compute(campaign, at=town.at)] == [subject]
    assert [str(one.value) for one in Score.objects.filter(subject=subject).order_by("id")] == ["70.00", "68.00"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Score.objects.update(value=99)


@pytest.mark.django_db
def test_a_campaign_that_runs_has_no_scores(town: Town) -> None:
    campaign = closed(town)
    campaign.closed_at = None
    with pytest.raises(ValueError, match="还没有结束"):
        compute(campaign, at=town.at)


@pytest.mark.django_db
@pytest.mark.parametrize(("points", "leads"), [(79, 1), (80, 0)])
def test_political_quality_below_eighty_is_studied_and_moves_no_case(town: Town, points: int, leads: int) -> None:
    campaign = closed(town, wang=points)
    assert assessed.compute_scores(campaign, by=None, at=town.at) == (6, leads)
    assert list(Lead.objects.values_list("rule_id", "suggests")) == [("T-08", "STUDY")] * leads
    assert not Case.objects.exists()


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_the_handler_computes_and_reads_the_explanation_on_the_record(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, client = closed(town), client_of(town, "case_handler1", monkeypatch)
    assert "2025年度测评" in client.get("/scores/").content.decode()
    assert "还没有计算" in client.get(f"/scores/{campaign.pk}/").content.decode()
    assert "6人的得分是新的或者有变化" in client.post(f"/scores/{campaign.pk}/", follow=True).content.decode()
    score = Score.objects.get(subject__cadre=town.wang)
    said = client.get(f"/scores/of/{score.pk}/").content.decode()
    for words in ("8个评分的平均", "第6名（同组6人）", "原始评分8个", "不单列"):
        assert words in said, words
    assert "原始评分1个" not in said, "the superior is one person: a rating would name its rater"
    assert Read.objects.filter(what="score", ref=score.pk).count() == 1


@pytest.mark.django_db
def test_the_audit_role_alone_reads_every_raw_row(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = closed(town)
    compute(campaign, at=town.at)
    client = client_of(town, "auditor1", monkeypatch)
    assert "2025年度测评" in client.get("/scores/").content.decode()
    said = client.get(f"/scores/of/{Score.objects.get(subject__cadre=town.wang).pk}/").content.decode()
    for words in ("6个评分，去掉最高、最低各0个后平均", "不足20个评分，不去最高最低", "原始评分1个"):
        assert words in said, words
    assert client.post(f"/scores/{campaign.pk}/").status_code == 409, "computing is the handler's"


@pytest.mark.django_db
def test_the_person_sees_the_own_score_without_single_ratings_and_others_see_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = closed(town)
    compute(campaign, at=town.at)
    score = Score.objects.get(subject__cadre=town.wang)
    said = client_of(town, "wang", monkeypatch).get("/mine/assessment/").content.decode()
    assert "2025年度测评：70.00" in said
    assert "不单列" in said
    assert "原始评分" not in said
    for name in ("wang", "archivist1", "legal_reviewer1"):
        client = client_of(town, name, monkeypatch)
        assert client.get(f"/scores/of/{score.pk}/").status_code == 404, name
        assert client.get(f"/scores/{campaign.pk}/").status_code == 404, name


def sealed(**groups: int) -> dict[str, Decimal | None]:
    """What the person sees of each group when so many rated."""
    rows = tuple(raw for group, many in groups.items() for raw in raws("service", group, *[60 + n for n in range(many)]))
    tree = for_person(Sheet(scheme(), [person(raws=rows)]).total("p"))
    service = next(one for one in tree.every() if one.key == "service")
    assert not [one for one in tree.every() if one.leaves]
    return {"all": service.value, **{one.key: one.value for one in service.parts}}


def test_the_figure_of_a_single_rater_is_not_shown_nor_left_over_by_subtraction() -> None:
    assert [one is None for one in sealed(leader=1, peers=6, public=9).values()] == [False, True, True, False]
    assert [one is None for one in sealed(leader=4, peers=4, public=9).values()] == [False, True, True, False]
    assert [one is None for one in sealed(leader=5, peers=5, public=5).values()] == [False] * 4


def test_where_only_one_small_group_rated_the_indicator_is_not_shown_either() -> None:
    assert sealed(leader=1)["all"] is None
    assert sealed(leader=5)["all"] is not None


@pytest.mark.django_db
def test_one_changed_row_computes_one_person_and_the_places_of_the_group_and_nothing_else(town: Town) -> None:
    campaign = closed(town)
    compute(campaign, at=town.at)
    wang = Subject.objects.get(cadre=town.wang)
    rating = Rating.objects.filter(slip__subject=wang, slip__group="PUBLIC")[0]
    Rating.objects.create(slip=Slip.objects.create(subject=wang, group="PUBLIC"), indicator=rating.indicator, value=100, scale=100)
    rows, counted = recompute(campaign, [wang.pk], at=town.at)
    assert [one.subject for one in rows] == [wang], "nobody else's place has changed"
    assert counted == {"total": 1, "part": 1, "indicator": 2, "cell": 6, "approval": 1, "political": 1, "standings": 1}
    assert str(rows[0].value) != "70.00"
    assert compute(campaign, at=town.at) == [], "and it is what computing everything gives"


@pytest.mark.django_db
def test_whoever_falls_behind_another_gives_them_their_place(town: Town) -> None:
    campaign = closed(town)
    compute(campaign, at=town.at)
    best = Subject.objects.filter(campaign=campaign).order_by("-id")[0]
    Established.objects.create(
        subject=best, kind="DEDUCTION", amount=Decimal(40), why="通报批评", by=town.people["case_handler1"], at=town.at
    )
    rows, counted = recompute(campaign, [best.pk], at=town.at)
    assert (len(rows), counted["total"]) == (6, 1), "six new places, one computed total"
    assert newest(campaign)[best.pk].rank == 6
    assert compute(campaign, at=town.at) == []


@pytest.mark.django_db
def test_a_large_round_is_computed_in_parts_with_its_progress(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, client = closed(town), client_of(town, "case_handler1", monkeypatch)
    last = Subject.objects.filter(campaign=campaign).order_by("-id")[0]
    Subject.objects.filter(pk=last.pk).update(comparison_group="市直正职")
    monkeypatch.setattr("workflow_app.pages.scores.SPAN", 0.0)
    said = client.post(f"/scores/{campaign.pk}/").content.decode()
    assert "2个比较组，已算完1个" in said
    assert Score.objects.count() in (1, 5), "what is done is stored"
    changed = 6 - Score.objects.count()
    end = client.post(f"/scores/{campaign.pk}/", {"done": "1", "changed": str(6 - changed), "leads": "0"}, follow=True).content.decode()
    assert "6人的得分是新的或者有变化" in end
    assert Score.objects.count() == 6
