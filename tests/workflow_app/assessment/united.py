"""A small hall in which units are rated: six bureaus with a head each, a scheme about units, and one about their leaders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.workflow_app.assessment.stage import Hall
from workflow_app import assessing, grading, measuring
from workflow_app.assessment.campaigns import planning
from workflow_app.assessment.measuring.figures import Figure, indicators_of
from workflow_app.assessment.results.grades import Wish
from workflow_app.assessment.schemes import drafting
from workflow_app.assessment.schemes.drafting import Draft, GroupRow, IndicatorRow, LinkedRow
from workflow_app.models import Account, Cadre, Campaign, Invitation, Post, Scheme, SchemeVersion, Subject, Unit
from workflow_app.worker import Worker

NAMES = ("市财政局", "市水利局", "市农业农村局", "市教育局", "市文化旅游局", "市审计局")
HEADS = ("宋岚", "丁一鸣", "贺书铭", "孟清和", "姚远", "杜若飞")
TABLE = (LinkedRow("EXCELLENT", Decimal(25), "云溪市挂钩办法第5条"), LinkedRow("GOOD", Decimal(20), "云溪市挂钩办法第5条"),
         LinkedRow("FAIR", Decimal(15), "云溪市挂钩办法第5条"), LinkedRow("POOR", Decimal(0), "云溪市挂钩办法第5条"))  # fmt: skip
OF_UNITS = Draft(
    (GroupRow("SUPERIOR", Decimal(40)), GroupRow("PEERS", Decimal(30)), GroupRow("PUBLIC", Decimal(30))),
    (IndicatorRow("Z01", Decimal(40)), IndicatorRow("D01", Decimal(60))),
)
OF_LEADERS = Draft((GroupRow("PUBLIC", Decimal(100)),), (IndicatorRow("Z01", Decimal(100)),), linked=TABLE)


@dataclass
class Bureaus:
    """The units, their heads' accounts, and who acts."""

    hall: Hall
    units: list[Unit] = field(default_factory=list)
    heads: list[Account] = field(default_factory=list)

    @property
    def words(self) -> dict[str, Any]:
        """The office, now."""
        return {"by": self.hall.office, "at": self.hall.at}

    def scheme(self, said: Draft, about: str = "UNITS", kind: str = "ANNUAL", name: str = "市直单位年度考核") -> SchemeVersion:
        """A published scheme."""
        made, _new = Scheme.objects.get_or_create(organ=self.hall.town.city, library=self.hall.library, name=name, kind=kind, about=about)
        version = drafting.draft(made, said, **self.words)
        return assessing.publish(version, by=self.hall.second, at=self.hall.at)

    def round(self, version: SchemeVersion, name: str = "2025年度单位考核") -> Campaign:
        """A planned round."""
        frame = planning.Frame(name, 2025, "年度", self.hall.at + timedelta(days=7))
        return planning.plan(self.hall.town.city, version, frame, **self.words)

    def rated(self, said: Draft = OF_UNITS, name: str = "2025年度单位考核", **scheme: str) -> Campaign:
        """A closed round about the six: superior and peers 8 of 10, the public 7, figures 70 to 95."""
        campaign = self.round(self.scheme(said, **scheme), name)
        planning.add_units(campaign, self.units)
        for subject in campaign.subjects.select_related("unit"):
            Invitation.objects.create(subject=subject, group="SUPERIOR", rater=self.hall.town.people["org_leader1"])
        planning.propose(campaign)
        assessing.start(campaign, short="演示，按现有人员评价", **self.words)
        campaign.refresh_from_db()
        for one in Invitation.objects.filter(subject__campaign=campaign, group__in=("SUPERIOR", "PEERS")).select_related("rater"):
            self.hall.answer(self._link(one), 8)
        for place, subject in enumerate(campaign.subjects.select_related("unit", "campaign__version", "campaign__organ")):
            for token in assessing.issue_links(subject, "PUBLIC", 6, **self.words):
                self.hall.answer(token, 7)
            for row in indicators_of(campaign):
                measuring.enter_figure(Figure(subject, row, Decimal(70 + 5 * place), Decimal(100), "市统计局核定表"), **self.words)
        assessing.close(campaign.pk, by=self.hall.office, why="各单位都已评价", at=self.hall.at)
        Worker().work_off(self.hall.at)
        return Campaign.objects.select_related("version__scheme", "organ").get(pk=campaign.pk)

    def _link(self, one: Invitation) -> str:
        return assessing.links.fetch(one.pk, by=one.rater, at=self.hall.at)

    def grade(self, campaign: Campaign, *given: str) -> None:
        """Grades proposed and settled."""
        wishes = [Wish(one, grade, "重点工作落后，经核实") for one, grade in zip(subjects(campaign), given, strict=True)]
        grading.propose(campaign, wishes, **self.words)
        grading.settle(campaign, "市委常委会2026年第3次", by=self.hall.town.people["org_leader1"], at=self.hall.at)


def subjects(campaign: Campaign) -> list[Subject]:
    """The rated, in their order."""
    return list(campaign.subjects.select_related("cadre__unit", "unit", "campaign__organ", "campaign__version__scheme").order_by("id"))


def built(hall: Hall) -> Bureaus:
    """Six bureaus below the city, each with a head."""
    made = Bureaus(hall)
    for n, (name, head) in enumerate(zip(NAMES, HEADS, strict=True)):
        unit = Unit.objects.create(code=f"YX-2{n}", name=name, kind="DEPARTMENT", parent=hall.town.city)
        unit.path = f"{hall.town.city.path}{unit.pk}/"
        unit.save()
        post = Post.objects.create(unit=unit, title="局长", level="COUNTY_HEAD", leadership_post=True, is_leading_member=True)
        cadre = Cadre.objects.create(number=f"YX0003{n}", name=head, sex="女", unit=unit, post=post)
        made.units.append(unit)
        made.heads.append(Account.objects.create(username=f"head{n}", cadre=cadre, password="!"))
    return made
