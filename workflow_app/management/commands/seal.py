"""manage.py seal [--all] [--export FILE]: seal what is new; append the newest signed head to a file for a witness."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from workflow_app import clock, heads, seals
from workflow_app.models import Seal


class Command(BaseCommand):
    """Seal now. The worker does the same every minute."""

    help = "封存新的记录；--export 把最新的签名文本追加到文件，交由外部见证。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Look at all rows; write the head."""
        parser.add_argument("--all", action="store_true", help="检查全部记录，不只是最近的")
        parser.add_argument("--export", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, tell, export."""
        added = seals.seal(clock.now(), everything=options["all"])
        head = Seal.objects.order_by("-size").first()
        if head is None:
            self.stdout.write("还没有可以封存的记录。")
            return
        self.stdout.write(f"新封存{added}项；共{head.size}项，根{head.root[:16]}…，公钥{heads.public_hex()}")
        if options["export"]:
            with options["export"].open("a", encoding="utf-8") as file:
                file.write(head.note)
