"""manage.py audit_key UNIT FILE: a key pair for the audit role. The private half goes into FILE under a passphrase and nowhere else."""

from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import assessing, clock
from workflow_app.assessment.campaigns import sealed
from workflow_app.models import Unit

LEAST = 12  # signs of a passphrase


class Command(BaseCommand):
    """Run by the system administrator, with the auditor at the keyboard for the passphrase."""

    help = "生成审计密钥：公钥登记在系统中，私钥写入文件，交审计人员保管。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose journal tells of it, and where the private half goes."""
        parser.add_argument("unit")
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make, write, register."""
        unit, file = Unit.objects.filter(code=options["unit"]).first(), options["file"]
        if unit is None or file.exists():
            raise CommandError("没有这个单位，或者文件已经存在。")
        phrase = options["passphrase"] or getpass("由审计人员输入口令：")
        if len(phrase) < LEAST:
            raise CommandError(f"口令不少于{LEAST}个字符。")
        public, pem = sealed.new_key(phrase)
        file.touch(mode=0o600)
        file.write_bytes(pem)
        made = assessing.add_audit_key(public, unit, by=None, at=clock.now())
        self.stdout.write(f"公钥指纹：{made.fingerprint}")
