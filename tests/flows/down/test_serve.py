"""D11 决定送达, and the modes of service that D4 shares."""

from datetime import date
from typing import Any

import pytest

from flows.down.steps.serve import Serve
from flows.roles import Role
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.steps import Situation

STEP = Serve()
SAMPLE = {
    "mode": "in_person", "served_on": TODAY, "receiver": "王建国", "relation": "", "refusal": "", "witnesses": "", "announced_on": None, "consent": False,
}  # fmt: skip
LEFT = {"mode": "left", "receiver": "", "refusal": "本人拒绝接收", "witnesses": "赵安、周丽"}


def at(decided: str = "2026-03-18", today: date = TODAY) -> Situation:
    return situation(case("told", settled={"decide": {"decided_on": decided}}), today=today)


def refused(today: date = TODAY, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at(today=today))


def test_the_cadre_receives_the_decision_in_person() -> None:
    assert refused() == ("", "")


def test_it_is_not_served_before_it_was_issued() -> None:
    assert refused(served_on=date(2026, 3, 17)) == ("D11-DATE", "served_on")
    assert refused(served_on=date(2026, 3, 18)) == ("", "")


@pytest.mark.django_db
def test_nor_is_its_service_announced_before() -> None:
    late = date(2026, 7, 1)
    early = {"mode": "announce", "served_on": date(2026, 5, 18), "announced_on": date(2026, 3, 17)}
    assert refused(late, **early) == ("D11-DATE", "announced_on")
    assert refused(late, **early | {"announced_on": date(2026, 3, 18)}) == ("", "")


def test_it_is_not_served_in_the_future() -> None:
    assert refused(served_on=date(2026, 3, 21)) == ("送达", "served_on")


@pytest.mark.parametrize("mode", ["in_person", "relative"])
def test_somebody_signed_for_it(mode: str) -> None:
    assert refused(mode=mode, receiver="") == ("送达", "receiver")


def test_a_relative_is_named_with_the_relation() -> None:
    assert refused(mode="relative", receiver="刘芳") == ("送达", "relation")
    assert refused(mode="relative", receiver="刘芳", relation="配偶，同住") == ("", "")


@pytest.mark.parametrize("witnesses", ["", "赵安", "赵安、", "赵安、赵安"])
def test_leaving_it_takes_two_different_witnesses(witnesses: str) -> None:
    assert refused(**LEFT | {"witnesses": witnesses}) == ("送达", "witnesses")


def test_it_may_be_left_before_two_witnesses() -> None:
    assert refused(**LEFT) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("today", "rule"), [(date(2026, 5, 18), "RM-ANNOUNCE"), (date(2026, 5, 19), "")])
def test_a_public_notice_serves_after_sixty_days(today: date, rule: str) -> None:
    assert refused(today, mode="announce", announced_on=date(2026, 3, 20), served_on=today)[0] == rule


@pytest.mark.django_db
def test_registered_late_a_public_notice_still_serves_on_the_day_its_period_ends_and_every_clock_runs_from_there() -> None:
    facts = {"mode": "announce", "announced_on": date(2026, 3, 20), "receiver": ""}
    assert refused(date(2026, 6, 30), **facts, served_on=date(2026, 6, 30)) == ("RM-ANNOUNCE", "served_on")
    assert refused(date(2026, 6, 30), **facts, served_on=date(2026, 5, 19)) == ("", "")
    begun = STEP.begins(at(today=date(2026, 6, 30)), SAMPLE | facts | {"served_on": date(2026, 5, 19)})
    assert set(begun.values()) == {date(2026, 5, 19)}
    assert "RM-REVIEW-FILE" in begun and "DN-FORMAL" in begun
    assert "自2026年3月20日起60日" in printed(STEP, SAMPLE | facts | {"served_on": date(2026, 5, 19)}, at(today=date(2026, 6, 30)))


def test_a_public_notice_has_a_day() -> None:
    assert refused(mode="announce") == ("RM-ANNOUNCE", "announced_on")


def test_service_online_needs_recorded_consent() -> None:
    assert refused(mode="online") == ("送达", "consent")
    assert refused(mode="online", consent=True) == ("", "")


def test_post_counts_from_the_slip() -> None:
    assert refused(mode="post", receiver="") == ("送达", "receiver"), "without the slip nothing is proven"
    assert refused(mode="post", receiver="王建国") == ("", "")


@pytest.mark.parametrize("changes", [LEFT, {"refusal": "拒绝在回证上签名"}])
def test_two_deliverers_sign_when_it_was_refused_or_left(changes: dict[str, str]) -> None:
    assert [slot.role for slot in STEP.slots(at(), SAMPLE | changes)] == [Role.CASE_HANDLER]


def test_one_deliverer_is_enough_otherwise() -> None:
    assert STEP.slots(at(), SAMPLE) == []


def test_the_remedy_periods_start_from_the_day_of_service() -> None:
    assert {rule for rule, fact in STEP.starts.items() if fact == "served_on"} == {
        "DN-FORMAL",
        "DN-PLACE",
        "RM-REVIEW-FILE",
        "RM-APPEAL-DIRECT",
    }
    assert STEP.settle(at(), SAMPLE) == {"mode": "in_person", "served_on": TODAY}


def test_the_receipt_shows_mode_day_and_witnesses() -> None:
    html = printed(STEP, SAMPLE | LEFT, at())
    for text in ("调整决定书", "王建国", "留置送达", "2026年3月20日", "本人拒绝接收", "赵安、周丽"):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"mode", "served_on"}


def test_two_ways_are_awaited_where_placement_is_on() -> None:
    for on in (True, False):
        served = case("told", switches={"placement": on})
        assert moved(STEP, served) == "served"
        assert served.awaited == (2 if on else 1)
    assert sources(STEP) == {"told"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == (Role.CASE_HANDLER, "DN-SERVE", True)
