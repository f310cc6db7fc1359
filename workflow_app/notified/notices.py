"""Written notices of settled grades: who is given one, what it says, how it reaches the person, and what a correction needs.

公务员法 38: the result is given to the person in writing. A notice is served like every paper: by hand, by post, or in the portal with
the person's consent; only a proven service starts a period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from workflow_app.assessment.results import grades
from workflow_app.clock import TZ
from workflow_app.models import Account, AssessmentResult, Campaign, Decision, GradeCorrection, GradeNotice, GradeProposal, Service
from workflow_app.refusing import Refused

RULE = "考核结果通知"
TITLE = "年度考核结果通知书"
GRADE = AssessmentResult.Grade
Mode = Service.Mode
ON_PAPER = (Mode.IN_PERSON, Mode.RELATIVE, Mode.LEFT, Mode.POST)
NONE = "NONE"  # no grade, as a decision says it


@dataclass(frozen=True)
class Served:
    """How a notice reached the person, as the receipt says."""

    mode: str
    served_on: date
    receiver: str = ""
    relation: str = ""
    witnesses: str = ""


@dataclass(frozen=True)
class Mended:
    """A grade put right, and on what."""

    grade: str
    reason: str
    document: str


def results_of(campaign: Campaign) -> QuerySet[AssessmentResult]:
    """Results that the settling of a campaign made."""
    return AssessmentResult.objects.filter(batch__settled__campaign=campaign)


def newest(result: AssessmentResult) -> GradeNotice | None:
    """The notice that counts."""
    return GradeNotice.objects.filter(result=result, replaced_by__isnull=True).select_related("decision").order_by("-id").first()


def _others(result: AssessmentResult, by: Account) -> None:
    if by.cadre_id == result.cadre_id:
        raise Refused(_("任何人不得办理本人的事项。"), way_out=_("由其他人员办理。"), rule="SD-9")


def check_issuing(result: AssessmentResult, by: Account) -> None:
    """A first notice of a settled grade, by another than the person. Raises Refused."""
    _others(result, by)
    if GradeNotice.objects.filter(result=result).exists():
        raise Refused(_("通知书已经签发。"), way_out=_("等次有误的，办理更正，另发通知书。"), rule=RULE)
    entered = Decision.objects.filter(result=result).first()
    if entered is not None:
        raise Refused(
            _("这一结果已经登记过书面决定（%(n)s）。") % {"n": entered.number},
            way_out=_("送达在“决定和送达”中登记，不重复发文。"),
            rule=RULE,
        )


def check_service(notice: GradeNotice, how: Served, by: Account, today: date) -> None:
    """A service of a notice that is not served yet, with what its mode needs. Raises Refused."""
    _others(notice.result, by)
    _unserved(notice)
    if how.mode not in ON_PAPER:
        raise Refused(_("没有选择送达方式。"), way_out=_("选择直接、家属代收、留置或者邮寄送达。"), rule=RULE, field="mode")
    if not notice.issued_on <= how.served_on <= today:
        raise Refused(
            _("送达日期应当在通知书作出之日（%(d)s）以后、今天以前。") % {"d": notice.issued_on},
            way_out=_("按回证或者邮件回执上的日期填写。"), rule=RULE, field="served_on",
        )  # fmt: skip
    if how.mode != Mode.LEFT and not how.receiver.strip():
        raise Refused(_("须写明签收人。"), way_out=_("填写回证（邮寄的，邮件回执）上的签收人。"), rule=RULE, field="receiver")
    if how.mode == Mode.RELATIVE and not how.relation.strip():
        raise Refused(
            _("家属代收须写明与本人的关系。"), way_out=_("填写关系；不是同住成年家属的，改用其他方式。"), rule=RULE, field="relation"
        )
    if how.mode == Mode.LEFT and len({one.strip() for one in how.witnesses.split("、") if one.strip()}) < 2:
        raise Refused(_("留置送达须有两名见证人。"), way_out=_("填写两名见证人，用顿号分开。"), rule=RULE, field="witnesses")


def check_receiving(notice: GradeNotice, consent: bool, by: Account) -> None:
    """The person takes the notice in the portal; only with consent is that a service. Raises Refused."""
    if by.cadre_id != notice.cadre_id:
        raise Refused(_("没有给您的这份通知书。"), way_out=_("从“我的考核”中进入。"), rule=RULE)
    _unserved(notice)
    if not consent:
        raise Refused(_("电子送达须经本人同意。"), way_out=_("勾选同意后签收；不同意的，由机关以书面送达。"), rule=RULE, field="consent")


def _unserved(notice: GradeNotice) -> None:
    later = GradeNotice.objects.filter(replaces=notice).first()
    if later is not None:
        raise Refused(_("这份通知书已由%(n)s替代。") % {"n": later.number}, way_out=_("送达新的通知书。"), rule=RULE)
    served = notice.decision.served_on
    if served is not None:
        raise Refused(_("这份通知书已于%(d)s送达。") % {"d": served}, way_out=_("期限从已证明的送达起算，不再登记。"), rule=RULE)


def check_correcting(result: AssessmentResult, mended: Mended, by: Account) -> None:
    """Another grade than the settled one, on a document, with a reason, within what rules out 优秀. Raises Refused or BadGrades."""
    _others(result, by)
    if mended.grade not in ("", *GRADE.values) or mended.grade == result.grade:
        raise Refused(_("须选择与现有等次不同的等次。"), way_out=_("选择更正后的等次。"), rule=RULE, field="grade")
    for text, name, what in ((mended.document, "document", _("依据文件")), (mended.reason, "reason", _("理由"))):
        if len(text.strip()) < grades.SHORTEST:
            raise Refused(
                _("更正等次须写明%(w)s（不少于5个字）。") % {"w": what},
                way_out=_("填写复核决定、申诉处理决定或者更正决定的名称和文号，以及理由。"), rule=RULE, field=name,
            )  # fmt: skip
    campaign = Campaign.objects.get(settled__batch=result.batch_id)
    subject = campaign.subjects.select_related("cadre").get(cadre=result.cadre_id)
    wrong = grades.faults(grades.Wish(subject, mended.grade, mended.reason), by)
    if mended.grade == GRADE.EXCELLENT:
        stand = dict(results_of(campaign).values_list("cadre", "grade")) | {result.cadre_id: mended.grade}
        wrong += grades.too_many(campaign, {one.pk: stand.get(one.cadre_id or 0, "") for one in campaign.subjects.all()})
    if wrong:
        raise grades.BadGrades(wrong)


def reason_of(result: AssessmentResult) -> str:
    """The reason that was given for the grade when it was proposed; empty when there is none."""
    rows = GradeProposal.objects.filter(subject__cadre=result.cadre_id, subject__campaign__settled__batch=result.batch_id)
    return rows.order_by("-id").values_list("reason", flat=True).first() or ""


def content(result: AssessmentResult, rights: Sequence[str], correction: GradeCorrection | None, old: GradeNotice | None) -> dict[str, Any]:
    """What the paper says: plain values in the shape that the template of 公文 prints. Papers are Chinese."""
    settled = result.batch.settled
    grade = GRADE(result.grade).label if result.grade else "不定等次"
    paragraphs = [
        f"根据《中华人民共和国公务员法》和公务员考核有关规定，经审定（{settled.document}），你{result.year}年度考核结果为：{grade}。"
    ]
    if correction is not None and old is not None:
        before = GRADE(correction.before).label if correction.before else "不定等次"
        on = f"{old.issued_on:%Y年%-m月%-d日}"
        paragraphs += [
            f"本通知书替代{on}{old.number}《{TITLE}》。原通知书载明的结果为{before}，现更正为{grade}。",
            f"更正依据：{correction.document}。理由：{correction.reason.rstrip('。')}。",
        ]
    elif result.grade in (*grades.LOW, "") and (why := reason_of(result)):
        paragraphs.append(f"理由：{why.rstrip('。')}。")
    told = "请在送达回证上签名，或者在系统“我的考核”中签收。签收只表示收到，不表示同意。"
    return {
        "to": f"{result.cadre.name}同志", "paragraphs": [*paragraphs, told], "rows": [], "sections": [], "tables": [], "rights": list(rights),
        "attachments": [], "copies": [], "signer": "", "urgency": "", "page_signer": "",
    }  # fmt: skip


def receipt(notice: GradeNotice, service: Service) -> dict[str, Any]:
    """送达回证: what was served, to whom, how, when."""
    rows = [
        ("送达文书", f"{notice.number}《{TITLE}》"), ("受送达人", notice.cadre.name), ("送达方式", service.mode_title),
        ("送达日期", f"{service.served_on:%Y年%-m月%-d日}"), ("签收人", service.receiver or "——"), ("与本人关系", service.relation or "——"),
        ("见证人", service.witnesses or "——"), ("同意电子送达", "是" if service.consent else "否"),
    ]  # fmt: skip
    return {"to": "", "paragraphs": [], "rows": rows, "sections": [], "tables": [], "rights": []}


def unserved(until: datetime) -> QuerySet[GradeNotice]:
    """Notices issued by `until` that are not served and not replaced, the oldest first."""
    served = Service.objects.filter(decision__isnull=False).values("decision")
    return (
        GradeNotice.objects.filter(~Q(decision__in=served), issued_at__lte=until, replaced_by__isnull=True)
        .select_related("cadre", "organ", "result__batch__settled")
        .order_by("issued_at", "id")
    )


def day(at: datetime) -> date:
    """The local day."""
    return at.astimezone(TZ).date()
