"""manage.py load_demo_units: a closed round about six departments with settled grades, their targets, and a joint meeting. Invented."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from openpyxl import Workbook

from workflow_app import assessing, clock, grading, measuring, monitoring, reporting
from workflow_app.assessment.campaigns import answering, links, planning
from workflow_app.assessment.measuring.figures import Figure, indicators_of
from workflow_app.assessment.results.grades import Wish
from workflow_app.assessment.schemes import drafting
from workflow_app.assessment.schemes.drafting import Draft, GroupRow, IndicatorRow
from workflow_app.assessment.units import statements
from workflow_app.assessment.units.joint import Present, Said, Sitting
from workflow_app.assessment.warnings.colours import before
from workflow_app.models import Account, Campaign, Invitation, Library, Scheme, Unit, UnitResult
from workflow_app.telling import assessed

CODES = tuple(f"YX-D{n:02}" for n in range(1, 7))
GRADES = ("EXCELLENT", "GOOD", "GOOD", "GOOD", "GOOD", "FAIR")
DRAFT = Draft(
    (GroupRow("ORGANIZATION", Decimal(40)), GroupRow("PUBLIC", Decimal(60))), (IndicatorRow("B02", Decimal(40)), IndicatorRow("Q02", Decimal(60))),
    sources=(("权重", "演示示例，项目默认"),),
)  # fmt: skip
# Target, measure, direction, and what the six reached.
HOURS = ("12345平均办理时长", "小时", "越低越好", 48, (40, 52, 61, 48, 90, 45))
CONTENT = ("12345群众满意率", "%", "越高越好", 90, (96, 91, 70, 88, 50, 93))
SOURCE = "演示示例，非官方数据"


class Command(BaseCommand):
    """Run by load_demo, after the other campaigns."""

    help = "为演示组织载入单位考核、单位目标和联席会议"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        library = Library.objects.filter(organ__code="YX").first()
        if library is None or UnitResult.objects.exists():
            self.stdout.write("没有指标库，或者已有单位考核，演示单位考核不再载入。")
            return
        self.at: datetime = clock.now()
        self.one, self.two, self.leader = (
            Account.objects.get(username=name) for name in ("assessment_office1", "assessment_office2", "org_leader1")
        )
        self.units = list(Unit.objects.filter(code__in=CODES).select_related("parent").order_by("code"))
        campaign = self._round(library)
        self._meeting(campaign)
        subjects = list(campaign.subjects.select_related("cadre", "unit"))
        wishes = [
            Wish(one, grade, "两项重点任务没有按期完成（演示）" if grade == "FAIR" else "")
            for one, grade in zip(subjects, GRADES, strict=True)
        ]
        grading.propose(campaign, wishes, by=self.one, at=self.at)
        grading.settle(campaign, "市委常委会会议（演示）", by=self.leader, at=self.at)
        self._targets(campaign.organ)
        self.stdout.write("已载入演示单位考核：测评1次（等次已审定）、单位目标12项、联席会议1次。")

    @property
    def _words(self) -> dict[str, Any]:
        return {"by": self.one, "at": self.at}

    def _round(self, library: Library) -> Campaign:
        scheme = Scheme.objects.create(organ=library.organ, library=library, name="市直部门年度考核", kind="ANNUAL", about="UNITS")
        version = assessing.publish(drafting.draft(scheme, DRAFT, **self._words), by=self.two, at=self.at)
        frame = planning.Frame(f"{self.at.year}年度市直部门考核", self.at.year, "年度", self.at + timedelta(days=5))
        campaign = planning.plan(library.organ, version, frame, **self._words)
        planning.add_units(campaign, self.units, "综合部门")
        planning.propose(campaign)
        assessing.start(campaign, short="演示组织账号较少，人数不足照常启动", **self._words)
        campaign.refresh_from_db()
        for one in Invitation.objects.filter(subject__campaign=campaign).select_related("rater__cadre").order_by("id"):
            self._hand_in(links.fetch(one.pk, by=one.rater, at=self.at), 2)
        for n, subject in enumerate(campaign.subjects.select_related("campaign__version__scheme", "campaign__organ", "unit")):
            for token in assessing.issue_links(subject, "PUBLIC", 6, **self._words):
                self._hand_in(token, n)
            measuring.enter_figure(
                Figure(subject, indicators_of(campaign)[0], Decimal(97 - 4 * n), Decimal(100), "年度任务台账（演示）"), **self._words
            )
        assessing.close(campaign.pk, by=self.one, why="演示：提前结束", at=self.at)
        found = Campaign.objects.select_related("version__scheme", "organ").get(pk=campaign.pk)
        assessed.compute_scores(found, by=self.one, at=self.at)
        return found

    def _hand_in(self, token: str, n: int) -> None:
        sheet = answering.sheet_of(token, self.at)
        assert sheet is not None
        answering.cast(token, {one.field: str(10 - n // 2) for one in sheet.questions}, (), at=self.at)

    def _meeting(self, campaign: Campaign) -> None:
        first, *_rest, last = campaign.subjects.select_related("cadre", "unit")
        organs = (Present("云溪市纪委监委（演示）", "韩立秋"), Present("云溪市审计局（演示）", "杜若飞"))
        said = (
            Said(first, organs[0].organ, "NOTHING"), Said(last, organs[0].organ, "NOTHING"),
            Said(last, organs[1].organ, "MATTER", "审计报告第18号（演示）", "两个项目结算进度慢，正在整改"),
        )  # fmt: skip
        day = self.at.astimezone(clock.TZ).date()
        told = Sitting(day, "白书林", "年度考核情况会商（演示）", organs, said, "请考核办公室一并研究后提出等次建议。")
        reporting.hold(campaign, told, **self._words)

    def _targets(self, organ: Unit) -> None:
        last = before(f"{self.at.astimezone(clock.TZ).date():%Y-%m}")
        book = Workbook(write_only=True)
        targets, stated = book.create_sheet(statements.TARGETS), book.create_sheet(statements.STATEMENTS)
        targets.append(list(statements.TARGET_COLUMNS))
        stated.append(list(statements.COLUMNS))
        for name, measure, better, target, reached in (HOURS, CONTENT):
            for unit, value in zip(self.units, reached, strict=True):
                targets.append([int(last[:4]), unit.code, unit.name, name, measure, better, "按月", target, SOURCE, ""])
                stated.append([unit.code, unit.name, name, last, value, None, SOURCE, ""])
        out = BytesIO()
        book.save(out)
        out.seek(0)
        monitoring.take_in(organ, "单位对账单（演示）.xlsx", out, **self._words)
