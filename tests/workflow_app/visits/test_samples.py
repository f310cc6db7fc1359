"""The verification sample: fixed and published before it is drawn, and drawn again by anybody."""

from __future__ import annotations

import hashlib
import math
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town
from tests.workflow_app.assessment.stage import Hall, build
from tests.workflow_app.visits.sampled import figure, matter, published
from workflow_app import assessing, ledger, measuring, verifying
from workflow_app.models import (
    Measured,
    Message,
    Record,
    SampleCheck,
    SamplePlan,
)
from workflow_app.refusing import Refused
from workflow_app.visits import sampling

pytestmark = pytest.mark.django_db


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
