"""D4 告知书送达. The modes of service are tested with D11, which shares them."""

from datetime import date
from typing import Any

from flows.down.steps.serve_information import ServeInformation
from flows.roles import Role
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.steps import Situation

STEP = ServeInformation()
SAMPLE = {
    "mode": "in_person", "served_on": TODAY, "receiver": "王建国", "relation": "", "refusal": "", "witnesses": "", "announced_on": None, "consent": False,
}  # fmt: skip


def at() -> Situation:
    return situation(case("informed"))


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_the_form_asks_for_mode_and_day() -> None:
    assert demanded(STEP) == {"mode", "served_on"}


def test_it_goes_by_the_rules_of_service() -> None:
    assert refused() == ("", "")
    assert refused(served_on=date(2026, 3, 21)) == ("送达", "served_on")
    assert refused(mode="left", receiver="", witnesses="赵安") == ("送达", "witnesses")


def test_a_notice_is_not_served_before_it_was_issued() -> None:
    issued = situation(case("informed", settled={"inform_cadre": {"informed_on": "2026-03-19"}}))
    assert refusal(STEP, SAMPLE | {"served_on": date(2026, 3, 19)}, issued) == ("", "")
    assert refusal(STEP, SAMPLE | {"served_on": date(2026, 3, 18)}, issued) == ("D4-DATE", "served_on")


def test_two_deliverers_sign_when_it_was_refused_or_left() -> None:
    assert STEP.slots(at(), SAMPLE) == []
    assert [slot.role for slot in STEP.slots(at(), SAMPLE | {"refusal": "拒收"})] == [Role.CASE_HANDLER]


def test_the_time_to_answer_starts_from_the_day_of_service() -> None:
    assert STEP.starts == {"DN-HEARING": "served_on"}
    assert STEP.settle(at(), SAMPLE) == {"mode": "in_person", "served_on": TODAY}
    assert moved(STEP, case("informed")) == "hearing"
    assert sources(STEP) == {"informed"}


def test_the_receipt_names_the_notice_and_is_open_to_the_cadre() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    for text in ("陈述申辩告知书", "王建国", "直接送达本人", "2026年3月20日"):
        assert text in html
