"""What anybody reports about a notice, without a seat and without a name: one row, one record, one item for those who verify it."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from workflow_app import sealing
from workflow_app.clock import TZ
from workflow_app.conduct import carry
from workflow_app.conduct.noting import note
from workflow_app.conduct.turn import Turn, locked
from workflow_app.models import Account, Notice, Report, Upload, WorkItem
from workflow_app.nodes import Planned
from workflow_app.steps import Refused

RECEIVER = "公示反映收件"
OWNER = 0  # of what nobody but the verifying desk reads
TEXT_LEAST, TEXT_MOST = 10, 5000
NAME_MOST, CONTACT_MOST = 60, 120


class NotPosted(Refused):
    """The notice does not run: its period is not open, or the case has left it."""

    rule = "公示期间"


def receiver() -> Account:
    """Whose the files are that come with reports: an account that nobody signs in with."""
    found, _new = Account.objects.get_or_create(username=RECEIVER, defaults={"is_active": False, "password": "!"})
    return found


def running(notice: Notice, at: datetime) -> bool:
    """Whether a notice can be seen: in its period, as the newest of its case, while the case has not ended."""
    today = at.astimezone(TZ).date()
    newer = Notice.objects.filter(case=notice.case_id, pk__gt=notice.pk).exists()
    return notice.first_day <= today <= notice.last_day and not newer and notice.case.finished is None


def check_report(text: str, name: str, contact: str) -> None:
    """What was written is neither too short nor too long. Raises Refused."""
    if not TEXT_LEAST <= len(text.strip()) <= TEXT_MOST:
        raise Refused(
            f"反映的问题须写{TEXT_LEAST}至{TEXT_MOST}字。",
            way_out="写明时间、地点、事实；较长的材料可以作为附件。",
            rule="公示反映",
            field="text",
        )
    for field, said, most, title in (("name", name, NAME_MOST, "姓名"), ("contact", contact, CONTACT_MOST, "联系方式")):
        if len(said.strip()) > most:
            raise Refused(f"{title}不能超过{most}字。", way_out="写得短一些；其他内容写在反映的问题中。", rule="公示反映", field=field)


def report(notice: Notice, *, text: str, name: str, contact: str, upload: Upload | None, at: datetime, key: str) -> Report:
    """Take in a report: one row, one record, one item at the verifying desk. A repeated key returns the first report."""
    check_report(text, name, contact)
    text = text.strip()
    with transaction.atomic(), locked(notice.case_id, at=at, by=None, key=None) as turn:
        earlier = Report.objects.filter(key=key).first()
        if earlier is not None:
            return earlier
        if not notice.reports_to or not running(notice, at):
            raise NotPosted("公示期已经结束，不再在此接收反映。", way_out="可以向组织部门或者纪检监察机关来信来电反映。")
        sender = "\n".join(part.strip() for part in (name, contact)) if name.strip() or contact.strip() else ""
        kept = Report.objects.create(
            notice=notice, token=secrets.token_hex(6).upper(), text=text, upload=upload, received_at=at, key=key,
            sender=sealing.seal(sender, owner=OWNER) if sender else b"",
        )  # fmt: skip
        _take_in(turn, notice, kept)
    return kept


def _take_in(turn: Turn, notice: Notice, kept: Report) -> None:
    number = Report.objects.filter(notice__case=notice.case_id).count()
    subject = {"report": kept.pk, "organ_name": f"第{number}件反映"}
    turn.item = WorkItem(pk=0, step=notice.reports_to, desk_id=None)
    turn.case.note_report()
    seq = note(turn, "REPORT", {"report": {"id": kept.pk, "sha256": sha256(kept.text.encode()).hexdigest()}})
    desks = carry.open_items(turn, [Planned(turn.path.node_of(notice.reports_to), f"{carry.ASIDE}/{seq}", subject)], opened_by=seq)
    carry.announce(turn, *desks)
    carry.settle(turn)


def sender_of(kept: Report) -> str:
    """Name and contact of whoever reported; empty for an anonymous report."""
    return sealing.unseal(bytes(kept.sender), owner=OWNER) if kept.sender else ""
