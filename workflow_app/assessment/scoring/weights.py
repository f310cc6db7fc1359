"""Weights: they make 100, or the set is refused with its sum; normalising is a recorded choice of somebody, never a silent one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from workflow_app.assessment.scoring.inputs import HUNDRED, Kind, Scheme

CENT = Decimal("0.01")


def faults(scheme: Scheme) -> list[str]:
    """What is wrong with a scheme, each with place and expectation; an empty list is a good scheme."""
    return [
        *_sum("评价主体权重", [(one.name, one.weight) for one in scheme.groups]),
        *_sum("指标权重", [(one.name, one.weight) for one in scheme.indicators]),
        *_twice("评价主体", [one.key for one in scheme.groups]),
        *_twice("指标", [one.key for one in scheme.indicators]),
        *_strange(scheme),
        *_shares(scheme),
    ]


def _sum(what: str, named: list[tuple[str, Decimal]]) -> list[str]:
    if not named:
        return [f"{what}：一项也没有；至少一项，合计100%"]
    bad = [f"{what}“{name}”为{weight}%；应在0%和100%之间" for name, weight in named if not 0 < weight <= HUNDRED]
    total = sum((weight for _, weight in named), Decimal())
    return bad if total == HUNDRED else [*bad, f"{what}合计{figure(total)}%；应为100%（{'＋'.join(figure(w) for _, w in named)}）"]


def _twice(what: str, keys: list[str]) -> list[str]:
    return [f"{what}“{key}”重复；每项只列一次" for key in sorted(set(keys)) if keys.count(key) > 1]


def _strange(scheme: Scheme) -> list[str]:
    known = {one.key for one in scheme.groups}
    return [
        f"指标“{one.name}”列有评价主体“{key}”；应为方案中的评价主体" for one in scheme.indicators for key in one.groups if key not in known
    ]


def _shares(scheme: Scheme) -> list[str]:
    found = []
    kinds = {one.kind for one in scheme.indicators}
    if scheme.quantitative is not None and not 0 < scheme.quantitative < HUNDRED:
        found.append(f"定量占比{figure(scheme.quantitative)}%；应在0%和100%之间")
    if scheme.quantitative is not None and kinds != set(Kind):
        found.append("定有定量和定性占比，但只有一类指标；应两类指标都有")
    if scheme.routine is not None and not 0 < scheme.routine < HUNDRED:
        found.append(f"平时考核占比{figure(scheme.routine)}%；应在0%和100%之间")
    if scheme.multiplier_base is not None and scheme.multiplier_base <= 0:
        found.append(f"乘数基准{figure(scheme.multiplier_base)}；应大于0")
    return found


def normalised(weights: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """The same proportions to the sum of exactly 100, two decimals; what rounding leaves goes to the heaviest, the first of equals.

    Used only when an administrator chooses it and the choice is recorded (P): 20+15+15+35+15+5 = 105 becomes 19.05, 14.29, ...
    """
    given = tuple(weights)
    total = sum(given, Decimal())
    if total <= 0:
        raise ValueError("weights must be positive")
    rounded = [(one * HUNDRED / total).quantize(CENT, ROUND_HALF_UP) for one in given]
    heaviest = max(range(len(given)), key=lambda n: (given[n], -n))
    rounded[heaviest] += HUNDRED - sum(rounded, Decimal())
    return tuple(rounded)


def figure(number: Decimal) -> str:
    """Without trailing zeros and without an exponent: 105, 14.29."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
