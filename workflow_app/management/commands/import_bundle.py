"""manage.py import_bundle FILE [--key HEX]: bring a case in from another system."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock
from workflow_app.bundle import BadBundle, bring_in


class Command(BaseCommand):
    """The whole case or nothing."""

    help = "导入一个案件的全卷。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the key its head must bear."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", default="", help="移出机关公布的公钥（64位十六进制）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring in."""
        with options["file"].open("rb") as file:
            try:
                case = bring_in(file, at=clock.now(), public=options["key"])
            except BadBundle as bad:
                raise CommandError(str(bad)) from bad
        self.stdout.write(f"已导入{case.number}：记录{case.records_count}条，核验无误。")
