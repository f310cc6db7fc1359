"""Acts about a settled round: results handed to the organ above, as a file and as a signed list; meetings of organs and their minutes."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from workflow_app import clock, ledger, unfiled
from workflow_app.assessment.results import reporting
from workflow_app.assessment.units import joint
from workflow_app.models import Account, Campaign, CampaignPaper, JointMeeting
from workflow_app.refusing import Refused

TEMPLATE = "documents/campaign.html"
KIND = CampaignPaper.Kind
CODES = {KIND.REPORT: "考报", KIND.MINUTES: "考联"}


def _record(campaign: Campaign, what: str, facts: dict[str, Any], *, by: Account, at: datetime) -> None:
    told = {"campaign": campaign.pk, **facts}
    ledger.journal(campaign.organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": told}))


def _addressee(to: str) -> str:
    if len(to.strip()) < 4:
        raise Refused("须写明报送给哪个机关。", way_out="填写上级机关的名称。", rule=reporting.RULE, field="to")
    return to.strip()


@transaction.atomic
def export(campaign: Campaign, to: str, *, by: Account, at: datetime) -> bytes:
    """The workbook for an organ above; who took it out, and for whom, is recorded. Raises Refused."""
    data, told = reporting.written(campaign), _addressee(to)
    _record(campaign, "reported", {"to": told, "sha256": sha256(data).hexdigest()}, by=by, at=at)
    return data


def slip_of(campaign: Campaign, to: str, number: str) -> unfiled.Slip:
    """The list of results as it is to be printed. Raises Refused."""
    return unfiled.Slip(str(KIND.REPORT.label), number, CODES[KIND.REPORT], campaign.organ, to, reporting.content(campaign, to), TEMPLATE)


def preview(campaign: Campaign, to: str, at: datetime) -> bytes:
    """How the list would look. Raises Refused or documents.RenderingFailed."""
    return unfiled.printed(slip_of(campaign, to or "（报送机关）", "—"), None, at).pdf


def sign(campaign: Campaign, to: str, *, by: Account, at: datetime) -> CampaignPaper:
    """Print and freeze the list for an organ. The caller has checked that a leader signs. Raises Refused or documents.RenderingFailed."""
    told, own = _addressee(to), campaign.subjects.filter(cadre=by.cadre_id) if by.cadre_id else campaign.subjects.none()
    if own.exists() or (campaign.of_units and by.cadre and campaign.subjects.filter(unit=by.cadre.unit_id).exists()):
        raise Refused("名单中有您本人或者您的单位，不能由您签发。", way_out="由另一名负责人签发。", rule=reporting.RULE)
    number = f"考报〔{at.astimezone(clock.TZ).year}〕{campaign.pk}-{campaign.papers.filter(kind=KIND.REPORT).count() + 1}号"
    made = unfiled.printed(slip_of(campaign, told, number), by, at)
    return _kept(campaign, KIND.REPORT, None, told, number, made, by=by, at=at)


@transaction.atomic
def _kept(
    campaign: Campaign, kind: str, meeting: JointMeeting | None, to: str, number: str, made: unfiled.Printed, *, by: Account, at: datetime
) -> CampaignPaper:
    paper = CampaignPaper.objects.create(
        campaign=campaign, kind=kind, meeting=meeting, addressee=to[:80], number=number, issued_on=at.astimezone(clock.TZ).date(), issued_by=by,
        **vars(made),
    )  # fmt: skip
    _record(campaign, "paper", {"number": number, "sha256": made.sha256, "content": made.content_hash, "to": to}, by=by, at=at)
    return paper


@transaction.atomic
def hold(campaign: Campaign, said: joint.Sitting, *, by: Account, at: datetime) -> JointMeeting:
    """Keep the record of a joint meeting. Raises Refused or BadMeeting."""
    made = joint.enter(campaign, said, at.astimezone(clock.TZ).date(), by=by, at=at)
    facts = {
        "meeting": made.pk,
        "held_on": str(made.held_on),
        "organs": made.organs,
        "answers": made.answers.count(),
        "outcome": made.outcome,
    }
    _record(campaign, "joint_meeting", facts, by=by, at=at)
    return made


def minutes(meeting: JointMeeting, *, by: Account, at: datetime) -> CampaignPaper:
    """Print and freeze the minutes, by another than who entered the record. Raises Refused or documents.RenderingFailed."""
    if meeting.by_id == by.pk:
        raise Refused("登记会议记录的人不得自己签发纪要。", way_out="由另一名有权人员核对后签发。", rule=joint.RULE)
    if CampaignPaper.objects.filter(meeting=meeting).exists():
        raise Refused("这次会议的纪要已经签发。", way_out="有变化的，另行开会登记。", rule=joint.RULE)
    number, to = f"考联〔{at.astimezone(clock.TZ).year}〕{meeting.pk}号", "各出席机关"
    slip = unfiled.Slip(str(KIND.MINUTES.label), number, CODES[KIND.MINUTES], meeting.campaign.organ, to, joint.content(meeting), TEMPLATE)
    return _kept(meeting.campaign, KIND.MINUTES, meeting, to, number, unfiled.printed(slip, by, at), by=by, at=at)
