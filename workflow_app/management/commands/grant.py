"""Give the application's role its rights; run by the owner of the tables after every migration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from workflow_app.grants import NoRoles, grant


class Command(BaseCommand):
    """manage.py grant [ROLE]: connected by MIGRATE_DATABASE_URL; the role is that of DATABASE_URL unless one is named."""

    help = "授予应用角色权限：只追加的表只能查询和插入"

    def add_arguments(self, parser: CommandParser) -> None:
        """See the class."""
        parser.add_argument("role", nargs="?")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing."""
        role = options["role"] or settings.APPLICATION_ROLE
        if not role:
            raise CommandError("DATABASE_URL 没有写明角色；请写明，或运行 manage.py grant 角色名。")
        try:
            guarded = grant(role)
        except NoRoles as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"已授予 {role}：其中 {guarded} 张表只能查询和插入。")
