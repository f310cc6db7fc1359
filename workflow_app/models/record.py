"""What was done and read: append-only rows, papers, numbers, and messages to be sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.case import Case
from workflow_app.models.people import Desk, Unit


def record_kinds() -> list[tuple[str, str]]:
    """Kinds of records; a function, so that a new kind is no migration."""
    return Record.Kind.choices


class Record(models.Model):
    """One recorded event. `chain` names its chain: `C<case id>` or `J<unit id>` (the unit's journal)."""

    class Kind(models.TextChoices):
        ACT = "ACT", "办理"
        CLAIM = "CLAIM", "领取"
        RELEASE = "RELEASE", "退回待办"
        ASSIGN = "ASSIGN", "指派"
        BEGIN = "BEGIN", "发起"
        DROP = "DROP", "撤销发起"
        SIGN = "SIGN", "会签"
        DECLINE = "DECLINE", "拒签退回"
        TIMER = "TIMER", "到期"
        ESCALATE = "ESCALATE", "逾期上报"
        PAPER = "PAPER", "文书生成"
        REPORT = "REPORT", "收到反映"
        LEAD = "LEAD", "线索处理"
        IMPORT = "IMPORT", "导入"
        GRANT = "GRANT", "席位授予"
        ERASE = "ERASE", "期满销毁"
        LETTER = "LETTER", "待发事项处置"
        DATES = "DATES", "期限重算"
        CALENDAR = "CALENDAR", "放假安排"
        ABSENCE = "ABSENCE", "缺席与代理"
        MANDATE = "MANDATE", "代为办理"
        OVERTURN = "OVERTURN", "决定被纠正"
        OVERTAKEN = "OVERTAKEN", "未办结时另行申诉"
        DECISION = "DECISION", "决定登记"
        FACTOR = "FACTOR", "第二步核验"
        ASSESS = "ASSESS", "考核"
        CARE = "CARE", "关心和使用"
        VISIT = "VISIT", "走访和核验"
        WORK = "WORK", "工作纪实和奖励"

    id = models.BigAutoField(primary_key=True)
    chain = models.CharField(max_length=24)
    seq = models.PositiveIntegerField("序号")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="records", verbose_name="案件")
    kind = models.CharField("种类", max_length=10, choices=record_kinds)
    step = models.CharField("环节", max_length=40, blank=True)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    outcome = models.CharField("结果", max_length=30, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name="岗位")
    at = models.DateTimeField("时间")
    state_from = models.CharField("原状态", max_length=30, blank=True)
    state_to = models.CharField("新状态", max_length=30, blank=True)
    # {"v":1,"digest":"sha256",…,"parts":{name: commitment}} in RFC 8785 form; `hash` is over exactly this text.
    body = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # Given by the caller: the same key again returns this record instead of acting twice.
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = "记录"
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "seq"], name="one_record_a_place")]
        indexes: ClassVar = [models.Index(fields=["case", "kind"], name="records_of_case")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}"


class RecordPart(models.Model):
    """One part of a record, committed to in its hash; may be withheld or erased without breaking the chain."""

    chain = models.CharField(max_length=24)
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=20)
    salt = models.CharField(max_length=32)
    # Canonical JSON text; empty only after the owner's recorded erasure.
    value = models.TextField()

    class Meta:
        verbose_name = "记录内容"
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "seq", "name"], name="one_part_of_a_name")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}/{self.name}"


class Journal(models.Model):
    """Head of a unit's journal: the chain of what happens outside of cases."""

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="journal", verbose_name="单位")
    records_count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = "登记簿"

    def __str__(self) -> str:
        return str(self.unit)


class Document(models.Model):
    """The frozen content of one paper. The PDF follows from it (`Rendering`)."""

    id = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号")
    code = models.CharField("文书代码", max_length=12)
    title = models.CharField("标题", max_length=120)
    number = models.CharField("文号", max_length=60)
    formal = models.BooleanField("公文", default=False)
    step = models.CharField("环节", max_length=40)
    template = models.CharField(max_length=80)
    template_version = models.CharField(max_length=64)
    issued_on = models.DateField("成文日期")
    # Envelope and content as the template gets them.
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    # Whether the person concerned may read it in their own edition.
    open_to_subject = models.BooleanField(default=False)
    # 128 random bits, printed on the paper: who has it may ask whether the paper is genuine.
    verify_code = models.CharField("核验码", max_length=26, null=True)

    class Meta:
        verbose_name = "文书"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="one_paper_a_number"),
            models.UniqueConstraint(fields=["verify_code"], condition=Q(verify_code__isnull=False), name="one_paper_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.number}《{self.title}》"


class Rendering(models.Model):
    """The PDF of a document; rendering again gives the same SHA-256."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="rendering", verbose_name="文书")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField("页数")
    font_set = models.CharField(max_length=64)
    rendered_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "文书文件"

    def __str__(self) -> str:
        return self.sha256[:12]


class NumberSeries(models.Model):
    """Last number given by an organ in a year for a kind of paper (or of case)."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年份")
    kind = models.CharField("种类", max_length=12)
    last = models.PositiveIntegerField("末号")

    class Meta:
        verbose_name = "编号"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organ", "year", "kind"], name="one_series")]

    def __str__(self) -> str:
        return f"{self.organ} {self.year} {self.kind} {self.last}"


class Upload(models.Model):
    """A checked file, content-addressed."""

    sha256 = models.CharField("摘要", max_length=64, unique=True)
    name = models.CharField("文件名", max_length=120)
    mime = models.CharField("类型", max_length=80)
    size = models.PositiveIntegerField("大小")
    data = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    # Null: taken in while no scanner was set up.
    scanned_at = models.DateTimeField("病毒扫描时间", null=True, blank=True)

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return self.name


class Outgoing(models.Model):
    """Something to be done after commit: render a paper, notify somebody. Worked off with lease and fencing."""

    class Kind(models.TextChoices):
        RENDER = "RENDER", "生成文书"
        RECEIPT = "RECEIPT", "生成回执"
        MAIL = "MAIL", "发送邮件"
        SMS = "SMS", "发送短信"
        DATES = "DATES", "重算期限"
        NOTICE = "NOTICE", "生成考核结果通知书"
        SCORES = "SCORES", "计算考核得分"

    kind = models.CharField("种类", max_length=10, choices=Kind)
    # Null: a message that is about no single case.
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="outgoing", verbose_name="案件")
    # RENDER and RECEIPT: the document's id; MAIL and SMS: the account's id; DATES: the case's id;
    # NOTICE: the notice's id; SCORES: the campaign's id.
    target = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    # When it may be tried next; null once done or dead.
    next_at = models.DateTimeField(null=True)
    owner = models.CharField(max_length=64, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")
    # What must not be ordered twice is named.
    key = models.CharField(max_length=80, null=True, unique=True)
    # Put aside for good by an administrator, with the reason in the journal.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "待发事项"
        indexes: ClassVar = [
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="outgoing_due"),
            models.Index(fields=["dead_at"], condition=Q(dead_at__isnull=False), name="outgoing_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class Event(models.Model):
    """What live pages are told to look at again; written with the act, sent after commit."""

    topic = models.CharField(max_length=40)
    ref = models.BigIntegerField()
    # PostgreSQL: the transaction that wrote it, because sequence order is not commit order.
    xid = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "事件"
        indexes: ClassVar = [models.Index(fields=["xid", "id"], name="events_in_order")]

    def __str__(self) -> str:
        return f"{self.topic} {self.ref}"


class Read(models.Model):
    """Somebody opened a file or a paper. One INSERT, committed before the body leaves."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="阅读人")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="reads", verbose_name="案件")
    what = models.CharField("内容", max_length=20)
    ref = models.BigIntegerField()
    step = models.CharField("当时环节", max_length=40, blank=True)
    desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name="岗位")
    at = models.DateTimeField("时间", db_index=True)
    # Why somebody opened what is not their own work, or what they searched for. Null: nothing was asked.
    reason = models.CharField("查阅事由", max_length=200, null=True, blank=True)
    # So that the row's leaf in the sealed tree tells nothing to who does not have the row.
    salt = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        verbose_name = "阅读记录"

    def __str__(self) -> str:
        return f"{self.account} {self.what} {self.ref}"
