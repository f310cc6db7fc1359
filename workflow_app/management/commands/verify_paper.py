"""Is this file a paper of ours, unchanged, and is its signature good?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app.signet import prove


class Command(BaseCommand):
    """`verify_paper FILE`."""

    help = "核验一份文书文件：文号、案号、摘要值、签名状态。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", help="PDF文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what can be said; an error when the file is not genuine."""
        try:
            proof = prove(Path(options["file"]).read_bytes())
        except OSError as fault:
            raise CommandError(f"不能读取文件：{fault}") from fault
        if proof.document:
            self.stdout.write(f"文号：{proof.document.number}《{proof.document.title}》")
            self.stdout.write(f"案号：{proof.document.case.number}")
        elif proof.claimed:
            self.stdout.write(f"文件自称：{proof.claimed}")
        self.stdout.write(f"SHA-256：{proof.sha256}")
        self.stdout.write(f"签名：{proof.signature}")
        if not proof.genuine:
            raise CommandError(f"{proof.words}。")
        self.stdout.write(f"{proof.words}。")
