"""R6 送达: after R2, R4 and R6; into the ledger of services, and only then a period runs."""

from datetime import timedelta
from typing import Any

import pytest

from flows.remedy.path import RemedyPath
from flows.service_receipt import deemed_on
from tests.flows.remedy.story import entered, file, go
from tests.story import Town
from workflow_app.models import Deadline, Document, Service
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


def test_it_is_not_served_before_it_was_made(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("serve_decision", {"served_on": town.today - timedelta(days=1)}))
    assert (refused.value.rule, refused.value.field) == ("R6-DATE", "served_on")


def test_the_ledger_says_which_paper_how_when_and_by_whom(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    go(town, case, ("serve_decision", {"mode": "relative", "receiver": "刘芳", "relation": "配偶，同住"}))
    row = Service.objects.get(case=case)
    assert (row.document, row.mode, row.receiver, row.served_on) == (
        Document.objects.get(case=case, step="review"),
        "relative",
        "刘芳",
        town.today,
    )
    assert row.delivered_by == [town.people["case_handler1"].display_name]


def test_nor_is_its_service_announced_before(town: Town) -> None:
    announced = town.today
    town.later(days=5)
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    town.later(days=90)
    notice = {"mode": "announce", "receiver": "", "announced_on": announced, "served_on": deemed_on(case, announced)}
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("serve_decision", notice))
    assert (refused.value.rule, refused.value.field) == ("R6-DATE", "announced_on"), "it would shorten the period of the person"


# Every way of service: what proves it, the one thing without which it is refused, and how many deliver it.
WAYS: dict[str, tuple[dict[str, Any], str, int]] = {
    "in_person": ({"receiver": "王建国"}, "receiver", 1), "relative": ({"receiver": "刘芳", "relation": "配偶，同住"}, "relation", 1),
    "left": ({"receiver": "", "refusal": "拒绝接收", "witnesses": "赵安、周丽"}, "witnesses", 2), "post": ({"receiver": "王建国"}, "receiver", 1),
    "announce": ({"receiver": "", "announced_on": 0}, "announced_on", 1), "online": ({"receiver": "", "consent": True}, "consent", 1),
}  # fmt: skip


def test_there_are_six_ways() -> None:
    assert set(WAYS) == set(Service.Mode.values)


@pytest.mark.parametrize("mode", sorted(WAYS))
def test_each_way_has_its_proof_and_without_it_is_refused_and_starts_nothing(town: Town, mode: str) -> None:
    proof, needed, deliverers = WAYS[mode]
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    said = {"mode": mode, "served_on": town.today, **proof}
    if mode == "announce":
        said["announced_on"], said["served_on"] = town.today, deemed_on(case, town.today)
        town.later(days=(said["served_on"] - town.today).days)
    empty: Any = False if needed == "consent" else None if needed == "announced_on" else ""
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("serve_decision", said | {needed: empty}))
    assert refused.value.field == needed and refused.value.way_out
    assert not Service.objects.filter(case=case).exists()
    assert not Deadline.objects.filter(case=case, rule_id="RM-APPEAL-AFTER").exists()
    go(town, case, ("serve_decision", said))
    row = Service.objects.get(case=case)
    assert (row.mode, row.served_on, len(row.delivered_by)) == (mode, said["served_on"], deliverers)
    assert Deadline.objects.get(case=case, rule_id="RM-APPEAL-AFTER").starts_on == said["served_on"]


def test_left_before_two_witnesses_two_deliverers_sign(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), "review")
    go(town, case, ("serve_decision", {"mode": "left", "receiver": "", "refusal": "拒绝接收", "witnesses": "赵安、周丽"}))
    assert len(Service.objects.get(case=case).delivered_by) == 2


def test_a_made_but_unserved_review_starts_no_period(town: Town) -> None:
    decision = entered(town)
    case = go(town, file(town, decision, "apply_for_review"), "review")
    assert not Deadline.objects.filter(case=case, rule_id="RM-APPEAL-AFTER").exists()
    go(town, case, "serve_decision")
    assert Deadline.objects.get(case=case, rule_id="RM-APPEAL-AFTER").starts_on == town.today
    appeal = next(way for way in RemedyPath.ways(decision, on=town.today) if way.step == "appeal")
    assert (appeal.rule, appeal.starts_on) == ("RM-APPEAL-AFTER", town.today)


def test_a_correction_counts_from_the_day_the_original_organ_got_it(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), ("review", {"outcome": "revoke"}))
    for day in (None, town.today + timedelta(days=1)):
        with pytest.raises(RuleBroken) as refused:
            go(town, case, ("serve_decision", {"organ_received_on": day}))
        assert refused.value.rule == "RM-CORRECT"
    assert go(town, case, "serve_decision").state == "correcting"


def test_nothing_revoked_can_be_appealed(town: Town) -> None:
    decision = entered(town)
    case = go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "revoke"}), "serve_decision")
    assert not Deadline.objects.filter(case=case, rule_id="RM-APPEAL-AFTER").exists()
    assert [way.reason for way in RemedyPath.ways(decision, on=town.today) if way.step == "appeal"][0]
