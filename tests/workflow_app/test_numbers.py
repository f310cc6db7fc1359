"""Numbers of papers have no gap: those of an organ and year, and those within a case."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.story import TO_MEETING, TO_SERVED, Town, act, facts_for, item_of, key, open_case, run
from workflow_app import conduct
from workflow_app.models import Case, Document, Record, WorkItem

pytestmark = pytest.mark.django_db
DECIDED = (*TO_MEETING, "record_meeting")


def formal(case: Case) -> list[str]:
    return list(Document.objects.filter(case=case, formal=True).order_by("id").values_list("number", flat=True))


def another(town: Town, name: str) -> Case:
    """A second cadre's case."""
    town.wang, town.people["wang"] = town.people[name].cadre, town.people[name]
    return open_case(town)


def test_formal_papers_take_the_organs_next_number_of_the_year(town: Town) -> None:
    first = run(town, open_case(town), *TO_SERVED, "formalize")
    assert formal(first) == ["云组〔2026〕1号", "云组〔2026〕2号"]
    second = run(town, another(town, "archivist1"), *DECIDED, "decide")
    assert formal(second) == ["云组〔2026〕3号"]


def test_a_new_year_begins_with_one(town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED)
    town.later(days=310)
    run(town, case, "formalize")
    assert formal(case) == ["云组〔2026〕1号", "云组〔2027〕1号"]


def test_a_number_of_an_act_that_failed_is_given_again(town: Town) -> None:
    case = run(town, open_case(town), *DECIDED)
    item, by, facts = item_of(case, "decide"), town.people["decision_body1"], facts_for(town, "decide")
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    with pytest.raises(InterruptedError), transaction.atomic():
        conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key())
        assert formal(case) == ["云组〔2026〕1号"]
        raise InterruptedError
    assert formal(case) == []
    assert WorkItem.objects.get(pk=item.pk).status != "DONE"
    act(town, case, "decide")
    assert formal(case) == ["云组〔2026〕1号"]


def test_a_preview_takes_no_number(town: Town) -> None:
    case = run(town, open_case(town), *DECIDED)
    item, by = item_of(case, "decide"), town.people["decision_body1"]
    paper = conduct.preview(item, facts=facts_for(town, "decide"), by=by, at=town.at).paper
    assert paper["number"] == "（签发后编号）"
    act(town, case, "decide")
    assert formal(case) == ["云组〔2026〕1号"]


def test_other_papers_are_numbered_within_the_case_and_every_act_has_one(town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED)
    papers = list(Document.objects.filter(case=case).order_by("id"))
    assert [paper.id & 0xFFFFF for paper in papers] == list(range(1, len(papers) + 1))
    assert [paper.number for paper in papers if not paper.formal] == [
        f"{case.number}-{n}" for n, paper in enumerate(papers, 1) if not paper.formal
    ]
    acts = Record.objects.filter(case=case, kind="ACT").count()
    assert len(papers) == acts == WorkItem.objects.filter(process=case, status="DONE").count()
