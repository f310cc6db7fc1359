"""D1 书面检查."""

from flows.down.steps.review_oneself import ReviewOneself
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources

STEP = ReviewOneself()
SAMPLE = {
    "summary": "对项目滞后负有领导责任。",
    "points": [{"asked": "按期完工", "done": "已于二月完工。", "proof": "验收单"}, {"asked": "如实报告", "done": "已补报。", "proof": ""}],
}


def test_the_form_asks_for_insight_and_an_account_of_every_point() -> None:
    assert demanded(STEP) == {"summary", "points"}
    row = STEP.Facts.rows["points"](data={})
    assert set(row.errors) == {"asked", "done"}


def test_what_the_cadre_writes_is_not_judged_here() -> None:
    assert refusal(STEP, SAMPLE, situation(case("admonished"))) == ("", "")
    assert STEP.outcome(situation(), SAMPLE) == "filed"


def test_filed_or_not_the_case_goes_on() -> None:
    assert {moved(STEP, case("admonished"), outcome) for outcome in ("filed", "silent")} == {"checking"}
    assert sources(STEP) == {"admonished"}


def test_silence_is_recorded_as_a_fact_and_decides_nothing() -> None:
    assert (STEP.role, STEP.deadline) == ("subject", "DN-SELFREV")
    silent = STEP.silence(situation())
    assert STEP.outcome(situation(), silent) == "silent"
    html = printed(STEP, silent, situation())
    assert "<h1>未提交书面检查情况记录</h1>" in html
    assert "只作为事实记录" in html


def test_the_paper_shows_what_was_asked_done_and_proven() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, situation())
    for text in ("<h1>书面检查</h1>", "对项目滞后负有领导责任。", "按期完工", "已于二月完工。", "验收单", "如实报告", "已补报。", "——"):
        assert text in html
