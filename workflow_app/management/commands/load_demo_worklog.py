"""manage.py load_demo_worklog: a month of weekly lines, an award and a proposal. Invented."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import clock, noting
from workflow_app.care.rules import day
from workflow_app.models import Account, AssessmentResult, Cadre, WorkLine
from workflow_app.worklog import awards, lines
from workflow_app.worklog.rules import A_WEEK, monday

WRITER = "YX00005"
# How many weeks back: what was done, for which duty.
LINES = (
    (4, "走访柳溪片区十二个村，核对汛期转移名册，补齐缺项三处。", "防汛备汛"),
    (4, "主持片区项目调度会，明确三个堵点的责任人和时限。", "片区项目建设"),
    (3, "组织山塘水库隐患复查，七处隐患整改到位六处。", "防汛备汛"),
    (2, "督促柳溪桥加固工程复工，到岗人员和设备逐一核对。", "片区项目建设"),
    (1, "参加信访接待日，当场答复两件，转办一件。", "服务群众"),
    (0, "完成片区一季度项目自查，报告已送市发展改革委。", "片区项目建设"),
)


class Command(BaseCommand):
    """Run by load_demo, after the results."""

    help = "为演示组织载入工作纪实和奖励"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if WorkLine.objects.exists():
            self.stdout.write("已有工作纪实，演示数据不再载入。")
            return
        at = clock.now()
        writer = Cadre.objects.get(number=WRITER)
        own, week = Account.objects.get(cadre=writer), monday(day(at))
        for back, text, duty in LINES:
            noting.write(writer, lines.Written(week - back * A_WEEK, text, duty), by=own, at=at)
        self._awards(writer, day(at))
        self.stdout.write(f"已载入演示工作纪实{len(LINES)}条和奖励。")

    def _awards(self, writer: Cadre, today: date) -> None:
        at, handler = clock.now(), Account.objects.get(username="case_handler1")
        deed = awards.Deed(
            "COMMENDATION", today.year - 1, f"{today.year - 1}年度考核优秀", "中共云溪市委组织部", "关于给予嘉奖的决定",
            f"云组〔{today.year}〕5号", today - timedelta(days=10),
        )  # fmt: skip
        noting.register_award(writer, deed, by=handler, at=at)
        best = AssessmentResult.objects.filter(cadre__unit__path__startswith=writer.unit.path, grade="EXCELLENT").exclude(cadre=writer)
        found = best.order_by("cadre__number").first()
        if found is not None:
            noting.propose_award(found.cadre, "COMMENDATION", found.year, "年度考核优秀，防汛工作中表现突出。", by=handler, at=at)
