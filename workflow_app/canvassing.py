"""Acts about surveys of a class that leave a record. Fetching a link and answering leave none: nobody is to know who said what."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from workflow_app.caring import record
from workflow_app.learning import survey as room
from workflow_app.learning.classes import terms_of
from workflow_app.models import Account, ClassSurvey, ClassSurveyClosed, TrainingClass
from workflow_app.telling.messages import Told, tell


@transaction.atomic
def start(
    found: TrainingClass, questions: list[tuple[str, str]], open_question: str, closes_on: date, *, by: Account, at: datetime
) -> ClassSurvey:
    """Ask the people of a class; they are told. Raises Refused."""
    made = room.start(found, questions, open_question, closes_on, by=by, at=at)
    asked = list(made.invitations.values_list("account", flat=True))
    facts = {"class": found.pk, "survey": made.pk, "questions": made.questions, "open": made.open_question, "closes_on": str(closes_on)}
    record(found.organ, "survey", by=by, at=at, facts={**facts, "asked": len(asked)})
    title = f"请填写知晓与意见调查（匿名）：{terms_of(found).topic}，{closes_on}截止"
    tell([Told(one, f"survey:{made.pk}", "ITEM", title, reverse("portal_training")) for one in asked], at)
    return made


@transaction.atomic
def close(survey: ClassSurvey, *, by: Account, at: datetime) -> ClassSurveyClosed:
    """Open what was answered. Raises Refused."""
    made = room.close(survey, by=by, at=at)
    record(survey.training_class.organ, "survey_closed", by=by, at=at, facts={"survey": survey.pk, "answers": made.answers})
    return made
