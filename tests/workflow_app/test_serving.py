"""A service is proven of a paper that is there."""

from __future__ import annotations

import pytest

from tests.story import Town, open_case
from workflow_app.conduct import serving
from workflow_app.conduct.turn import locked
from workflow_app.models import Service
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db


def test_what_was_never_issued_cannot_be_served(town: Town) -> None:
    case = open_case(town)
    with (
        pytest.raises(Refused, match="没有可以送达的文书") as refused,
        locked(case.pk, at=town.at, by=town.people["org_leader1"], key=None) as turn,
    ):
        serving._service(turn, {"of": "decide", "served_on": "2026-03-02", "mode": "in_person", "receiver": "王建国"}, 1, [])
    assert refused.value.way_out and not Service.objects.exists()
