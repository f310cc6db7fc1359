"""Schemes: weights make 100 or are refused with their sum; what is published is frozen; bringing weights to 100 is a recorded choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.workflow_app.assessment.stage import GOOD, GROUPS, INDICATORS, Hall
from workflow_app import assessing
from workflow_app.assessment.campaigns.reading import scheme_of
from workflow_app.assessment.library.keeping import Words, add_version, in_force
from workflow_app.assessment.schemes import drafting
from workflow_app.assessment.schemes.drafting import BadScheme, Draft, GroupRow, IndicatorRow
from workflow_app.models import Record, Scheme, SchemeGroup, SchemeVersion
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
PANEL = (("ORGANIZATION", 20), ("SUPERIOR", 15), ("PEERS", 15), ("PUBLIC", 35), ("THIRD", 15), ("OPINION", 5))  # 1+5+N, 105 %


def panel(hall: Hall) -> SchemeVersion:
    """The panel of 001 as a draft."""
    groups = tuple(GroupRow(key, Decimal(weight)) for key, weight in PANEL)
    return drafting.draft(hall.scheme, replace(GOOD, groups=groups), by=hall.office, at=hall.at)


def test_the_panel_of_105_per_cent_is_refused_and_the_sum_shown(hall: Hall) -> None:
    version = panel(hall)
    with pytest.raises(BadScheme) as refused:
        assessing.publish(version, by=hall.second, at=hall.at)
    assert refused.value.faults == ["评价主体权重合计105%；应为100%（20＋15＋15＋35＋15＋5）"]
    version.refresh_from_db()
    assert version.published_at is None
    assert not Record.objects.filter(kind="ASSESS", outcome="published").exists()


def test_it_is_brought_to_100_only_by_a_choice_with_who_and_why(hall: Hall) -> None:
    version = panel(hall)
    with pytest.raises(Refused, match="理由"):
        assessing.normalise(version, "", by=hall.office, at=hall.at)
    assessing.normalise(version, "文件所列权重合计105%，按比例折算", by=hall.office, at=hall.at)
    version.refresh_from_db()
    assert [str(one.weight) for one in version.groups.all()] == ["19.05", "14.29", "14.29", "33.32", "14.29", "4.76"]
    assert sum(one.weight for one in version.groups.all()) == 100
    assert (version.normalised_by, version.normalised_why) == (hall.office, "文件所列权重合计105%，按比例折算")
    assert [weight for _pk, weight in version.weights_before["groups"]] == ["20.00", "15.00", "15.00", "35.00", "15.00", "5.00"]
    assert Record.objects.filter(kind="ASSESS", outcome="normalised", actor=hall.office).count() == 1
    assessing.publish(version, by=hall.second, at=hall.at)
    with pytest.raises(Refused, match="已经发布"):
        assessing.normalise(version, "再折算一次看看", by=hall.office, at=hall.at)


def test_weights_of_100_need_no_bringing(hall: Hall) -> None:
    version = drafting.draft(hall.scheme, GOOD, by=hall.office, at=hall.at)
    with pytest.raises(Refused, match="不需要"):
        assessing.normalise(version, "多此一举的折算", by=hall.office, at=hall.at)


def test_a_published_version_and_its_parts_never_change(hall: Hall) -> None:
    version = hall.published()
    for change in (
        lambda: SchemeVersion.objects.filter(pk=version.pk).update(veto=False),
        lambda: version.groups.update(weight=1),
        lambda: version.indicators.all().delete(),
        lambda: SchemeGroup.objects.create(version=version, key="THIRD", weight=1),
        lambda: SchemeVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()


def test_who_drafted_does_not_publish(hall: Hall) -> None:
    version = drafting.draft(hall.scheme, GOOD, by=hall.office, at=hall.at)
    with pytest.raises(Refused, match="自己发布"):
        assessing.publish(version, by=hall.office, at=hall.at)


def test_every_fault_is_listed_with_its_place(hall: Hall) -> None:
    bad = Draft(
        groups=(GroupRow("PEERS", Decimal(60)), GroupRow("PUBLIC", Decimal(30), least=0)),
        indicators=(IndicatorRow("D01", Decimal(90)),), quantitative=Decimal(70), routine=Decimal(100), multiplier_base=Decimal(0),
    )  # fmt: skip
    version = drafting.draft(hall.scheme, bad, by=hall.office, at=hall.at)
    with pytest.raises(BadScheme) as refused:
        drafting.publish(version, by=hall.second, at=hall.at)
    said = "\n".join(refused.value.faults)
    for words in (
        "评价主体权重合计90%",
        "指标权重合计90%",
        "平时考核占比100%",
        "乘数基准0",
        "只有一类指标",
        "没有定性指标",
        "最少有效评价为0",
    ):
        assert words in said


def test_an_indicator_that_the_library_does_not_have_is_named_and_nothing_is_kept(hall: Hall) -> None:
    with pytest.raises(BadScheme) as refused:
        drafting.draft(hall.scheme, replace(GOOD, indicators=(*INDICATORS, IndicatorRow("X99", Decimal(1)))), by=hall.office, at=hall.at)
    assert "X99" in refused.value.faults[0]
    assert not SchemeVersion.objects.exists()


@pytest.mark.parametrize(
    ("kind", "count", "good"), [("ANNUAL", 9, True), ("ANNUAL", 10, False), ("ROUTINE", 3, True), ("ROUTINE", 4, False)]
)
def test_at_most_nine_core_indicators_a_post_and_three_for_routine(hall: Hall, kind: str, count: int, good: bool) -> None:
    for n in range(count):
        words = Words(f"指标{n}", "RESULTS", "POST", "QUALITATIVE", "口径见说明。", "台账", True, date(2025, 1, 1), "入库")
        add_version(hall.library, f"C{n:02}", words, by=hall.office, at=hall.at)
    scheme = Scheme.objects.create(organ=hall.town.city, library=hall.library, name="试", kind=kind)
    share = Decimal(100) / count
    rows = tuple(IndicatorRow(f"C{n:02}", share.quantize(Decimal("0.01"))) for n in range(count - 1))
    last = IndicatorRow(f"C{count - 1:02}", 100 - sum((one.weight for one in rows), Decimal()))
    version = drafting.draft(scheme, Draft(GROUPS, (*rows, last)), by=hall.office, at=hall.at)
    found = drafting.faults(version, hall.at.date())
    assert [fault for fault in found if "核心指标" in fault] == (
        [] if good else [fault for fault in found if f"核心指标{count}项" in fault]
    )
    assert bool(found) is not good


def test_a_new_version_of_an_indicator_leaves_the_published_scheme_as_it_was(hall: Hall) -> None:
    campaign = hall.campaign()
    before = scheme_of(campaign)
    words = Words("政治素质（新）", "MORALS", "BASIC", "QUALITATIVE", "新的口径。", "测评", True, date(2026, 1, 1), "两年一次的更新")
    add_version(hall.library, "Z01", words, by=hall.office, at=hall.at)
    assert in_force(hall.library, date(2026, 1, 10))["Z01"].number == 2
    assert in_force(hall.library, date(2025, 12, 31))["Z01"].number == 1
    assert scheme_of(campaign) == before


def test_a_draft_made_before_an_indicator_changed_is_not_published(hall: Hall) -> None:
    version = drafting.draft(hall.scheme, GOOD, by=hall.office, at=hall.at)
    words = Words("政治素质", "MORALS", "BASIC", "QUALITATIVE", "新的口径。", "测评", True, date(2026, 1, 1), "更新", retired=True)
    add_version(hall.library, "Z01", words, by=hall.office, at=hall.at)
    with pytest.raises(BadScheme) as refused:
        drafting.publish(version, by=hall.second, at=hall.at)
    assert refused.value.faults == ["指标“政治素质”（Z01）已经停用；应为库中在用的指标"]
