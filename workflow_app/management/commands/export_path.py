"""Write every path as a drawing into docs/paths."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from workflow_app import drawing
from workflow_app.nodes import PATHS


def drawings() -> dict[str, str]:
    """File name -> drawing, for every registered path."""
    return {
        f"{path.folder}.svg": drawing.svg(path, title=str((path.__doc__ or name).strip()), style=drawing.STYLE) + "\n"
        for name, path in PATHS.items()
    }


class Command(BaseCommand):
    """manage.py export_path [--to DIR]."""

    help = "把各条路径画成图，写入 docs/paths"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "docs" / "paths")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one file a path."""
        options["to"].mkdir(parents=True, exist_ok=True)
        for name, text in drawings().items():
            (options["to"] / name).write_text(text, encoding="utf-8")
            self.stdout.write(str(options["to"] / name))
