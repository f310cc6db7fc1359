"""A small office that assesses: a library, a scheme, and people of 市交通运输局 who rate one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.story import Town
from workflow_app import assessing
from workflow_app.assessment.campaigns import answering, links, planning
from workflow_app.assessment.library.keeping import Words, add_version
from workflow_app.assessment.schemes import drafting
from workflow_app.assessment.schemes.drafting import Draft, GroupRow, IndicatorRow
from workflow_app.models import Account, Cadre, Campaign, Invitation, Library, Post, Scheme, SchemeVersion, Subject

GROUPS = (GroupRow("SUPERIOR", Decimal(30)), GroupRow("PEERS", Decimal(30), trimmed=True), GroupRow("PUBLIC", Decimal(40), least=2))
INDICATORS = (IndicatorRow("Z01", Decimal(30)), IndicatorRow("J01", Decimal(50)), IndicatorRow("M01", Decimal(20), groups=("PUBLIC",)))
GOOD = Draft(GROUPS, INDICATORS)


@dataclass
class Hall:
    """Where assessments are made: the people, the moment, the library and a scheme."""

    town: Town
    at: datetime
    library: Library
    scheme: Scheme
    peers: list[Account] = field(default_factory=list)

    @property
    def office(self) -> Account:
        """The assessment office."""
        return self.town.people["assessment_office1"]

    @property
    def second(self) -> Account:
        """A colleague there."""
        return self.town.people["assessment_office2"]

    def published(self, draft: Draft = GOOD) -> SchemeVersion:
        """A published version."""
        version = drafting.draft(self.scheme, draft, by=self.office, at=self.at)
        assessing.publish(version, by=self.second, at=self.at)
        version.refresh_from_db()
        return version

    def campaign(self, *, started: bool = True) -> Campaign:
        """王建国 is rated by two peers; the public gets links."""
        frame = planning.Frame("2025年度测评", 2025, "年度", self.at + timedelta(days=7))
        campaign = planning.plan(self.town.city, self.published(), frame, by=self.office, at=self.at)
        planning.add_subjects(campaign, [self.town.wang])
        subject = Subject.objects.get(campaign=campaign)
        for rater in self.peers:
            Invitation.objects.create(subject=subject, group="PEERS", rater=rater)
        Invitation.objects.create(subject=subject, group="SUPERIOR", rater=self.town.people["org_leader1"])
        if started:
            assessing.start(campaign, by=self.office, at=self.at)
            campaign.refresh_from_db()
        return campaign

    def rate(self, campaign: Campaign, rater: Account, points: int) -> None:
        """Fetch the link and hand the form in, every indicator with the same points."""
        invitation = Invitation.objects.get(subject__campaign=campaign, rater=rater)
        self.answer(links.fetch(invitation.pk, by=rater, at=self.at), points)

    def answer(self, token: str, points: int, *tags: str) -> None:
        """Hand a form in."""
        sheet = answering.sheet_of(token, self.at)
        assert sheet is not None
        answering.cast(token, {one.field: str(points) for one in sheet.questions}, tags, at=self.at)


def build(town: Town) -> Hall:
    """The hall on 2026-01-10."""
    at = datetime.fromisoformat("2026-01-10T09:00:00+08:00")
    library = Library.objects.create(organ=town.city, name="云溪市考核指标库", source="市考核办法", opened_on=date(2025, 1, 1))
    by = town.people["assessment_office1"]
    for code, name, aspect, measure in (
        ("Z01", "政治素质", "MORALS", "QUALITATIVE"), ("J01", "工作实绩", "RESULTS", "QUALITATIVE"),
        ("M01", "服务满意度", "SATISFACTION", "QUALITATIVE"), ("D01", "重点任务完成率", "RESULTS", "QUANTITATIVE"),
    ):  # fmt: skip
        words = Words(name, aspect, "BASIC", measure, f"按{name}评分口径评分。", "日常记录", True, date(2025, 1, 1), "首次入库")
        add_version(library, code, words, by=by, at=at)
    scheme = Scheme.objects.create(organ=town.city, library=library, name="市管副职年度考核", kind="ANNUAL")
    hall = Hall(town, at, library, scheme)
    post = Post.objects.create(unit=town.wang.unit, title="副局长（二）", level="COUNTY_DEPUTY", leadership_post=True)
    for number, name in (("YX00021", "何晓晨"), ("YX00022", "吕志远")):
        cadre = Cadre.objects.create(number=number, name=name, sex="男", unit=town.wang.unit, post=post)
        hall.peers.append(Account.objects.create(username=number.lower(), cadre=cadre, password="!"))
    return hall
