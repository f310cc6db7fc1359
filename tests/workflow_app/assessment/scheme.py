"""A small scheme and rated people for the stories about scores."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from workflow_app.assessment.scoring.inputs import Group, Indicator, Kind, Rated, Raw, Scheme

LEADER = Group("leader", "上级分管领导", Decimal(30))
PEERS = Group("peers", "同级互评", Decimal(30), trimmed=True)
PUBLIC = Group("public", "群众与服务对象", Decimal(40), public=True)
POLITICS = Indicator("politics", "政治素质", Decimal(20), political=True)
RESULTS = Indicator("results", "工作实绩", Decimal(50), Kind.QUANTITATIVE)
SERVICE = Indicator("service", "服务群众", Decimal(30))


def scheme(**changes: Any) -> Scheme:
    """Three indicators, three rater groups."""
    known: dict[str, Any] = {"groups": (LEADER, PEERS, PUBLIC), "indicators": (POLITICS, RESULTS, SERVICE)}
    return Scheme("annual", "年度考核", "1", **(known | changes))


def raws(indicator: str, group: str, *values: str | int, scale: int = 100) -> tuple[Raw, ...]:
    """Raw rows of one cell, named after their place."""
    return tuple(Raw(f"{indicator}:{group}:{n}", indicator, Decimal(str(one)), group, Decimal(scale)) for n, one in enumerate(values))


def person(key: str = "p", *, leader: int = 80, peers: int = 80, public: int = 80, result: int = 80, **changes: Any) -> Rated:
    """Somebody rated the same by everybody of a group."""
    rows: tuple[Raw, ...] = raws("results", "", result)
    for indicator in ("politics", "service"):
        rows += raws(indicator, "leader", leader) + raws(indicator, "peers", *[peers] * 4) + raws(indicator, "public", *[public] * 5)
    return Rated(key, "like", changes.pop("raws", rows), **changes)
