"""What the menu offers: lines for the seats held today, in groups; nobody sees a line that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from workflow_app.models import Office

if TYPE_CHECKING:
    from workflow_app.pages.frame import Place

AUDITOR, HANDLER, SECRETARY, LEADER = "auditor", "case_handler", "meeting_secretary", "org_leader"
ASSESSORS, PLACEMENT = "assessment_office", "placement_office"
FEW = 8  # lines that need no headings
type_lines = Iterator[tuple[str, str]]  # title and address name


@dataclass(frozen=True)
class Entry:
    """One line."""

    title: str
    url: str
    active: bool


@dataclass(frozen=True)
class Group:
    """Lines of one kind; without a title where there are few in all."""

    title: str
    entries: tuple[Entry, ...]


def of(place: Place, path: str) -> list[Group]:
    """The groups that have lines for a person; the line whose page is open is marked."""
    groups = {
        _("办案"): _handled(place), _("考核和检查"): _assessed(place), _("培养和使用"): _furthered(place), _("监督"): _overseen(place),
        _("个人"): _own(place), _("设置"): _set_up(place),
    }  # fmt: skip
    found = {
        title: [Entry(text, url, path.startswith(url)) for text, name in lines for url in [reverse(name)]]
        for title, lines in groups.items()
    }
    few = sum(map(len, found.values())) <= FEW
    return [Group("" if few else title, tuple(entries)) for title, entries in found.items() if entries]


def _handled(place: Place) -> type_lines:
    if place.desks:
        yield _("待办事项"), "desk"
    if place.sits(HANDLER) or place.sits(LEADER):
        yield _("线索来源"), "leads"
    if place.sits(LEADER):
        yield _("动议"), "choose"
    if place.sits(HANDLER):
        yield from ((_("情况登记"), "findings"), (_("授权核验"), "authorities"), (_("决定和送达"), "decisions"))
    if place.sits(SECRETARY):
        yield _("会议"), "meeting"
    if place.desks:
        yield from ((_("案件查询"), "search"), (_("文书"), "papers"))


def _at(place: Place, *roles: str) -> bool:
    """Whether the person sits at such a desk of a unit that manages cadres."""
    return any(desk.role in roles for desk in place.desks if desk.unit.manages_cadres)


def _assessed(place: Place) -> type_lines:
    if place.sits(ASSESSORS) or place.sits(LEADER):
        yield _("考核"), "assessment"
    if any(map(place.sits, (ASSESSORS, LEADER, HANDLER, AUDITOR))):
        yield _("考核得分"), "scored"
    if any(map(place.sits, (ASSESSORS, LEADER, HANDLER))):
        yield _("岗位预警"), "warnings"
    if _at(place, HANDLER, LEADER, AUDITOR, ASSESSORS):
        yield _("数据核验"), "samples"
    if _at(place, HANDLER, LEADER, AUDITOR):
        yield _("走访检查"), "visits"


def _furthered(place: Place) -> type_lines:
    if _at(place, HANDLER, LEADER, ASSESSORS):
        yield _("纪实和档案"), "worklogs"
    if _at(place, HANDLER, LEADER, PLACEMENT):
        yield _("帮扶和重新使用"), "care"
    if _at(place, HANDLER, LEADER):
        yield from ((_("人选库"), "pools"), (_("聘任合同"), "contracts"))
    if _at(place, HANDLER, LEADER, ASSESSORS, PLACEMENT):
        yield from ((_("培训"), "classes"), (_("谈话"), "talks"))


def _overseen(place: Place) -> type_lines:
    if place.sits(LEADER):
        yield _("工作量"), "workload"
    if place.sits(LEADER) or place.sits(AUDITOR):
        yield _("统计"), "figures"
    if place.sits(AUDITOR) or place.account.office == Office.AUDIT:
        yield _("审计"), "audit"


def _own(place: Place) -> type_lines:
    if place.account.cadre_id or not place.desks:
        yield _("我的事项"), "portal"
    if not place.account.cadre_id and not place.desks and not place.account.is_staff:
        yield _("征求我的意见"), "my_opinions"
    if place.account.cadre_id:
        yield from ((_("我的评价"), "my_ratings"), (_("竞争上岗"), "competitions"))


def _set_up(place: Place) -> type_lines:
    if place.desks:
        yield _("缺席与代理"), "absence"
    if place.desks or place.account.is_staff:
        yield _("放假安排"), "calendar"
    if place.account.is_staff:
        yield from ((_("运行状况"), "letters"), (_("基础数据"), "admin:index"))
    if place.account.is_staff and place.account.office == Office.SYSTEM:
        yield _("名册导入"), "roster"
