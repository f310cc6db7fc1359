"""Suspend and resume: which clocks stand still, which run on, and what stays visible for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.story import TO_MEETING, TO_SERVED, Town, act, begin, fresh, item_of, open_case, run
from workflow_app.law import rules_of
from workflow_app.models import Case, Deadline, Document, Suspension

pytestmark = pytest.mark.django_db
STOPS, RUNS = "internal", "statutory"


def walked(*steps: object) -> Callable[[Town], Case]:
    return lambda town: run(town, open_case(town), *steps)


# The period that runs, the clock it has, and how the case came there.
CLOCKS = {
    "DN-OPEN": (STOPS, walked()), "DN-VERIFY": (STOPS, walked(*TO_MEETING[:3])), "DN-HEARING": (RUNS, walked(*TO_MEETING[:6])),
    "DN-ADOPT": (STOPS, walked(*TO_MEETING[:7])), "DN-PROPOSE": (STOPS, walked(*TO_MEETING[:8])),
    "DN-LEGAL-MAX": (STOPS, walked(*TO_MEETING[:9])), "DN-OPINION": (STOPS, walked(*TO_MEETING[:11])), "DN-DECIDE": (STOPS, walked(*TO_MEETING)),
    "DN-FORMAL": (STOPS, walked(*TO_SERVED)),
}  # fmt: skip


@pytest.mark.parametrize("rule", CLOCKS)
def test_internal_clocks_stand_still_and_statutory_ones_run_on(town: Town, rule: str) -> None:
    clock, story = CLOCKS[rule]
    case = story(town)
    before = Deadline.objects.filter(case=case, rule_id=rule, closed_at=None).latest("id")
    assert rules_of(case.law_id)[rule].clock == clock
    begin(town, case, "suspend", by="case_handler1")
    held = Deadline.objects.get(pk=before.pk)
    assert (held.fires_at is None) == (clock == STOPS)
    town.later(days=2)
    begin(town, case, "resume", by="case_handler1")
    after = Deadline.objects.get(pk=before.pk)
    assert (after.explanation["unmoved"] > before.explanation["unmoved"]) == (clock == STOPS)
    assert after.fires_at is not None
    assert bool(after.suspensions) == (clock == STOPS)


def test_a_period_opened_in_a_suspension_waits_for_the_resumption(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    begin(town, case, "suspend", by="case_handler1")
    town.later(days=1)
    act(town, fresh(case), "answer")
    waiting = Deadline.objects.get(case=case, rule_id="DN-ADOPT")
    assert waiting.fires_at is None
    town.later(days=20)
    begin(town, case, "resume", by="case_handler1")
    after = Deadline.objects.get(pk=waiting.pk)
    assert after.fires_at is not None
    assert after.last_day > town.today + timedelta(days=10), "ten working days from the resumption"


def test_what_was_suspended_and_for_how_long_stays_visible_for_ever(town: Town, client: Client) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    due = item_of(case, "review_legality").due_on
    for days in (3, 7):
        begin(town, case, "suspend", by="case_handler1", reason="本人住院治疗。")
        town.later(days=days)
        begin(town, case, "resume", by="case_handler1", reason="本人已经康复。")
    first, second = Suspension.objects.filter(case=case).order_by("id")
    assert [(one.ended_on - one.began_on).days for one in (first, second)] == [3, 7]
    assert first.held[0]["step"] == "review_legality"
    assert (first.held[0]["before"], second.held[0]["after"]) == (due.isoformat(), item_of(case, "review_legality").due_on.isoformat())
    client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/cases/{case.pk}/").content.decode()
    for words in ("中止与恢复", "共3天", "共7天", "本人住院治疗。", "本人已经康复。", due.isoformat()):
        assert words in page
    paper = Document.objects.filter(case=case, code="X-RES").latest("id")
    assert "恢复后届满日" in str(paper.content["content"])


def test_what_takes_the_turn_ends_a_suspension(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    begin(town, case, "suspend", by="case_handler1")
    town.later(days=4)
    begin(town, case, "terminate", by="org_leader1", ground="other")
    assert fresh(case).suspended_on is None
    assert Suspension.objects.get(case=case).ended_on == town.today
