"""manage.py bundle CASE --to FILE [--subject]: the whole of a case as one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app.bundle import write_bundle
from workflow_app.models import Case


class Command(BaseCommand):
    """CASE is the case's number. For the owner of the system; on pages the export is a recorded read."""

    help = "导出一个案件的全卷（或本人查阅版）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The case, the edition, the file."""
        parser.add_argument("case", help="案号")
        parser.add_argument("--subject", action="store_true", help="本人查阅版：只含本人可以查阅的内容")
        parser.add_argument("--to", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        case = Case.objects.filter(number=options["case"]).first()
        if case is None:
            raise CommandError(f"没有案号为{options['case']}的案件。")
        with options["to"].open("wb") as file:
            edition = write_bundle(case, file, subject=options["subject"])
        rows = sum(len(one) for one in edition.tables.values())
        self.stdout.write(f"已写入{options['to']}：{rows}行，{len(edition.files)}个文件，未提供的内容{len(edition.withheld)}项。")
