"""Those whom the tables of other applications name: people, their posts, units and accounts.

With the next one it stands for the migrations of the time before the first release.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("workflow_app", "0001_initial")]

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="单位编号")),
                ("name", models.CharField(max_length=80, verbose_name="单位名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CENTRAL", "中央"),
                            ("PROVINCE", "省（自治区、直辖市）"),
                            ("PREFECTURE", "市"),
                            ("COUNTY", "县（区）"),
                            ("TOWN", "乡镇（街道）"),
                            ("DEPARTMENT", "部门"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="workflow_app.unit",
                        verbose_name="上级单位",
                    ),
                ),
                ("path", models.CharField(db_index=True, default="/", max_length=120)),
                ("manages_cadres", models.BooleanField(default=False, verbose_name="具有干部管理权限")),
                ("organ_name", models.CharField(blank=True, max_length=80, verbose_name="发文机关")),
                ("organ_code", models.CharField(blank=True, max_length=20, verbose_name="机关代字")),
                (
                    "header_name",
                    models.CharField(
                        blank=True, help_text="空白时为发文机关加“文件”。", max_length=80, null=True, verbose_name="发文机关标志"
                    ),
                ),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="每行印作一条附注，例如“联系人：某某，电话：……”。",
                        max_length=300,
                        null=True,
                        verbose_name="联系方式",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="workflow_app.unit", verbose_name="单位"
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="职务名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("COUNTY_HEAD", "县处级正职"),
                            ("COUNTY_DEPUTY", "县处级副职"),
                            ("TOWN_HEAD", "乡科级正职"),
                            ("TOWN_DEPUTY", "乡科级副职"),
                            ("STAFF", "科员级"),
                        ],
                        max_length=16,
                        verbose_name="职务层次",
                    ),
                ),
                ("leadership_post", models.BooleanField(default=False, verbose_name="领导职务")),
                ("is_leading_member", models.BooleanField(default=False, verbose_name="领导成员")),
            ],
            options={
                "verbose_name": "职务",
                "verbose_name_plural": "职务",
                "constraints": [models.UniqueConstraint(fields=("unit", "title"), name="one_post_of_a_title")],
            },
        ),
        migrations.CreateModel(
            name="Cadre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="干部编号")),
                ("name", models.CharField(db_index=True, max_length=40, verbose_name="姓名")),
                ("sex", models.CharField(choices=[("男", "男"), ("女", "女")], max_length=1, verbose_name="性别")),
                ("birth_month", models.CharField(blank=True, help_text="1979-05", max_length=7, verbose_name="出生年月")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cadres", to="workflow_app.unit", verbose_name="单位"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders",
                        to="workflow_app.post",
                        verbose_name="职务",
                    ),
                ),
                ("rank", models.CharField(blank=True, max_length=30, verbose_name="职级")),
                ("post_since", models.DateField(blank=True, null=True, verbose_name="任现职时间")),
                ("active", models.BooleanField(default=True, verbose_name="在职")),
            ],
            options={
                "verbose_name": "干部",
                "verbose_name_plural": "干部",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="登录名")),
                (
                    "cadre",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="workflow_app.cadre",
                        verbose_name="干部",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        choices=[("SYSTEM", "系统管理员"), ("SECURITY", "安全管理员"), ("AUDIT", "审计管理员")],
                        default="",
                        max_length=10,
                        verbose_name="管理职责",
                    ),
                ),
                ("factors_reset_at", models.DateTimeField(blank=True, null=True, verbose_name="重置第二步核验时间")),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("office", ""), ("cadre__isnull", True), _connector="OR"), name="an_administrator_is_nobody_else"
                    )
                ],
            },
        ),
    ]
