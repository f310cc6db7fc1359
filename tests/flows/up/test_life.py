"""Whole lives of a case on the way up, through the door, without pages."""

from __future__ import annotations

import pytest

from tests.flows.up.rising import (
    TO_CANDIDATE,
    act,
    begin,
    end_trial,
    examine,
    open_case,
    reported,
    run,
    to_appointed,
    to_notice,
    voters,
)
from tests.story import Town, fresh, item_of
from tests.test_life import books_agree
from workflow_app import conduct, ledger
from workflow_app.models import Deadline, Document, WorkItem
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


def codes(case: object) -> set[str]:
    return set(Document.objects.filter(case=case).values_list("code", flat=True))


def test_a_single_post_goes_up_from_the_motion_to_the_confirmed_appointment(town: Town) -> None:
    case = to_appointed(town, open_case(town))
    assert case.state == "probation"
    held = case.settled["appoint"]
    assert (held["tenure_from"], held["trial_from"]) == ("2026-03-06", "2026-03-14"), "tenure from the decision, trial from the notice"
    end_trial(town, case)
    case = run(town, case, "conclude_probation", "archive")
    assert (case.state, case.has("ended_confirmed"), case.finished is not None) == ("closed", True, True)
    assert books_agree(case)
    assert ledger.verify(f"C{case.pk}") == case.records_count
    assert codes(case) >= {
        "U-PLAN", "U-RECI", "U-RECM", "U-REC", "U-QUAL", "U-LIST", "U-PRE", "U-EXPLAN", "U-TALKREC", "U-APPR", "U-EXAM", "U-ASK", "U-ANS",
        "U-4CHK", "U-ASKO", "U-REPLY", "U-MEET", "U-FORM", "U-NOTICE", "U-NOTREP", "U-TALK", "U-APPT", "U-TRIAL", "U-INDEX",
    }  # fmt: skip


def test_the_motion_waits_for_its_approver_and_nobody_approves_the_own_one(town: Town) -> None:
    case = open_case(town)
    assert case.state == "recommendation"
    signed = case.records.filter(kind="ACT").get()
    names = {one["cadre"] for one in Document.objects.get(case=case, record_seq=signed.seq).content["paper"]["signatures"]}
    assert len(names) == 2


def test_a_motion_that_is_returned_is_drawn_up_again_and_may_be_dropped(town: Town) -> None:
    case = open_case(town, outcome="return")
    assert case.state == "returned"
    case = run(town, case, ("initiate", {"outcome": "drop"}))
    assert (case.state, case.finished is not None) == ("dropped", True)


def test_the_order_may_be_reversed_for_a_single_post(town: Town) -> None:
    case = open_case(town, order="meeting_first")
    assert case.state == "meeting_recommendation"
    assert run(town, case, "recommend_by_meeting", "recommend_by_interview").state == "recommended"


def test_the_meeting_is_dropped_under_the_three_conditions(town: Town) -> None:
    case = run(town, open_case(town), ("recommend_by_interview", {"outcome": "drop_meeting"}))
    assert case.state == "recommended"


def test_a_report_is_verified_and_overruled_and_the_appointment_goes_on(town: Town) -> None:
    case = to_notice(town, open_case(town))
    reported(town, case, name="李某", contact="13800000000")
    town.later(days=8)
    with pytest.raises(conduct.OutOfTurn.__mro__[1], match="没有核查完毕"):
        act(town, case, "close_notice")
    case = run(town, case, "verify_report", "close_notice")
    assert case.state == "appointment_talk"
    assert books_agree(case)


def test_a_report_that_affects_sends_the_case_back_to_the_committee_and_it_is_posted_anew(town: Town) -> None:
    case = to_notice(town, open_case(town))
    reported(town, case)
    town.later(days=8)
    case = run(town, case, ("verify_report", {"outcome": "affects"}), "close_notice")
    assert (case.state, case.round) == ("reconsideration", 2)
    assert not {"record_meeting", "decide", "post_notice", "verify_report"} & set(case.settled), "nothing of the earlier round leaks"
    case = run(town, case, ("record_meeting", {"consenting": 9}), "decide", "post_notice")
    town.later(days=8)
    assert run(town, case, "close_notice").state == "appointment_talk"


def test_an_adverse_check_stops_the_case_at_once_and_withdraws_everything_else(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE, "announce_examination")
    town.later(days=4)
    run(town, case, "ask_check", ("answer_check", {"outcome": "adverse"}))
    assert fresh(case).state == "stopping"
    with pytest.raises(conduct.OutOfTurn):
        act(town, case, "plan_examination")
    case = run(town, case, ("close_four_checks", {"outcome": "stop", "organs": []}))
    assert case.state == "stopped"
    assert {item.step for item in WorkItem.objects.filter(process=case, status__in=("NEW", "ASSIGNED"))} == {"archive"}
    assert run(town, case, "archive").has("ended_stopped")


def test_an_adverse_answer_that_comes_last_stops_the_case_as_well(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE)
    run(town, case, "announce_examination")
    town.later(days=4)
    run(town, case, "plan_examination")
    begin(town, case, "record_interview", by="examination_team1")
    run(town, case, "appraise", "examine", *["ask_check"] * 4, *["answer_check"] * 3, ("answer_check", {"outcome": "adverse"}))
    assert WorkItem.objects.filter(process=case, step="close_four_checks", status="NEW").count() == 1
    assert run(town, case, ("close_four_checks", {"outcome": "stop", "organs": []})).state == "stopped"


def test_a_pending_check_blocks_until_it_is_clear(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE)
    run(town, case, "announce_examination")
    town.later(days=4)
    run(town, case, "plan_examination")
    begin(town, case, "record_interview", by="examination_team1")
    case = run(town, case, "appraise", "examine", *["ask_check"] * 4, ("answer_check", {"outcome": "pending"}), *["answer_check"] * 3)
    steps = list(WorkItem.objects.filter(process=case, status="NEW").values_list("step", flat=True))
    assert steps == ["answer_check"], "the pending one is asked again and blocks"
    case = run(town, case, "answer_check")
    assert case.state == "checks"
    assert {one["answer"] for one in case.settled["answer_check"]["answers"]} == {"无问题"}


def test_the_examination_is_supplemented_beside_open_checks(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE, "announce_examination")
    town.later(days=4)
    run(town, case, "plan_examination")
    begin(town, case, "record_interview", by="examination_team1")
    case = run(town, case, "ask_check", "appraise", ("examine", {"outcome": "supplement"}))
    assert case.state == "supplementing"
    case = run(town, case, "answer_check", "appraise", "examine", *["ask_check"] * 3, *["answer_check"] * 3)
    assert case.state == "checks"


def test_probation_failed(town: Town) -> None:
    case = to_appointed(town, open_case(town))
    end_trial(town, case)
    case = run(town, case, ("conclude_probation", {"outcome": "failed", "placement": "按试任前职级安排。"}), "archive")
    assert case.has("ended_probation_failed")


def test_not_elected(town: Town) -> None:
    case = to_appointed(town, open_case(town, elected=True), outcome="not_elected", elected_on=town.today)
    assert run(town, case, "archive").has("ended_not_elected")


def test_an_assisting_authority_that_does_not_answer_for_a_month_is_deemed_to_agree(town: Town) -> None:
    case = examine(town, run(town, open_case(town), *TO_CANDIDATE))
    both = {"organs": [str(town.discipline.pk)], "co_authority": str(town.partner.pk)}
    case = run(town, case, ("close_four_checks", both), "ask_opinion", "ask_opinion")
    asked = WorkItem.objects.get(process=case, step="give_opinion", desk__unit=town.partner)
    due = Deadline.objects.get(item=asked)
    assert due.rule_id == "UP-COAUTH"
    assert conduct.expire(due.pk, at=due.fires_at) == "deem_consent"
    other = Deadline.objects.get(item__step="give_opinion", item__process=case, item__status="NEW")
    assert conduct.expire(other.pk, at=due.fires_at) == "escalate", "only the assisting authority is deemed to agree"
    assert Document.objects.filter(case=case, title="未答复情况记录").count() == 1
    assert fresh(case).settled["give_opinion"]["opinions"][0]["opinion"] == "视为同意（未答复）"


def test_postponed_rejected_and_reconsidered_with_its_own_majority(town: Town) -> None:
    case = examine(town, run(town, open_case(town), *TO_CANDIDATE))
    case = run(town, case, "close_four_checks", "ask_opinion", "give_opinion",
               ("record_meeting", {"members": voters(town, agree=4, against="postpone"), "outcome": "postpone"}))  # fmt: skip
    assert case.state == "deferred"
    case = run(town, case, ("record_meeting", {"members": voters(town, agree=3), "outcome": "reconsider", "consenting": 5}))
    assert case.state == "reconsideration"
    with pytest.raises(Exception, match="过半数同意"):
        act(town, case, "record_meeting", consenting=4)
    assert run(town, case, ("record_meeting", {"consenting": 5})).state == "adopted"


def test_a_rejected_case_stops(town: Town) -> None:
    case = examine(town, run(town, open_case(town), *TO_CANDIDATE))
    case = run(town, case, "close_four_checks", "ask_opinion", "give_opinion",
               ("record_meeting", {"members": voters(town, agree=2), "outcome": "reject"}))  # fmt: skip
    assert case.state == "stopped"


def test_an_excluded_candidate_is_a_record_and_ends_the_case(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE[:3])
    item = item_of(case, "qualify")
    bars = [{"bar": name, "applies": "yes" if name == "recognition" else "no", "reason": "民主测评得票偏低。"}
            for name in ("discipline", "recognition", "canvassing", "family_abroad", "other")]  # fmt: skip
    act(town, case, "qualify", item=item, bars=bars, outcome="excluded")
    assert fresh(case).state == "stopped"
    assert case.records.filter(kind="ACT", step="qualify", outcome="excluded").exists()


# --- a recommendation counts for twelve months ------------------------------------------------------------------


def a_year_later(town: Town) -> None:
    """To the day after the last day of the recommendation of 2 March."""
    town.at = town.at.replace(year=2027, month=3, day=3)


def test_no_examination_is_announced_on_a_lapsed_recommendation_and_it_is_repeated(town: Town) -> None:
    case = run(town, open_case(town), *TO_CANDIDATE)
    a_year_later(town)
    with pytest.raises(RuleBroken, match="失效") as refused:
        act(town, case, "announce_examination")
    assert refused.value.rule == "UP-REC-VALID"
    case = run(town, case, ("announce_examination", {"outcome": "withdraw", "reason": "推荐结果已经失效。"}),
               ("confirm_candidates", {"outcome": "lapsed"}))  # fmt: skip
    assert case.state == "recommendation"


def test_the_committee_does_not_adopt_on_a_lapsed_recommendation_and_everything_built_on_it_is_done_anew(town: Town) -> None:
    case = examine(town, run(town, open_case(town), *TO_CANDIDATE))
    case = run(town, case, "close_four_checks", "ask_opinion", ("give_opinion", {"outcome": "disagree", "reason": "经验不足。"}))
    with pytest.raises(RuleBroken, match="没有失效"):
        act(town, case, "record_meeting", outcome="lapsed", coordination="经协调同意。")
    a_year_later(town)
    with pytest.raises(RuleBroken, match="失效") as refused:
        act(town, case, "record_meeting", coordination="经协调同意。")
    assert (refused.value.rule, refused.value.field) == ("UP-REC-VALID", "outcome")
    case = run(town, case, ("record_meeting", {"outcome": "lapsed", "coordination": "经协调同意。"}))
    assert (case.state, case.round) == ("recommendation", 2)
    assert not [mark for mark in case.marks if mark.startswith("clear_") or mark == "disagreed"]
    assert not {"announce_examination", "answer_check", "give_opinion", "record_meeting", "report_recommendation"} & set(case.settled)
    case = examine(town, run(town, case, *TO_CANDIDATE))
    assert run(town, case, "close_four_checks", "ask_opinion", "give_opinion", "record_meeting").state == "adopted"


def test_a_vote_on_the_last_day_of_the_recommendation_is_in_time(town: Town) -> None:
    case = examine(town, run(town, open_case(town), *TO_CANDIDATE))
    case = run(town, case, "close_four_checks", "ask_opinion", "give_opinion")
    town.at = town.at.replace(year=2027, month=3, day=2)
    assert run(town, case, "record_meeting").state == "adopted", "2 March 2027 is the last day, to 24:00"
