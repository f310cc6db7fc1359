"""Acts of 反向考核 that leave a record: each is one transaction of what the room does and a line in the organ's journal."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from typing import Any

from django.db import Error, transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.assessment.campaigns.links import digest_of
from workflow_app.clock import TZ
from workflow_app.models import Account, Campaign, SchemeVersion, Survey, SurveyClosing, SurveyInvitation, SurveyWord, Unit
from workflow_app.refusing import Refused
from workflow_app.revising import surveys
from workflow_app.revising.rules import SURVEY as RULE
from workflow_app.telling.messages import Told, tell

log = logging.getLogger(__name__)


def record(organ: Unit, what: str, *, by: Account | None, at: datetime, facts: dict[str, Any]) -> None:
    """A line in the organ's journal."""
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


def office(organ: Unit) -> list[int]:
    """Accounts of the assessment office and of the department's leaders."""
    seats = Account.objects.filter(seats__desk__role__in=("assessment_office", "org_leader"), seats__desk__unit=organ, is_active=True)
    return sorted(set(seats.values_list("pk", flat=True)))


@transaction.atomic
def start(campaign: Campaign, closes_at: datetime, *, by: Account, at: datetime) -> Survey:
    """Ask those under a scheme what they think of it, and tell them. Raises Refused."""
    made = surveys.start(campaign, closes_at, by=by, at=at)
    people = list(made.invitations.values_list("person_id", flat=True))
    record(campaign.organ, "survey", by=by, at=at, facts={"survey": made.pk, "campaign": campaign.pk, "asked": len(people)})
    title = f"请评价考核方案本身（匿名）：{campaign.version}，{closes_at.astimezone(TZ):%-m月%-d日%H:%M}截止"
    tell([Told(one, f"survey:{made.pk}", "ITEM", title, reverse("my_ratings")) for one in people], at)
    return made


@transaction.atomic
def fetch(invitation: SurveyInvitation, *, by: Account, at: datetime) -> str:
    """The link, once; from here on nobody knows whose it is, so nothing is recorded either. Raises Refused."""
    if invitation.person_id != by.pk:
        raise Refused("没有给您的这份问卷。", way_out="从“我的评价”中进入。", rule=RULE)
    token = secrets.token_urlsafe(24)
    surveys.take_link(invitation, digest_of(token), at=at)
    return token


@transaction.atomic
def close(survey: Survey, *, by: Account | None, why: str, at: datetime) -> SurveyClosing | None:
    """Close and count; below the line the office is told that the scheme is to be revised, or why not. Raises Refused."""
    made = surveys.close(survey, by=by, why=why, at=at)
    if made is None:
        return None
    organ, result = survey.campaign.organ, str(made.result or "")
    record(organ, "surveyed", by=by, at=at, facts={"survey": survey.pk, "answers": made.answers, "result": result, "why": made.why})
    if surveys.to_settle(made):
        title = f"反向考核{made.result}分，低于{surveys.LINE}分：请修订“{survey.campaign.version}”，或者写明不修订的理由"
        url = reverse("survey", args=[survey.pk])
        tell([Told(one, f"survey:{survey.pk}:low", "WARN", title, url) for one in office(organ)], at)
    return made


def close_due(at: datetime) -> int:
    """What the worker does: close what is due, each in a transaction of its own; a faulty one is logged and left."""
    count = 0
    for one in surveys.due(at):
        try:
            count += close(one, by=None, why="", at=at) is not None
        except Error:
            raise  # the database is away: the next round comes back to it
        except Exception:
            log.exception("survey %s could not be closed", one.pk)
    return count


@transaction.atomic
def settle(survey: Survey, outcome: str, version: SchemeVersion | None, reason: str, *, by: Account, at: datetime) -> SurveyWord:
    """What follows from a result below the line. Raises Refused."""
    made = surveys.settle(survey, outcome, version, reason, by=by, at=at)
    facts = {"survey": survey.pk, "outcome": made.outcome, "version": made.version_id, "reason": made.reason}
    record(survey.campaign.organ, "settled", by=by, at=at, facts=facts)
    return made
