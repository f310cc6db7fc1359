"""What every entry of visits and checks keeps to: its day, words that say something, and hands without a tie."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre, Subject, Unit
from workflow_app.refusing import Refused
from workflow_app.ties import names_of_tied, tied

VISITS, FATIGUE, SAMPLE, CLOSER = "走访检查", "改革疲劳锁", "三查核验", "重点考核"


def day(at: datetime) -> date:
    """The local day."""
    return at.astimezone(TZ).date()


def said(text: str, what: str, field: str, least: int = 5, *, rule: str = VISITS) -> str:
    """A text that says something. Raises Refused."""
    if len(text.strip()) < least:
        raise Refused(
            _("请写明%(what)s（不少于%(n)s个字）。") % {"what": what, "n": least}, way_out=_("补写后再提交。"), rule=rule, field=field
        )
    return text.strip()


def within(organ: Unit, unit: Unit) -> None:
    """An organ looks at units below itself. Raises Refused."""
    if unit.pk == organ.pk or not unit.path.startswith(organ.path):
        raise Refused(_("该单位不在本机关的管理范围内。"), way_out=_("由管理该单位的机关安排。"), rule=_("管理权限"), field="unit")


def disinterested(cadre: Cadre, by: Account) -> None:
    """Nobody handles themself, nor somebody with whom they declared a tie (SD-9, SD-10). Raises Refused."""
    if by.cadre_id == cadre.pk:
        raise Refused(_("任何人不得办理本人的事项。"), way_out=_("由其他人员办理。"), rule="SD-9")
    if by.cadre_id is not None and tied([by.cadre_id], [cadre.pk]):
        raise Refused(_("您与该干部有申报的回避关系，不得办理。"), way_out=_("由没有回避关系的人员办理。"), rule="SD-10")


def uninvolved(subject: Subject, by: Account) -> None:
    """Nobody handles what is entered about themself, somebody tied to them, or the unit they or those serve in. Raises Refused."""
    if subject.cadre:
        disinterested(subject.cadre, by)
    elif by.cadre:
        outsiders(subject.where, [by.cadre])


def outsiders(unit: Unit, people: Iterable[Cadre], field: str = "") -> None:
    """Nobody looks at the unit in which they or somebody with a declared tie serve (SD-9, SD-10). Raises Refused."""
    found = list(people)
    own = "、".join(one.name for one in found if one.unit.path.startswith(unit.path))
    if own:
        raise Refused(_("%(who)s在到访单位任职，不得参加。") % {"who": own}, way_out=_("换成其他单位的人员。"), rule="SD-9", field=field)
    there = Cadre.objects.filter(unit__path__startswith=unit.path, active=True).values_list("pk", flat=True)
    names = names_of_tied([one.pk for one in found], there)
    if names:
        raise Refused(
            _("%(who)s与到访单位的人员有申报的回避关系，不得参加。") % {"who": names},
            way_out=_("换成没有回避关系的人员。"), rule="SD-10", field=field,
        )  # fmt: skip
