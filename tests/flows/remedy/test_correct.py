"""R8 纠正: what is put right after a change or a revocation."""

from datetime import timedelta
from typing import Any

import pytest

from flows.remedy.steps.correct import Correct
from tests.flows.remedy.stand import case, printed, refusal, situation

STEP = Correct()


def at(*marks: str, **about: Any) -> Any:
    result = {"decide": {"outcome": "revoke", "measure": None}}
    return situation(case("appeal", state="correcting", marks=marks, settled=result, about=about))


SAMPLE: dict[str, Any] = {
    "post": "恢复副局长职务。", "rank": "", "pay": "补发4月至6月工资。", "amount": 9000, "name": "在全局范围内澄清。", "apology": "", "due_on": at().today,
}  # fmt: skip


@pytest.mark.parametrize("name", ["post", "pay", "name"])
def test_revoked_post_pay_and_name_are_restored(name: str) -> None:
    assert refusal(STEP, SAMPLE, at("revoked")) == ("", "")
    assert refusal(STEP, SAMPLE | {name: " "}, at("revoked")) == ("R8-RESTORE", name)
    assert refusal(STEP, SAMPLE | {name: "未受影响"}, at("revoked")) == ("", "")


def test_a_revoked_grade_has_cost_no_post() -> None:
    assert refusal(STEP, SAMPLE | {"post": ""}, at("revoked", kind="ANNUAL_GRADE")) == ("", "")


def test_changed_at_least_one_thing_follows() -> None:
    nothing = SAMPLE | dict.fromkeys(("post", "rank", "pay", "name"), "")
    assert refusal(STEP, nothing, at("to_correct")) == ("R8-RESTORE", "post")
    assert refusal(STEP, nothing | {"pay": "按新职务执行。"}, at("to_correct")) == ("", "")


def test_the_last_day_is_not_past() -> None:
    assert refusal(STEP, SAMPLE | {"due_on": at().today - timedelta(days=1)}, at()) == ("RM-CORRECT", "due_on")


def test_the_original_organ_orders_and_signs_it_whoever_decided() -> None:
    assert STEP.units(at().case) == [1]
    assert STEP.issuer(at().case) == "中共云溪市委组织部"
    assert STEP.settle(at(), SAMPLE)["items"] == ["恢复职务", "恢复工资待遇", "恢复名誉、消除影响"]


def test_the_paper_lists_what_is_restored() -> None:
    html = printed(STEP, SAMPLE, at("revoked"))
    for text in ("纠正执行通知书", "恢复副局长职务。", "9000元", "撤销原决定", "降职"):
        assert text in html
