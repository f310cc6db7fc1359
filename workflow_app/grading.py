"""Acts about grades: a share approved, grades proposed, and settled by another as results of the year, with the leads that follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.assessment.results import computing, grades, unit_grades
from workflow_app.assessment.triggers import raise_leads
from workflow_app.models import (
    Account,
    AssessmentResult,
    Campaign,
    ExcellentShare,
    GradeProposal,
    GradesSettled,
    ImportBatch,
    SchemeGroup,
    Slip,
    Subject,
    UnitGradeProposal,
)
from workflow_app.telling import assessed
from workflow_app.telling.assessed import leading
from workflow_app.telling.messages import Told, tell

GRADE = AssessmentResult.Grade


def _record(campaign: Campaign, what: str, facts: dict[str, Any], *, by: Account, at: datetime) -> None:
    told = {"campaign": campaign.pk, **facts}
    ledger.journal(campaign.organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": told}))


@transaction.atomic
def approve_share(campaign: Campaign, share: Decimal, document: str, *, by: Account, at: datetime) -> ExcellentShare:
    """Another share of 优秀. Raises Refused."""
    made = grades.approve_share(campaign, share, document, by=by, at=at)
    _record(campaign, "share", {"share": str(made.share), "document": made.document}, by=by, at=at)
    return made


@transaction.atomic
def propose(campaign: Campaign, wishes: Iterable[grades.Wish], *, by: Account, at: datetime) -> Sequence[GradeProposal | UnitGradeProposal]:
    """Keep proposals. Raises Refused or BadGrades; then nothing is kept."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)  # so that two desks do not exceed the share together
    made: Sequence[GradeProposal | UnitGradeProposal]
    made = (unit_grades if campaign.of_units else grades).propose(campaign, wishes, by=by, at=at)
    if made:
        said = {one.subject.number: [one.grade, one.reason] for one in made}
        _record(campaign, "proposed", {"grades": said}, by=by, at=at)
    return made


@transaction.atomic
def settle(campaign: Campaign, document: str, *, by: Account, at: datetime) -> tuple[int, int]:
    """Make the proposals results of the year and tell everybody their own; results, and leads that follow. Raises Refused or BadGrades."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.of_units:
        return _settle_units(campaign, document, by=by, at=at), 0
    known = grades.check_settling(campaign, document, by)
    batch = _settled(campaign, {pk: one.grade for pk, one in known.items()}, document, by=by, at=at)
    rows = list(_results(campaign, known, batch))
    AssessmentResult.objects.bulk_create(rows, batch_size=500)
    _tell(campaign, rows, at)
    return len(rows), raise_leads(year=campaign.year, at=at, due_on=assessed.due_on(at))


def _settled(campaign: Campaign, known: dict[int, str], document: str, *, by: Account, at: datetime) -> ImportBatch:
    """That grades were settled: the batch, who settled and on which document, and the line in the journal."""
    digest = sha256(json.dumps([campaign.pk, {str(pk): known[pk] for pk in sorted(known)}], sort_keys=True).encode()).hexdigest()
    batch = ImportBatch.objects.create(file_name=f"{campaign.name}等次", digest=digest, rows=len(known), imported_at=at, imported_by=by)
    GradesSettled.objects.create(campaign=campaign, batch=batch, document=document.strip(), by=by, at=at)
    _record(campaign, "settled", {"document": document.strip(), "digest": digest, "rows": len(known)}, by=by, at=at)
    return batch


def _settle_units(campaign: Campaign, document: str, *, by: Account, at: datetime) -> int:
    """The same of a round about units; their leading members are told. No lead follows from it."""
    known = unit_grades.check_settling(campaign, document, by)
    batch = _settled(campaign, {pk: one.grade for pk, one in known.items()}, document, by=by, at=at)
    rows = unit_grades.keep(campaign, known, batch)
    url = reverse("portal_assessment")
    tell(
        [
            Told(account, f"unit_grade:{row.pk}", "PAPER", f"{row.unit.name}{row.year}年度考核等次：{row.get_grade_display()}", url)
            for row in rows for account in leading(row.unit_id)
        ],
        at,
    )  # fmt: skip
    return len(rows)


def _results(campaign: Campaign, known: dict[int, GradeProposal], batch: ImportBatch) -> Iterable[AssessmentResult]:
    scores = computing.newest(campaign)
    answers: dict[int, int] = {}
    for key in Slip.objects.filter(subject__campaign=campaign, group=SchemeGroup.Key.PUBLIC).values_list("subject_id", flat=True):
        answers[key] = answers.get(key, 0) + 1
    subjects = Subject.objects.filter(campaign=campaign).select_related("cadre__unit", "cadre__post")
    for number, one in enumerate(subjects, 1):
        score = scores.get(one.pk)
        yield AssessmentResult(
            cadre=one.cadre, year=campaign.year, unit=one.person.unit, post_title=one.post_title[:80], comparison_group=one.comparison_group,
            post_level=one.person.post.level if one.person.post else "", grade=known[one.pk].grade, batch=batch, row=number,
            score=score.value if score else None, satisfaction=score.approval if score else None, valid_answers=answers.get(one.pk),
            rank=score.rank if score else None, group_size=score.group_size if score and score.rank else None,
        )  # fmt: skip


def _tell(campaign: Campaign, rows: list[AssessmentResult], at: datetime) -> None:
    """Everybody is told their own grade; the written notice (公务员法 38) is served beside it."""
    accounts = {one.cadre_id: one.pk for one in Account.objects.filter(cadre__in=[row.cadre_id for row in rows], is_active=True)}
    told = [
        Told(accounts[row.cadre_id], f"grade:{campaign.pk}", "PAPER", f"{row.year}年度考核等次：{row.get_grade_display() or '不定等次'}", reverse("portal_assessment"))
        for row in rows if row.cadre_id in accounts
    ]  # fmt: skip
    tell(told, at)
