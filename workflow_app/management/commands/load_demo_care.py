"""manage.py load_demo_care: candidate pools, vacant posts and, where a decision was served, a plan of help. Invented."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import caring, clock, helping
from workflow_app.care import plans
from workflow_app.care.pools import PROPOSAL, Why
from workflow_app.care.rules import day
from workflow_app.models import Account, Cadre, CarePlan, Case, Lead, Pool, Post, Unit

# Posts that nobody holds: unit, title, level.
VACANT = (
    ("YX-D07", "总工程师", "TOWN_DEPUTY"), ("YX-D06", "总工程师", "TOWN_DEPUTY"), ("YX-D10", "副局长（四）", "TOWN_DEPUTY"),
    ("YX-1-01", "副镇长（四）", "TOWN_DEPUTY"), ("YX-2-03", "镇长助理", "STAFF"), ("YX-D12", "总统计师", "TOWN_DEPUTY"),
)  # fmt: skip
MENTOR = "YX00014"


class Command(BaseCommand):
    """Run by load_demo, after the cases."""

    help = "为演示组织载入人选库、空缺岗位和帮扶计划"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if Pool.objects.exists():
            self.stdout.write("已有人选库，演示人选库不再载入。")
            return
        for code, title, level in VACANT:
            Post.objects.get_or_create(
                unit=Unit.objects.get(code=code), title=title, defaults={"level": level, "leadership_post": level != "STAFF"}
            )
        organ = Unit.objects.get(code="YX")
        self._pools(organ)
        case = plans.adjusted([organ.path]).filter(organ=organ).exclude(cadre__number=MENTOR).last()
        if case is not None:
            self._plan(case)
        self.stdout.write(f"已载入演示人选库2个、空缺岗位{len(VACANT)}个、帮扶计划{CarePlan.objects.count()}份。")

    def _pools(self, organ: Unit) -> None:
        at = clock.now()
        one, two, handler = (Account.objects.get(username=name) for name in ("org_leader1", "org_leader2", "case_handler1"))
        best = caring.open_pool(organ, "优秀年轻干部库", "为市直部门和乡镇领导班子储备经过基层考验的年轻干部。", told=True, by=one, at=at)
        caring.open_pool(organ, "应急管理专业人选库", "为应急、水利、交通类单位储备熟悉业务的人选。", told=False, by=one, at=at)
        excellent = Lead.objects.filter(rule_id=PROPOSAL, cadre__unit__path__startswith=organ.path).order_by("cadre__number")[:2]
        for n, lead in enumerate(excellent):
            why = Why("EXCELLENT", "连续三年年度考核优秀，重点任务均按期完成。", "2023至2025年度考核登记表")
            entry = caring.propose(best, lead.cadre, why, by=handler, at=at)
            if n == 0:
                caring.decide(entry, "CONFIRMED", "考核结果属实，同意入库。", by=two, at=at)
        why = Why("TESTED", "汛期连续驻守水库一线四十天，险情处置得当。", "市防指2025年第8期通报")
        caring.propose(best, Cadre.objects.get(number="YX00009"), why, by=one, at=at)

    def _plan(self, case: Case) -> None:
        at, today = clock.now(), day(clock.now())
        words: dict[str, Any] = {"by": Account.objects.get(username="placement_office1"), "at": at}
        plan = helping.open_plan(case, "半年内熟悉新岗位业务，一年内能够独立承担一个片区的项目管理。", **words)
        gap = "工程统筹和进度控制不力（调整决定认定的事实）"
        helping.train(plan, plans.Course("项目管理专题班", "市委党校", gap, today, today + timedelta(days=20)), **words)
        mentor = Account.objects.get(cadre__number=MENTOR)
        asked = helping.name_mentor(plan, Cadre.objects.get(number=MENTOR), today, today + timedelta(days=365), **words)
        helping.answer_mentor(asked, "ACCEPTED", "", by=mentor, at=at)
        promised = "协调党校春季班名额"
        seen = plans.Seen(today, "安置部门两名同志", "希望参加项目管理培训，尽快熟悉新岗位。", promised, today + timedelta(days=30))
        helping.visit(plan, seen, **words)
        helping.offer_counselling(plan, **words)
