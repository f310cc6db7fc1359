"""manage.py load_demo_assessment: a library, three schemes and four campaigns of the fictional prefecture."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import assessing, clock, measuring, outbox
from workflow_app.assessment import demo_library as told
from workflow_app.assessment.campaigns import answering, links, planning
from workflow_app.assessment.feedback.lists import PointRow, draft
from workflow_app.assessment.library.keeping import Words, add_list, add_version
from workflow_app.assessment.measuring import facts, figures
from workflow_app.assessment.schemes import drafting
from workflow_app.models import Account, Cadre, Campaign, Invitation, Library, Outgoing, Scheme, SchemeVersion, Subject, Unit


@dataclass
class Demo:
    """Who acts in the demo, and when."""

    organ: Unit
    by: Account
    second: Account
    at: datetime

    @property
    def words(self) -> dict[str, Any]:
        """Actor and moment of an act."""
        return {"by": self.by, "at": self.at}

    def library(self) -> Library:
        """The library with its lists."""
        made = Library.objects.create(organ=self.organ, name="云溪市考核指标库", source="演示示例，非官方文本", opened_on=date(2025, 6, 1))
        for code, name, aspect, family, measure, definition, source in told.INDICATORS:
            words = Words(name, aspect, family, measure, definition, source, True, date(2025, 6, 1), "首次入库")
            add_version(made, code, words, **self.words)
        for kind, name, entries in told.LISTS:
            add_list(made, kind, name, "演示示例，非官方文本", list(entries), valid_from=date(2025, 6, 1), **self.words)
        return made

    def scheme(self, library: Library, name: str, kind: str, said: drafting.Draft, level: str) -> SchemeVersion:
        """A published scheme."""
        scheme = Scheme.objects.create(organ=self.organ, library=library, name=name, kind=kind, level=level)
        version = drafting.draft(scheme, said, **self.words)
        return assessing.publish(version, by=self.second, at=self.at)

    def campaign(self, version: SchemeVersion | None, name: str, period: str, days: int, numbers: list[str]) -> Campaign:
        """A started campaign."""
        kind = Campaign.Kind.ROUND if version else Campaign.Kind.SPOT
        frame = planning.Frame(name, self.at.year, period, self.at + timedelta(days=days), kind)
        made = planning.plan(self.organ, version, frame, **self.words)
        planning.add_subjects(made, Cadre.objects.filter(number__in=numbers).select_related("unit__parent", "post").order_by("number"))
        if version:
            planning.propose(made)
        assessing.start(made, short="演示组织账号较少，人数不足照常启动", **self.words)
        made.refresh_from_db()
        return made

    def answer(self, campaign: Campaign, share: int) -> None:
        """Some of those invited fetch their links and answer; every `share`-th does not."""
        rows = Invitation.objects.filter(subject__campaign=campaign).select_related("rater__cadre").order_by("id")
        for n, one in enumerate(rows):
            if n % share:
                self._hand_in(links.fetch(one.pk, by=one.rater, at=self.at), n)

    def public(self, campaign: Campaign, count: int) -> None:
        """The public answers about everybody on the list."""
        for subject in Subject.objects.filter(campaign=campaign).select_related("campaign__version", "campaign__organ"):
            for n, token in enumerate(assessing.issue_links(subject, "PUBLIC", count, **self.words)):
                self._hand_in(token, n)

    def measured(self, campaign: Campaign) -> None:
        """A figure for everybody on the list, and one established matter."""
        row = figures.indicators_of(campaign)[0]
        subjects = list(campaign.subjects.select_related("cadre", "campaign__organ", "campaign__version__scheme"))
        for n, subject in enumerate(subjects):
            value = Decimal(96 - 3 * n)
            measuring.enter_figure(figures.Figure(subject, row, value, Decimal(100), "任务台账（演示）"), **self.words)
        day = self.at.astimezone(clock.TZ).date() - timedelta(days=20)
        fact = facts.Fact(
            subjects[-1], "DEDUCTION", Decimal(2), None, "督查通报一次（演示）", "云溪市委督查室", "督查通报第7期（演示）", day
        )
        measuring.establish(fact, **self.words)

    def close(self, campaign: Campaign) -> None:
        """Closed early, and computed at once: the demo has no worker beside it."""
        assessing.close(campaign.pk, by=self.by, why="演示：提前结束", at=self.at)
        for row in Outgoing.objects.filter(kind=Outgoing.Kind.SCORES, target=campaign.pk):
            assessing.score_part(row, self.at)
            outbox.finished(row, self.at)

    def _hand_in(self, token: str, n: int) -> None:
        sheet = answering.sheet_of(token, self.at)
        assert sheet is not None
        given = {one.field: str(7 + (n * 5 + place * 3) % 4) for place, one in enumerate(sheet.questions)}
        answering.cast(token, given, (), at=self.at)


class Command(BaseCommand):
    """Run by load_demo."""

    help = "为演示组织载入指标库、方案和测评"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load once."""
        if Library.objects.exists():
            self.stdout.write("已有指标库，演示考核不再载入。")
            return
        organ, now = Unit.objects.get(code="YX"), clock.now()
        one, two = (Account.objects.get(username=f"assessment_office{n}") for n in (1, 2))
        demo = Demo(organ, one, two, now)
        library = demo.library()
        annual = demo.scheme(library, "乡科级副职年度考核", "ANNUAL", ANNUAL, "TOWN_DEPUTY")
        routine = demo.scheme(library, "科员平时考核", "ROUTINE", ROUTINE, "STAFF")
        numbers = ["YX00002", "YX00003", "YX00004"]
        running = demo.campaign(annual, f"{now.year}年度乡科级副职测评", "年度", 10, numbers)
        demo.answer(running, 3)
        demo.campaign(None, f"{now.year}年随时评", "半年", 60, numbers)
        closed = demo.campaign(routine, f"{now.year}年平时考核测评", "季度", 5, ["YX00007", "YX00008"])
        demo.answer(closed, 5)
        demo.public(closed, 6)
        demo.close(closed)
        yearly = demo.scheme(library, "科员年度考核", "ANNUAL", YEARLY, "STAFF")
        graded = demo.campaign(yearly, f"{now.year}年度科员测评", "年度", 5, [f"YX000{n:02}" for n in range(9, 15)])
        demo.answer(graded, 7)
        demo.measured(graded)
        demo.close(graded)
        subject = Subject.objects.select_related("campaign__organ").filter(campaign=closed).order_by("id")[0]
        draft(subject, _lists(now), **demo.words)
        self.stdout.write("已载入演示考核：指标库1个、方案3个、测评4次（进行中2次，已结束2次，三单待签发、等次待建议）。")


def _lists(now: datetime) -> list[PointRow]:
    due = (now + timedelta(days=30)).date()
    return [
        PointRow("RESULT", "按期完成窗口办件，群众评价好。"), PointRow("PROBLEM", "政策解答不够细，有三件次需要群众二次来访。"),
        PointRow("MEND", "政策解答不够细", "整理常见问题答复口径，每周集中学习一次", due, "本人，分管副局长督促"),
    ]  # fmt: skip


def _groups(*rows: tuple[str, int, int]) -> tuple[drafting.GroupRow, ...]:
    return tuple(drafting.GroupRow(key, Decimal(weight), trimmed=key == "PEERS", least=least) for key, weight, least in rows)


def _indicators(*rows: tuple[str, int]) -> tuple[drafting.IndicatorRow, ...]:
    return tuple(drafting.IndicatorRow(code, Decimal(weight)) for code, weight in rows)


SOURCE = (("权重", "演示示例，项目默认"),)
ANNUAL = drafting.Draft(
    _groups(("SUPERIOR", 30, 1), ("ORGANIZATION", 15, 2), ("PEERS", 25, 2), ("STAFF", 30, 3)),
    _indicators(("B01", 20), ("B02", 15), ("B03", 15), ("Q01", 20), ("G01", 15), ("G02", 15)), routine=Decimal(40), sources=SOURCE,
)  # fmt: skip
ROUTINE = drafting.Draft(
    _groups(("SUPERIOR", 50, 1), ("PUBLIC", 50, 3)), _indicators(("B02", 30), ("G01", 40), ("M01", 30)), sources=SOURCE
)
YEARLY = drafting.Draft(
    _groups(("SUPERIOR", 50, 1), ("STAFF", 50, 3)),
    _indicators(("B01", 40), ("G01", 30), ("Q02", 30)),
    quantitative=Decimal(30),
    sources=SOURCE,
    linked=tuple(
        drafting.LinkedRow(grade, Decimal(share), "演示示例，项目默认")
        for grade, share in (("EXCELLENT", 25), ("GOOD", 20), ("FAIR", 15), ("POOR", 0))
    ),
)
