"""What leaves the system: a mail or a text that says how many things wait, and nothing of what they are."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from workflow_app import outbox
from workflow_app.models import Outgoing, Wish

SUBJECT = "干部职务调整办理系统：有新的事项"
BODY = "您有{n}条未读事项。请登录系统查看：\n{url}\n\n本邮件由系统自动发出，不含案件内容，请勿回复。通知方式可以在系统“通知”页修改。\n"
TEXT = "干部职务调整办理系统：您有{n}条未读事项，请登录系统查看。"


class NotAccepted(Exception):
    """The server knows no such address."""


@dataclass
class Post:
    """What this process knows of the mail server. A server that hangs costs one wait a minute, not one a mail: papers go out meanwhile."""

    away_until: datetime = datetime.min.replace(tzinfo=UTC)

    def send(self, letter: EmailMessage, at: datetime) -> None:
        """Hand one mail over. Raises outbox.Away when the server is not there or says “later”; other refusals are the mail's own."""
        if at < self.away_until:
            raise outbox.Away("邮件服务器暂时没有响应，稍后再试。")
        try:
            letter.send()
        except smtplib.SMTPResponseException as refused:
            if isinstance(refused, smtplib.SMTPConnectError) or 400 <= refused.smtp_code < 500:
                raise outbox.Away(f"邮件服务器要求稍后再试（{refused.smtp_code}）。") from refused
            raise
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            if 400 <= code < 500:
                raise outbox.Away(f"邮件服务器要求稍后再试（{code}）。") from refused
            raise NotAccepted(f"邮件服务器不接受这个收件地址（{code}）。") from None  # the address itself belongs in no log
        except OSError as fault:  # smtplib's other faults are of this kind, too: refused, timed out, cut off
            self.away_until = at + AWAY
            raise outbox.Away(f"邮件服务器没有响应（{type(fault).__name__}）。") from fault


POST, AWAY = Post(), timedelta(seconds=60)


class Texts(Protocol):
    """A gateway for text messages. It raises when the message was not taken over; the row is then tried again."""

    def send(self, number: str, text: str) -> None:
        """Hand one message over."""


def gateway() -> Texts | None:
    """The gateway that the office has set up (`SMS_GATEWAY`, a dotted name), or None."""
    return import_string(settings.SMS_GATEWAY)() if settings.SMS_GATEWAY else None


def mail(row: Outgoing, at: datetime) -> None:
    """Send one mail, unless the person has changed their mind meanwhile."""
    wish = Wish.objects.filter(account=row.target, account__is_active=True).exclude(mail=Wish.Mail.NEVER).first()
    if wish is not None and wish.address:
        # Sent twice (a worker died in between), it is still one mail to whoever receives it: the id is that of the row.
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        headers = {"Message-ID": f"<outgoing-{row.pk}-{row.created_at:%Y%m%d%H%M%S%f}@{domain}>"}
        said = BODY.format(n=row.payload["n"], url=settings.SITE_URL)
        POST.send(EmailMessage(SUBJECT, said, settings.DEFAULT_FROM_EMAIL, [wish.address], headers=headers), at)


def text(row: Outgoing, at: datetime) -> None:
    """Send one text, unless the person has changed their mind meanwhile."""
    wish, out = Wish.objects.filter(account=row.target, account__is_active=True, texts=True).first(), gateway()
    if wish is not None and wish.phone and out is not None:
        out.send(wish.phone, TEXT.format(n=row.payload["n"]))


outbox.HANDLERS |= {Outgoing.Kind.MAIL: mail, Outgoing.Kind.SMS: text}
