"""What every test of this room starts from."""

import pytest

from tests.story import Town
from tests.workflow_app.revising.asked import Asked, build


@pytest.fixture
def asked(town: Town) -> Asked:
    """A closed round and its people."""
    return build(town)
