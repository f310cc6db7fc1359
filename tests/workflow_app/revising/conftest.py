"""What every test of this room starts from."""

import pytest

from tests.story import Town
from tests.workflow_app.assessment import stage
from tests.workflow_app.revising.asked import Asked, build
from tests.workflow_app.revising.circle import Circle
from workflow_app import consulting


@pytest.fixture
def asked(town: Town) -> Asked:
    """A closed round and its people."""
    return build(town)


@pytest.fixture
def circle(town: Town) -> Circle:
    """A register with five experts of one field."""
    hall = stage.build(town)
    made = Circle(hall, consulting.add_field(hall.library.organ, "绩效评价", by=hall.office, at=hall.at))
    made.people = [made.enter(f"专家{n}") for n in "甲乙丙丁戊"]
    return made
