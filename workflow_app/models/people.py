"""Units, cadres, accounts, and who holds which role at which desk."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac


class Unit(models.Model):
    """A unit of the organization tree; `path` lists its ancestors, itself last: `/1/4/`."""

    class Kind(models.TextChoices):
        CENTRAL = "CENTRAL", "中央"
        PROVINCE = "PROVINCE", "省（自治区、直辖市）"
        PREFECTURE = "PREFECTURE", "市"
        COUNTY = "COUNTY", "县（区）"
        TOWN = "TOWN", "乡镇（街道）"
        DEPARTMENT = "DEPARTMENT", "部门"

    code = models.CharField("单位编号", max_length=20, unique=True)
    name = models.CharField("单位名称", max_length=80)
    kind = models.CharField("类别", max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位")
    path = models.CharField(max_length=120, db_index=True, default="/")
    # Only a unit that manages cadres (a committee's organization department) issues numbered papers.
    manages_cadres = models.BooleanField("具有干部管理权限", default=False)
    organ_name = models.CharField("发文机关", max_length=80, blank=True)
    organ_code = models.CharField("机关代字", max_length=20, blank=True)
    # Of papers. Null where nothing is set: SQLite then adds the column without building the table anew.
    header_name = models.CharField("发文机关标志", max_length=80, null=True, blank=True, help_text="空白时为发文机关加“文件”。")
    contact = models.TextField(
        "联系方式", null=True, blank=True, max_length=300, help_text="每行印作一条附注，例如“联系人：某某，电话：……”。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to this unit."""
        return [int(part) for part in self.path.split("/") if part]


class Post(models.Model):
    """A post (职务) of a unit."""

    class Level(models.TextChoices):
        COUNTY_HEAD = "COUNTY_HEAD", "县处级正职"
        COUNTY_DEPUTY = "COUNTY_DEPUTY", "县处级副职"
        TOWN_HEAD = "TOWN_HEAD", "乡科级正职"
        TOWN_DEPUTY = "TOWN_DEPUTY", "乡科级副职"
        STAFF = "STAFF", "科员级"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("职务名称", max_length=60)
    level = models.CharField("职务层次", max_length=16, choices=Level)
    leadership_post = models.BooleanField("领导职务", default=False)
    # A leading member leads an organ; heads of its internal units are not (CSL 111).
    is_leading_member = models.BooleanField("领导成员", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "职务"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "title"], name="one_post_of_a_title")]

    def __str__(self) -> str:
        return f"{self.unit.name}{self.title}"


class Cadre(models.Model):
    """A person in the cadre records. Nothing of private life is kept."""

    number = models.CharField("干部编号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=40, db_index=True)
    sex = models.CharField("性别", max_length=1, choices=[("男", "男"), ("女", "女")])
    birth_month = models.CharField("出生年月", max_length=7, blank=True, help_text="1979-05")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cadres", verbose_name="单位")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="holders", verbose_name="职务")
    rank = models.CharField("职级", max_length=30, blank=True)
    post_since = models.DateField("任现职时间", null=True, blank=True)
    active = models.BooleanField("在职", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "干部"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return self.name

    @property
    def post_title(self) -> str:
        """Unit and post as papers name them."""
        return f"{self.unit.name}{self.post.title}" if self.post else self.unit.name


class Office(models.TextChoices):
    """Administrators' offices. One account has one at most, so they exclude each other."""

    SYSTEM = "SYSTEM", "系统管理员"
    SECURITY = "SECURITY", "安全管理员"
    AUDIT = "AUDIT", "审计管理员"


# Which office changes which table; every office may look, the audit administrator only looks.
MANAGED_BY = {
    **dict.fromkeys(("unit", "post", "cadre", "tie", "desk", "calendaryear", "calendarday", "organseal", "library"), (Office.SYSTEM,)),
    **dict.fromkeys(("account", "seat", "grant", "factorreset"), (Office.SECURITY,)),
}


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the only place that hashes a password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        """Create an account that signs in with `username`."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in: a cadre, as handler of cases or as the person concerned."""

    username = models.CharField("登录名", max_length=60, unique=True)
    cadre = models.OneToOneField(Cadre, models.PROTECT, null=True, blank=True, related_name="account", verbose_name="干部")
    is_active = models.BooleanField("启用", default=True)
    # An administrator's office; such an account has no person in the cadre records and no seat (the database holds both).
    office = models.CharField("管理职责", max_length=10, choices=Office, blank=True, default="")
    # The last time that two security administrators took the second factor away; sessions of before have ended.
    factors_reset_at = models.DateTimeField("重置第二步核验时间", null=True, blank=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(office="") | Q(cadre__isnull=True), name="an_administrator_is_nobody_else"),
        ]

    def __str__(self) -> str:
        return self.cadre.name if self.cadre else self.username

    @property
    def display_name(self) -> str:
        """Name shown on pages and papers."""
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session ends with the password under which it began, and with a reset of the second factor."""
        if self.factors_reset_at is None:
            return str(super()._get_session_auth_hash(secret=secret))  # type: ignore[misc]
        sealed = f"{self.password}{self.factors_reset_at.isoformat()}"
        return str(salted_hmac("workflow_app.Account.sessions", sealed, secret=secret, algorithm="sha256").hexdigest())

    @property
    def is_staff(self) -> bool:
        """Whether the pages of reference data are open to this account."""
        return bool(self.office)

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """What the office allows in the reference data: cases are reached by seats, never by permissions."""
        verb, _, model = perm.rpartition(".")[2].partition("_")
        if not self.is_active or not self.office:
            return False
        return verb == "view" or (self.office in MANAGED_BY.get(model, ()))

    def has_module_perms(self, app_label: str) -> bool:
        """Whether there is anything to see."""
        return self.is_active and self.is_staff


class Desk(models.Model):
    """Where work is addressed: one role at one unit."""

    role = models.CharField("角色", max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="desks", verbose_name="单位")
    name = models.CharField("名称", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "岗位"
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "unit"], name="one_desk_a_role_and_unit")]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """An account's seat at a desk, from a date to a date (both included)."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="seats", verbose_name="岗位")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats", verbose_name="账号")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="授予人")
    granted_at = models.DateTimeField("授予时间")

    class Meta:
        verbose_name = verbose_name_plural = "任职席位"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="seat_ends_after_it_begins"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "desk"], name="seat_by_account")]

    def __str__(self) -> str:
        return f"{self.account} · {self.desk}"


class Tie(models.Model):
    """A declared tie between two cadres that calls for recusal (CSL 74, 76)."""

    class Kind(models.TextChoices):
        SPOUSE = "SPOUSE", "夫妻关系"
        DIRECT = "DIRECT", "直系血亲"
        COLLATERAL = "COLLATERAL", "三代以内旁系血亲"
        IN_LAW = "IN_LAW", "近姻亲"
        OTHER = "OTHER", "其他可能影响公正的关系"

    one = models.ForeignKey(Cadre, models.PROTECT, related_name="ties", verbose_name="甲")
    other = models.ForeignKey(Cadre, models.PROTECT, related_name="+", verbose_name="乙")
    kind = models.CharField("关系", max_length=12, choices=Kind)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="申报人")
    declared_at = models.DateTimeField("申报时间")

    class Meta:
        verbose_name = verbose_name_plural = "回避关系"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other", "kind"], name="one_tie_of_a_kind"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="nobody_is_tied_to_themself"),
        ]

    def __str__(self) -> str:
        return f"{self.one}—{self.other}：{self.get_kind_display()}"
