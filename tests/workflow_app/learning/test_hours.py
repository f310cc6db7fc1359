"""Hours a person and year: by the end of the class and the newest result; the target of assessors is shown and bars nothing."""

from __future__ import annotations

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.conftest import build_town
from tests.story import Town
from tests.workflow_app.learning.taught import called, came, opened, over
from workflow_app import clock, training
from workflow_app.learning import record
from workflow_app.learning.participants import Call
from workflow_app.models import Cadre, ClassResult
from workflow_app.pages import counting

ROOT = Path(settings.BASE_DIR)
RESULTS = st.lists(
    st.tuples(st.sampled_from(["SPECIAL", "ASSESSORS"]), st.sampled_from([2025, 2026]), st.integers(1, 400)), min_size=1, max_size=6
)


class TestHours(TestCase):
    """Sums, whatever was entered in whatever order."""

    @hypothesis(max_examples=15)
    @given(RESULTS)
    def test_hours_of_a_year_are_the_sum_of_its_newest_results(self, rows: list[tuple[str, int, int]]) -> None:
        town = build_town()
        by, at = town.people["org_leader1"], town.at
        for kind, year, tenths in rows:
            found = opened(town, kind, first=date(year, 1, 5), last=date(year, 1, 9))
            one = called(town, found)[0]
            for hours in (Decimal("0.1"), Decimal(tenths) / 10):
                ClassResult.objects.create(participant=one, outcome="PARTLY", hours=hours, text="参加部分课程。", by=by, at=at)
        for year in (2025, 2026):
            wanted = sum((Decimal(tenths) / 10 for _, when, tenths in rows if when == year), Decimal(0))
            assessing = sum((Decimal(n) / 10 for kind, when, n in rows if when == year and kind == "ASSESSORS"), Decimal(0))
            found_hours = record.hours([town.wang.pk], year).get(town.wang.pk, record.Hours())
            assert (found_hours.total, found_hours.assessing) == (wanted, assessing)


@pytest.mark.django_db
def test_who_was_absent_has_no_hours(town: Town) -> None:
    one = called(town, opened(town))[0]
    over(town)
    training.enter_result(came(one, outcome="ABSENT", hours=Decimal(0), text="因防汛值守未到。"), by=town.people["org_leader1"], at=town.at)
    assert record.hours([town.wang.pk], 2026)[town.wang.pk].total == 0
    assert record.trained(counting.within([town.city.path], "cadre__unit"), 2026) == []


@pytest.mark.django_db
def test_assessors_are_those_who_sit_at_the_office_today(town: Town) -> None:
    found = record.assessors(town.city, town.today)
    assert {one.account.username for one in found} == {f"assessment_office{n}" for n in (1, 2, 3, 4)}


def test_the_target_is_shown_and_nothing_computes_with_it() -> None:
    """ASSESSOR_HOURS is named in the settings and on the page of hours, and compared with nothing."""
    named = [
        (file.relative_to(ROOT).as_posix(), node)
        for folder in ("workflow_app", "flows")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "ASSESSOR_HOURS"
    ]
    assert [one[0] for one in named] == ["workflow_app/pages/learning/people.py"]
    page = (ROOT / "templates/pages/learning/hours.html").read_text()
    assert re.findall(r"\{[%{][^%}]*target[^%}]*[%}]\}", page) == ["{{ target }}"], "it stands in the text, and no tag asks about it"


def test_no_score_and_no_trigger_reads_training_or_talks() -> None:
    models = {"TrainingClass", "ClassTerms", "Participant", "ParticipantWord", "ClassResult", "Talk", "TalkHeld", "TalkWord", "TalkWish"}
    for file in (ROOT / "workflow_app/assessment").rglob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Name)}
        assert not names & models, file


@pytest.mark.django_db
def test_figures_of_training_are_of_five_people_up_or_not_at_all(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    found, few = opened(town), opened(town, "LECTURE")
    people = [Cadre.objects.create(number=f"YX0030{n}", name="何远", sex="男", unit=town.wang.unit) for n in range(6)]
    rows = called(town, found, *[Call(one, "新任职，补管理课程。") for one in people])
    rows += called(town, few, *[Call(one, "新任职，补管理课程。") for one in people[:3]])
    over(town)
    for one in rows:
        training.enter_result(came(one), by=town.people["org_leader1"], at=town.at)
    shown = {one.key: one for one in counting.everything([town.city.path])}["trained"]
    assert {bar.name: bar.number for bar in shown.bars} == {
        "专题班": None, "递进培养班": 0, "案例宣讲": 0, "专题党课": None, "考核专员培训": 0,
    }  # fmt: skip
    assert timezone.is_aware(town.at)
