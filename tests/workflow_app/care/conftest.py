"""A pool for every test of care."""

import pytest

from tests.story import Town
from workflow_app import caring
from workflow_app.models import Pool


@pytest.fixture
def pool(town: Town) -> Pool:
    """A pool that tells its people."""
    by = town.people["org_leader1"]
    return caring.open_pool(town.city, "水利交通专业人选库", "为水利、交通类单位班子正职储备。", told=True, by=by, at=town.at)
