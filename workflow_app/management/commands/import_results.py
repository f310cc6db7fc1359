"""Take in a sheet of annual results and raise the leads that follow."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock, ledger
from workflow_app.assessment.imports import AlreadyImported, import_results
from workflow_app.assessment.sheets import BadSheet
from workflow_app.assessment.triggers import raise_leads
from workflow_app.law import known_rules
from workflow_app.models import Account, AssessmentResult, Unit


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
            batch = import_results(path, by=by, at=at)
        except AlreadyImported as told:
            self.stdout.write(str(told))
            return
        except BadSheet as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"共{len(bad.faults)}处错误，没有导入任何数据。") from None
        root = Unit.objects.filter(manages_cadres=True).order_by("code").first()
        if root is not None:
            parts = {"facts": {"file": batch.file_name, "digest": batch.digest, "rows": batch.rows}}
            ledger.journal(root, ledger.Entry(kind="IMPORT", at=at, actor=by, outcome="imported", parts=parts))
        year = AssessmentResult.objects.order_by("-year").values_list("year", flat=True).first() or at.year
        today = at.astimezone(clock.TZ).date()
        due = clock.last_day(rule=known_rules()["DN-TRIAGE"], start=today, calendar=clock.calendar_from_db())
        raised = raise_leads(year=year, at=at, due_on=due.last_day)
        self.stdout.write(f"导入{batch.rows}行；产生{raised}条线索来源。")
