"""manage.py seat_token USERNAME ROLE --purpose TEXT [--days N] [--end DIGEST]: a token for one seat, shown once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock, ledger
from workflow_app.api.callers import make_token
from workflow_app.models import Seat


class Command(BaseCommand):
    """Run by the security administrator; the journal of the desk's unit tells of it."""

    help = "为一个席位生成接口令牌（只显示一次）。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose seat, at which role's desk, what for, how long."""
        parser.add_argument("username")
        parser.add_argument("role")
        parser.add_argument("--purpose", required=True)
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and show."""
        seats = Seat.objects.filter(account__username=options["username"], desk__role=options["role"], valid_to__isnull=True)
        seat = seats.select_related("desk__unit", "account").first()
        if seat is None:
            raise CommandError("没有这个席位，或者席位定有止期。")
        now = clock.now()
        try:
            token = make_token(seat, purpose=options["purpose"], days=options["days"], at=now)
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        told = {"token": {"seat": seat.pk, "purpose": options["purpose"], "days": options["days"]}}
        ledger.journal(seat.desk.unit, ledger.Entry(kind="GRANT", at=now, actor=None, outcome="token", desk_id=seat.desk_id, parts=told))
        self.stdout.write(token)
