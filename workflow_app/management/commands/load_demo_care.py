"""manage.py load_demo_care: candidate pools of the fictional prefecture, with somebody in them and somebody waiting."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import caring, clock
from workflow_app.care.pools import PROPOSAL, Why
from workflow_app.models import Account, Cadre, Lead, Pool, Unit


class Command(BaseCommand):
    """Run by load_demo."""

    help = "为演示组织载入人选库"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if Pool.objects.exists():
            self.stdout.write("已有人选库，演示人选库不再载入。")
            return
        organ, at = Unit.objects.get(code="YX"), clock.now()
        one, two, handler = (Account.objects.get(username=name) for name in ("org_leader1", "org_leader2", "case_handler1"))
        best = caring.open_pool(organ, "优秀年轻干部库", "为市直部门和乡镇领导班子储备经过基层考验的年轻干部。", told=True, by=one, at=at)
        caring.open_pool(organ, "应急管理专业人选库", "为应急、水利、交通类单位储备熟悉业务的人选。", told=False, by=one, at=at)
        excellent = Lead.objects.filter(rule_id=PROPOSAL, cadre__unit__path__startswith=organ.path).order_by("cadre__number")[:2]
        for n, lead in enumerate(excellent):
            why = Why("EXCELLENT", "连续三年年度考核优秀，重点任务均按期完成。", "2023至2025年度考核登记表")
            entry = caring.propose(best, lead.cadre, why, by=handler, at=at)
            if n == 0:
                caring.decide(entry, "CONFIRMED", "考核结果属实，同意入库。", by=two, at=at)
        waiting = Cadre.objects.get(number="YX00009")
        why = Why("TESTED", "汛期连续驻守水库一线四十天，险情处置得当。", "市防指2025年第8期通报")
        caring.propose(best, waiting, why, by=one, at=at)
        self.stdout.write(f"已载入演示人选库：2个，在库{min(1, len(excellent))}人，其余等待审定。")
