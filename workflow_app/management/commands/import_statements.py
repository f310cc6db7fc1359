"""Take in a sheet of monthly statements."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock
from workflow_app.assessment.imports import AlreadyImported
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Account, Unit
from workflow_app.telling import assessed


class Command(BaseCommand):
    """manage.py import_statements FILE.xlsx --unit CODE [--by USERNAME]."""

    help = "导入岗位对账单；有一处错误即全部不导入，并逐处列出"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the unit that manages the cadres, and who answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="具有干部管理权限的单位编号")
        parser.add_argument("--by", help="导入人的登录名")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, record, recompute, raise leads, remind."""
        path, unit = options["file"], Unit.objects.filter(code=options["unit"], manages_cadres=True).first()
        if not path.is_file() or unit is None:
            raise CommandError("没有这个文件，或者没有这个单位。")
        by = Account.objects.filter(username=options["by"]).first() if options["by"] else None
        try:
            taken = assessed.take_in_statements(path, path.name, unit=unit, by=by, at=clock.now())
        except AlreadyImported as told:
            self.stdout.write(str(told))
            return
        except BadSheet as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"共{len(bad.faults)}处错误，没有导入任何数据。") from None
        self.stdout.write(f"导入{taken.rows}行；{taken.changed}个月度颜色；产生{taken.leads}条线索来源；提醒{taken.told}人次。")
