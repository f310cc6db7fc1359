"""A library as a workbook, both ways: either every row is good, or every fault is listed with its place and nothing is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any

from django.db import transaction
from openpyxl import Workbook

from workflow_app.assessment.library.keeping import Words, add_list, add_version, in_force, lists_in_force
from workflow_app.assessment.sheets import BadSheet, Fault, Reader, open_book, readers_of
from workflow_app.models import Account, GroundList, IndicatorVersion, Library

INDICATORS = ("编号", "名称", "类别", "层次", "计量方式", "定义和评分口径", "数据来源", "核心指标", "启用日期", "停用", "变更理由")
ENTRIES = ("清单名称", "种类", "依据", "内容", "对应情形", "一票否决", "启用日期")
ASPECTS, FAMILIES, MEASURES, KINDS = (
    {str(label): value for value, label in one.choices}
    for one in (IndicatorVersion.Aspect, IndicatorVersion.Family, IndicatorVersion.Measure, GroundList.Kind)
)
YES = {"是": "1", "否": ""}


@dataclass
class Listed:
    """A list as the workbook has it."""

    kind: str
    source: str
    valid_from: date
    entries: list[tuple[str, str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """What an import has brought: new versions and new editions; what says the same as before is not counted."""

    versions: int
    editions: int


def written(library: Library, on: date) -> bytes:
    """The library as it stands on a day, as XLSX; reading it in again changes nothing."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("指标")
    sheet.append(list(INDICATORS))
    for code, one in in_force(library, on).items():
        sheet.append([
            code, one.name, one.get_aspect_display(), one.get_family_display(), one.get_measure_display(), one.definition, one.data_source,
            "是" if one.core else "否", one.valid_from.isoformat(), "否", one.reason,
        ])  # fmt: skip
    sheet = book.create_sheet("清单")
    sheet.append(list(ENTRIES))
    for one_list in lists_in_force(library, on):
        for entry in one_list.entries.all():
            sheet.append([
                one_list.name, one_list.get_kind_display(), one_list.source, entry.text, entry.situation, "是" if entry.veto else "否",
                one_list.valid_from.isoformat(),
            ])  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@transaction.atomic
def take_in(library: Library, name: str, source: IO[bytes], situations: Iterable[str], *, by: Account, at: datetime) -> Taken:
    """Take a workbook in: all of it or nothing. `situations`: the codes that entries may name. Raises BadSheet with every fault, or Refused."""
    book, faults = open_book(name, source), list[Fault]()
    indicators = dict(_indicators(list(readers_of(book, "指标", INDICATORS, faults))))
    lists = _lists(list(readers_of(book, "清单", ENTRIES, faults)), {code: code for code in situations})
    book.close()
    _check_dates(library, indicators, faults)
    if faults:
        raise BadSheet(faults)
    versions = [add_version(library, code, words, by=by, at=at) for code, (words, _line) in indicators.items() if words is not None]
    editions = [
        add_list(library, one.kind, title, one.source, one.entries, valid_from=one.valid_from, by=by, at=at) for title, one in lists.items()
    ]
    return Taken(sum(one is not None for one in versions), sum(one is not None for one in editions))


def _indicators(lines: list[Reader]) -> Iterator[tuple[str, tuple[Words | None, Reader]]]:
    seen: set[str] = set()
    for line in lines:
        code = line.text("编号", 12)
        if code in seen:
            line.fault("编号", "每个编号只列一行")
        seen.add(code)
        yield code, (_words(line), line)


def _words(line: Reader) -> Words | None:
    values: dict[str, Any] = {
        "name": line.text("名称", 40), "aspect": line.one_of("类别", ASPECTS), "family": line.one_of("层次", FAMILIES),
        "measure": line.one_of("计量方式", MEASURES), "definition": line.text("定义和评分口径", 500), "data_source": line.text("数据来源", 120),
        "core": bool(line.one_of("核心指标", YES)), "valid_from": line.day("启用日期"), "retired": bool(line.one_of("停用", YES)),
        "reason": line.text("变更理由", 200),
    }  # fmt: skip
    return Words(**values) if line.good else None


def _check_dates(library: Library, indicators: dict[str, tuple[Words | None, Reader]], faults: list[Fault]) -> None:
    rows = IndicatorVersion.objects.filter(indicator__library=library, indicator__code__in=indicators).order_by("number")
    for code, last in {one.indicator.code: one for one in rows.select_related("indicator")}.items():
        words, line = indicators[code]
        if words is not None and words.valid_from < last.valid_from:
            line.fault("启用日期", f"不早于现行版本的{last.valid_from}")


def _lists(lines: list[Reader], situations: dict[str, str]) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    for line in lines:
        title, kind, source = line.text("清单名称", 80), line.one_of("种类", KINDS), line.text("依据", 200)
        text, veto, day = line.text("内容", 200), bool(line.one_of("一票否决", YES)), line.day("启用日期")
        situation = line.one_of("对应情形", situations, empty=kind == GroundList.Kind.POSITIVE)
        if not line.good or day is None:
            continue
        one = found.setdefault(title, Listed(kind, source, day))
        if (one.kind, one.source, one.valid_from) != (kind, source, day):
            line.fault("清单名称", "同一清单的种类、依据和启用日期各行相同")
        if text in (entry[0] for entry in one.entries):
            line.fault("内容", "同一清单内不重复")
        one.entries.append((text, situation, veto))
    return found
