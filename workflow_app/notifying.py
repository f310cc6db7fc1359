"""Acts about written notices of grades: issued, printed and sealed, served, received, put right, and told; each leaves a line in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.dateformat import format as dateformat
from django.utils.translation import override

from workflow_app import absences, documents, ledger, outbox, patterns, signet, titles, unfiled
from workflow_app.assessment.triggers import raise_leads
from workflow_app.clock import UNITS
from workflow_app.conduct.carry import next_number
from workflow_app.law import current_edition, rules_of
from workflow_app.models import (
    Account,
    AssessmentResult,
    Decision,
    GradeCorrection,
    GradeNotice,
    GradeNoticePrint,
    Lead,
    Outgoing,
    Service,
    Unit,
)
from workflow_app.nodes import PATHS, Way
from workflow_app.notified import notices
from workflow_app.telling import assessed
from workflow_app.telling.messages import Told, tell

TEMPLATE, RECEIPT = "documents/grade_notice.html", "documents/feedback.html"
FROM_GRADES = ("T-01", "T-02", "UP-EXC3")  # rules that read annual grades


def _record(organ: Unit, what: str, *, by: Account, at: datetime, facts: dict[str, Any]) -> None:
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


@transaction.atomic
def issue(result: AssessmentResult, *, by: Account, at: datetime) -> GradeNotice:
    """Number and freeze the notice of a settled grade; the person is told, a worker prints it. Raises Refused."""
    found = _locked(result)
    notices.check_issuing(found, by)
    return _issued(found, None, by=by, at=at)


def _locked(result: AssessmentResult) -> AssessmentResult:
    rows = AssessmentResult.objects.select_for_update(of=("self",)).select_related("cadre__unit", "batch__settled__campaign__organ")
    return rows.get(pk=result.pk)


def _issued(result: AssessmentResult, correction: GradeCorrection | None, *, by: Account, at: datetime) -> GradeNotice:
    organ, today, old = result.batch.settled.campaign.organ, notices.day(at), notices.newest(result)
    number = f"{organ.organ_code}〔{today.year}〕{next_number(organ.pk, today.year, 'FORMAL')}号"
    decision = _decided(result, number, today, by, at)
    code = documents.new_code()
    with override("zh-hans"):
        words = notices.content(result, rights(decision, today), correction, old)
    made = GradeNotice.objects.create(
        result=result, cadre=result.cadre, organ=organ, decision=decision, grade=result.grade, number=number,
        content={"paper": _envelope(organ, number, code, result.cadre.name, today), "content": words},
        content_hash=hashlib.sha256(ledger.canonical(words).encode()).hexdigest(), template_version=patterns.version_of(TEMPLATE),
        verify_code=code, issued_on=today, issued_by=by, issued_at=at, replaces=old, correction=correction,
    )  # fmt: skip
    Outgoing.objects.create(kind=Outgoing.Kind.NOTICE, target=made.pk, created_at=at, next_at=at, key=f"grade_notice:{made.pk}")
    facts = {"notice": made.pk, "number": number, "cadre": result.cadre.number, "grade": result.grade, "content": made.content_hash}
    _record(organ, "grade_notice", by=by, at=at, facts={**facts, "replaces": old.number if old else ""})
    _tell_person(made, "", f"请签收：{number}《{notices.TITLE}》", at)
    return made


def _decided(result: AssessmentResult, number: str, today: date, by: Account, at: datetime) -> Decision:
    first = not Decision.objects.filter(result=result).exists()
    return Decision.objects.create(
        cadre=result.cadre, organ=result.batch.settled.campaign.organ, kind=Decision.Kind.ANNUAL_GRADE, title=notices.TITLE, number=number,
        decided_on=today, measure={"kind": result.grade or notices.NONE, "year": result.year}, result=result if first else None,
        entered_by=by, entered_at=at,
    )  # fmt: skip


def _envelope(organ: Unit, number: str, code: str, addressee: str, today: date) -> dict[str, Any]:
    name = organ.organ_name or organ.name
    return {
        "title": notices.TITLE, "title_lines": titles.lines(notices.TITLE), "number": number, "organ": name,
        "header": documents.header_of(organ, name), "contact": (organ.contact or "").splitlines(), "case_no": number,
        "issued_on": dateformat(today, "Y年n月j日"), "dated": str(today), "addressee": addressee, "signatures": [], "formal": True,
        "code": "考核通知", "kind": "", "verify": documents.verify_of(code), "demo": settings.DEMO,
    }  # fmt: skip


def rights(decision: Decision, on: date) -> list[str]:
    """What the person may do against a grade, where and within which period, as the paths of the remedies say."""
    found: dict[str, list[Way]] = {}
    for path in PATHS.values():
        for way in path.ways(decision, on=on):
            if not way.reason and way.organ is not None and way.rule:
                found.setdefault(way.title, []).append(way)
    if not found:
        return []
    rules, matters = rules_of(current_edition().pk), {row["kind"]: row for row in current_edition().figures["matters"]}
    named = matters[str(decision.measure["kind"])]["named"] == "yes"
    lines = []
    for title, ways in found.items():
        organs, rule = "或者".join(way.organ.organ_name or way.organ.name for way in ways if way.organ), rules[ways[0].rule]
        lines.append(f"对本结果不服的，可以自知道之日起{rule.length}{UNITS[rule.unit]}内，向{organs}{_verb(title)}。")
    after = rules["RM-APPEAL-AFTER"]
    lines.append(f"申请复核后对复核决定不服的，可以自接到复核决定之日起{after.length}{UNITS[after.unit]}内提出申诉。")
    if named:
        return [*lines, "复核、申诉期间不停止本结果的执行，也不因申请复核、提出申诉而加重。"]
    return [*lines, "法律没有列明对这一等次的复核和申诉；上述期限为本机关的内部安排，是否受理由收到的机关判断。"]


def _verb(title: str) -> str:
    return title if title.startswith("申请") else f"提出{title}"


def preview(result: AssessmentResult, *, by: Account, at: datetime) -> bytes:
    """The notice as it would be; nothing is kept. Raises Refused or documents.RenderingFailed."""
    with transaction.atomic():
        made = issue(result, by=by, at=at)
        transaction.set_rollback(True)
    blank = {"number": documents.PREVIEWED, "case_no": "", "issued_on": "", "dated": "", "verify": None}
    return documents.render({**made.content["paper"], **blank}, made.content["content"], TEMPLATE, watermark=True).pdf


def render(notice_id: int, *, at: datetime) -> None:
    """Print a notice and seal it with the organ's key; once made, it is never made anew. Raises documents.RenderingFailed."""
    notice = GradeNotice.objects.select_related("organ").get(pk=notice_id)
    if GradeNoticePrint.objects.filter(notice=notice).exists():
        return  # a worker died after keeping the bytes
    patterns.keep(TEMPLATE, at=at)
    made = documents.render(notice.content["paper"], notice.content["content"], TEMPLATE, version=notice.template_version)
    if made.seal is None:
        raise documents.RenderingFailed(f"《{notices.TITLE}》没有用印的位置。", tries=1)
    try:
        sealed = signet.stamp(made.pdf, made.seal, notice.organ, on=notice.issued_on)
    except signet.KeyUnavailable as away:
        raise documents.RenderingFailed(f"《{notices.TITLE}》未能用印：{away}") from away
    certificate = signet.keys().signer(notice.organ).signing_cert
    signer = str(certificate.subject.native.get("common_name", ""))[:200] if certificate is not None else ""
    GradeNoticePrint.objects.get_or_create(notice=notice, defaults={
        "pdf": sealed, "sha256": made.sha256, "sealed_sha256": hashlib.sha256(sealed).hexdigest(), "signer": signer, "rendered_at": at,
    })  # fmt: skip


outbox.HANDLERS[Outgoing.Kind.NOTICE] = lambda row, at: render(row.target, at=at)


@transaction.atomic
def serve(notice: GradeNotice, how: notices.Served, *, by: Account, at: datetime) -> Service:
    """The office notes a proven service on paper; the periods run from its day. Raises Refused."""
    found = _held(notice)
    notices.check_service(found, how, by, notices.day(at))
    words = {"receiver": how.receiver.strip(), "relation": how.relation.strip(), "witnesses": how.witnesses.strip()}
    return _served(found, how.mode, how.served_on, words, by=by, at=at)


@transaction.atomic
def receive(notice: GradeNotice, *, consent: bool, by: Account, at: datetime) -> Service:
    """The person takes the notice in the portal: with consent that is a service. Raises Refused."""
    found = _held(notice)
    notices.check_receiving(found, consent, by)
    words = {"receiver": found.cadre.name, "consent": True}
    made = _served(found, notices.Mode.ONLINE, notices.day(at), words, by=by, at=at)
    url = reverse("grade_notices", args=[found.result.batch.settled.campaign_id])
    tell([Told(found.issued_by_id, f"grade_received:{found.pk}", "PAPER", f"{found.cadre.name}已签收{found.number}", url)], at)
    return made


def _held(notice: GradeNotice) -> GradeNotice:
    """The notice, with its result locked: two services wait for each other."""
    AssessmentResult.objects.select_for_update(of=("self",)).get(pk=notice.result_id)
    return GradeNotice.objects.select_related("result__batch__settled", "decision", "organ", "cadre").get(pk=notice.pk)


def _served(notice: GradeNotice, mode: str, on: date, words: dict[str, Any], *, by: Account, at: datetime) -> Service:
    made = Service.objects.create(
        cadre=notice.cadre, title=str(notice.decision), decision=notice.decision, mode=mode, served_on=on, entered_at=at,
        delivered_by=[by.display_name], **words,
    )  # fmt: skip
    facts = {"notice": notice.pk, "number": notice.number, "mode": str(mode), "served_on": str(on), **words}
    _record(notice.organ, "grade_served", by=by, at=at, facts=facts)
    return made


def receipt(notice: GradeNotice, service: Service) -> bytes:
    """送达回证 of a notice, printed from rows that never change. Raises documents.RenderingFailed."""
    with override("zh-hans"):
        words = notices.receipt(notice, service)
    slip = unfiled.Slip("送达回证", f"{notice.number}-回证", "D-SERVE", notice.organ, notice.cadre.name, words, RECEIPT)
    paper = unfiled.envelope(slip, notice.issued_by, service.entered_at)
    name = "、".join(str(one) for one in service.delivered_by)
    signed = [{**paper["signatures"][0], "title": "登记人" if service.mode != notices.Mode.ONLINE else "签收人", "name": name}]
    return documents.render({**paper, "signatures": signed}, words, RECEIPT).pdf


@transaction.atomic
def correct(result: AssessmentResult, mended: notices.Mended, *, by: Account, at: datetime) -> tuple[GradeCorrection, GradeNotice | None]:
    """Put a settled grade right; where a notice was issued, a new one takes its place and names it. Raises Refused or BadGrades."""
    found = _locked(result)
    notices.check_correcting(found, mended, by)
    made = GradeCorrection.objects.create(
        result=found, before=found.grade, after=mended.grade, reason=mended.reason.strip(), document=mended.document.strip(), by=by, at=at
    )
    found.grade = mended.grade
    found.save(update_fields=["grade"])
    facts = {"result": found.pk, "cadre": found.cadre.number, "before": made.before, "after": made.after, "document": made.document}
    _record(found.batch.settled.campaign.organ, "grade_corrected", by=by, at=at, facts={**facts, "reason": made.reason})
    notice = _issued(found, made, by=by, at=at) if notices.newest(found) is not None else None
    _tell_desks(found, made, at)
    raise_leads(year=found.year, at=at, due_on=assessed.due_on(at))
    return made, notice


def _tell_desks(result: AssessmentResult, correction: GradeCorrection, at: datetime) -> None:
    """Who handles an open lead that reads grades is told that one of them was put right: the lead itself stays, people judge it."""
    told = []
    for lead in Lead.objects.filter(cadre=result.cadre_id, closed_at__isnull=True, rule_id__in=FROM_GRADES).select_related("desk"):
        title = f"等次已更正：{result.cadre.name}{result.year}年度，请核对线索{lead.rule_id}"
        people = absences.present_at(lead.desk, notices.day(at))
        told += [Told(one.pk, f"corrected:{correction.pk}:{lead.pk}", "WARN", title, reverse("lead", args=[lead.pk])) for one in people]
    tell(told, at)


def _tell_person(notice: GradeNotice, stage: str, title: str, at: datetime) -> int:
    account = Account.objects.filter(cadre=notice.cadre_id, is_active=True).first()
    if account is None:
        return 0
    return tell([Told(account.pk, f"grade_notice:{notice.pk}{stage}", "PAPER", title, reverse("my_grade", args=[notice.pk]))], at)


def remind(found: Iterable[GradeNotice], *, at: datetime) -> int:
    """Remind those who have not taken their notice, once a day; how many were."""
    stage = f":{notices.day(at)}"
    return sum(_tell_person(one, stage, f"请签收：{one.number}《{notices.TITLE}》尚未送达", at) for one in found)
