"""Weights that people halved because the year before the scores lay too close together (003): applied in the next year's rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from workflow_app.assessment.scoring.inputs import HUNDRED, Group, Indicator, Scheme
from workflow_app.assessment.scoring.tree import rounded
from workflow_app.models import Campaign, SpreadWord

type_part = TypeVar("type_part", Group, Indicator)


def halved(parts: Sequence[type_part], keys: Collection[str]) -> tuple[type_part, ...]:
    """The parts with the weights of `keys` halved; the others take what is free in proportion, so that the sum stays 100 %.

    Where nobody else is there to take it, the weights stay as they are.
    """
    less = sum((one.weight for one in parts if one.key in keys), Decimal()) / 2
    others = sum((one.weight for one in parts if one.key not in keys), Decimal())
    if not less or not others:
        return tuple(parts)
    up = (HUNDRED - less) / others
    return tuple(
        replace(one, weight=rounded(one.weight / 2), halved=True) if one.key in keys else replace(one, weight=rounded(one.weight * up))
        for one in parts
    )


def words_for(campaign: Campaign) -> list[SpreadWord]:
    """What was confirmed after the rounds of the same scheme in the year before."""
    if campaign.version is None:
        return []
    rows = SpreadWord.objects.filter(
        campaign__version__scheme=campaign.version.scheme_id, campaign__year=campaign.year - 1, outcome=SpreadWord.Outcome.HALVED
    )
    return list(rows.select_related("campaign", "by__cadre"))


def applied(scheme: Scheme, words: Collection[SpreadWord]) -> Scheme:
    """The scheme with what was confirmed; its own version stays as it was published."""
    keys = {part: {one.key for one in words if one.part == part} for part in SpreadWord.Part.values}
    return replace(
        scheme,
        groups=halved(scheme.groups, keys[SpreadWord.Part.GROUP]),
        indicators=halved(scheme.indicators, keys[SpreadWord.Part.INDICATOR]),
    )
