"""Links with one use: fetched by an invited rater, made in bulk for people without names, or sent after a service."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from workflow_app.assessment.campaigns.sealed import envelope_for
from workflow_app.models import Account, Campaign, Invitation, LinkIssue, SchemeGroup, ServiceEvent, Subject, Ticket
from workflow_app.refusing import Refused

RULE = "评价保密"
MOST = 500  # links of one issue
WITHIN = timedelta(hours=24)  # a link follows its service within this (001, local practice), and is good for as long
PUBLIC = SchemeGroup.Key.PUBLIC


def expired(token: str, at: datetime) -> bool:
    """Whether the moment in a token is over. It cannot be changed: the hash that is kept is that of the whole token."""
    _secret, dot, end = token.partition(".")
    try:
        return bool(dot) and at.timestamp() > int(end, 16)
    except ValueError:
        return True


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def _made(subject: Subject, group: str, count: int, envelope: bytes = b"", until: datetime | None = None) -> list[str]:
    """Tokens. A moment until which they are good stands in the token itself: the row of a link has no moment."""
    end = f".{int(until.timestamp()):x}" if until else ""
    tokens = [secrets.token_urlsafe(24) + end for _ in range(count)]
    Ticket.objects.bulk_create(Ticket(digest=digest_of(one), subject=subject, group=group, envelope=envelope) for one in sorted(tokens))
    return tokens


def check_running(campaign: Campaign, at: datetime) -> None:
    """Raises Refused unless the campaign takes ratings."""
    if not campaign.is_open or at >= campaign.closes_at:
        raise Refused("这次测评没有在进行。", way_out="启动以后、截止以前才能领取或者制发评价链接。", rule=RULE)


@transaction.atomic
def fetch(invitation: int, *, by: Account, at: datetime) -> str:
    """The rater's link, once. From here on the system does not know whose link it is. Raises Refused.

    The issuing list is crossed off and the link made; no column joins the two.
    """
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("subject__campaign", "subject__cadre", "subject__unit")
        .filter(pk=invitation)
        .first()
    )
    if found is None or found.rater_id != by.pk:
        raise Refused("没有给您的这项评价。", way_out="从“我的评价”中进入。", rule=RULE)
    check_running(found.subject.campaign, at)
    if found.fetched:
        raise Refused(
            "这项评价的链接已经领取。", rule=RULE,
            way_out="链接只发一次，系统也不知道哪一个是您的；在领取时的浏览器里可以继续填写。",
        )  # fmt: skip
    Invitation.objects.filter(pk=found.pk).update(fetched=True)
    return _made(found.subject, found.group, 1, envelope_for(by.display_name + f"（{by.username}）"))[0]


def check_anonymous(subject: Subject, group: str, at: datetime) -> None:
    """Raises Refused unless a running round takes ratings of this group without names."""
    check_running(subject.campaign, at)
    known = subject.campaign.version.groups.filter(key=group).first() if subject.campaign.version else None
    if known is None or known.named:
        raise Refused("这一评价主体不发匿名链接。", way_out="按姓名邀请的评价人在“我的评价”中领取。", rule=RULE, field="group")


@transaction.atomic
def issue(subject: Subject, group: str, count: int, *, by: Account, at: datetime) -> list[str]:
    """Anonymous links for a group that is not invited by name. The tokens are given out once and kept nowhere. Raises Refused."""
    check_anonymous(subject, group, at)
    if not 1 <= count <= MOST:
        raise Refused(f"一次制发1至{MOST}份。", way_out="填写这一范围内的份数。", rule=RULE, field="count")
    LinkIssue.objects.create(subject=subject, group=group, count=count, by=by, at=at)
    return _made(subject, group, count)


@transaction.atomic
def after_service(subject: Subject, matter: str, *, happened_at: datetime, by: Account | None, at: datetime) -> str:
    """The link of 随时评 for whoever was served. Who that is, is never asked. Raises Refused."""
    campaign = subject.campaign
    check_running(campaign, at)
    if campaign.kind != Campaign.Kind.SPOT:
        raise Refused("这次测评不是随时评。", way_out="在随时评中登记服务事项。", rule="随时评")
    if not matter.strip() or len(matter.strip()) > 40:
        raise Refused(
            "须填写事项编号（不超过40字）。", way_out="填写业务系统的办件编号；不要填写服务对象的姓名。", rule="随时评", field="matter"
        )
    if happened_at > at:
        raise Refused("办结时间在将来。", way_out="核对办结时间。", rule="随时评", field="happened_at")
    if at - happened_at > WITHIN:
        raise Refused("办结已经超过24小时，不再发出评价链接。", way_out="办结后24小时以内登记。", rule="随时评", field="happened_at")
    if ServiceEvent.objects.filter(subject=subject, matter=matter.strip()).exists():
        raise Refused("这一事项已经发出过评价链接。", way_out="一个事项只评价一次。", rule="随时评", field="matter")
    ServiceEvent.objects.create(subject=subject, matter=matter.strip(), happened_at=happened_at, sent_at=at, by=by)
    return _made(subject, PUBLIC, 1, until=at + WITHIN)[0]
