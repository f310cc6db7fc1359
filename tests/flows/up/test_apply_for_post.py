"""U2c 报名."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.up.steps.apply_for_post import ApplyForPost
from tests.flows.down.stand import somebody
from tests.flows.up.stand import case, moved, printed, refusal, situation
from workflow_app.models import Unit
from workflow_app.steps import Situation

STEP = ApplyForPost()
SAMPLE: dict[str, Any] = {
    "resume": "1996年参加工作。", "qualifications": "任副职三年。", "statement": "愿意担当。", "phone": "13800000000",
    "attached": [{"name": "学历.pdf", "sha256": "ab" * 32, "size": 10}], "true": True,
}  # fmt: skip


def at(*, today: date = date(2026, 3, 27), applied: tuple[int, ...] = ()) -> Situation:
    own = somebody(31, "报名甲")
    own.cadre.unit = Unit(pk=2, name="市水利局")  # type: ignore[union-attr]
    settled = {
        "announce_competition": {"last_day": "2026-03-27"},
        "apply_for_post": {"applicants": [{"cadre": n, "name": "", "post_title": ""} for n in applied]},
    }
    return situation(case("applying", settled=settled), today=today, actor=own)


def test_a_cadre_applies_until_the_last_day_is_over() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE, at(today=date(2026, 3, 28))) == ("UP-COMP-APPLY", "")


def test_everybody_applies_once() -> None:
    assert refusal(STEP, SAMPLE, at(applied=(31,))) == ("U2C-ONCE", "")
    assert refusal(STEP, SAMPLE, at(applied=(32,))) == ("", "")


def test_it_is_to_be_true() -> None:
    assert refusal(STEP, SAMPLE | {"true": False}, at()) == ("U2C-TRUE", "true")


def test_applicants_are_added_up_and_applications_stay_open() -> None:
    settled = STEP.settle(at(applied=(32,)), SAMPLE)
    assert [one["cadre"] for one in settled["applicants"]] == [32, 31]  # type: ignore[index, attr-defined]
    assert moved(case("applying"), "apply_for_post") == "applying"
    assert moved(case("scoring"), "apply_for_post") == ""


def test_the_form_keeps_the_telephone_sealed() -> None:
    html = printed(STEP, SAMPLE, at())
    assert "报名甲" in html and "学历.pdf" in html and "13800000000" not in html
    assert "phone" in STEP.sealed
