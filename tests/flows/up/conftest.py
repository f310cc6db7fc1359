"""People by key, for papers that name them."""

from __future__ import annotations

import pytest

from workflow_app.models import Cadre, Unit


@pytest.fixture
def people(db: None) -> dict[int, str]:
    """王建国 (7), the team (11-13), the committee (21-26) and applicants (31-36)."""
    unit = Unit.objects.create(pk=2, code="T-2", name="市交通运输局", kind="DEPARTMENT", path="/2/")
    names = {7: "王建国", 11: "李敏文", 12: "赵磊安", 13: "陈静平"} | {20 + n: f"委员{word}" for n, word in enumerate("甲乙丙丁戊己", 1)}
    names |= {30 + n: f"报名{word}" for n, word in enumerate("甲乙丙丁戊己", 1)}
    for key, name in names.items():
        Cadre.objects.create(pk=key, number=f"T{key}", name=name, sex="男", unit=unit)
    return names
