"""X 恢复."""

import pytest

from flows.anywhere.steps.resume import Resume
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation
from tests.story import TO_MEETING, TO_SERVED, Town, act, begin, fresh, open_case, run
from workflow_app import clock, conduct
from workflow_app.models import Deadline

STEP = Resume()
SAMPLE = {"reason": "本人已康复上班。"}


def test_the_form_asks_why_the_case_goes_on() -> None:
    assert demanded(STEP) == {"reason"}


def test_only_a_suspended_case_is_resumed() -> None:
    assert refusal(STEP, SAMPLE, situation(case(suspended_on=TODAY))) == ("", "")
    assert refusal(STEP, SAMPLE, situation()) == ("X-RES", "")


@pytest.mark.django_db
def test_two_handlers_sign_and_the_cadre_reads_it() -> None:
    assert (STEP.role, STEP.open_to_subject) == ("case_handler", True)
    assert [slot.role for slot in STEP.slots(situation(), SAMPLE)] == ["case_handler"]
    assert moved(STEP, case("hearing")) == "hearing"
    html = printed(STEP, SAMPLE, situation(case(suspended_on=TODAY)), "anywhere")
    for text in ("<h1>恢复办理通知书</h1>", "王建国", "2026年3月20日", "本人已康复上班。", "中止期间不计入"):
        assert text in html


@pytest.mark.django_db
def test_the_days_of_suspension_do_not_count_for_an_internal_clock(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:9])
    before = Deadline.objects.get(case=opened, rule_id="DN-LEGAL-MAX")
    begin(town, opened, "suspend", by="case_handler1")
    town.later(days=14)
    begin(town, opened, "resume", by="case_handler1")
    after = Deadline.objects.get(pk=before.pk)
    assert fresh(opened).suspended_on is None
    assert after.suspensions == [["2026-03-02", "2026-03-16"]]
    assert (str(before.last_day), str(after.last_day)) == ("2026-03-23", "2026-04-07"), "ten working days later, 清明 left out"
    assert (after.item.due_on, after.fires_at) == (after.last_day, clock.end_of(after.last_day))
    act(town, opened, "review_legality")
    assert fresh(opened).state == "reviewed"


@pytest.mark.django_db
def test_a_period_of_the_person_runs_through_the_suspension(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:6])
    before = Deadline.objects.get(case=opened, rule_id="DN-HEARING")
    begin(town, opened, "suspend", by="case_handler1")
    town.later(days=3)
    begin(town, opened, "resume", by="case_handler1")
    after = Deadline.objects.get(pk=before.pk)
    assert (after.last_day, after.fires_at) == (before.last_day, before.fires_at)


@pytest.mark.django_db
def test_a_visit_moves_with_the_clock_and_is_still_announced_two_weeks_ahead(town: Town) -> None:
    opened = run(town, open_case(town), *TO_SERVED, "formalize", "place")
    visit = Deadline.objects.get(case=opened, rule_id="DN-VISIT-1")
    ahead = clock.end_of(visit.last_day) - visit.fires_at
    begin(town, opened, "suspend", by="case_handler1")
    assert conduct.expire(visit.pk, at=visit.fires_at) == "", "held"
    town.later(days=28)
    begin(town, opened, "resume", by="case_handler1")
    moved_to = Deadline.objects.get(pk=visit.pk)
    assert moved_to.last_day > visit.last_day
    assert clock.end_of(moved_to.last_day) - moved_to.fires_at == ahead
    assert moved_to.item.due_on is None, "no work yet: the timer is not on anybody's desk"
    assert conduct.expire(visit.pk, at=moved_to.fires_at) == "open_item"
