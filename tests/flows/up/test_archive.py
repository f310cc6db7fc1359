"""U13 归档."""

from __future__ import annotations

import pytest

from flows.up.steps.archive import Archive
from tests.flows.up.rising import open_case, run
from tests.flows.up.stand import case, printed, refusal, situation
from tests.story import Town
from workflow_app.models import Document

STEP = Archive()
SAMPLE = {"place": "干部档案室", "keeper": "刘洋", "complete": True}


def test_the_index_is_checked_against_the_file() -> None:
    assert refusal(STEP, SAMPLE | {"complete": False}, situation()) == ("U13-CHECK", "complete")


@pytest.mark.parametrize("state", ["appointed", "confirmed", "probation_failed", "not_elected", "stopped"])
def test_how_the_case_ended_stays_as_a_mark(state: str) -> None:
    here = case(state)
    here.archive("done")
    assert (here.state, here.marks) == ("closed", [f"ended_{state}"])


@pytest.mark.django_db
def test_the_index_lists_every_paper_with_number_title_and_hash(town: Town) -> None:
    stopped = run(town, open_case(town), "recommend_by_interview", "recommend_by_meeting", ("report_recommendation", {"outcome": "stop"}))
    stopped.cadre, stopped.organ = town.wang, town.city
    html = printed(STEP, SAMPLE, situation(stopped))
    papers = Document.objects.filter(case=stopped)
    assert papers.count() == 4
    assert all(paper.number in html and paper.title in html and paper.content_hash[:16] in html for paper in papers)
