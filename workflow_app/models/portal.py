"""What the portal of the person concerned keeps: drafts, files sent along, receipts, and who may act for somebody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.case import Case, WorkItem
from workflow_app.models.people import Cadre
from workflow_app.models.record import Document, Upload


class Draft(models.Model):
    """A form that somebody has begun and not sent. Sealed for its author; deleted when it is sent or thrown away."""

    # Names the pages of the form; with a prefix it is the idempotency key of the act.
    token = models.CharField(max_length=32, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts", verbose_name="填写人")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+", verbose_name="当事人")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="案件")
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="待办事项")
    path = models.CharField("程序", max_length=60)
    step = models.CharField("环节", max_length=40)
    # What a case that would be opened is about (the decision attacked), by id.
    about = models.CharField(max_length=40, blank=True, default="")
    # The form it is, as one text: opening the same form again goes on with the same draft.
    slot = models.CharField(max_length=200)
    typed = models.BinaryField("所填内容（加密）")
    created_at = models.DateTimeField("开始时间")
    changed_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "草稿"
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "slot"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return self.token[:8]


class Holder(models.Model):
    """Somebody who has uploaded certain bytes, and under which name. The bytes are kept once (`Upload`)."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="holders", verbose_name="附件")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="held_files", verbose_name="上传人")
    name = models.CharField("文件名", max_length=120)
    at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "附件持有"
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "upload"], name="one_holding_of_a_file")]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file that was sent with an act."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号")
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+", verbose_name="附件")
    name = models.CharField("文件名", max_length=120)

    class Meta:
        verbose_name = "随文附件"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "record_seq", "upload"], name="one_attachment_an_act")]

    def __str__(self) -> str:
        return self.name


class Receipt(models.Model):
    """That somebody sent something, when, and the SHA-256 of what was sent: the record's part `facts`, byte for byte."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="receipt", verbose_name="所发文书")
    case = models.ForeignKey(Case, models.PROTECT, related_name="receipts", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="receipts", verbose_name="发送人")
    sender = models.CharField("发送人姓名", max_length=120)
    sent_at = models.DateTimeField("发送时间")
    sent_sha256 = models.CharField("所发内容摘要", max_length=64)
    # The idempotency key of the act: sending the same form twice comes back to this receipt.
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "回执"
        indexes: ClassVar = [models.Index(fields=["case", "record_seq"], name="receipts_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.record_seq}"


class ReceiptPrint(models.Model):
    """The PDF of a receipt."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, primary_key=True, related_name="print", verbose_name="回执")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField("页数")
    rendered_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "回执文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class Representation(models.Model):
    """Who acts for a person concerned: by written authority, or as a close relative on incapacity or death."""

    class Ground(models.TextChoices):
        MANDATE = "MANDATE", "委托代理"
        INCAPACITY = "INCAPACITY", "本人丧失行为能力，由近亲属代为办理"
        DEATH = "DEATH", "本人死亡，由近亲属代为办理"

    class Standing(models.TextChoices):
        ASKED = "ASKED", "待核验"
        VALID = "VALID", "有效"
        REFUSED = "REFUSED", "未通过"
        ENDED = "ENDED", "已终止"

    principal = models.ForeignKey(Cadre, models.PROTECT, related_name="represented_by", verbose_name="当事人")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="represents", verbose_name="代为办理人账号")
    name = models.CharField("代为办理人姓名", max_length=40)
    relation = models.CharField("与当事人的关系", max_length=40)
    ground = models.CharField("依据", max_length=10, choices=Ground)
    # Without a case it covers all matters of the person.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="案件")
    may_withdraw = models.BooleanField("可以代为撤回", default=False)
    proof = models.ForeignKey(Upload, models.PROTECT, related_name="+", verbose_name="授权委托书或证明")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    standing = models.CharField("状态", max_length=8, choices=Standing)
    asked_at = models.DateTimeField("提出时间")
    decided_at = models.DateTimeField("核验时间", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核验人")
    reason = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "代为办理"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="representation_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "principal"], name="representation_by_account")]

    def __str__(self) -> str:
        return f"{self.name}代{self.principal}"
