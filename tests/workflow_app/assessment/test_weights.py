"""A weight set makes 100, or it is refused aloud with its sum."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from workflow_app.assessment.scoring.inputs import Group, Indicator, Kind, Scheme
from workflow_app.assessment.scoring.weights import faults, normalised

PANEL = {"组织部门": 20, "上级分管领导": 15, "同级班子成员": 15, "群众与服务对象": 35, "第三方": 15, "舆论监督": 5}


def scheme(weights: dict[str, int] | None = None) -> Scheme:
    """A scheme with one indicator and the given rater groups."""
    groups = tuple(Group(str(n), name, Decimal(weight)) for n, (name, weight) in enumerate((weights or {"群众": 100}).items()))
    return Scheme("annual", "年度考核", "1", groups, (Indicator("results", "工作实绩", Decimal(100)),))


def test_the_panel_of_the_seed_adds_up_to_105_and_is_refused_with_its_sum() -> None:
    assert faults(scheme(PANEL)) == ["评价主体权重合计105%；应为100%（20＋15＋15＋35＋15＋5）"]


def test_normalised_the_panel_makes_exactly_100() -> None:
    found = normalised([Decimal(weight) for weight in PANEL.values()])
    assert [str(one) for one in found] == ["19.05", "14.29", "14.29", "33.32", "14.29", "4.76"]
    assert sum(found) == 100


@given(some.lists(some.integers(1, 1000), min_size=1, max_size=12))
def test_normalising_makes_exactly_100_and_stays_beside_the_proportions(weights: list[int]) -> None:
    found = normalised([Decimal(one) for one in weights])
    assert sum(found) == 100
    heaviest = weights.index(max(weights))
    for place, (one, share) in enumerate(zip(weights, found, strict=True)):
        exact = Decimal(one) * 100 / sum(weights)
        assert abs(share - exact) <= Decimal("0.005") * (len(weights) if place == heaviest else 1)


def test_every_fault_of_a_scheme_is_told_at_once() -> None:
    bad = replace(
        scheme({"群众": 60, "同级": 30}), quantitative=Decimal(70), routine=Decimal(100), multiplier_base=Decimal(0),
        indicators=(
            Indicator("results", "工作实绩", Decimal(70), groups=("nobody",)), Indicator("results", "政治素质", Decimal(40)),
        ),
    )  # fmt: skip
    assert faults(bad) == [
        "评价主体权重合计90%；应为100%（60＋30）", "指标权重合计110%；应为100%（70＋40）", "指标“results”重复；每项只列一次",
        "指标“工作实绩”列有评价主体“nobody”；应为方案中的评价主体", "定有定量和定性占比，但只有一类指标；应两类指标都有",
        "平时考核占比100%；应在0%和100%之间", "乘数基准0；应大于0",
    ]  # fmt: skip


def test_a_good_scheme_has_no_fault() -> None:
    measured = Indicator("debt", "债务率", Decimal(30), Kind.QUANTITATIVE)
    good = replace(
        scheme(), quantitative=Decimal(70), indicators=(measured, Indicator("results", "工作实绩", Decimal(70))), routine=Decimal(40)
    )
    assert faults(good) == []
