"""D0 线索登记."""

from datetime import date
from typing import Any

import pytest

from flows.down.steps.register_clue import RegisterClue
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from tests.story import Town, fresh, open_case
from workflow_app.steps import Refused, RuleBroken, Situation

STEP = RegisterClue()
SAMPLE = {
    "source": "年度考核结果", "found_on": TODAY, "situations": ["S08"], "unable_since": None, "summary": "连续两年考核排名末位。\n重点项目滞后。",
    "trigger_rule": "T-01", "outcome": "open", "reason": "两年数据一致，需要核实。", "merged_into": "",
}  # fmt: skip
ILL = SAMPLE | {"situations": ["S14"]}


def at(**switches: bool) -> Situation:
    return situation(case("clue", switches={"reminding": True} | switches))


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_the_form_asks_for_source_day_situations_summary_and_a_reasoned_triage() -> None:
    assert demanded(STEP) == {"source", "found_on", "situations", "summary", "outcome", "reason"}


def test_a_clue_is_registered() -> None:
    assert refused() == ("", "")


def test_a_clue_was_not_found_tomorrow() -> None:
    assert refused(found_on=TODAY.replace(day=21)) == ("D0-DATE", "found_on")


@pytest.mark.django_db
def test_a_clue_is_merged_into_the_open_case_of_the_same_cadre(town: Town) -> None:
    with pytest.raises(RuleBroken, match="未办结案件的案号"):
        open_case(town, outcome="merge", merged_into="云组下〔2026〕9号")
    opened = open_case(town)
    with pytest.raises(Refused, match="已有未办结的案件"):
        open_case(town)
    for number in ("", "云组下〔2026〕9号"):
        with pytest.raises(RuleBroken) as refused:
            open_case(town, outcome="merge", merged_into=number)
        assert (refused.value.rule, refused.value.field) == ("D0-MERGE", "merged_into")
        assert opened.number in refused.value.way_out
    merged = fresh(open_case(town, outcome="merge", merged_into=opened.number))
    assert (merged.state, merged.status, merged.finished) == ("merged", "DONE", town.at)
    assert fresh(opened).finished is None


@pytest.mark.django_db
def test_a_case_that_opened_is_open(town: Town) -> None:
    opened = open_case(town)
    assert (opened.finished, fresh(opened).finished) == (None, None)


@pytest.mark.parametrize("outcome", ["remind", "inquire", "admonish"])
def test_early_measures_are_refused_where_they_are_switched_off(outcome: str) -> None:
    assert refused(outcome=outcome) == ("", "")
    assert refusal(STEP, SAMPLE | {"outcome": outcome}, at(reminding=False)) == ("D1-SWITCH", "outcome")


@pytest.mark.parametrize(
    ("since", "outcome", "rule"),
    [
        (None, "no_case", "DN-HEALTH"), (date(2026, 3, 21), "no_case", "DN-HEALTH"), (date(2025, 3, 20), "open", "DN-HEALTH"),
        (date(2025, 3, 19), "open", ""), (date(2025, 3, 20), "no_case", ""),
    ],
)  # fmt: skip
def test_illness_opens_a_case_only_after_more_than_a_year(since: date | None, outcome: str, rule: str) -> None:
    assert refusal(STEP, ILL | {"unable_since": since, "outcome": outcome}, at()) == (rule, "unable_since" if rule else "")


def test_a_year_of_illness_that_is_not_over_is_watched() -> None:
    assert STEP.begins(at(), ILL | {"unable_since": date(2025, 9, 1)}) == {"DN-HEALTH": date(2025, 9, 1)}
    assert STEP.begins(at(), ILL | {"unable_since": date(2025, 3, 19)}) == {}
    assert STEP.begins(at(), SAMPLE) == {}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("open", "triaged"), ("remind", "to_remind"), ("inquire", "to_inquire"), ("admonish", "to_admonish"), ("merge", "merged"),
        ("transfer", "to_transfer"), ("no_case", "no_case"),
    ],
)  # fmt: skip
def test_triage_decides_the_way(outcome: str, state: str) -> None:
    assert moved(STEP, case("clue"), outcome) == state


def test_a_clue_is_triaged_once() -> None:
    assert sources(STEP) == {"clue"}


def test_triage_is_due_and_the_paper_stays_inside() -> None:
    assert (STEP.role, STEP.signers, STEP.deadline, STEP.open_to_subject) == ("case_handler", 1, "DN-TRIAGE", False)


def test_later_steps_know_what_the_clue_was_about() -> None:
    assert STEP.settle(at(), SAMPLE) == {name: SAMPLE[name] for name in ("summary", "situations", "source", "trigger_rule")}


def test_the_form_of_the_clue_shows_source_trigger_situation_and_reason() -> None:
    html = printed(STEP, SAMPLE, at())
    for text in (
        "王建国", "市交通运输局副局长", "年度考核结果", "2026年3月20日", "T-01", "S08", "连续两年考核排名末位。", "重点项目滞后。", "报请启动核实",
        "两年数据一致，需要核实。",
    ):  # fmt: skip
        assert text in html
    ill = printed(STEP, ILL | {"unable_since": date(2025, 3, 1), "trigger_rule": ""}, at())
    assert "2025年3月1日" in ill
