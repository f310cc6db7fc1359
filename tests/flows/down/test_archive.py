"""D17 归档."""

from datetime import date

import pytest

from flows.down.steps.archive import Archive
from tests import story
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources
from workflow_app.models import Document

STEP = Archive()
SAMPLE = {"place": "市委组织部档案室", "keeper": "郑雪", "complete": True}


def test_the_index_is_checked_against_the_file() -> None:
    assert refusal(STEP, SAMPLE, situation()) == ("", "")
    assert refusal(STEP, SAMPLE | {"complete": False}, situation()) == ("D17-CHECK", "complete")


@pytest.mark.django_db
def test_the_index_lists_every_paper_with_number_title_and_day(town: story.Town) -> None:
    opened = story.run(town, story.open_case(town), "approve_opening", "plan_examination")
    html = printed(STEP, SAMPLE, situation(opened))
    papers = list(Document.objects.filter(case=opened))
    assert [paper.title for paper in papers] == ["线索登记表", "启动核实审批表", "专项考察方案"]
    for paper in papers:
        assert paper.issued_on == date(2026, 3, 2)
        assert all(text in html for text in (paper.number, paper.title, "2026-03-02", paper.content_hash[:16]))
    for text in (opened.number, "市委组织部档案室", "郑雪"):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"place", "keeper"}


def test_the_file_is_closed_after_the_evaluation_or_a_termination() -> None:
    assert [moved(STEP, case(state)) for state in ("evaluated", "terminated")] == ["closed", "closed"]
    assert sources(STEP) == {"evaluated", "terminated"}
    assert (STEP.role, STEP.deadline) == ("archivist", None)
