"""Take in a workbook of units, posts, cadres, where they served, and declared ties."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock, roster
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Account


class Command(BaseCommand):
    """manage.py import_roster FILE.xlsx [--by USERNAME] [--check]."""

    help = "导入干部名册；有一处错误即全部不导入，并逐处列出"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, who answers for it, and whether only to look."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="导入人的登录名")
        parser.add_argument("--check", action="store_true", help="只检查，不导入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and take in."""
        path, at = options["file"], clock.now()
        if not path.is_file():
            raise CommandError(f"没有文件 {path}。")
        by = Account.objects.filter(username=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"没有账号 {options['by']}。")
        try:
            self._go(path, by, at, only_look=options["check"])
        except roster.AlreadyTaken as told:
            self.stdout.write(str(told))
        except BadSheet as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"共{len(bad.faults)}处错误，没有导入任何数据。") from None

    def _go(self, path: Path, by: Account | None, at: Any, *, only_look: bool) -> None:
        data = path.read_bytes()
        if only_look:
            told = roster.check(data, path.name, at=at).told()
        else:
            told = roster.take(data, path.name, by=by, at=at).changes
        for one in told["changed"]:
            self.stdout.write(f"{one['what']} {one['whose']}：{one['before'] or '—'} → {one['after'] or '—'}")
        new = "，".join(f"{what}{number}行" for what, number in told["new"].items()) or "无"
        self.stdout.write(
            f"新增{new}；变更{len(told['changed'])}处；一致{told['unchanged']}行。{'（只检查，没有导入）' if only_look else ''}"
        )
