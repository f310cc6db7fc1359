"""What people get told, how they want to be told, and how far the teller has read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.case import Case


class Message(models.Model):
    """One line in somebody's list. Inside the system it names the case; nothing of it leaves the system."""

    class Kind(models.TextChoices):
        ITEM = "ITEM", "待办"
        PAPER = "PAPER", "文书"
        LATE = "LATE", "逾期"
        CHASE = "CHASE", "催办"
        NOBODY = "NOBODY", "无人在岗"
        DATES = "DATES", "期限变动"
        WARN = "WARN", "预警提醒"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages", verbose_name="账号")
    # What it is about, so that nobody is told the same twice.
    key = models.CharField(max_length=80)
    kind = models.CharField("种类", max_length=8, choices=Kind)
    title = models.CharField("内容", max_length=200)
    url = models.CharField("页面", max_length=120)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="messages", verbose_name="案件")
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读", null=True, blank=True)

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "key"], name="told_once")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-id"], name="messages_of_account"),
            models.Index(fields=["account"], condition=Q(read_at__isnull=True), name="unread_messages"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.key}"


class Wish(models.Model):
    """How somebody wants to be told outside the system; without a row, not at all."""

    class Mail(models.TextChoices):
        NEVER = "NEVER", "不发"
        EACH = "EACH", "有新事项即发"
        DAILY = "DAILY", "每日汇总一次"

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="wish", verbose_name="账号")
    address = models.EmailField("电子邮箱", blank=True, default="")
    mail = models.CharField("邮件", max_length=5, choices=Mail, default=Mail.NEVER)
    phone = models.CharField("手机号码", max_length=20, blank=True, default="")
    texts = models.BooleanField("短信", default=False)

    class Meta:
        verbose_name = "通知方式"
        verbose_name_plural = "通知方式"

    def __str__(self) -> str:
        return f"{self.account_id} {self.mail}"


class Mark(models.Model):
    """How far a duty has come: the last event read, the last day done."""

    name = models.CharField(max_length=20, primary_key=True)
    xid = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
    day = models.DateField(null=True)

    class Meta:
        verbose_name = "进度"
        verbose_name_plural = "进度"

    def __str__(self) -> str:
        return self.name
