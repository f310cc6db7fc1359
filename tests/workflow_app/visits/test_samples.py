"""The verification sample: fixed and published before it is drawn, drawn again by anybody, checked by others, and what is wrong is settled."""

from __future__ import annotations

import hashlib
import math
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town
from tests.workflow_app.assessment.stage import GROUPS, Hall, build
from tests.workflow_app.assessment.test_measuring import MEASURED
from tests.workflow_app.visits.visited import planned
from workflow_app import assessing, ledger, measuring, verifying
from workflow_app.assessment.measuring.facts import Fact
from workflow_app.assessment.measuring.figures import Figure
from workflow_app.models import (
    Account,
    Bar,
    Campaign,
    CheckBegun,
    CheckResult,
    Established,
    Lead,
    Measured,
    Message,
    Record,
    SampleCheck,
    SamplePlan,
    SchemeIndicator,
    Score,
    Subject,
    Tie,
)
from workflow_app.refusing import Refused
from workflow_app.visits import sampling
from workflow_app.visits.checking import Paper
from workflow_app.visits.disposing import Word

pytestmark = pytest.mark.django_db
assert GROUPS


@pytest.fixture
def hall(town: Town, monkeypatch: pytest.MonkeyPatch) -> Hall:
    """A closed round with a figure of 王建国 and a matter."""
    made = build(town)
    monkeypatch.setattr("tests.workflow_app.assessment.stage.Hall.published.__defaults__", (MEASURED,))
    campaign = made.campaign()
    for rater in (*made.peers, town.people["org_leader1"]):
        made.rate(campaign, rater, 8)
    assessing.close(campaign.pk, by=made.office, why="都已经评完", at=made.at)
    figure(made, 90)
    return made


def subject() -> Subject:
    return Subject.objects.select_related("campaign__organ", "campaign__version__scheme", "cadre").get()


def indicator() -> SchemeIndicator:
    return SchemeIndicator.objects.select_related("indicator__indicator").get(indicator__indicator__code="D01")


def figure(hall: Hall, value: int, reason: str = "") -> Measured:
    one = Figure(subject(), indicator(), Decimal(value), Decimal(100), "市考核办〔2026〕3号", reason)
    made = measuring.enter_figure(one, by=hall.office, at=hall.at)
    assert made is not None
    return made


def matter(hall: Hall, kind: str = "DEDUCTION", number: int = 1) -> Established:
    amount = Decimal(2) if kind == "DEDUCTION" else None
    one = Fact(
        subject(),
        kind,
        amount,
        indicator() if kind == "FALSIFIED" else None,
        "全市通报批评一次",
        "云溪市委督查室",
        f"督查通报第{number}期",
        date(2026, 1, 5),
    )
    return measuring.establish(one, by=hall.office, at=hall.at)


def published(hall: Hall) -> SamplePlan:
    return verifying.publish(Campaign.objects.select_related("organ").get(), by=hall.office, at=hall.at)


def drawn(hall: Hall) -> SampleCheck:
    """The only figure of the round, drawn."""
    return verifying.draw(published(hall), by=hall.office, at=hall.at)[0]


def begun(hall: Hall, check: SampleCheck | None = None, by: str = "case_handler1") -> SampleCheck:
    found = check or drawn(hall)
    verifying.begin(found, "", by=hall.town.people[by], at=hall.at)
    return SampleCheck.objects.select_related("campaign__organ").get(pk=found.pk)


def paper(hall: Hall, check: SampleCheck, way: str = "LEDGER", agrees: bool = True, **more: Any) -> None:
    one = Paper(way, "进度台账第3册", "台账显示完成百分之九十。", agrees, more.get("visit"))
    verifying.hold_against(check, one, by=hall.town.people[more.get("by", "case_handler1")], at=hall.at)


def concluded(hall: Hall, check: SampleCheck, outcome: str) -> CheckResult:
    return verifying.conclude(check, outcome, "台账、审计报告与登记逐项对照。", by=hall.town.people["case_handler1"], at=hall.at)


def wrong(hall: Hall) -> CheckResult:
    check = begun(hall)
    paper(hall, check, agrees=False)
    return CheckResult.objects.select_related("check_of__campaign__organ").get(pk=concluded(hall, check, "WRONG").pk)


@given(st.integers(0, 5000))
def test_ten_in_a_hundred_rounded_up_and_one_at_least(size: int) -> None:
    assert sampling.how_many(size) == math.ceil(size / 10)
    assert size == 0 or sampling.how_many(size) >= 1


@given(st.lists(st.integers(0, 10_000), unique=True, max_size=60), st.text(min_size=1, max_size=20), st.randoms())
def test_a_sample_is_the_same_whatever_the_order_of_its_frame(keys: list[int], seed: str, chance: Any) -> None:
    names = [f"figure:{one}" for one in keys]
    mixed = list(names)
    chance.shuffle(mixed)
    count = sampling.how_many(len(names))
    found = sampling.chosen(names, seed, count)
    assert found == sampling.chosen(mixed, seed, count) and len(set(found)) == count
    naive = [(hashlib.sha256((seed + "\n" + one).encode()).hexdigest(), one) for one in names]
    assert found == [one for _, one in sorted(naive)][:count]


def test_the_seed_is_the_hash_of_the_line_that_published_what_may_be_drawn_from(hall: Hall) -> None:
    plan = published(hall)
    line = Record.objects.get(chain=f"J{hall.town.city.pk}", seq=plan.record_seq)
    assert (line.outcome, line.hash) == ("sample", plan.seed)
    assert not SampleCheck.objects.exists(), "the seed stands before anything is drawn"
    one = Measured.objects.get()
    assert plan.frame == f"figure:{one.pk}\n" and plan.frame_sha256 == hashlib.sha256(plan.frame.encode()).hexdigest()
    figure(hall, 80, "按更正通报更正")
    assert [check.measured for check in verifying.draw(plan, by=hall.office, at=hall.at)] == [one], "what comes later changes no sample"
    ledger.verify(f"J{hall.town.city.pk}")


def test_a_sample_is_published_once_and_drawn_once_and_only_of_a_closed_round_with_data(hall: Hall, town: Town) -> None:
    plan = published(hall)
    with pytest.raises(Refused, match="不能重来"):
        published(hall)
    verifying.draw(plan, by=hall.office, at=hall.at)
    with pytest.raises(Refused, match="已经抽取"):
        verifying.draw(plan, by=hall.office, at=hall.at)
    told = Message.objects.filter(key=f"sample:{plan.pk}").values_list("account__username", flat=True)
    assert {"assessment_office2", "case_handler1", "org_leader1"} <= set(told)


def test_a_round_that_is_open_or_has_nothing_to_draw_from_is_refused(town: Town) -> None:
    hall = build(town)
    campaign = hall.campaign()
    with pytest.raises(Refused, match="还没有结束"):
        published(hall)
    assessing.close(campaign.pk, by=hall.office, why="都已经评完", at=hall.at)
    with pytest.raises(Refused, match="没有可以抽取"):
        published(hall)


def test_matters_of_the_negative_list_are_checked_one_by_one_and_what_was_taken_back_not_at_all(hall: Hall) -> None:
    gone, veto, rest = matter(hall), matter(hall, "VETO"), matter(hall, number=2)
    measuring.take_back(gone, "登记了两遍，撤回一遍", by=hall.second, at=hall.at)
    plan = published(hall)
    assert plan.frame.splitlines() == [f"established:{rest.pk}", f"figure:{Measured.objects.get().pk}"] and plan.count == 1
    assert plan.each == f"established:{veto.pk}\n"
    made = verifying.draw(plan, by=hall.office, at=hall.at)
    assert sorted(one.ground for one in made) == ["DRAWN", "EACH"]


def test_anybody_draws_again_and_a_sample_that_was_bent_is_found_out(hall: Hall, tmp_path: Path) -> None:
    for n in range(25):
        matter(hall, number=n)
    plan = published(hall)
    made = verifying.draw(plan, by=hall.office, at=hall.at)
    out = StringIO()
    call_command("check_sample", plan.campaign_id, stdout=out)
    assert "一致" in out.getvalue() and len(made) == plan.count == 3
    frame = tmp_path / "frame.txt"
    frame.write_text(plan.frame, encoding="utf-8")
    alone = StringIO()
    call_command("check_sample", frame=str(frame), seed=plan.seed, stdout=alone)
    assert alone.getvalue().split() == sampling.drawn_again(plan)
    bent = SamplePlan(
        campaign=plan.campaign,
        frame=plan.frame,
        frame_sha256=plan.frame_sha256,
        each="",
        count=2,
        record_seq=plan.record_seq,
        seed=plan.seed,
    )
    assert verifying.faults_of(bent) and not verifying.faults_of(plan)
    bent.count, bent.seed = 3, "0" * 64
    assert "种子" in verifying.faults_of(bent)[0]
    bent.seed, bent.frame = plan.seed, plan.frame.replace("established", "figure")
    assert verifying.faults_of(bent)
    row = next(one for one in plan.frame.splitlines() if one not in sampling.drawn_again(plan) and one.startswith("est"))
    SampleCheck.objects.create(
        campaign=plan.campaign, ground="DRAWN", established_id=int(row.split(":")[1]), by=hall.office, at=hall.at, begin_by=hall.at
    )
    with pytest.raises(CommandError, match="不一致"):
        call_command("check_sample", plan.campaign_id)
    with pytest.raises(CommandError, match="没有这次测评"):
        call_command("check_sample", 987654)


def test_who_entered_a_row_whom_it_is_about_and_who_is_tied_do_not_check_it(hall: Hall, town: Town) -> None:
    check = drawn(hall)
    for who, words, rule in ((hall.office, "登记人不得核验", "SD-19"), (town.people["wang"], "本人的事项", "SD-9")):
        with pytest.raises(Refused, match=words) as no:
            verifying.begin(check, "", by=who, at=hall.at)
        assert no.value.rule == rule
        with pytest.raises(DatabaseError), transaction.atomic():
            CheckBegun.objects.create(check_of=check, by=who, at=hall.at)
    Tie.objects.create(one_id=town.cadre("case_handler2"), other=town.wang, kind="OTHER", declared_at=hall.at)
    with pytest.raises(Refused, match="回避关系"):
        verifying.begin(check, "", by=town.people["case_handler2"], at=hall.at)
    begun(hall, check)
    with pytest.raises(Refused, match="已经有人核验"):
        verifying.begin(check, "", by=town.people["org_leader1"], at=hall.at)


def test_a_check_begins_within_48_hours_on_any_day_or_says_why_not(hall: Hall) -> None:
    check = drawn(hall)
    assert check.begin_by - check.at == timedelta(hours=48), "2026-01-10 is a Saturday"
    hall.at = check.begin_by + timedelta(seconds=1)
    with pytest.raises(Refused, match="超过48小时"):
        begun(hall, check)
    hall.at = check.begin_by
    begun(hall, check)
    late = verifying.raise_check(matter(hall), "两家媒体的报道经核实属实，附网信部门函。", by=hall.town.people["case_handler1"], at=hall.at)
    hall.at += timedelta(hours=49)
    verifying.begin(late, "核验人员出差。", by=hall.town.people["case_handler1"], at=hall.at)
    assert CheckBegun.objects.get(check_of=late).late_why == "核验人员出差。"


def test_strong_opinion_puts_a_row_on_the_list_once_with_its_papers(hall: Hall, town: Town) -> None:
    row = subject().figures.get()
    with pytest.raises(Refused, match="反映的情况和材料"):
        verifying.raise_check(row, "网上说", by=town.people["case_handler1"], at=hall.at)
    with pytest.raises(Refused, match="本人的事项"):
        verifying.raise_check(row, "两家媒体的报道经核实属实。", by=town.people["wang"], at=hall.at)
    check = verifying.raise_check(row, "两家媒体的报道经核实属实。", by=town.people["case_handler1"], at=hall.at)
    with pytest.raises(Refused, match="已经在核验"):
        verifying.raise_check(row, "两家媒体的报道经核实属实。", by=town.people["case_handler1"], at=hall.at)
    plan = published(hall)
    assert verifying.draw(plan, by=hall.office, at=hall.at) == [] and SampleCheck.objects.get() == check
    assert not verifying.faults_of(plan)


def test_only_who_took_a_check_on_works_on_it_and_a_result_ends_it(hall: Hall, town: Town) -> None:
    check = drawn(hall)
    with pytest.raises(Refused, match="由核验人登记"):
        paper(hall, check)
    begun(hall, check)
    with pytest.raises(Refused, match="由核验人登记"):
        paper(hall, check, by="case_handler2")
    other: Account = town.people["case_handler2"]
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckResult.objects.create(check_of=check, outcome="RIGHT", proof="相符", by=other, at=hall.at)
    paper(hall, check)
    paper(hall, check, "AUDIT")
    concluded(hall, check, "RIGHT")
    for act in (lambda: paper(hall, check), lambda: concluded(hall, check, "WRONG")):
        with pytest.raises(Refused, match="已有结论"):
            act()
    assert not Message.objects.filter(account=town.people["wang"], key__startswith="check").exists()


def test_right_needs_two_kinds_of_source_and_wrong_needs_one_that_differs(hall: Hall) -> None:
    check = begun(hall)
    with pytest.raises(Refused, match="没有选择途径"):
        paper(hall, check, "RUMOUR")
    with pytest.raises(Refused, match="没有选择结论"):
        concluded(hall, check, "MAYBE")
    paper(hall, check)
    paper(hall, check)
    with pytest.raises(Refused, match="两种以上途径"):
        concluded(hall, check, "RIGHT")
    with pytest.raises(Refused, match="没有材料显示不一致"):
        concluded(hall, check, "WRONG")
    paper(hall, check, "PETITION", agrees=False)
    with pytest.raises(Refused, match="两种以上途径"):
        concluded(hall, check, "RIGHT")
    concluded(hall, check, "WRONG")


def test_the_spot_is_seen_only_on_a_visit_that_is_registered_and_has_begun(hall: Hall, town: Town) -> None:
    check = begun(hall)
    for visit in (None, planned(town, first=town.today + timedelta(days=1))):
        with pytest.raises(Refused, match="现场核验须通过") as no:
            paper(hall, check, "SPOT", visit=visit)
    assert "走访检查" in no.value.way_out
    there = planned(town)
    hall.at = town.at
    paper(hall, check, "SPOT", visit=there)
    assert there.checks.get().way == "SPOT"


def test_a_wrong_row_is_told_to_the_person_and_raises_nothing_by_itself(hall: Hall, town: Town) -> None:
    before = Score.objects.count()
    wrong(hall)
    assert "经核验不实" in Message.objects.get(account=town.people["wang"], key__contains="wrong").title
    assert not Lead.objects.exists() and not Bar.objects.exists() and Score.objects.count() == before


def test_a_falsification_is_established_through_its_own_door_and_linked(hall: Hall, town: Town) -> None:
    result, handler = wrong(hall), town.people["case_handler2"]
    for word, words in (
        (Word("NOTHING", "数据有出入，但影响不大。"), "没有选择处理"), (Word("ESTABLISHED"), "没有选择已登记的事项"),
        (Word("ESTABLISHED", established=matter(hall)), "不是这一数据的不实认定"),
        (Word("CORRECTED", "登记差错。"), "还没有更正或者撤回"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            verifying.dispose_result(result, word, by=handler, at=hall.at)
    false = matter(hall, "FALSIFIED", 9)
    assert Bar.objects.get().rule_id == "B-FRAUD", "the door that exists bars; nothing here does"
    verifying.dispose_result(result, Word("ESTABLISHED", established=false), by=handler, at=hall.at)
    assert Bar.objects.count() == 1
    with pytest.raises(Refused, match="已经处理"):
        verifying.dispose_result(result, Word("ESTABLISHED", established=false), by=handler, at=hall.at)


def test_a_mistake_is_corrected_through_its_own_door_and_said_to_be_one(hall: Hall, town: Town) -> None:
    result, handler = wrong(hall), town.people["case_handler2"]
    with pytest.raises(Refused, match="本人的事项"):
        verifying.dispose_result(result, Word("CORRECTED", "登记差错。"), by=town.people["wang"], at=hall.at)
    figure(hall, 80, "核验发现登记差错")
    verifying.dispose_result(result, Word("CORRECTED", "把八十写成九十。"), by=handler, at=hall.at)


def test_a_row_found_right_needs_nothing_more(hall: Hall, town: Town) -> None:
    check = begun(hall)
    paper(hall, check)
    paper(hall, check, "DUTY")
    with pytest.raises(Refused, match="不需要处理"):
        verifying.dispose_result(
            concluded(hall, check, "RIGHT"), Word("CORRECTED", "登记差错。"), by=town.people["case_handler2"], at=hall.at
        )
