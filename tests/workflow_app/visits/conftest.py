"""A closed round for every test of the sample."""

import pytest
from django.conf import settings
from django.utils import translation

from tests.story import Town
from tests.workflow_app.assessment.stage import Hall, build
from tests.workflow_app.assessment.test_measuring import MEASURED
from tests.workflow_app.visits.sampled import figure
from workflow_app import assessing


@pytest.fixture
def hall(town: Town, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A closed round with a figure of 王建国 and a matter."""
    made = build(town)
    monkeypatch.setattr("tests.workflow_app.assessment.stage.Hall.published.__defaults__", (MEASURED,))
    campaign = made.campaign()
    for rater in (*made.peers, town.people["org_leader1"]):
        made.rate(campaign, rater, 8)
    assessing.close(campaign.pk, by=made.office, why="都已经评完", at=made.at)
    figure(made, 90)
    return made


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    """Whatever language a test before has left behind."""
    translation.activate(settings.LANGUAGE_CODE)
