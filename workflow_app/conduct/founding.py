"""A new case: its number, the law figures and the path version that it keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow_app.conduct import carry
from workflow_app.law import current_edition
from workflow_app.models import Cadre, Case, Unit
from workflow_app.nodes import Path
from workflow_app.steps import Situation


def found_case(path: type[Path], cadre: Cadre, organ: Unit, at: datetime, *, state: str = "", **more: Any) -> Case:
    """The row of a new case; `more` are further columns."""
    year = Situation(Case(), None, at, {}).today.year
    number = carry.next_number(organ.pk, year, f"CASE-{path.prefix}")
    edition = current_edition()
    case: Case = path.process_class(
        flow_class=path, cadre=cadre, organ=organ, number=f"{organ.organ_code}{path.prefix}〔{year}〕{number}号",
        state=state or path.process_class.START, path_version=path.version, law=edition, created=at,
        switches={row["name"]: row["default"] == "on" for row in edition.figures["switches"]}, **more,
    )  # fmt: skip
    # Whether it stays open is known only after its first act: a clue may be merged into the one open case of the same cadre.
    case.finished = at
    case.save()
    case.finished = None
    return case
