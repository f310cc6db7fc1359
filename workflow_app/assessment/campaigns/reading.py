"""What scoring gets from a campaign: every rated person with the raw rows. Only a closed campaign has ratings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from workflow_app.assessment.schemes import halving
from workflow_app.assessment.schemes.reading import key_of, value_of
from workflow_app.assessment.scoring import inputs
from workflow_app.models import Campaign, Established, Measured, Rating, Subject

KIND = Established.Kind
ADJUSTS = {KIND.DEBT: inputs.Adjustment.DEBT, KIND.BONUS: inputs.Adjustment.BONUS, KIND.DEDUCTION: inputs.Adjustment.DEDUCTION}


def scheme_of(campaign: Campaign) -> inputs.Scheme:
    """The frozen scheme of a round, with the weights that were halved after the year before. Raises ValueError for 随时评, which has none."""
    if campaign.version is None:
        raise ValueError("随时评没有考核方案")
    return halving.applied(value_of(campaign.version), halving.words_for(campaign))


def rated_of(campaign: Campaign, subjects: Collection[int] | None = None) -> list[inputs.Rated]:
    """Every rated person (or those of `subjects` alone), in the order of the list.

    `person` is the key of the cadre or the unit; a row's name is `rating:<random key>`. A matter that was taken back does not count.
    """
    wanted = Subject.objects.filter(campaign=campaign)
    if subjects is not None:
        wanted = wanted.filter(pk__in=subjects)
    raws = _ratings(wanted)
    for subject, raw in _figures(wanted).items():
        raws[subject] += raw
    facts: dict[int, list[Established]] = defaultdict(list)
    rows = Established.objects.filter(subject__in=wanted, taken_back__isnull=True)
    for fact in rows.select_related("indicator__indicator__indicator").order_by("id"):
        facts[fact.subject_id].append(fact)
    return [_rated(one, raws[one.pk], facts[one.pk]) for one in wanted]


def _ratings(wanted: QuerySet[Subject]) -> dict[int, list[inputs.Raw]]:
    found: dict[int, list[inputs.Raw]] = defaultdict(list)
    rows = Rating.objects.filter(slip__subject__in=wanted, indicator__isnull=False)
    for one in rows.select_related("slip", "indicator__indicator__indicator").order_by("key"):
        assert one.indicator is not None
        found[one.slip.subject_id].append(inputs.Raw(f"rating:{one.key}", key_of(one.indicator), one.value, one.slip.group, one.scale))
    return found


def _figures(wanted: QuerySet[Subject]) -> dict[int, list[inputs.Raw]]:
    """The newest figure of each indicator; what it corrects stays in the table."""
    newest: dict[tuple[int, int], Measured] = {}
    for one in Measured.objects.filter(subject__in=wanted).select_related("indicator__indicator__indicator").order_by("id"):
        newest[one.subject_id, one.indicator_id] = one
    found: dict[int, list[inputs.Raw]] = defaultdict(list)
    for one in newest.values():
        found[one.subject_id].append(inputs.Raw(f"figure:{one.pk}", key_of(one.indicator), one.value, "", one.scale))
    return found


def _rated(subject: Subject, raws: list[inputs.Raw], facts: list[Established]) -> inputs.Rated:
    coefficients = [one.amount for one in facts if one.kind == KIND.COEFFICIENT]
    return inputs.Rated(
        person=subject.key,
        comparison=subject.comparison_group,
        raws=tuple(raws),
        adjusted=tuple(
            inputs.Adjusted(f"fact:{one.pk}", ADJUSTS[KIND(one.kind)], one.amount, one.why)
            for one in facts if one.kind in ADJUSTS and one.amount is not None
        ),
        vetoes=tuple(inputs.Veto(f"fact:{one.pk}", one.why) for one in facts if one.kind == KIND.VETO),
        falsified=tuple(key_of(one.indicator) for one in facts if one.kind == KIND.FALSIFIED and one.indicator),
        routine=tuple(
            inputs.Raw(f"fact:{one.pk}", "", one.amount) for one in facts if one.kind == KIND.ROUTINE and one.amount is not None
        ),
        coefficient=coefficients[-1] if coefficients else None,
    )  # fmt: skip
