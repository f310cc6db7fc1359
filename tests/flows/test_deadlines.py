"""Every period of the way down is opened by a step, and counted from the right fact."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from flows.down.path import DownPath
from flows.law import HERE, KINDS
from tests.story import TO_MEETING, TO_SERVED, Town, act, begin, fresh, members, open_case
from workflow_app import clock, conduct
from workflow_app.clock import add_months
from workflow_app.models import Case, Deadline, Lead

with (HERE / "deadlines.csv").open(encoding="utf-8", newline="") as file:
    ROWS = {row["rule_id"]: row for row in csv.DictReader(file)}
DOWN = {rule for rule, row in ROWS.items() if row["path"] in ("DOWN", "ANY")}
WORKED = {rule for rule in DOWN if ROWS[rule]["use"] == "workflow"}
DAY = timedelta(days=1)
Opened = tuple[Case, date]


def live(town: Town, case: Case, *steps: Any) -> Opened:
    """Act after act, a day between them; the day of the last act."""
    for one in steps:
        step, changes = (one, {}) if isinstance(one, str) else one
        town.later(days=1)
        act(town, case, step, **{k: v(town) if callable(v) else v for k, v in changes.items()})
    return fresh(case), town.today


def yesterday(town: Town) -> date:
    return town.today - DAY


def stated(
    step: str, fact: str, *, before: tuple[Any, ...] = (), opening: dict[str, Any] | None = None, **changes: Any
) -> Callable[[Town], Opened]:
    """A story whose last act states the day before as the fact that counts."""

    def story(town: Town) -> Opened:
        case, today = live(town, open_case(town, **opening or {}), *before, (step, {fact: yesterday, **changes}))
        return case, today - DAY

    return story


def done(*steps: Any, opening: dict[str, Any] | None = None) -> Callable[[Town], Opened]:
    """A story whose last act is itself the fact that counts."""
    return lambda town: live(town, open_case(town, **opening or {}), *steps)


def then(*steps: Any, after: Callable[[Town], Opened]) -> Callable[[Town], Opened]:
    """A story that goes on, though the period still counts from the earlier fact."""

    def story(town: Town) -> Opened:
        case, counted_from = after(town)
        return live(town, case, *steps)[0], counted_from

    return story


def visited(times: int) -> Callable[[Town], Opened]:
    """Formalities, then visits when their timers fire."""

    def story(town: Town) -> Opened:
        case, counted_from = stated("formalize", "done_on", before=TO_SERVED)(town)
        case, _ = live(town, case, "place")
        for _ in range(times):
            timer = Deadline.objects.get(case=case, item__status="SCHEDULED")
            town.at = timer.fires_at
            conduct.expire(timer.pk, at=town.at)
            act(town, case, "follow_up")
        return fresh(case), counted_from

    return story


def recused(town: Town) -> Opened:
    case, _ = live(town, open_case(town), *TO_MEETING[:2])
    begin(town, case, "apply_recusal", by="wang", person=town.cadre("examination_team1"), ground="kin")
    return case, town.today


def decided(kind: str) -> Callable[[Town], Opened]:
    """A decision of that kind, which takes effect five days later."""

    def story(town: Town) -> Opened:
        measure = {"kind": kind, "months": KINDS[kind].restriction_months, "rank_steps": 0}
        risk = ("assess_risk",) if kind in ("REMOVE", "DEMOTE") else ()
        case, today = live(
            town, open_case(town), *TO_MEETING[:3], ("report_findings", measure), *TO_MEETING[4:8], *risk, ("propose", measure),
            *TO_MEETING[9:], "record_meeting", ("decide", {"effective_on": lambda town: town.today + 5 * DAY}),
        )  # fmt: skip
        return case, today + 5 * DAY

    return story


CLAIMED = (*TO_MEETING[:6], ("answer", {"tolerance_claimed": True}), "weigh_answer")
REMOVAL = (*TO_MEETING[:3], ("report_findings", {"kind": "REMOVE"}), *TO_MEETING[4:8])
WITH_PARTNER = (*TO_MEETING[:8], ("propose", {"co_authority": lambda town: str(town.partner.pk)}), "review_legality")
ILL = {"situations": ["S14"], "outcome": "no_case", "unable_since": date(2025, 9, 1)}
STORIES: dict[str, Callable[[Town], Opened]] = {
    "DN-TRIAGE": done(), "DN-OPEN": done(),
    "DN-INQ-REPLY": stated("inquire", "served_on", opening={"outcome": "inquire"}),
    "DN-SELFREV": stated("admonish", "given_on", opening={"outcome": "admonish"}),
    "DN-ADM-BAR": stated("admonish", "given_on", opening={"outcome": "admonish"}),
    "DN-RECTIFY": stated("remind", "held_on", opening={"outcome": "remind"}, outcome="report_asked"),
    "DN-VERIFY": then("plan_examination", "list_evidence", after=done("approve_opening")),
    "DN-HEARING": stated("serve_information", "served_on", before=TO_MEETING[:5]),
    "DN-ADOPT": done(*TO_MEETING[:7]), "DN-TOLERANCE": done(*CLAIMED), "DN-RISK": done(*REMOVAL), "DN-PROPOSE": done(*TO_MEETING[:8]),
    "DN-LEGAL-MIN": done(*TO_MEETING[:9]), "DN-LEGAL-MAX": done(*TO_MEETING[:9]),
    "DN-OPINION": stated("ask_opinion", "received_on", before=TO_MEETING[:10]),
    "DN-COAUTH": stated("ask_opinion", "received_on", before=(*WITH_PARTNER, "ask_opinion")),
    "DN-DECIDE": done(*TO_MEETING),
    "DN-SERVE": then("tell_decision", after=done(*TO_MEETING, "record_meeting", "decide")),
    "DN-FORMAL": stated("serve", "served_on", before=TO_SERVED[:-1]), "DN-PLACE": stated("serve", "served_on", before=TO_SERVED[:-1]),
    "DN-VISIT-1": visited(0), "DN-VISIT-2": visited(1), "DN-VISIT-3": visited(3),
    "DN-BAR-REMOVE": decided("REMOVE"), "DN-BAR-DEMOTE": decided("DEMOTE"),
    "DN-END": done(*TO_MEETING[:3], ("report_findings", {"outcome": "not_established"})),
    "DN-RECUSAL": recused, "DN-HEALTH": lambda town: (open_case(town, **ILL), date(2025, 9, 1)),
}  # fmt: skip


def test_every_period_of_the_way_down_has_a_story() -> None:
    assert set(STORIES) == WORKED


def test_periods_of_other_procedures_are_only_shown() -> None:
    named = {rule for node in DownPath.humans() for rule in (node.step.deadline, node.step.minimum, *node.step.starts)}
    assert not named & (DOWN - WORKED)


@pytest.mark.django_db
@pytest.mark.parametrize("rule", sorted(STORIES))
def test_a_period_is_counted_from_its_fact(town: Town, rule: str) -> None:
    case, counted_from = STORIES[rule](town)
    deadline = Deadline.objects.filter(case=case, rule_id=rule).latest("id")
    assert deadline.starts_on == counted_from
    answer = clock.last_day(rule=clock.Rule.of(ROWS[rule]), start=counted_from, calendar=clock.calendar_from_db())
    assert deadline.last_day == answer.last_day


@pytest.mark.django_db
def test_a_postponed_meeting_is_still_due_from_the_last_opinion(town: Town) -> None:
    case, answered = live(town, open_case(town), *TO_MEETING)
    voted = [{**one, "vote": "postpone"} for one in members(town)]
    case, _ = live(town, case, ("record_meeting", {"outcome": "postpone", "members": voted}))
    again = Deadline.objects.get(case=case, rule_id="DN-DECIDE", closed_at=None)
    assert again.starts_on == answered


@pytest.mark.django_db
def test_evidence_sent_back_is_due_anew(town: Town) -> None:
    case, _ = live(town, open_case(town), *TO_MEETING[:8])
    for back in (
        ("propose", {"outcome": "return_evidence"}),
        ("weigh_answer", {"outcome": "more_evidence"}),
        ("review_legality", {"outcome": "supplement_evidence", "evidence": "mend"}),
    ):
        on = {"propose": (), "weigh_answer": ("inform_cadre", "serve_information", "answer"), "review_legality": ("propose",)}[back[0]]
        case, today = live(town, case, *on, back)
        assert case.anchors["DN-VERIFY"] == today.isoformat()
        more = {"situations": ["S08", "S09"]} if back[0] == "propose" else {}
        case, _ = live(town, case, "list_evidence", ("report_findings", more))
        assert Deadline.objects.filter(case=case, rule_id="DN-VERIFY").latest("id").starts_on == today
        if case.state == "found" and back[0] == "weigh_answer":
            case, _ = live(town, case, "inform_cadre", "serve_information", "answer", "weigh_answer")


@pytest.mark.django_db
def test_the_reviewers_time_runs_beside_and_never_fires(town: Town) -> None:
    case, _ = live(town, open_case(town), *TO_MEETING[:9])
    least, most = (Deadline.objects.get(case=case, rule_id=f"DN-LEGAL-{which}") for which in ("MIN", "MAX"))
    assert least.item == most.item
    assert least.last_day < most.last_day == least.item.due_on
    assert least.fires_at is None
    live(town, case, "review_legality")
    least.refresh_from_db()
    assert least.closed_at is not None, "the reviewer may finish early"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "months", "rule"), [("TO_RANK", 12, "DN-BAR-REMOVE"), ("TO_RANK", 6, "DN-BAR-REMOVE"), ("LATERAL", 0, None)]
)
def test_the_restriction_lasts_as_long_as_was_decided(town: Town, kind: str, months: int, rule: str | None) -> None:
    measure = {"kind": kind, "months": months, "rank_steps": 0}
    case, today = live(
        town, open_case(town), *TO_MEETING[:3], ("report_findings", measure), *TO_MEETING[4:8], ("propose", measure), *TO_MEETING[9:],
        "record_meeting", "decide",
    )  # fmt: skip
    bars = Deadline.objects.filter(case=case, rule_id__startswith="DN-BAR")
    assert [(bar.rule_id, bar.last_day) for bar in bars] == ([(rule, add_months(today, months))] if rule else [])


@pytest.mark.django_db
def test_the_end_of_a_restriction_is_recorded_once_and_moves_nothing(town: Town) -> None:
    case, _ = decided("REMOVE")(town)
    bar = Deadline.objects.get(case=case, rule_id="DN-BAR-REMOVE")
    assert conduct.expire(bar.pk, at=bar.fires_at - timedelta(seconds=1)) == ""
    assert conduct.expire(bar.pk, at=bar.fires_at) == "end_bar"
    assert conduct.expire(bar.pk, at=bar.fires_at) == ""
    assert fresh(case).state == "decided"


@pytest.mark.django_db
def test_a_year_of_illness_proposes_a_lead_and_opens_nothing(town: Town) -> None:
    case = open_case(town, **ILL)
    assert case.state == "no_case"
    watched = Deadline.objects.get(case=case, rule_id="DN-HEALTH")
    assert str(watched.last_day) == "2026-09-01"
    assert conduct.expire(watched.pk, at=watched.fires_at) == "propose_lead"
    lead = Lead.objects.get(rule_id="DN-HEALTH")
    assert (lead.cadre, lead.suggests, lead.case) == (town.wang, "CASE", None)
    assert Case.objects.count() == 1
