"""Write the demo organization's sheets."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflow_app.assessment import demo


class Command(BaseCommand):
    """manage.py make_demo DIR."""

    help = "生成演示组织的干部名册和考核结果表"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both files."""
        demo.write(options["folder"])
        self.stdout.write(f"已生成 {options['folder']}/people.xlsx 和 results.xlsx。")
