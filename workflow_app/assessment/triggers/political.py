"""T-08 from a computed political-quality score: below 80.00 it is studied case by case (003 甘肃). Below 90.00 there is only no 优秀."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from workflow_app.assessment.scoring import compare
from workflow_app.assessment.scoring.tree import CENT, rounded
from workflow_app.assessment.triggers.desks import Draft
from workflow_app.models import Lead


def drafts(scores: Iterable[tuple[int, Decimal | None]], *, year: int) -> Iterator[Draft]:
    """(cadre, political score) -> leads; 80.00 raises none."""
    for cadre, score in scores:
        if score is not None and compare.political(score) == "STUDY":
            shown = rounded(score, CENT)
            words = f"{year}年度政治素质得分{shown}，低于80.00，须一事一议研究"
            evidence: dict[str, object] = {"year": year, "score": str(shown), "rule": "政治素质低于80.00须专题研究（地方做法）"}
            yield Draft(cadre, "T-08", Lead.Suggests.STUDY, f"T-08:{cadre}:{year}", words, (evidence,))
