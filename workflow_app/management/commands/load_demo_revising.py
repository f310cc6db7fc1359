"""manage.py load_demo_revising: surveys of two schemes, a register with a draw, five rules with their links, and a pilot. Invented."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import clock, consulting, piloting, ruling, surveying
from workflow_app.assessment.campaigns.links import digest_of
from workflow_app.models import Account, AssessorField, Cadre, Campaign, Library, Ruling, SchemeVersion, Survey, Unit
from workflow_app.revising import experts, surveys
from workflow_app.revising.consultations import Asking
from workflow_app.revising.pilots import Noted, Trial
from workflow_app.revising.rules import day
from workflow_app.revising.rulings import Lesson, Text
from workflow_app.suppression import K

FIELDS = ("绩效评价", "基层治理", "统计调查")
OUTSIDE = (("方致远", "云岭大学公共管理学院教授"), ("陆闻笙", "云岭省统计学会副会长"), ("祝清和", "云岭省委党校副教授"))
LIKED = (70, 60, 80, 60, 70, 40)  # points by question
INSIDE = (("YX00020", "FULL"), ("YX00051", "FULL"), ("YX00082", "PART"), ("YX00113", "PART"))
# Title, number, and day of coming into force (演示).
RULES = (
    ("干部考核工作总体方案（演示）", "云组〔2024〕1号", date(2024, 1, 1)), ("平时考核实施细则（演示）", "云组〔2024〕6号", date(2024, 6, 1)),
    ("考核结果运用办法（演示）", "云组〔2025〕3号", date(2025, 3, 1)), ("能上能下实施细则（演示）", "云组〔2025〕9号", date(2025, 9, 1)),
)  # fmt: skip
LINKS = (
    (1, 0, "", "BASED_ON", "第一条写明依据总体方案制定。"), (2, 0, "", "BASED_ON", "第一条写明依据总体方案制定。"), (3, 2, "", "AMENDS", "第六条改变了结果运用办法第四条的时限。"),
    (3, 0, "", "CONFLICTS", "第八条的影响期与总体方案第十二条不一致。"), (3, None, "T-02", "BASED_ON", "第五条：连续两年基本称职的，组织核实。"),
    (1, None, "T-08", "SILENT", "没有写明政治素质得分低于80分时如何研究。"),
)  # fmt: skip


class Command(BaseCommand):
    """Run by load_demo, last."""

    help = "为演示组织载入反向考核、考核人员名册、制度和试点"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if Ruling.objects.exists():
            self.stdout.write("已有制度，演示的制度评估不再载入。")
            return
        self.organ, self.at = Unit.objects.get(code="YX"), clock.now()
        self.one, self.two = (Account.objects.get(username=f"assessment_office{n}") for n in (1, 2))
        self.words: dict[str, Any] = {"by": self.one, "at": self.at}
        closed = list(Campaign.objects.filter(organ=self.organ, closed_at__isnull=False, version__scheme__about="PEOPLE").order_by("id"))
        self._surveys(closed)
        self._experts()
        self._rules(closed[0])
        self._pilot(SchemeVersion.objects.filter(scheme__organ=self.organ, published_at__isnull=False).earliest("id"))
        self.stdout.write(
            f"已载入演示：反向考核{Survey.objects.count()}次、考核人员{len(OUTSIDE) + len(INSIDE)}名、制度{len(RULES)}项、试点1个。"
        )

    def _surveys(self, closed: list[Campaign]) -> None:
        """One over and below the line, one that still runs."""
        for n, campaign in enumerate(reversed(closed)):
            if len(surveys.asked(campaign)) < K:
                continue
            survey = surveying.start(campaign, self.at + timedelta(days=10), **self.words)
            if n == 0:
                for place, one in enumerate(survey.invitations.select_related("person").order_by("id")[:12]):
                    token = surveying.fetch(one, by=one.person, at=self.at)
                    given = {name: str(LIKED[k] + 10 * (place % 2)) for k, name in enumerate(surveys.QUESTIONS)}
                    surveys.cast(digest_of(token), given, "台账要求偏多，可以减少。" if place % 3 == 0 else "", at=self.at)
                surveying.close(survey, by=self.one, why="演示：提前结束", at=self.at)

    def _experts(self) -> None:
        fields = [consulting.add_field(self.organ, name, **self.words) for name in FIELDS]
        first, last = day(self.at), day(self.at) + timedelta(days=730)
        for name, workplace in OUTSIDE:
            entry = experts.Entry("EXPERT", name, workplace, first, last, "长期研究绩效评价（演示）。")
            consulting.enter(self.organ, entry, fields[:2], **self.words)
        for number, kind in INSIDE:
            cadre = Cadre.objects.select_related("unit", "post__unit").get(number=number)
            entry = experts.Entry(kind, "", "", first, last, "从事考核工作多年（演示）。", cadre)
            consulting.enter(self.organ, entry, fields[:1], **self.words)
        self._ask(fields[0])

    def _ask(self, field: AssessorField) -> None:
        library = Library.objects.filter(organ=self.organ).earliest("id")
        asking = Asking(library, field, "现有指标能不能反映乡镇之间工作的差别？缺什么、多什么？", day(self.at) + timedelta(days=20))
        asked = consulting.ask(self.organ, asking, **self.words)
        consulting.draw(consulting.announce(asked, 3, **self.words), by=self.two, at=self.at)

    def _rules(self, campaign: Campaign) -> None:
        made = [ruling.enter(self.organ, Text(title, "云溪市委组织部", number, first), **self.words) for title, number, first in RULES]
        for one, other, rule, kind, note in LINKS:
            ruling.link(made[one], None if other is None else made[other], rule, kind, note, **self.words)
        ruling.review(made[3], day(self.at), "CONFLICT", "第八条与总体方案不一致，建议修改总体方案第十二条。", **self.words)
        lesson = "平时考核的评价链接发得晚，有的人来不及填。"
        ruling.learn(self.organ, Lesson(lesson, "建议在细则第七条写明至少留五个工作日。", campaign=campaign, ruling=made[1]), **self.words)

    def _pilot(self, version: SchemeVersion) -> None:
        today = day(self.at)
        steps = (
            (today - timedelta(days=45), "完成指标培训"), (today - timedelta(days=5), "完成第一次试评"), (today + timedelta(days=60), "完成上半年试评"),
        )  # fmt: skip
        trial = Trial(
            "青禾县差异化考核试点（演示）",
            "差异化指标能不能拉开乡镇之间的差别。",
            today - timedelta(days=75),
            today + timedelta(days=200),
            steps,
        )
        units = list(Unit.objects.filter(code__in=("YX-1-01", "YX-1-02", "YX-1-03")))
        pilot = piloting.start(self.organ, version, trial, units, **self.words)
        first = pilot.milestones.earliest("due_on")
        piloting.reach(first, first.due_on, "三个乡镇共96人培训完毕（演示）。", **self.words)
        said = Noted(
            "RETRO", f"{today - timedelta(days=10)}", "三个乡镇负责人参加复盘。", "指标先培训后试评，争议少。", "样本少的乡镇不宜比较名次。"
        )
        piloting.note(pilot, said, **self.words)
