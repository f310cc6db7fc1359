"""Keeping a library: what is in force on a day, when it is to be reviewed next, and a new version of an indicator."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from workflow_app.clock import add_months
from workflow_app.models import Account, GroundEntry, GroundList, Indicator, IndicatorVersion, Library, LibraryReview, Scheme, Unit
from workflow_app.refusing import Refused

RULE = "指标库"
CORE, CORE_ROUTINE = 9, 3  # core indicators of a post (001), and of a routine assessment (004); local practice


@dataclass(frozen=True)
class Words:
    """What a version says: everything but its number and who recorded it."""

    name: str
    aspect: str
    family: str
    measure: str
    definition: str
    data_source: str
    core: bool
    valid_from: date
    reason: str
    retired: bool = False


def core_limit(kind: str) -> int:
    """How many core indicators a scheme of a kind may have."""
    return CORE_ROUTINE if kind == Scheme.Kind.ROUTINE else CORE


def in_force(library: Library, on: date) -> dict[str, IndicatorVersion]:
    """The versions in force on a day, by code; retired indicators are left out."""
    rows = IndicatorVersion.objects.filter(indicator__library=library, valid_from__lte=on).select_related("indicator")
    newest: dict[str, IndicatorVersion] = {one.indicator.code: one for one in rows.order_by("number")}
    return {code: one for code, one in sorted(newest.items()) if not one.retired}


def lists_in_force(library: Library, on: date) -> list[GroundList]:
    """The newest edition of every list on a day."""
    rows = GroundList.objects.filter(library=library, valid_from__lte=on).prefetch_related("entries").order_by("edition")
    newest = {one.name: one for one in rows}
    return sorted(newest.values(), key=lambda one: (one.kind, one.name))


def entries_in_force(unit: Unit, situations: Collection[str], on: date) -> list[GroundEntry]:
    """Lines of the ground lists that hold for a unit on a day (its own library's, else the nearest above) and map to one of the situations."""
    libraries = {one.organ_id: one for one in Library.objects.filter(organ__in=unit.ancestor_ids)}
    library = next((libraries[key] for key in reversed(unit.ancestor_ids) if key in libraries), None)
    if library is None:
        return []
    lists = [one for one in lists_in_force(library, on) if one.kind != GroundList.Kind.POSITIVE]
    rows = GroundEntry.objects.filter(list__in=lists, situation__in=situations)
    return list(rows.select_related("list").order_by("situation", "list", "number"))


def next_review(library: Library) -> date:
    """When the library is to be reviewed: its period after the last review, or after its opening."""
    last = LibraryReview.objects.filter(library=library).order_by("-held_on").first()
    return add_months(last.held_on if last else library.opened_on, library.review_months)


@transaction.atomic
def add_version(library: Library, code: str, words: Words, *, by: Account, at: datetime) -> IndicatorVersion | None:
    """A new version of an indicator (or its first); None when nothing would change. Raises Refused.

    What a published scheme uses stays as it is: it names the version.
    """
    indicator, _ = Indicator.objects.get_or_create(library=library, code=code)
    last = IndicatorVersion.objects.filter(indicator=indicator).order_by("-number").first()
    if last is not None and _same(last, words):
        return None
    if last is not None and words.valid_from < last.valid_from:
        raise Refused(
            f"指标{code}的新版本启用日期早于现行版本（{last.valid_from}）。",
            way_out="启用日期不早于现行版本。",
            rule=RULE,
            field="valid_from",
        )
    if len(words.reason.strip()) < 2:
        raise Refused(f"指标{code}的变更须写明理由。", way_out="补写变更理由。", rule=RULE, field="reason")
    return IndicatorVersion.objects.create(
        indicator=indicator, number=last.number + 1 if last else 1, recorded_by=by, recorded_at=at, **vars(words)
    )


def _same(version: IndicatorVersion, words: Words) -> bool:
    said = vars(words)
    return all(getattr(version, name) == said[name] for name in said if name not in ("valid_from", "reason"))


@transaction.atomic
def add_list(
    library: Library,
    kind: str,
    name: str,
    source: str,
    entries: list[tuple[str, str, bool]],
    *,
    valid_from: date,
    by: Account,
    at: datetime,
) -> GroundList | None:
    """A new edition of a list: text, situation and veto of each entry; None when it says the same as the last."""
    last = GroundList.objects.filter(library=library, name=name).order_by("-edition").first()
    if last is not None and entries == [(one.text, one.situation, one.veto) for one in last.entries.all()]:
        return None
    made = GroundList.objects.create(
        library=library, kind=kind, name=name, edition=last.edition + 1 if last else 1, source=source, valid_from=valid_from, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    GroundEntry.objects.bulk_create(
        GroundEntry(list=made, number=number, text=text, situation=situation, veto=veto)
        for number, (text, situation, veto) in enumerate(entries, 1)
    )
    return made


def review(library: Library, *, held_on: date, findings: str, by: Account, at: datetime) -> LibraryReview:
    """Note that a review was held. Raises Refused."""
    if held_on > at.date():
        raise Refused("评审日期在将来。", way_out="评审以后再登记。", rule=RULE, field="held_on")
    if len(findings.strip()) < 5:
        raise Refused("须写明评审意见（不少于5个字）。", way_out="写明保留、修改、停用哪些指标及理由。", rule=RULE, field="findings")
    return LibraryReview.objects.create(library=library, held_on=held_on, findings=findings.strip(), by=by, at=at)
