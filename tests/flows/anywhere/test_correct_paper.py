"""X 更正."""

from typing import Any

import pytest

from flows.anywhere.steps.correct_paper import CorrectPaper
from tests.flows.down.stand import case, demanded, moved, printed
from tests.story import TO_MEETING, Town, begin, item_of, key, open_case, run, sign_all
from workflow_app import conduct
from workflow_app.models import Case, Document
from workflow_app.steps import Refused, Situation

pytestmark = pytest.mark.django_db
STEP = CorrectPaper()


def correct(town: Town, opened: Case, code: str, by: str, **changes: Any) -> str:
    """Rule by which a correction of the paper of that code is refused; "" when it was made."""
    paper = Document.objects.get(case=opened, code=code)
    facts = {"paper": str(paper.pk), "wrong": "情况属实", "right": "情况基本属实", "outcome_untouched": True} | changes
    actor = town.people[by]
    try:
        seen = conduct.foresee(opened, "correct_paper", facts=facts, by=actor, at=town.at).content_hash
        conduct.file(opened, "correct_paper", facts=facts, seen=seen, by=actor, at=town.at, key=key())
        sign_all(town, item_of(opened, "correct_paper"))
    except Refused as broken:
        assert broken.way_out
        return f"{broken.rule} {broken.field}"
    return ""


def test_the_form_asks_for_paper_old_and_new_words_and_offers_the_papers_of_the_case(town: Town) -> None:
    assert demanded(STEP) == {"paper", "wrong", "right"}
    opened = run(town, open_case(town), "approve_opening")
    form = STEP.Facts(situation=Situation(opened, None, town.at, {}))
    assert [value for value, _ in form.fields["paper"].choices if value] == [
        str(pk) for pk in Document.objects.filter(case=opened).order_by("id").values_list("pk", flat=True)
    ]


def test_the_desk_that_issued_a_paper_corrects_it(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:5])
    assert correct(town, opened, "D-INFORM", "case_handler1") == "X-CORR paper"
    assert correct(town, opened, "D-INFORM", "examination_team1") == ""
    assert correct(town, opened, "D-CLUE", "case_handler1") == ""
    paper = Document.objects.filter(case=opened, code="X-CORR").latest("id")
    assert len(paper.content["paper"]["signatures"]) == 2
    assert paper.open_to_subject


def test_a_correction_may_be_corrected_by_the_handlers(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:1])
    assert correct(town, opened, "D-CLUE", "case_handler1") == ""
    assert correct(town, opened, "X-CORR", "case_handler2", wrong="情况基本属实", right="情况属实") == ""


def test_the_wrong_words_stand_in_the_paper_itself(town: Town) -> None:
    opened = open_case(town)
    assert correct(town, opened, "D-CLUE", "case_handler1", wrong="从未写过的话") == "X-CORR wrong"
    assert correct(town, opened, "D-CLUE", "case_handler2", wrong="paragraphs") == "X-CORR wrong", "a name of a part is no text"


def test_an_outcome_is_never_corrected(town: Town) -> None:
    assert correct(town, open_case(town), "D-CLUE", "case_handler1", outcome_untouched=False) == "X-CORR outcome_untouched"


def test_neither_the_cadre_nor_somebody_kept_out_corrects(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:2])
    assert correct(town, opened, "D-CLUE", "wang") == "SD-9 "
    begin(town, opened, "apply_recusal", by="wang", person=town.cadre("case_handler1"), ground="kin")
    assert correct(town, opened, "D-CLUE", "case_handler1") == "SD-14 "


def test_whoever_has_no_seat_at_all_corrects_nothing(town: Town) -> None:
    opened = open_case(town)
    town.people["case_handler4"].seats.all().delete()
    assert correct(town, opened, "D-CLUE", "case_handler4") == "席位 "


def test_a_closed_case_may_still_be_corrected(town: Town) -> None:
    opened = open_case(town, outcome="no_case")
    assert STEP.after_end
    assert correct(town, opened, "D-CLUE", "case_handler1") == ""
    assert moved(STEP, case("closed")) == "closed"


def test_the_notice_names_the_paper_and_both_wordings(town: Town) -> None:
    opened = open_case(town)
    paper = Document.objects.get(case=opened, code="D-CLUE")
    facts = {"paper": str(paper.pk), "wrong": "王健国", "right": "王建国", "outcome_untouched": True}
    html = printed(STEP, facts, Situation(opened, None, town.at, {}), "anywhere")
    for text in ("<h1>更正通知书</h1>", str(paper), "王健国", "王建国", "其他内容不变"):
        assert text in html
