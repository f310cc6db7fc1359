"""manage.py load_demo_learning: classes with people called to them, for a gap where one is open. Invented."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import clock, talking, training
from workflow_app.care.rules import day
from workflow_app.learning import candidates, gaps, record
from workflow_app.learning.classes import Terms
from workflow_app.learning.participants import Call, Came
from workflow_app.learning.talks import Kind, Plan
from workflow_app.models import Account, Cadre, Campaign, Participant, TrainingClass, Unit

# Kind, topic, purpose, organizer, place, days from today, days, hours.
CLASSES = (
    ("SPECIAL", "重点项目管理专题班", "解决项目统筹和进度控制不力的问题。", "市委组织部、市委党校", "市委党校", 10, 5, "40"),
    ("LECTURE", "干部能上能下政策专题党课", "讲清政策、程序和本人的权利。", "市委组织部", "市委会议中心", -20, 1, "3"),
    ("ASSESSORS", "考核专员业务培训", "统一评分口径，掌握保密和回避要求。", "市委组织部考核办公室", "线上", -40, 4, "24"),
)
# Invented: which four groups an organ's own paper names is for the organ to enter.
GROUPS = ("考核结果靠后的", "岗位有变动的", "本人提出要求的", "群众有反映的")
PEOPLE = ("YX00009", "YX00010", "YX00011", "YX00012", "YX00013", "YX00015")


class Command(BaseCommand):
    """Run by load_demo, after care."""

    help = "为演示组织载入培训班次"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if TrainingClass.objects.exists():
            self.stdout.write("已有培训班次，演示班次不再载入。")
            return
        organ, at = Unit.objects.get(code="YX"), clock.now()
        today, words = day(at), dict[str, Any](by=Account.objects.get(username="org_leader1"), at=at)
        special, lecture, assessors = (self._opened(organ, today, row, words) for row in CLASSES)
        people = list(Cadre.objects.filter(number__in=PEOPLE).select_related("unit", "post__unit").order_by("number"))
        training.call(special, self._calls(organ, people[:4]), **words)
        heard = training.call(lecture, [Call(one, "本年度新任职，须了解政策。") for one in people], **words)
        staff = [Call(one, "考核办公室工作人员，年度业务培训。") for one in record.assessors(organ, today)]
        taught = training.call(assessors, staff, **words)
        self._results(heard, "3", "能讲清调整的情形、程序和救济。", words)
        self._results(taught, "24", "能按口径评分，清楚回避和保密要求。", words)
        self._talks(organ, people, words)
        self.stdout.write(f"已载入演示培训班次{len(CLASSES)}个、参训人员{Participant.objects.count()}人次。")

    @staticmethod
    def _opened(organ: Unit, today: date, row: tuple[Any, ...], words: dict[str, Any]) -> TrainingClass:
        kind, topic, purpose, organizer, place, ahead, days, hours = row
        first = today + timedelta(days=ahead)
        terms = Terms(topic, purpose, organizer, place, first, first + timedelta(days=days - 1), Decimal(hours))
        return training.open_class(organ, kind, terms, **words)

    @staticmethod
    def _calls(organ: Unit, people: list[Cadre]) -> list[Call]:
        known = {one.cadre.pk: one for one in gaps.gaps_of(organ, [one.pk for one in people], (gaps.POINT, gaps.PLAN))}
        return [Call(one, "分管重点项目，安排项目管理培训。", "", known.get(one.pk)) for one in people]

    @staticmethod
    def _talks(organ: Unit, people: list[Cadre], words: dict[str, Any]) -> None:
        talkers = [Account.objects.select_related("cadre__unit").get(username=f"org_leader{n}").cadre for n in (2, 3)]
        today = day(words["at"])
        fell = [
            one.cadre
            for one in candidates.candidates(organ, Kind.FELL, today)
            if one.cadre.pk not in {talker.pk for talker in talkers if talker}
        ]
        for number, cadre in enumerate(fell[:3]):
            if talkers[0] is None:
                continue
            plan = Plan(
                cadre, Kind.FELL, "年度考核等次下降，了解工作中的困难和需要的支持。", talkers[0], today + timedelta(days=5 * number)
            )
            made = talking.plan(organ, plan, **words)
            if number == 0:
                talking.hold(made, today, "每月向分管领导书面汇报一次重点工作进度。", **words)
        campaign = Campaign.objects.filter(organ=organ, opened_at__isnull=False).order_by("id").first()
        basis = "演示：市委组织部考核谈话工作安排第六条"
        named = [talking.add_group(organ, name, basis, **words) for name in GROUPS]
        if campaign is not None and talkers[1] is not None:
            for group, cadre in zip(named[:2], people, strict=False):
                due = today + timedelta(days=10)
                talking.plan(organ, Plan(cadre, Kind.MUST, f"属于“{group.name}”。", talkers[1], due, campaign, group), **words)

    @staticmethod
    def _results(rows: list[Participant], hours: str, text: str, words: dict[str, Any]) -> None:
        for number, one in enumerate(rows):
            missing = number == len(rows) - 1 and len(rows) > 4
            came = (
                Came(one, "ABSENT", Decimal(0), "因防汛值守未到，另行补课。") if missing else Came(one, "COMPLETED", Decimal(hours), text)
            )
            training.enter_result(came, **words)
