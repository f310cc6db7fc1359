"""Cases, the work items on desks, their deadlines, and the hands that touched them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django_fsm import FSMField, FSMModelMixin
from viewflow.workflow.models import AbstractProcess, AbstractTask

from workflow_app.models.absence import Absence
from workflow_app.models.calendar import LawEdition
from workflow_app.models.people import Account, Cadre, Desk, Seat, Unit

# Rows of a case are named by the case and a running number, so that no insert waits for another's key.
ROWS_PER_CASE = 1 << 20


def row_id(parent: int, number: int) -> int:
    """Key of row `number` of a case (or of a chain)."""
    return parent * ROWS_PER_CASE + number


def keeps_out(cadre: int) -> Q:
    """Cases that somebody keeps out of: while a recusal is asked for, and for good once it was granted (SD-14)."""
    # Asked by name in either database: a key of digits would be taken for a place in a list.
    postgres = connection.vendor == "postgresql"
    name, path = ("jsonb_extract_path_text", str(cadre)) if postgres else ("json_extract", f'$."{cadre}"')
    said = Func(F("recused"), Value(path), function=name, output_field=models.CharField())
    return Q(recused__isnull=False) & ~Q(Exact(Coalesce(said, Value("")), Value("")))


class CaseQuerySet(models.QuerySet["Case"]):
    """The only way from a person to cases."""

    def visible_to(self, account: Account, *, on: Any) -> "CaseQuerySet":
        """Cases that reached a desk where `account` has a seat (or stands in) `on` that date, that are about them, or that they oversee.

        An auditor oversees the cases of the own unit and of those below. Whoever is recused, or is asked to be, sees the case by no way.
        """
        seats = Seat.objects.filter(account=account, valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        covered = Absence.objects.deputed_to(account, on).values("seat__desk")
        desks = Q(desk__in=seats.exclude(desk__role="subject").values("desk")) | Q(desk__in=covered)
        reached = WorkItem.objects.filter(desks, process=OuterRef("pk"))
        # `path` lists a unit's ancestors.
        overseen = seats.filter(desk__role="auditor", desk__unit__path__gt="/")
        above = overseen.annotate(place=ExpressionWrapper(OuterRef("organ__path"), output_field=models.CharField())).filter(
            place__startswith=F("desk__unit__path")
        )
        found = self.filter(Exists(reached) | Q(cadre__account=account) | Exists(above))
        return found if account.cadre_id is None else found.exclude(keeps_out(account.cadre_id))

    def hidden_from(self, cadre: int | None) -> "CaseQuerySet":
        """Cases that no desk shows to a person: the own ones, and those that the person keeps out of."""
        return self.none() if cadre is None else self.filter(Q(cadre=cadre) | keeps_out(cadre))


class Case(FSMModelMixin, AbstractProcess):
    """One case of one cadre; each path is a proxy of this table that adds its transitions."""

    number = models.CharField("案号", max_length=30, unique=True)
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="cases", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="承办机关")
    state = FSMField("状态", max_length=30, protected=True)
    # What has been reached and is needed to judge what may lawfully follow (hearing closed, review passed ...).
    marks = models.JSONField("标记", default=list)
    # What each step settled in the present round, by step name: plain values for later forms and papers.
    settled = models.JSONField("认定", default=dict)
    # Start facts of periods: rule id -> ISO date.
    anchors = models.JSONField("期限起点", default=dict)
    switches = models.JSONField("开关", default=dict)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    awaited = models.PositiveSmallIntegerField("待答复", default=0)
    # Null for nobody: SQLite adds a nullable column without rebuilding the table, whose triggers it would lose.
    recused = models.JSONField("回避人员", null=True, blank=True)
    path_version = models.CharField("路径版本", max_length=20)
    law = models.ForeignKey(LawEdition, models.PROTECT, related_name="+", verbose_name="规则数值版本")
    suspended_on = models.DateField("中止日期", null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="linked", verbose_name="关联案件")
    # A remedy attacks a decision; it is a case of its own beside the case that ended with the decision.
    decision = models.ForeignKey("Decision", models.PROTECT, null=True, blank=True, related_name="remedies", verbose_name="所针对的决定")
    # The day a remedy changed, revoked or remanded the decision of this case.
    overturned_on = models.DateField("被纠正日期", null=True, blank=True)
    # Of a remedy: the day on which a further one was filed beside it, because its organ had let the period lapse.
    overtaken_on = models.DateField("未办结时另行申诉日期", null=True, blank=True)
    # Running numbers of this case's rows, and the head of its chain of records.
    records_count = models.PositiveIntegerField(default=0)
    items_count = models.PositiveIntegerField(default=0)
    papers_count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        # Few cases have a recusal; every desk asks for those of one person.
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(recused__isnull=False), name="case_with_a_recusal")]
        constraints: ClassVar = [
            # A cadre has at most one open case per path; one that a remedy overturned is only being cleared up.
            models.UniqueConstraint(
                fields=["cadre", "flow_class"],
                name="one_open_case",
                condition=Q(finished__isnull=True, decision__isnull=True, overturned_on__isnull=True),
            ),
            # The same decision is attacked in one remedy at a time; one whose organ is late keeps nobody waiting.
            models.UniqueConstraint(
                fields=["decision"],
                name="one_open_remedy",
                condition=Q(finished__isnull=True, decision__isnull=False, overtaken_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    STATES: ClassVar[Any] = ()
    FINAL: ClassVar[Any] = frozenset()

    @property
    def state_label(self) -> str:
        """The state in words, as the path names it."""
        return next((str(state.label) for state in self.STATES if state == self.state), str(self.state))

    @property
    def kept_out(self) -> dict[str, str]:
        """Who must keep out: cadre id -> "pending" (an application is not decided yet) or "granted"."""
        return dict(self.recused or {})

    def take_note(self, step: str) -> None:
        """Set the marks that follow from what `step` settled; a path says which."""

    def note_report(self) -> None:
        """A report about what is posted has come in; a path that posts something says what that means."""

    def concerned(self) -> list[int]:
        """Keys of further cadres whom the case is about at present; whoever has a tie with one of them keeps out (SD-10)."""
        return []

    def has(self, mark: str) -> bool:
        """Whether `mark` is set."""
        return mark in self.marks

    def mark(self, *marks: str) -> None:
        """Set marks (kept sorted, so that equal cases are equal)."""
        self.marks = sorted({*self.marks, *marks})

    def unmark(self, *marks: str) -> None:
        """Clear marks."""
        self.marks = sorted(set(self.marks) - set(marks))

    def extension_of(self, rule: str) -> int:
        """By how much a period that runs over several items was extended, in the unit of the rule."""
        return 0

    def on(self, switch: str) -> bool:
        """Whether an optional step is switched on for this case."""
        return bool(self.switches.get(switch))


class WorkItem(AbstractTask):
    """One act to be done, addressed to exactly one desk. `status` NEW and ASSIGNED are open."""

    # viewflow's links and permissions are not ours: the record and the seat hold them.
    previous = None  # type: ignore[assignment]
    owner_permission = None
    external_task_id = None
    id = models.BigIntegerField(primary_key=True)
    process = models.ForeignKey(Case, models.PROTECT, related_name="task_set", verbose_name="案件")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="办理人")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="items", verbose_name="岗位")
    step = models.CharField("环节", max_length=40)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    # What a parallel branch is about (the organ asked), else empty.
    subject = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    due_on = models.DateField("办理期限", null=True, blank=True)
    due_at = models.DateTimeField(default=None, null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.PositiveIntegerField()
    closed_by = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "待办事项"
        indexes: ClassVar = [
            # The case last: what is hidden from a person is left out of a count without a look at the rows.
            models.Index(fields=["desk", "due_at", "id", "process"], condition=Q(status__in=["NEW", "ASSIGNED"]), name="open_items"),
            models.Index(fields=["process", "status"], name="items_of_case"),
            models.Index(fields=["desk", "process"], name="cases_of_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.process_id}·{self.step}"


class Deadline(models.Model):
    """A period as a fact: rule, start, extensions and suspensions give the last day, with its explanation."""

    id = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines", verbose_name="案件")
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, blank=True, related_name="deadlines", verbose_name="待办事项")
    rule_id = models.CharField("规则", max_length=20)
    starts_on = models.DateField("起算日")
    extended_by = models.PositiveSmallIntegerField("延长", default=0)
    extensions = models.PositiveSmallIntegerField("延长次数", default=0)
    suspensions = models.JSONField("中止期间", default=list)
    last_day = models.DateField("届满日")
    provisional = models.BooleanField("暂定", default=False)
    explanation = models.JSONField("说明")
    # When the worker looks at it (the end of the last day); null while held by a suspension or done with.
    fires_at = models.DateTimeField(null=True, blank=True)
    fired_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Firing failed: how often, why, and when it is tried again. It is never given up.
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    retry_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "期限"
        indexes: ClassVar = [models.Index(fields=["fires_at"], condition=Q(fires_at__isnull=False), name="due_deadlines")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.last_day}"


class Hand(models.Model):
    """Somebody's hand in a case: who did which duty. The separation rules are asked against these rows."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="hands", verbose_name="案件")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="hands", verbose_name="人员")
    duty = models.CharField("职责", max_length=24)
    record = models.PositiveIntegerField("记录号")

    class Meta:
        verbose_name = "经手"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "cadre", "duty"], name="one_hand_a_duty")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.duty}"


class SigningSheet(models.Model):
    """The frozen content of a paper that waits for further signatures."""

    item = models.OneToOneField(WorkItem, models.PROTECT, primary_key=True, related_name="sheet", verbose_name="待办事项")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="案件")
    facts = models.JSONField("事实")
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    # Who has to sign, in order: [{"role":…, "cadre":…, "title":…}], and who has: [{"cadre":…, "name":…, "at":…}].
    slots = models.JSONField("应签")
    signed = models.JSONField("已签")

    class Meta:
        verbose_name = "会签单"

    def __str__(self) -> str:
        return str(self.item_id)
