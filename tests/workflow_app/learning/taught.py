"""A class, and 王建国 called to it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import training
from workflow_app.learning import gaps
from workflow_app.learning.classes import Terms
from workflow_app.learning.participants import Call, Came
from workflow_app.models import Feedback, Participant, Point, Score, Subject, TrainingClass

REASON = "分管工程建设，补项目管理的课。"


def terms(town: Town, **changes: Any) -> Terms:
    words = {
        "topic": "重点工程项目管理", "purpose": "解决工程统筹和进度控制不力的问题。", "organizer": "市委组织部", "place": "市委党校",
        "first": town.today, "last": town.today + timedelta(days=4), "hours": Decimal("40.0"),
    }  # fmt: skip
    return Terms(**{**words, **changes})


def opened(town: Town, kind: str = "SPECIAL", **changes: Any) -> TrainingClass:
    return training.open_class(town.city, kind, terms(town, **changes), by=town.people["org_leader1"], at=town.at)


def called(town: Town, found: TrainingClass, *rows: Call) -> list[Participant]:
    return training.call(found, list(rows) or [Call(town.wang, REASON)], by=town.people["case_handler1"], at=town.at)


def came(one: Participant, **changes: Any) -> Came:
    words = {"participant": one, "outcome": "COMPLETED", "hours": Decimal("40.0"), "text": "能独立编制工程进度计划。"}
    return Came(**{**words, **changes})


def over(town: Town, days: int = 5) -> None:
    """The class is over."""
    town.later(days=days)


def lists_of(town: Town) -> Feedback:
    """王建国's three lists of a closed round, signed: one point to mend."""
    subject = Subject.objects.get(campaign=closed(town), cadre=town.wang)
    found = Feedback.objects.create(
        subject=subject, cadre=town.wang, organ=town.city, drafted_by=town.people["assessment_office1"], drafted_at=town.at
    )
    Point.objects.create(feedback=found, list="RESULT", number=1, text="按期完成城南片区道路改造。")
    Point.objects.create(
        feedback=found, list="MEND", number=1, text="工程进度控制不力，三次调整工期。", measure="建立台账", due_on=town.today + timedelta(days=60),
        responsible="王建国",
    )  # fmt: skip
    Feedback.objects.filter(pk=found.pk).update(signed_by=town.people["org_leader1"], signed_at=town.at)
    found.refresh_from_db()
    return found


def score_of(town: Town) -> Score:
    """王建国's score of the closed round."""
    subject = Subject.objects.get(cadre=town.wang)
    return Score.objects.create(subject=subject, value=Decimal("70.00"), group_size=6, explanation={}, computed_at=town.at)


def gap(town: Town, kind: str) -> gaps.Gap:
    """王建国's gap of a kind of source."""
    return next(one for one in gaps.gaps_of(town.city, [town.wang.pk]) if one.kind == kind)
