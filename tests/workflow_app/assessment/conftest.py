"""The hall for every test of an assessment that needs the database."""

import pytest

from tests.story import Town
from tests.workflow_app.assessment.stage import Hall, build


@pytest.fixture
def hall(town: Town) -> Hall:
    """A library, a scheme, and raters."""
    return build(town)
