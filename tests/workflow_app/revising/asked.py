"""A closed round whose six people have accounts, and a survey of its scheme that some of them answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import surveying
from workflow_app.assessment.campaigns.links import digest_of
from workflow_app.models import Account, Campaign, Invitation, Subject, Survey
from workflow_app.revising import surveys


@dataclass
class Asked:
    """The round, who stands around it, and the moment."""

    town: Town
    campaign: Campaign
    people: list[Account]
    at: datetime

    @property
    def office(self) -> Account:
        """Starts and closes."""
        return self.town.people["assessment_office1"]

    @property
    def ends(self) -> datetime:
        """When the survey is over."""
        return self.at + timedelta(days=7)

    def start(self) -> Survey:
        """The survey."""
        return surveying.start(self.campaign, self.ends, by=self.office, at=self.at)

    def answer(self, survey: Survey, who: Account, points: int, words: str = "") -> None:
        """Fetch the link and hand the form in, every question with the same points."""
        token = surveying.fetch(survey.invitations.get(person=who), by=who, at=self.at)
        surveys.cast(digest_of(token), dict.fromkeys(surveys.QUESTIONS, str(points)), words, at=self.at)

    def answered(self, *points: int, words: str = "") -> Survey:
        """A survey over, answered by the first of the people."""
        survey = self.start()
        for who, value in zip(self.people, points, strict=False):
            self.answer(survey, who, value, words)
        surveying.close(survey, by=None, why="", at=self.ends)
        return Survey.objects.select_related("closing").get(pk=survey.pk)


def build(town: Town) -> Asked:
    """何晓晨 and four more are rated beside 王建国; five more rate."""
    campaign = closed(town)
    people = [town.people["wang"]]
    for subject in Subject.objects.filter(campaign=campaign).exclude(cadre=town.wang).select_related("cadre"):
        people.append(Account.objects.create(username=subject.cadre.number.lower(), cadre=subject.cadre, password="!"))
    first = Subject.objects.filter(campaign=campaign).earliest("pk")
    for name in ("org_leader1", "org_leader2", "org_leader3", "case_handler2", "case_handler3"):
        Invitation.objects.create(subject=first, group="SUPERIOR", rater=town.people[name])
        people.append(town.people[name])
    return Asked(town, campaign, people, town.at)
