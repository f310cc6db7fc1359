"""X 申请延期."""

from datetime import date

import pytest

from flows.anywhere.steps.ask_extension import AskExtension
from tests.flows.down.stand import case, demanded, moved
from tests.story import TO_MEETING, Town, begin, fresh, open_case, run
from workflow_app import conduct
from workflow_app.models import Case, Deadline, Document
from workflow_app.steps import RuleBroken, Situation

pytestmark = pytest.mark.django_db
STEP = AskExtension()
TO_HEARING = TO_MEETING[: TO_MEETING.index("answer")]


@pytest.fixture
def hearing(town: Town) -> Case:
    return run(town, open_case(town), *TO_HEARING)


def period(opened: Case) -> Deadline:
    return Deadline.objects.get(case=opened, rule_id="DN-HEARING")


def ask(town: Town, opened: Case, **changes: object) -> None:
    begin(town, opened, "ask_extension", by="wang", **{"period": str(period(opened).pk), **changes})


def test_the_form_asks_for_the_period_and_the_reason_and_says_which_day_it_would_be(town: Town, hearing: Case) -> None:
    assert demanded(STEP) == {"period", "reason"}
    form = STEP.Facts(situation=Situation(hearing, None, town.at, {}))
    assert [text for value, text in form.fields["period"].choices if value] == ["现在到2026年3月9日，延长后到2026年3月16日"]


def test_asked_in_time_the_answer_has_five_more_working_days_at_once(town: Town, hearing: Case) -> None:
    ask(town, hearing)
    after = period(hearing)
    assert (after.last_day, after.extended_by, after.extensions) == (date(2026, 3, 16), 5, 1)
    assert after.item.due_on == date(2026, 3, 16)
    assert Document.objects.get(case=hearing, code="X-EXTA").open_to_subject
    town.later(days=10)
    assert not conduct.expire(after.pk, at=town.at), "silence is not recorded before the new day"


def test_a_period_is_extended_once(town: Town, hearing: Case) -> None:
    ask(town, hearing)
    with pytest.raises(RuleBroken, match="已经延长过"):
        ask(town, hearing)


def test_the_last_day_is_in_time_and_the_day_after_is_not(town: Town, hearing: Case) -> None:
    town.later(days=7)
    assert STEP.barred(Situation(fresh(hearing), None, town.at, {})) is None
    town.later(days=1)
    assert STEP.barred(Situation(fresh(hearing), None, town.at, {})) is not None


def test_periods_of_the_organ_are_not_the_persons_to_extend(town: Town, hearing: Case) -> None:
    other = Deadline.objects.exclude(rule_id="DN-HEARING").filter(case=hearing).earliest("id")
    with pytest.raises(RuleBroken, match="这个期限不能延长"):
        ask(town, hearing, period=str(other.pk))


def test_it_is_the_persons_own_act_and_moves_nothing_else() -> None:
    assert (STEP.role, STEP.clock_effect, moved(STEP, case("hearing"))) == ("subject", "extend", "hearing")
