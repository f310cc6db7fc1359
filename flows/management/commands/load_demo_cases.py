"""Cases for the demo organization, so that the persons concerned find something in their portal."""

from typing import Any

from django.core.management.base import BaseCommand

from flows import demo
from flows.up.telling import Telling
from workflow_app import clock
from workflow_app.models import Case, Unit


class Command(BaseCommand):
    """manage.py load_demo_cases."""

    help = "为演示组织载入几个办理中的案件"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if Case.objects.exists():
            self.stdout.write("已有案件，演示案件不再载入。")
            return
        told = demo.tell_all(clock.now())
        rising = Telling(Unit.objects.get(code="YX"), clock.now()).tell()
        self.stdout.write(
            f"已载入演示案件{len(told)}件：" + "、".join(f"{tale.cadre.name}（{tale.cadre.number.lower()}）" for tale in told) + "。"
        )
        self.stdout.write(f"选拔任用演示案件{len(rising)}件：正在公示的{rising[0].name}，和一件正在报名的竞争上岗（{rising[1].name}）。")
