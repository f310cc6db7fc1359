"""The law figures: read from the procedure's tables, frozen into editions, kept by the cases opened under them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from workflow_app.clock import Rule, UnknownRule
from workflow_app.models import LawEdition

_figures: list[Callable[[], dict[str, list[dict[str, str]]]]] = []


def register(figures: Callable[[], dict[str, list[dict[str, str]]]]) -> None:
    """Name the reader of the tables; called once by the procedure."""
    _figures[:] = [figures]


def figures() -> dict[str, list[dict[str, str]]]:
    """All tables as they stand in the files."""
    return _figures[0]()


@lru_cache(maxsize=1)
def known_rules() -> dict[str, Rule]:
    """Rules of the files, by id."""
    return {row["rule_id"]: Rule.of(row) for row in figures()["deadlines"]}


def load(*, at: datetime) -> LawEdition:
    """Make an edition of the figures unless the newest is equal."""
    text = json.dumps(figures(), ensure_ascii=False, sort_keys=True)
    edition, _ = LawEdition.objects.get_or_create(
        digest=sha256(text.encode()).hexdigest(), defaults={"figures": figures(), "loaded_at": at}
    )
    return edition


def current_edition() -> LawEdition:
    """The edition a case opened now is under."""
    edition = LawEdition.objects.order_by("-loaded_at", "-id").first()
    if edition is None:
        raise UnknownRule("尚未载入规则数值：运行 manage.py load_law。")
    return edition


@lru_cache(maxsize=64)
def rules_of(edition_id: int) -> dict[str, Rule]:
    """Rules of an edition; editions never change, so they are kept."""
    return {row["rule_id"]: Rule.of(row) for row in LawEdition.objects.get(pk=edition_id).figures["deadlines"]}
