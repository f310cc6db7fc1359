"""Acts of the record of work, of awards and of the archive that leave a record: what the room does, a line in the organ's journal, who is told.

The rooms (workflow_app/worklog/) stand below the ledger and cannot write there; pages and the worker come through here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger, unfiled
from workflow_app.caring import person
from workflow_app.clock import TZ
from workflow_app.models import (
    Account,
    ArchivePaper,
    AssessmentResult,
    Award,
    AwardAnswer,
    AwardProposal,
    Cadre,
    DutySummary,
    MonthWord,
    ResultUse,
    WeekWord,
    WorkLine,
)
from workflow_app.refusing import Refused
from workflow_app.telling.messages import Told, tell
from workflow_app.worklog import awards, lines, summary, wording
from workflow_app.worklog.rules import ARCHIVE, monday, organ_of

TEMPLATE = "documents/archive.html"
FRIDAY, FROM = 4, 15  # the reminder comes on Friday from three in the afternoon


def note(cadre: Cadre, what: str, *, by: Account | None, at: datetime, **facts: Any) -> None:
    """A line in the journal of the organ that manages the cadre."""
    told = {"cadre": cadre.number, **facts}
    ledger.journal(organ_of(cadre), ledger.Entry(kind="WORK", at=at, actor=by, outcome=what, parts={"facts": told}))


def tell_person(cadre: Cadre, key: str, title: str, name: str, at: datetime) -> None:
    """Tell the person concerned, where they have an account."""
    account = person(cadre)
    if account is not None:
        tell([Told(account.pk, key, "ITEM", title, reverse(name))], at)


@transaction.atomic
def write(cadre: Cadre, one: lines.Written, *, by: Account, at: datetime, corrects: WorkLine | None = None, why: str = "") -> WorkLine:
    """A line of the person's week. Raises Refused."""
    made = lines.write(cadre, one, by=by, at=at, corrects=corrects, why=why)
    note(cadre, "line", by=by, at=at, line=made.pk, week=str(made.week), corrects=made.corrects_id, why=made.why)
    return made


@transaction.atomic
def comment(cadre: Cadre, week: Any, text: str, *, by: Account, at: datetime) -> WeekWord:
    """A superior's word to a week; the person is told. Raises Refused."""
    made = lines.comment(cadre, week, text, by=by, at=at)
    note(cadre, "comment", by=by, at=at, week=str(week), word=made.pk)
    tell_person(cadre, f"worklog:word:{made.pk}", "上级对您的工作纪实写了意见", "portal_worklog", at)
    return made


@transaction.atomic
def reconcile(cadre: Cadre, month: str, stance: str, text: str, *, by: Account, at: datetime) -> MonthWord:
    """The person's word to a month's statement; where it differs, the assessment office is told. Raises Refused."""
    made = lines.reconcile(cadre, month, stance, text, by=by, at=at)
    note(cadre, "reconciled", by=by, at=at, month=month, stance=made.stance, text=made.text)
    if made.stance == MonthWord.Stance.DIFFER:
        url = f"{reverse('worklog_of', args=[cadre.pk])}?month={month}"
        seats = Account.objects.filter(seats__desk__role="assessment_office", seats__desk__unit=organ_of(cadre), is_active=True)
        seats = seats.exclude(cadre=cadre)
        title = f"{cadre.name}对{month}岗位对账单提出有出入"
        tell([Told(one, f"worklog:differ:{made.pk}", "ITEM", title, url) for one in set(seats.values_list("pk", flat=True))], at)
    return made


@transaction.atomic
def save_summary(cadre: Cadre, year: int, text: str, *, hand_in: bool, by: Account, at: datetime) -> DutySummary:
    """An edition of the year's account; only handing it in is recorded. Raises Refused."""
    made = summary.save(cadre, year, text, hand_in=hand_in, by=by, at=at)
    if hand_in:
        note(cadre, "summary", by=by, at=at, year=year, edition=made.edition)
    return made


@transaction.atomic
def propose_award(cadre: Cadre, kind: str, year: int, reason: str, *, by: Account, at: datetime) -> AwardProposal:
    """A proposal. Raises Refused."""
    made = awards.propose(cadre, kind, year, reason, by=by, at=at)
    note(cadre, "award_proposed", by=by, at=at, proposal=made.pk, award=made.kind, year=year, reason=made.reason)
    return made


@transaction.atomic
def answer_award(proposal: AwardProposal, outcome: str, reason: str, *, by: Account, at: datetime) -> AwardAnswer:
    """What another says to it; who proposed is told. Raises Refused."""
    made = awards.answer(proposal, outcome, reason, by=by, at=at)
    note(proposal.cadre, "award_answered", by=by, at=at, proposal=proposal.pk, outcome=made.outcome, reason=made.reason)
    title = f"您提出的奖励建议（{proposal.cadre.name}）{'已同意报批' if made.outcome == AwardAnswer.Outcome.AGREED else '没有同意'}"
    tell([Told(proposal.by_id, f"award:{proposal.pk}", "ITEM", title, reverse("award_of", args=[proposal.cadre_id]))], at)
    return made


@transaction.atomic
def register_award(
    cadre: Cadre,
    deed: awards.Deed,
    *,
    by: Account,
    at: datetime,
    proposal: AwardProposal | None = None,
    corrects: Award | None = None,
    why: str = "",
) -> Award:
    """An award by its document; the person is told. Raises Refused."""
    made = awards.register(cadre, deed, by=by, at=at, proposal=proposal, corrects=corrects, why=why)
    said = {
        "award": made.pk,
        "of": made.kind,
        "number": made.number,
        "document": made.document,
        "corrects": made.corrects_id,
        "why": made.why,
    }
    note(cadre, "award", by=by, at=at, **said)
    tell_person(cadre, f"award:in:{made.pk}", "您的考核档案中登记了一项奖励", "portal_archive", at)
    return made


@transaction.atomic
def use_result(result: AssessmentResult, use: str, text: str, document: str, used_on: Any, *, by: Account, at: datetime) -> ResultUse:
    """For what a result was used. Raises Refused."""
    made = awards.use(result, use, text, document, used_on, by=by, at=at)
    note(result.cadre, "used", by=by, at=at, year=result.year, use=made.use, document=made.document)
    return made


def slip_of(cadre: Cadre, purpose: str, number: str, at: datetime) -> unfiled.Slip:
    """The form of an archive."""
    content = wording.archive_content(cadre, purpose, at.astimezone(TZ).date())
    return unfiled.Slip(wording.TITLE, number, "考核", organ_of(cadre), cadre.name, content, TEMPLATE)


def preview(cadre: Cadre, purpose: str, at: datetime) -> bytes:
    """The form as it would be. Raises documents.RenderingFailed."""
    return unfiled.printed(slip_of(cadre, purpose, "—", at), None, at).pdf


def issue(cadre: Cadre, purpose: str, *, by: Account, at: datetime) -> ArchivePaper:
    """Print and freeze the form; the person is told and finds it in the portal. Raises Refused or documents.RenderingFailed."""
    if by.cadre_id == cadre.pk:
        raise Refused("任何人不得办理本人的事项。", way_out="由其他人员办理。", rule=ARCHIVE)
    number = f"考核表〔{at.astimezone(TZ).year}〕{cadre.pk}-{cadre.archive_papers.count() + 1}号"
    made = unfiled.printed(slip_of(cadre, purpose, number, at), by, at)
    with transaction.atomic():
        paper = ArchivePaper.objects.create(
            cadre=cadre,
            organ=organ_of(cadre),
            number=number,
            purpose=purpose,
            issued_on=at.astimezone(TZ).date(),
            issued_by=by,
            **vars(made),
        )
        note(cadre, "archive_paper", by=by, at=at, number=number, purpose=purpose, sha256=made.sha256, content=made.content_hash)
        tell_person(cadre, f"archive:paper:{paper.pk}", "打印了您的考核情况表", "portal_archive", at)
    return paper


def remind_due(at: datetime) -> int:
    """On Friday afternoon, once: those who have written lately and not this week. How many messages that made."""
    local = at.astimezone(TZ)
    if local.weekday() != FRIDAY or local.hour < FROM:
        return 0
    week = monday(local.date())
    title = f"本周（{week:%-m月%-d日}至{week + timedelta(days=6):%-m月%-d日}）工作纪实还没有写；不写没有任何后果"
    return tell([Told(one, f"worklog:{week}", "ITEM", title, reverse("portal_worklog")) for one in lines.to_remind(local.date())], at)
