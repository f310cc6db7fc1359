"""manage.py load_demo_worklog: a month of weekly lines, an award and a proposal, an objective, a long-term matter and a task on the board. Invented."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import clock, linking, noting
from workflow_app.care.rules import day
from workflow_app.models import Account, AssessmentResult, Cadre, Unit, WorkLine
from workflow_app.worklog import awards, challenges, groundworks, lines, objectives
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
        self._goals(writer, day(at))
        self.stdout.write(f"已载入演示工作纪实{len(LINES)}条和奖励。")

    def _goals(self, writer: Cadre, today: date) -> None:
        at, head = clock.now(), Account.objects.get(username="org_leader1")
        words: dict[str, Any] = {"by": head, "at": at}
        first, last = today.replace(month=1, day=1), today.replace(month=12, day=31)
        goal = linking.set_objective(writer, "片区山塘安全度汛", first, last, **words)
        key = linking.add_key(goal, objectives.Key("完成隐患山塘加固", "通过验收的山塘，座", Decimal(12), 60, last), **words)
        linking.add_key(goal, objectives.Key("转移名册逐户核对", "核对完成的村，个", Decimal(12), 40, last), **words)
        done = objectives.Done(Decimal(7), today, "市水利局验收单七份")
        progress = linking.report(key, done, by=Account.objects.get(cadre=writer), at=at)
        linking.check(progress, holds=True, reason="与验收单一致。", **words)
        matter = groundworks.Matter(
            "LATENT",
            "柳溪流域水源涵养林",
            "三年后枯水期来水量稳定，五年后成林。",
            "市林业局2025年第6号方案",
            first,
            last.replace(year=last.year + 5),
        )
        linking.enter_groundwork(writer, matter, [last, last.replace(year=last.year + 3)], **words)
        task = challenges.Task(
            "柳溪桥征拆遗留问题", "六户全部签约，无信访遗留，由市自然资源局出具证明。", Decimal(2), today + timedelta(days=10), last
        )
        linking.post(Unit.objects.get(code="YX"), task, **words)

    def _awards(self, writer: Cadre, today: date) -> None:
        at, handler = clock.now(), Account.objects.get(username="case_handler1")
        deed = awards.Deed(
            "COMMENDATION", today.year - 1, "2025年汛期抢险表现突出（专项奖励）", "中共云溪市委组织部", "关于给予嘉奖的决定",
            f"云组〔{today.year}〕5号", today - timedelta(days=10),
        )  # fmt: skip
        noting.register_award(writer, deed, by=handler, at=at)
        best = AssessmentResult.objects.filter(cadre__unit__path__startswith=writer.unit.path, grade="EXCELLENT").exclude(cadre=writer)
        found = best.order_by("-year", "cadre__number").first()
        if found is not None:
            noting.propose_award(found.cadre, "COMMENDATION", found.year, "年度考核优秀，防汛工作中表现突出。", by=handler, at=at)
