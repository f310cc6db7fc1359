"""A closed campaign as its tables hold it: six people of a like group, rated by their superior, peers and the public."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.story import Town
from workflow_app.models import (
    Cadre,
    Campaign,
    Indicator,
    IndicatorVersion,
    Library,
    Rating,
    Scheme,
    SchemeGroup,
    SchemeIndicator,
    SchemeVersion,
    Slip,
    Subject,
)

NAMES = ("何晓晨", "吕志远", "秦雅", "许博文", "华清")


def scheme(town: Town) -> list[SchemeIndicator]:
    """政治素质 40 %, 工作实绩 60 %; superior 30 %, peers 30 % (trimmed), public 40 %."""
    by, at = town.people["case_handler1"], town.at
    library = Library.objects.create(organ=town.city, name="云溪市考核指标库", source="市考核办法", opened_on=date(2025, 1, 1))
    version = SchemeVersion.objects.create(
        scheme=Scheme.objects.create(organ=town.city, library=library, name="市管副职年度考核", kind="ANNUAL"), number=1, drafted_by=by, drafted_at=at
    )  # fmt: skip
    for key, weight, trimmed in (("SUPERIOR", 30, False), ("PEERS", 30, True), ("PUBLIC", 40, False)):
        SchemeGroup.objects.create(version=version, key=key, weight=weight, trimmed=trimmed)
    found = []
    for code, name, aspect, weight in (("Z01", "政治素质", "MORALS", 40), ("J01", "工作实绩", "RESULTS", 60)):
        known: dict[str, Any] = {
            "definition": "按口径评分。",
            "data_source": "日常记录",
            "valid_from": date(2025, 1, 1),
            "reason": "首次入库",
        }
        words = IndicatorVersion.objects.create(
            indicator=Indicator.objects.create(library=library, code=code), number=1, name=name, aspect=aspect, family="BASIC",
            measure="QUALITATIVE", recorded_by=by, recorded_at=at, **known,
        )  # fmt: skip
        found.append(SchemeIndicator.objects.create(version=version, indicator=words, weight=weight))
    return found


def rate(subject: Subject, indicators: list[SchemeIndicator], group: str, *points: int) -> None:
    """Slips of one group, every indicator with the same points."""
    for value in points:
        slip = Slip.objects.create(subject=subject, group=group)
        Rating.objects.bulk_create([Rating(slip=slip, indicator=one, value=Decimal(value), scale=Decimal(100)) for one in indicators])


def closed(town: Town, *, wang: int = 70) -> Campaign:
    """王建国 gets `wang` from everybody, the others between 80 and 92."""
    indicators, by = scheme(town), town.people["case_handler1"]
    campaign = Campaign.objects.create(
        organ=town.city, name="2025年度测评", year=2025, period="年度", version=indicators[0].version, closes_at=town.at - timedelta(days=1), created_by=by,
        created_at=town.at - timedelta(days=9), opened_by=by, opened_at=town.at - timedelta(days=8), closed_at=town.at - timedelta(days=1),
    )  # fmt: skip
    others = [Cadre.objects.create(number=f"YX0002{n}", name=name, sex="男", unit=town.wang.unit) for n, name in enumerate(NAMES)]
    for place, cadre in enumerate([town.wang, *others]):
        subject = Subject.objects.create(campaign=campaign, cadre=cadre, post_title="副局长", comparison_group="市直副职")
        points = wang if place == 0 else 80 + 3 * place - 3
        rate(subject, indicators, "SUPERIOR", points)
        rate(subject, indicators, "PEERS", *[points] * 6)
        rate(subject, indicators, "PUBLIC", *[points] * 8)
    return campaign
