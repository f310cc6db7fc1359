"""Optional steps: an organization switches them on or off, and a case keeps what it was opened under."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.story import TO_MEETING, TO_SERVED, Town, fresh, open_case, run
from workflow_app import law
from workflow_app.models import Case, Deadline, Document, LawEdition, WorkItem
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
REMOVAL = (*TO_MEETING[:3], ("report_findings", {"kind": "REMOVE"}), *TO_MEETING[4:6])
CLAIMED = (*REMOVAL, ("answer", {"tolerance_claimed": True}), "weigh_answer")
PROPOSED = (*TO_MEETING[:8], "propose")


def enact(town: Town, *off: str, **lengths: int) -> LawEdition:
    """A new edition: these switches off, these periods of another length."""
    figures = law.figures()
    for row in figures["switches"]:
        row["default"] = "off" if row["name"] in off else row["default"]
    for row in figures["deadlines"]:
        row["length"] = str(lengths.get(row["rule_id"].replace("-", "_"), row["length"]))
    digest = sha256(repr((off, lengths)).encode()).hexdigest()
    edition: LawEdition = LawEdition.objects.create(digest=digest, figures=figures, loaded_at=town.at + timedelta(days=3650))
    return edition


def waiting(case: Case) -> set[str]:
    return set(WorkItem.objects.filter(process=case, status="NEW").values_list("step", flat=True))


@pytest.mark.parametrize("outcome", ["remind", "inquire", "admonish"])
def test_early_measures(town: Town, outcome: str) -> None:
    case = open_case(town, outcome=outcome)
    assert waiting(case) == {outcome}
    enact(town, "reminding")
    town.wang, town.people["wang"] = town.people["archivist1"].cadre, town.people["archivist1"]
    with pytest.raises(RuleBroken) as refused:
        open_case(town, outcome=outcome)
    assert refused.value.rule == "D1-SWITCH"


@pytest.mark.parametrize(
    ("switch", "steps", "on", "off"),
    [
        ("tolerance", CLAIMED, {"weigh_tolerance"}, {"assess_risk"}),
        ("risk", (*REMOVAL, "answer", "weigh_answer"), {"assess_risk"}, {"propose"}),
        ("legal_review", PROPOSED, {"review_legality"}, {"ask_opinion"}),
        ("placement", TO_SERVED, {"formalize", "place"}, {"formalize"}),
    ],
)
def test_a_step_is_passed_over_where_it_is_switched_off(
    town: Town, switch: str, steps: tuple[Any, ...], on: set[str], off: set[str]
) -> None:
    assert waiting(run(town, open_case(town), *steps)) == on
    enact(town, switch)
    town.wang, town.people["wang"] = town.people["archivist1"].cadre, town.people["archivist1"]
    assert waiting(run(town, open_case(town), *steps)) == off


def test_without_placement_tracking_begins_with_the_formalities(town: Town) -> None:
    enact(town, "placement")
    case = run(town, open_case(town), *TO_SERVED, "formalize")
    assert case.state == "tracking"


def test_nothing_optional_at_all_still_reaches_the_decision(town: Town) -> None:
    enact(town, "reminding", "tolerance", "risk", "legal_review", "placement")
    steps = [step for step in TO_SERVED if step != "review_legality"]
    assert run(town, open_case(town), *steps, "formalize").state == "tracking"


def test_a_case_keeps_the_switches_and_figures_it_was_opened_under(town: Town) -> None:
    before = open_case(town)
    edition = enact(town, "legal_review", DN_HEARING=7)
    assert waiting(run(town, before, *PROPOSED)) == {"review_legality"}
    assert str(Deadline.objects.get(case=before, rule_id="DN-HEARING").last_day) == "2026-03-09", "five working days"
    town.wang, town.people["wang"] = town.people["archivist1"].cadre, town.people["archivist1"]
    after = run(town, open_case(town), *PROPOSED)
    assert (after.law_id, waiting(after)) == (edition.pk, {"ask_opinion"})
    assert str(Deadline.objects.get(case=after, rule_id="DN-HEARING").last_day) == "2026-03-11", "seven"
    assert fresh(before).path_version == "1"


def test_papers_state_the_figures_of_the_cases_own_edition(town: Town) -> None:
    enact(town, DN_HEARING=7, DN_OPINION=8, RM_REVIEW_FILE=31, RM_APPEAL_AFTER=16, RM_APPEAL_DIRECT=32)
    case = run(town, open_case(town), *TO_MEETING, "record_meeting", "decide")
    said = {paper.code: str(paper.content) for paper in Document.objects.filter(case=case)}
    assert "7个工作日内" in said["D-INFORM"]
    assert "8个工作日内答复" in said["D-ASK"]
    for words in ("之日起31日内向", "之日起16日内向", "之日起32日内直接向"):
        assert words in said["D-DECN"]


def test_early_measures_state_them_as_well(town: Town) -> None:
    enact(town, DN_INQ_REPLY=14, DN_SELFREV=4, DN_ADM_BAR=9)
    inquired = run(town, open_case(town, outcome="inquire"), "inquire")
    assert "14个工作日内" in str(Document.objects.get(case=inquired, code="D-INQ").content)
    town.wang, town.people["wang"] = town.people["archivist1"].cadre, town.people["archivist1"]
    admonished = run(town, open_case(town, outcome="admonish"), "admonish")
    said = str(Document.objects.get(case=admonished, code="D-ADM").content)
    assert "4个工作日内提交" in said
    assert "9个月（地方规定），至2026年12月2日止" in said
    assert str(Deadline.objects.get(case=admonished, rule_id="DN-ADM-BAR").last_day) == "2026-12-02"
