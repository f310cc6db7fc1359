"""Red, yellow, green: thresholds at their boundaries, runs of an item, and nothing typed in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workflow_app.assessment.warnings.colours import Line, before, of_month, quarter, shade_of


def months(**scores: str) -> dict[str, list[Line]]:
    """m01="85 70": two items in January."""
    return {
        f"2026-{name[1:]}": [Line(n, f"项目{n}", Decimal(one)) for n, one in enumerate(text.split(), 1)] for name, text in scores.items()
    }


@pytest.mark.parametrize(
    ("score", "shade"), [("80.00", "GREEN"), ("79.99", "YELLOW"), ("60.00", "YELLOW"), ("59.99", "RED"), ("79.995", "GREEN"), ("59.9949", "RED")]
)  # fmt: skip
def test_the_thresholds_at_their_boundaries(score: str, shade: str) -> None:
    assert shade_of(Decimal(score)) == shade


def test_the_month_is_the_mean_of_its_items() -> None:
    found = of_month("2026-01", months(m01="90 69.98"))
    assert (str(found.score), found.shade) == ("79.99", "YELLOW")


def test_one_item_two_months_below_green_is_yellow_and_three_are_red() -> None:
    whole = months(m01="99 79", m02="99 79", m03="99 79", m04="99 99")
    assert [of_month(month, whole).shade for month in sorted(whole)] == ["GREEN", "YELLOW", "RED", "GREEN"]
    assert [one.rule for one in of_month("2026-03", whole).reasons] == ["W-SCORE", "W-RUN3"]
    assert of_month("2026-03", whole).reasons[1].months == ("2026-01", "2026-02", "2026-03")


def test_a_month_without_the_item_breaks_its_run() -> None:
    assert of_month("2026-03", months(m01="99 79", m02="99", m03="99 79")).shade == "GREEN"
    assert of_month("2026-03", months(m01="99 79", m03="99 79")).shade == "GREEN"


def test_a_run_of_different_items_is_no_run() -> None:
    assert of_month("2026-02", months(m01="79 99", m02="99 79")).shade == "GREEN"


def test_a_proven_falsification_is_red_whatever_the_score() -> None:
    found = of_month("2026-01", {"2026-01": [Line(1, "招商", Decimal(100), falsified=True)]})
    assert found.shade == "RED"
    assert found.inputs()["reasons"] == [
        {"rule": "W-SCORE", "shade": "GREEN", "item": "", "months": []}, {"rule": "W-FALSE", "shade": "RED", "item": "招商", "months": ["2026-01"]},
    ]  # fmt: skip


@given(some.permutations([Line(n, f"项目{n}", Decimal(60 + n)) for n in range(6)]))
def test_the_order_of_the_lines_changes_nothing(lines: list[Line]) -> None:
    assert of_month("2026-01", {"2026-01": lines}) == of_month("2026-01", {"2026-01": sorted(lines, key=lambda one: one.item)})


def test_months_and_quarters() -> None:
    assert (before("2026-01"), before("2026-03", 2)) == ("2025-12", "2026-01")
    assert [quarter(f"2026-{n:02}")[-2:] for n in (1, 3, 4, 12)] == ["Q1", "Q1", "Q2", "Q4"]
