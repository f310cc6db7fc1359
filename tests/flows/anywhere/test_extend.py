"""X 延期."""

from datetime import timedelta
from typing import Any

import pytest

from flows.anywhere.steps.extend import Extend
from tests.flows.down.stand import case, demanded, moved, printed
from tests.story import TO_MEETING, TO_SERVED, Town, begin, facts_for, fresh, open_case, run
from workflow_app import clock, conduct, periods
from workflow_app.models import Case, Deadline, Document
from workflow_app.rows import Batch
from workflow_app.steps import Refused, Situation

pytestmark = pytest.mark.django_db
STEP = Extend()


def running(opened: Case, rule: str) -> Deadline:
    return Deadline.objects.filter(case=opened, rule_id=rule, closed_at=None).latest("id")


def prolong(town: Town, opened: Case, rule: str, by: int, on: timedelta = timedelta(0)) -> tuple[str, str]:
    """Rule and field by which an extension is refused; ("", "") when it is granted."""
    period = running(opened, rule)
    town.at += on
    item = conduct.begin(
        opened, "extend", by=town.people["org_leader1"], at=town.at, key=f"extend-{town.at}-{period.pk}-{period.extensions}-{by}"
    )
    facts = facts_for(town, "extend", period=str(period.pk)) | {"by": by}
    actor = town.people["org_leader1"]
    try:
        seen = conduct.preview(item, facts=facts, by=actor, at=town.at).content_hash
        conduct.complete(item, facts=facts, seen=seen, by=actor, at=town.at, key=f"{item.pk}-done")
    except Refused as broken:
        conduct.drop(item, by=actor, at=town.at, key=f"{item.pk}-drop")
        assert broken.reason and broken.way_out
        return broken.rule, broken.field
    return "", ""


def test_the_form_asks_for_period_length_and_reason_and_offers_what_runs(town: Town) -> None:
    assert demanded(STEP) == {"period", "by", "reason"}
    opened = run(town, open_case(town), *TO_MEETING[:3])
    form = STEP.Facts(situation=Situation(opened, None, town.at, {}))
    assert [value for value, _ in form.fields["period"].choices if value] == [str(running(opened, "DN-VERIFY").pk)]


def test_a_period_that_may_be_extended_is_extended_and_moves_the_item(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:3])
    before = running(opened, "DN-VERIFY")
    assert prolong(town, opened, "DN-VERIFY", 30) == ("", "")
    after = running(opened, "DN-VERIFY")
    rule = clock.last_day(
        rule=periods.rules_of(opened.law_id)["DN-VERIFY"], start=before.starts_on, calendar=clock.calendar_from_db(), extend=30
    )
    assert (after.last_day, after.extended_by, after.extensions) == (rule.last_day, 30, 1)
    assert (after.item.due_on, after.fires_at) == (after.last_day, clock.end_of(after.last_day))
    paper = Document.objects.get(case=opened, code="X-EXT")
    assert paper.open_to_subject
    assert "专项考察报告" in str(paper.content)
    assert fresh(opened).state == "verifying"


@pytest.mark.parametrize(
    ("rule", "steps", "by", "again"),
    [("DN-VERIFY", TO_MEETING[:3], 31, 30), ("DN-HEARING", TO_MEETING[:6], 6, 5), ("DN-LEGAL-MAX", TO_MEETING[:9], 11, 10), ("DN-FORMAL", TO_SERVED, 6, 5)],
)  # fmt: skip
def test_not_beyond_what_the_rule_allows(town: Town, rule: str, steps: tuple[str, ...], by: int, again: int) -> None:
    opened = run(town, open_case(town), *steps)
    assert prolong(town, opened, rule, by) == (rule, "by")
    assert prolong(town, opened, rule, again) == ("", "")
    assert prolong(town, opened, rule, 1) == (rule, "by")


def test_formalities_take_at_most_six_months_in_all_in_several_extensions(town: Town) -> None:
    opened = run(town, open_case(town), *TO_SERVED)
    assert [prolong(town, opened, "DN-FORMAL", by) for by in (2, 2, 2, 1)] == [("", ""), ("", ""), ("DN-FORMAL", "by"), ("", "")]
    assert running(opened, "DN-FORMAL").extended_by == 5


def test_a_period_without_extension_stays_as_it_is(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:7])
    assert prolong(town, opened, "DN-ADOPT", 1) == ("DN-ADOPT", "by")


def test_not_after_the_end(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:3])
    assert prolong(town, opened, "DN-VERIFY", 10, on=timedelta(days=66)) == ("DN-VERIFY", "period")


def test_a_held_clock_stays_held(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:9])
    begin(town, opened, "suspend", by="case_handler1")
    assert prolong(town, opened, "DN-LEGAL-MAX", 5) == ("", "")
    assert running(opened, "DN-LEGAL-MAX").fires_at is None


def test_the_door_refuses_a_period_that_is_done(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:3])
    with pytest.raises(Refused, match="已经届满或已办结") as found:
        periods.extend(Batch(), opened, 1, 1)
    assert found.value.rule == "延期"


def test_a_leader_extends_and_the_notice_shows_period_old_end_length_and_reason(town: Town) -> None:
    assert (STEP.role, STEP.clock_effect, moved(STEP, case("hearing"))) == ("org_leader", "extend", "hearing")
    opened = run(town, open_case(town), *TO_MEETING[:3])
    facts: dict[str, Any] = {"period": str(running(opened, "DN-VERIFY").pk), "by": 30, "reason": "证人出差。"}
    assert STEP.settle(Situation(opened, None, town.at, {}), facts) == {"deadline_id": int(facts["period"]), "by": 30}
    html = printed(STEP, facts, Situation(opened, None, town.at, {}), "anywhere")
    for text in (opened.number, "专项考察报告", "2026年5月6日", "30", "证人出差。"):
        assert text in html
