"""No trigger, score, colour or quota decides: assessment has no way to a case (with the import contract in pyproject.toml)."""

from __future__ import annotations

import ast
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.story import Town
from workflow_app.assessment.triggers import political
from workflow_app.assessment.triggers.desks import raise_all
from workflow_app.models import AssessmentResult, Case, Decision, Document, ImportBatch, Lead, Record, WorkItem

ROOM = Path(settings.BASE_DIR) / "workflow_app" / "assessment"
MOVING = {"Case", "WorkItem", "Decision", "Document", "Record", "Deadline", "Service", "Hand", "SigningSheet"}


def imported() -> list[tuple[str, str, str]]:
    """(file, module, name) of everything that assessment imports."""
    return [
        (file.name, node.module or "", one.name)
        for file in sorted(ROOM.rglob("*.py")) for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom) for one in node.names
    ]  # fmt: skip


def test_assessment_knows_neither_the_door_nor_the_tables_of_a_case() -> None:
    found = imported()
    assert len(found) > 50
    assert not [one for one in found if one[2] in MOVING or one[1].startswith(("workflow_app.conduct", "workflow_app.pages", "flows"))]


def test_the_import_contract_stands() -> None:
    contracts = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    held = next(one for one in contracts if one["name"] == "Assessment cannot move a case")
    assert held["source_modules"] == ["workflow_app.assessment"]
    assert set(held["forbidden_modules"]) >= {"workflow_app.conduct", "workflow_app.pages", "flows"}


@pytest.mark.django_db
def test_raising_every_lead_there_is_touches_no_case(town: Town) -> None:
    batch = ImportBatch.objects.create(file_name="r.xlsx", digest="d", rows=1, imported_at=town.at)
    known: dict[str, Any] = {
        "unit": town.wang.unit,
        "post_title": "副局长",
        "post_level": "COUNTY_DEPUTY",
        "comparison_group": "g",
        "batch": batch,
    }
    AssessmentResult.objects.create(cadre=town.wang, year=2025, grade="INCOMPETENT", row=1, **known)
    drafts = list(political.drafts([(town.wang.pk, Decimal("79.99")), (town.wang.pk, Decimal("80.00"))], year=2025))
    assert raise_all(drafts, at=town.at, due_on=town.today) == 1
    assert raise_all(drafts, at=town.at, due_on=town.today) == 0, "a second run raises none anew"
    assert Lead.objects.get().suggests == "STUDY"
    for model in (Case, WorkItem, Decision, Document, Record):
        assert not model.objects.exists(), model
