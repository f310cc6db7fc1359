"""Declared ties between cadres, which call for recusal (CSL 74, 76)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from workflow_app.models import Cadre, Tie


def tied(people: Iterable[int], others: Iterable[int]) -> list[int]:
    """Which of `people` have a declared tie with one of `others`."""
    ours, theirs = set(people), set(others)
    if not ours or not theirs:
        return []
    either = Q(one__in=ours, other__in=theirs) | Q(one__in=theirs, other__in=ours)
    pairs = Tie.objects.filter(either).values_list("one_id", "other_id")
    return sorted({one for pair in pairs for one, other in (pair, pair[::-1]) if one in ours and other in theirs})


def names_of_tied(people: Iterable[int], others: Iterable[int]) -> str:
    """Their names, for a refusal; empty when nobody has such a tie."""
    found = tied(people, others)
    return "、".join(Cadre.objects.filter(pk__in=found).order_by("number").values_list("name", flat=True)) if found else ""
