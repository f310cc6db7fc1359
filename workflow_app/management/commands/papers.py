"""Sample papers of every step of every path, as files to look at."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import documents
from workflow_app.samples import samples


class Command(BaseCommand):
    """`papers --sample DIR`."""

    help = "用示例数据生成每一程序每一环节的文书，供逐份查看。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and which."""
        parser.add_argument("--sample", metavar="DIR", required=True, help="存放示例文书的文件夹")
        parser.add_argument("--step", default="", help="只生成这一环节")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the files; a paper that cannot be made ends with an error, after all others."""
        folder, faults, count = Path(options["sample"]), [], 0
        folder.mkdir(parents=True, exist_ok=True)
        for one in samples(options["step"]):
            fault = one.fault
            if not fault:
                try:
                    made = documents.render(one.paper, one.content, one.template)
                    (folder / f"{one.name}.pdf").write_bytes(made.pdf)
                    count += 1
                except documents.RenderingFailed as failed:
                    fault = str(failed)
            if fault:
                faults.append(f"{one.name} {one.title}：{fault}")
        self.stdout.write(f"{count}份文书已存入{folder}")
        if faults:
            raise CommandError("\n".join(faults))
