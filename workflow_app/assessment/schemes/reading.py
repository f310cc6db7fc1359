"""A scheme's version as the frozen value that scoring computes with."""

from __future__ import annotations

from workflow_app.assessment.scoring import inputs
from workflow_app.models import IndicatorVersion, SchemeGroup, SchemeIndicator, SchemeVersion

GROUP, ASPECT = SchemeGroup.Key, IndicatorVersion.Aspect


def key_of(row: SchemeIndicator) -> str:
    """The key of a scheme's indicator in scoring: the code that the library gives it."""
    return row.indicator.indicator.code


def rows_of(version: SchemeVersion) -> list[SchemeIndicator]:
    """The indicators of a version with what the library says of them."""
    return list(version.indicators.select_related("indicator__indicator"))


def value_of(version: SchemeVersion) -> inputs.Scheme:
    """The version as scoring reads it; `key` is the scheme, `edition` the version."""
    return inputs.Scheme(
        key=str(version.scheme_id),
        name=version.scheme.name,
        edition=str(version.number),
        groups=tuple(
            inputs.Group(one.key, one.get_key_display(), one.weight, one.trimmed, one.key == GROUP.PUBLIC, one.least)
            for one in version.groups.all()
        ),
        indicators=tuple(
            inputs.Indicator(
                key_of(one), one.indicator.name, one.weight, inputs.Kind(one.indicator.measure), tuple(one.groups), one.floor,
                one.indicator.aspect == ASPECT.MORALS,
            )
            for one in rows_of(version)
        ),
        quantitative=version.quantitative, routine=version.routine, multiplier_base=version.multiplier_base, floored_to=version.floored_to,
        sources=tuple((str(figure), str(source)) for figure, source in version.sources),
    )  # fmt: skip
