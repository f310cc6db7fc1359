"""manage.py retention [--on DATE] [--erase CASE --ordered-by USER --confirmed-by USER]: what may be erased, and erasing it."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow_app import clock, retention
from workflow_app.models import Account, Case
from workflow_app.steps import Refused


class Command(BaseCommand):
    """Connected by MIGRATE_DATABASE_URL: the application's role could not do it."""

    help = "列出保管期满的案件；--erase 销毁一个案件的内容（保留摘要和承诺值）"

    def add_arguments(self, parser: CommandParser) -> None:
        """When, which case, by whom."""
        parser.add_argument("--on", type=date.fromisoformat)
        parser.add_argument("--erase", metavar="案号")
        parser.add_argument("--ordered-by")
        parser.add_argument("--confirmed-by")

    def handle(self, *args: Any, **options: Any) -> None:
        """List or erase."""
        now = clock.now()
        if not options["erase"]:
            for one in retention.due(options["on"] or now.astimezone(clock.TZ).date()):
                self.stdout.write(
                    f"{one.case.number}　{one.keeping.title}　保管{one.keeping.years}年，{one.ends_on}起可以销毁（{one.keeping.source}）"
                )
            return
        case = Case.objects.filter(number=options["erase"]).first()
        people = [Account.objects.filter(username=options[name] or "").first() for name in ("ordered_by", "confirmed_by")]
        if case is None or people[0] is None or people[1] is None:
            raise CommandError("没有这个案件，或者没有写明两名经办管理员（--ordered-by、--confirmed-by）。")
        try:
            count = retention.erase(case, ordered_by=people[0], confirmed_by=people[1], at=now)
        except Refused as refused:
            raise CommandError(f"{refused.reason}{refused.way_out}") from refused
        self.stdout.write(f"{case.number}：已清空{count}项内容，摘要和承诺值保留，记录仍可核验。")
