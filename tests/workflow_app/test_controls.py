"""What a page posts beside the facts of a step never bears the name of a fact."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from workflow_app.nodes import PATHS

CONTROL = re.compile(r'name="([a-z_]+)"')
STEPS = {f"{name}.{node.step.name}": node.step for name, path in PATHS.items() for node in path.humans()}


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
def test_no_fact_bears_the_name_of_a_control(step: object) -> None:
    controls = {"do", "csrfmiddlewaretoken"}
    for page in ("preview", "task", "opening"):
        controls |= set(CONTROL.findall((settings.BASE_DIR / "templates" / "pages" / f"{page}.html").read_text(encoding="utf-8"))) - {
            "reason"
        }
    facts = {*step.Facts.base_fields, *step.Facts.rows}  # type: ignore[attr-defined]
    assert not facts & controls
