"""manage.py verify_ledger [--witness FILE ...] [--key HEX]: recompute every chain, paper, leaf and seal."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import heads
from workflow_app.verification import verify_all


class Command(BaseCommand):
    """Exit code 1 and the list of faults when anything is wrong."""

    help = "核验全部记录、文书和封存；--witness 指定机关以外保存的封存文本。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Heads kept outside, and the key they must bear."""
        parser.add_argument("--witness", action="append", default=[], type=Path)
        parser.add_argument("--key", default="", help="公布的公钥（64位十六进制）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and report."""
        start = time.perf_counter()
        notes = [note for path in options["witness"] for note in heads.notes_in(path.read_text())]
        report = verify_all(notes, public=options["key"])
        self.stdout.write(
            f"记录{report.records}条（{report.chains}链），文书{report.papers}份，封存项{report.leaves}，封存{report.seals}次，"
            f"外部见证{report.witnessed}份，尚未封存{report.unsealed}条；用时{time.perf_counter() - start:.1f}秒。"
        )
        if report.findings:
            raise CommandError("核验不通过：\n" + "\n".join(report.findings))
        self.stdout.write("核验通过。")
