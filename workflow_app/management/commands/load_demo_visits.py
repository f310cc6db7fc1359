"""manage.py load_demo_visits: a limit, three visits, units proposed for a closer look, and a verification sample. Invented."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import clock, verifying, visiting
from workflow_app.models import Account, Campaign, Unit, Visit
from workflow_app.refusing import Refused
from workflow_app.visits.planning import Member, Plan
from workflow_app.visits.reporting import Told
from workflow_app.visits.rules import day

TEAM = (("examination_team1", "工程管理"), ("examination_team2", "财务审计"))
FOUND = (("工程进度台账缺两个月的监理签字", "进度台账第3册"), ("信访答复超期一件", "信访登记簿2025年第41号"))


class Command(BaseCommand):
    """Run by load_demo, after the assessments."""

    help = "为演示组织载入走访检查和核验抽样"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if Visit.objects.exists():
            self.stdout.write("已有走访检查，演示走访不再载入。")
            return
        organ, at, today = Unit.objects.get(code="YX"), clock.now(), day(clock.now())
        leader, handler, one = (Account.objects.get(username=name) for name in ("org_leader1", "case_handler1", "examination_team1"))
        visiting.set_limit(organ, today.year, 4, "云溪市委办〔2026〕2号（演示）", by=leader, at=at)
        quick = self._plan(organ, handler, at, ("YX-D07", "QUICK", "核查2025年度重点工程进度数据。", today, today), announced=False)
        what = "查阅台账三本，个别谈话六人，两处与登记不一致。"
        visiting.report(quick, Told(today, today, 6, what, FOUND), by=one, at=at)
        later = today + timedelta(days=5)
        self._plan(
            organ,
            handler,
            at,
            ("YX-D06", "SURVEY", "半年干部队伍调研：班子运行和年轻干部培养。", later, later + timedelta(days=2)),
            announced=True,
        )
        self._plan(organ, handler, at, ("YX-D10", "SURPRISE", "核查窗口服务和首问负责落实情况。", later, later), announced=False)
        visiting.propose_units(organ, by=handler, at=at)
        self.stdout.write(f"已载入演示走访{Visit.objects.count()}次、核验抽样{self._sample(organ, at)}个。")

    def _plan(self, organ: Unit, by: Account, at: datetime, what: tuple[str, str, str, date, date], *, announced: bool) -> Visit:
        code, kind, purpose, first, last = what
        people = {
            one.username: one.cadre for one in Account.objects.filter(username__in=[name for name, _ in TEAM]).select_related("cadre__unit")
        }
        team = [Member(cadre, field) for name, field in TEAM if (cadre := people[name]) is not None]
        plan = Plan(Unit.objects.get(code=code), kind, purpose, "2026年度督查检查计划（演示）", first, last, announced, team)
        return visiting.plan(organ, plan, by=by, at=at)

    def _sample(self, organ: Unit, at: datetime) -> int:
        office = Account.objects.get(username="assessment_office1")
        rounds = Campaign.objects.filter(organ=organ, closed_at__isnull=False, version__scheme__about="PEOPLE").select_related("organ")
        for one in rounds:
            try:
                verifying.draw(verifying.publish(one, by=office, at=at), by=office, at=at)
            except Refused:  # a round without figures
                continue
            return 1
        return 0
