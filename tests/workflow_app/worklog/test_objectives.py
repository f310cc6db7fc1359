"""Objectives and key results: weights make 100, the person reports, another checks, and a campaign takes the figure as it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Town, signed_in
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.worklog.wrote import head_of
from workflow_app import clock, linking
from workflow_app.models import (
    Indicator,
    IndicatorVersion,
    KeyProgress,
    KeyResult,
    KeyUse,
    Measured,
    Objective,
    ProgressCheck,
    SchemeIndicator,
    Subject,
)
from workflow_app.refusing import Refused
from workflow_app.worklog import objectives

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def key(**changes: Any) -> objectives.Key:
    found = {"text": "完成隐患山塘加固", "measure": "验收的山塘，座", "target": Decimal(12), "weight": 60, "due_on": date(2026, 12, 1)}
    return objectives.Key(**(found | changes))


def goal(town: Town) -> Objective:
    return linking.set_objective(town.wang, "片区山塘安全度汛", *YEAR, by=town.people["org_leader1"], at=town.at)


def whole(town: Town) -> KeyResult:
    """An objective of two key results."""
    one, by = goal(town), town.people["org_leader1"]
    first = linking.add_key(one, key(), by=by, at=town.at)
    linking.add_key(one, key(text="转移名册逐户核对", weight=40), by=by, at=town.at)
    return first


def reported(town: Town, result: KeyResult, value: str = "7", **changes: Any) -> KeyProgress:
    done = objectives.Done(**({"value": Decimal(value), "reached_on": town.today, "proof": "市水利局验收单七份"} | changes))
    return linking.report(result, done, by=town.people["wang"], at=town.at)


def checked(town: Town, one: KeyProgress, *, holds: bool = True) -> ProgressCheck:
    return linking.check(one, holds=holds, reason="与验收单一致。", by=town.people["org_leader1"], at=town.at)


def measured(town: Town) -> tuple[Subject, SchemeIndicator]:
    """王建国 in a round with one measured indicator."""
    campaign = closed(town)
    version = campaign.version
    assert version is not None
    words = IndicatorVersion.objects.create(
        indicator=Indicator.objects.create(library=version.scheme.library, code="L01"), number=1, name="山塘加固率", aspect="RESULTS", family="BASIC",
        measure="QUANTITATIVE", recorded_by=town.people["case_handler1"], recorded_at=town.at, definition="按验收数。", data_source="验收单",
        valid_from=date(2025, 1, 1), reason="首次入库",
    )  # fmt: skip
    indicator = SchemeIndicator.objects.create(version=version, indicator=words, weight=0)
    return campaign.subjects.get(cadre=town.wang), indicator


@given(st.decimals(0, 10**6, places=2), st.decimals("0.01", 10**6, places=2))
def test_the_share_is_between_nothing_and_the_whole_and_exact_to_half_a_hundredth(value: Decimal, target: Decimal) -> None:
    found = objectives.share(value, target)
    assert 0 <= found <= 100 and found.as_tuple().exponent == -2
    assert abs(found - min(Decimal(100), 100 * value / target)) <= Decimal("0.005")
    assert objectives.share(target, target) == 100


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target": Decimal(0)}, "目标值应当大于0"), ({"weight": 0}, "权重应为1至100"), ({"weight": 101}, "权重应为1至100"),
        ({"due_on": date(2027, 1, 1)}, "不在目标的起止以内"), ({"text": "加固"}, "请写明关键结果"), ({"measure": ""}, "请写明怎样计量"),
    ],
)  # fmt: skip
def test_a_key_result_out_of_bounds_is_refused(town: Town, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words) as no:
        linking.add_key(goal(town), key(**changes), by=town.people["org_leader1"], at=town.at)
    assert no.value.way_out and not KeyResult.objects.exists()


def test_weights_make_a_hundred_and_never_more_and_nothing_is_reported_before(town: Town) -> None:
    one, by = goal(town), town.people["org_leader1"]
    first = linking.add_key(one, key(), by=by, at=town.at)
    with pytest.raises(Refused, match="合计还不是100"):
        reported(town, first)
    with pytest.raises(Refused, match="权重应为1至40"):
        linking.add_key(one, key(weight=41), by=by, at=town.at)


def test_nobody_sets_checks_or_ends_the_own_objective(town: Town) -> None:
    own = {"by": town.people["wang"], "at": town.at}
    with pytest.raises(Refused, match="本人的事项"):
        linking.set_objective(town.wang, "片区山塘安全度汛", *YEAR, **own)
    result = whole(town)
    for act in (
        lambda: linking.add_key(result.objective, key(weight=1), **own),
        lambda: linking.end_objective(result.objective, "不再需要。", **own),
        lambda: linking.check(reported(town, result), holds=True, reason="与验收单一致。", **own),
    ):
        with pytest.raises(Refused, match="本人的事项"):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        ProgressCheck.objects.create(progress=reported(town, result), holds=True, reason="是", **own)


def test_only_the_person_reports_with_proof_and_of_what_has_happened(town: Town) -> None:
    result, done = whole(town), objectives.Done(Decimal(7), town.today, "市水利局验收单七份")
    with pytest.raises(Refused, match="只有本人"):
        linking.report(result, done, by=town.people["org_leader1"], at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        KeyProgress.objects.create(
            key_result=result, value=7, reached_on=town.today, proof="验收单", by=town.people["org_leader1"], at=town.at
        )
    for changes, words in (
        ({"proof": ""}, "请写明佐证说明"),
        ({"value": Decimal(-1)}, "不能小于0"),
        ({"reached_on": date(2026, 3, 3)}, "不能晚于今天"),
    ):
        with pytest.raises(Refused, match=words):
            reported(town, result, **changes)


def test_an_objective_ends_with_a_reason_and_takes_nothing_more(town: Town) -> None:
    result, by = whole(town), town.people["org_leader1"]
    with pytest.raises(Refused, match="请写明终止理由"):
        linking.end_objective(result.objective, "", by=by, at=town.at)
    linking.end_objective(result.objective, "职责调整，不再分管。", by=by, at=town.at)
    for act in (
        lambda: reported(town, result),
        lambda: linking.add_key(result.objective, key(weight=1), by=by, at=town.at),
        lambda: linking.end_objective(result.objective, "再次终止。", by=by, at=town.at),
    ):
        with pytest.raises(Refused, match="已经终止"):
            act()
    with pytest.raises(Refused, match="结束日期早于"):
        linking.set_objective(town.wang, "片区山塘安全度汛", *reversed(YEAR), by=by, at=town.at)


def test_only_what_another_found_true_counts_and_it_is_checked_once(town: Town) -> None:
    result = whole(town)
    one, two = reported(town, result, "7"), reported(town, result, "9")
    checked(town, one)
    with pytest.raises(Refused, match="已经核对"):
        checked(town, one)
    checked(town, two, holds=False)
    branch = objectives.trees(town.wang)[0].branches[0]
    assert branch.counts == one and branch.share == Decimal("58.33")


def test_a_campaign_takes_a_checked_progress_as_its_figure_and_scores_it_itself(town: Town) -> None:
    (subject, indicator), result, by = measured(town), whole(town), town.people["case_handler1"]
    one = reported(town, result)
    with pytest.raises(Refused, match="还没有核对属实"):
        linking.use_progress(one, subject, indicator, "", by=by, at=town.at)
    checked(town, one)
    other = subject.campaign.subjects.exclude(cadre=town.wang).first()
    with pytest.raises(Refused, match="不是关于这名干部"):
        linking.use_progress(one, other, indicator, "", by=by, at=town.at)
    made = linking.use_progress(one, subject, indicator, "", by=by, at=town.at)
    assert (made.measured.value, made.measured.scale) == (Decimal("58.33"), 100) and "完成隐患山塘加固" in made.measured.source
    with pytest.raises(Refused, match="已经登入"):
        linking.use_progress(one, subject, indicator, "", by=by, at=town.at)
    unchecked = reported(town, result, "8")
    loose = Measured.objects.create(subject=subject, indicator=indicator, value=1, scale=2, source="另一文件", by=by, at=town.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        KeyUse.objects.create(progress=unchecked, measured=loose)


def test_the_tree_on_the_pages_of_the_head_the_person_and_the_office(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    subject, indicator = measured(town)
    url, head, own = f"/worklog/objectives/{town.wang.pk}/", signed_in(head_of(town)), signed_in(town.people["wang"])
    sent = {"do": "objective", "objective-title": "片区山塘安全度汛", "objective-first": "2026-12-31", "objective-last": "2026-01-01"}
    page = head.post(url, sent)
    assert page.status_code == 422 and "结束日期早于" in page.content.decode() and "片区山塘" in page.content.decode()
    assert head.post(url, sent | {"objective-first": "2026-01-01", "objective-last": "2026-12-31"}).status_code == 302
    one = Objective.objects.get()
    typed = {f"key-{name}": str(value) for name, value in vars(key(weight=100)).items()}
    assert head.post(url, {"do": "key", "key-objective": one.pk, **typed}).status_code == 302
    result = one.results.get()
    done = {
        "do": "progress",
        "progress-key": result.pk,
        "progress-value": "7",
        "progress-reached_on": "2026-03-01",
        "progress-proof": "验收单七份",
    }
    assert own.post("/mine/objectives/", done).status_code == 302
    progress = KeyProgress.objects.get()
    assert (
        head.post(url, {"do": "check", "check-progress": progress.pk, "check-holds": "yes", "check-reason": "与验收单一致。"}).status_code
        == 302
    )
    use = {"do": "use", "use-progress": progress.pk, "use-place": f"{subject.pk}-{indicator.pk}"}
    assert head.post(url, use).status_code == 404, "a campaign is the office's"
    office = signed_in(town.people["assessment_office1"])
    assert "登入测评" in office.get(url).content.decode()
    assert office.post(url, use).status_code == 302 and "已登入2025年度测评" in own.get("/mine/objectives/").content.decode()
    assert signed_in(town.people["legal_reviewer1"]).get(url).status_code == 404
