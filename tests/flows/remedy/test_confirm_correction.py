"""R8 纠正执行: everything that was ordered, with days and proof."""

from datetime import timedelta
from typing import Any

from flows.remedy.steps.confirm_correction import ConfirmCorrection
from flows.roles import Role
from tests.flows.remedy.stand import case, printed, refusal, situation

STEP = ConfirmCorrection()


def at(*marks: str) -> Any:
    return situation(case("appeal", state="corrected", marks=marks, settled={"correct": {"items": ["恢复职务", "恢复工资待遇"]}}))


def done(*items: str, days: int = 0) -> dict[str, Any]:
    return {"done": [{"item": item, "done_on": at().today + timedelta(days=days), "proof": "任免通知"} for item in items], "note": ""}


ALL = done("恢复职务", "恢复工资待遇")


def test_everything_ordered_is_done() -> None:
    assert refusal(STEP, ALL, at()) == ("", "")
    assert refusal(STEP, done("恢复职务"), at()) == ("R8-DONE", "done")


def test_nothing_is_done_tomorrow() -> None:
    assert refusal(STEP, done("恢复职务", "恢复工资待遇", days=1), at()) == ("R8-DONE", "done")


def test_two_people_of_the_original_organ_confirm() -> None:
    assert [slot.role for slot in STEP.slots(at(), ALL)] == [Role.ORIGINAL_ORGAN]
    assert STEP.units(at().case) == [1]


def test_the_rows_stand_ready_and_the_paper_shows_them() -> None:
    assert [row["item"] for row in STEP.on_desk(at())["done"]] == ["恢复职务", "恢复工资待遇"]
    html = printed(STEP, ALL, at())
    assert "任免通知" in html
    assert "2026年3月20日" in html
