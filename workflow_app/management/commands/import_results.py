"""Take in a sheet of annual results and raise the leads that follow."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock, results
from workflow_app.assessment.imports import AlreadyImported
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Account


class Command(BaseCommand):
    """manage.py import_results FILE.xlsx [--by USERNAME]."""

    help = "导入年度考核结果；有一处错误即全部不导入，并逐处列出"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and who answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="导入人的登录名")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, record, raise leads."""
        path, at = options["file"], clock.now()
        if not path.is_file():
            raise CommandError(f"没有文件 {path}。")
        by = Account.objects.filter(username=options["by"]).first() if options["by"] else None
        try:
            batch, raised = results.take(path, by=by, at=at)
        except AlreadyImported as told:
            self.stdout.write(str(told))
            return
        except BadSheet as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"共{len(bad.faults)}处错误，没有导入任何数据。") from None
        self.stdout.write(f"导入{batch.rows}行；产生{raised}条线索来源。")
