"""What leaves the system: a mail or a text that says how many things wait, and nothing of what they are."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.utils.module_loading import import_string

from workflow_app import outbox
from workflow_app.models import Outgoing, Wish

SUBJECT = "干部职务调整办理系统：有新的事项"
BODY = "您有{n}条未读事项。请登录系统查看：\n{url}\n\n本邮件由系统自动发出，不含案件内容，请勿回复。通知方式可以在系统“通知”页修改。\n"
TEXT = "干部职务调整办理系统：您有{n}条未读事项，请登录系统查看。"


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
        send_mail(SUBJECT, BODY.format(n=row.payload["n"], url=settings.SITE_URL), settings.DEFAULT_FROM_EMAIL, [wish.address])


def text(row: Outgoing, at: datetime) -> None:
    """Send one text, unless the person has changed their mind meanwhile."""
    wish, out = Wish.objects.filter(account=row.target, account__is_active=True, texts=True).first(), gateway()
    if wish is not None and wish.phone and out is not None:
        out.send(wish.phone, TEXT.format(n=row.payload["n"]))


outbox.HANDLERS |= {Outgoing.Kind.MAIL: mail, Outgoing.Kind.SMS: text}
