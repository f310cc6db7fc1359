"""The town of the remedies."""

import pytest

from tests.flows.remedy.story import build_remedies
from tests.story import Town


@pytest.fixture
def town(town: Town) -> Town:
    """云溪市 with the organs that take reviews, appeals and re-appeals."""
    return build_remedies(town)
