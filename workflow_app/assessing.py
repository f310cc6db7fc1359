"""Acts of assessment that leave a record: each is one transaction of what the room does and a line in the organ's journal.

The rooms (workflow_app/assessment/) stand below the ledger and cannot write there; pages and the worker come through here.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from django.db import Error, transaction
from django.urls import reverse
from django.utils.dateformat import format as dateformat

from workflow_app import documents, ledger, patterns
from workflow_app.assessment.campaigns import closing, links, planning, sealed
from workflow_app.assessment.feedback import lists, wording
from workflow_app.assessment.library import keeping, workbook
from workflow_app.assessment.schemes import drafting
from workflow_app.assessment.triggers.entering import Entry
from workflow_app.clock import TZ
from workflow_app.law import current_edition
from workflow_app.models import (
    Account,
    AuditKey,
    Campaign,
    Feedback,
    Finding,
    Library,
    LibraryReview,
    LookBack,
    MendingProof,
    Point,
    PointAnswer,
    SchemeVersion,
    Slip,
    Subject,
    Unit,
    Upload,
)
from workflow_app.refusing import Refused
from workflow_app.telling import assessed
from workflow_app.telling.messages import Told, tell

log = logging.getLogger(__name__)
TEMPLATE = "documents/feedback.html"
SIGNS = "签发人"


def _record(organ: Unit, what: str, *, by: Account | None, at: datetime, facts: dict[str, Any]) -> None:
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


def situations() -> list[str]:
    """Codes of the fifteen situations (UPD 5)."""
    return [row["code"] for row in current_edition().figures["situations"]]


@transaction.atomic
def import_library(library: Library, name: str, source: IO[bytes], *, by: Account, at: datetime) -> workbook.Taken:
    """Take a workbook into the library. Raises BadSheet or Refused; then nothing is changed."""
    taken = workbook.take_in(library, name, source, situations(), by=by, at=at)
    _record(library.organ, "library", by=by, at=at, facts={"library": library.pk, "file": name, **vars(taken)})
    return taken


@transaction.atomic
def review_library(library: Library, held_on: date, findings: str, *, by: Account, at: datetime) -> LibraryReview:
    """Note a review. Raises Refused."""
    made = keeping.review(library, held_on=held_on, findings=findings, by=by, at=at)
    _record(library.organ, "review", by=by, at=at, facts={"library": library.pk, "held_on": str(held_on), "findings": made.findings})
    return made


@transaction.atomic
def normalise(version: SchemeVersion, why: str, *, by: Account, at: datetime) -> None:
    """Bring weights to 100 % by choice. Raises Refused."""
    found = drafting.normalise(version, why=why, by=by, at=at)
    facts = {"version": found.pk, "why": found.normalised_why, "before": found.weights_before}
    _record(found.scheme.organ, "normalised", by=by, at=at, facts=facts)


@transaction.atomic
def publish(version: SchemeVersion, *, by: Account, at: datetime) -> SchemeVersion:
    """Publish a scheme's version; returns it as it stands now. Raises Refused or BadScheme."""
    found = drafting.publish(version, by=by, at=at)
    facts = {"version": found.pk, "scheme": found.scheme.name, "number": found.number, "drafted_by": found.drafted_by_id}
    _record(found.scheme.organ, "published", by=by, at=at, facts=facts)
    return found


@transaction.atomic
def start(campaign: Campaign, *, by: Account, at: datetime, short: str = "") -> None:
    """Open a campaign and tell those who are invited. Raises Refused or BadPlan."""
    found = planning.start(campaign, by=by, at=at, short=short)
    facts = {"campaign": found.pk, "name": found.name, "short": short.strip()}
    _record(found.organ, "started", by=by, at=at, facts=facts)
    _tell_waiting(found, "您有一项评价", "open", at)


def _tell_waiting(campaign: Campaign, words: str, name: str, at: datetime) -> int:
    url, waiting = reverse("my_ratings"), planning.waiting(campaign)
    title = f"{words}：{campaign.name}，{campaign.closes_at.astimezone(TZ):%-m月%-d日%H:%M}截止"
    tell([Told(one, f"rate:{campaign.pk}:{name}", "ITEM", title, url) for one in waiting], at)
    return len(waiting)


@transaction.atomic
def remind(campaign: Campaign, *, by: Account | None, at: datetime) -> int:
    """Remind those who have not fetched all their links, once a day; how many. Raises Refused."""
    today = at.astimezone(TZ).date()
    if not campaign.is_open:
        raise Refused("测评没有在进行。", way_out="启动以后、结束以前才能催办。", rule=planning.RULE)
    last = campaign.reminders.order_by("-id").first()
    if last is not None and last.at.astimezone(TZ).date() == today:
        raise Refused("今天已经催办过。", way_out="明天再催办。", rule=planning.RULE)
    count = _tell_waiting(campaign, "请领取评价链接", f"{today}", at)
    planning.reminded(campaign, count, by=by, at=at)
    return count


@transaction.atomic
def issue_links(subject: Subject, group: str, count: int, *, by: Account, at: datetime) -> list[str]:
    """Anonymous links; recorded by number, never by token. Raises Refused."""
    tokens = links.issue(subject, group, count, by=by, at=at)
    _record(subject.campaign.organ, "links", by=by, at=at, facts={"subject": subject.pk, "group": group, "count": count})
    return tokens


def close(campaign: int, *, by: Account | None, why: str, at: datetime) -> int | None:
    """Close a campaign and compute what its ratings say; how many slips, or None when it was closed already. Raises Refused."""
    with transaction.atomic():
        count = closing.close(campaign, by=by, why=why, at=at)
        if count is not None:
            organ = Unit.objects.get(campaigns=campaign)
            _record(organ, "closed", by=by, at=at, facts={"campaign": campaign, "slips": count, "why": why.strip()})
    if count is not None:
        _score(Campaign.objects.select_related("organ", "version__scheme").get(pk=campaign), at)
    return count


def _score(campaign: Campaign, at: datetime) -> None:
    """First scores; a round that cannot be computed yet stays closed, and whoever runs it computes when figures are in."""
    if campaign.kind != Campaign.Kind.ROUND:
        return
    try:
        assessed.compute_scores(campaign, by=None, at=at)
    except Refused as no:
        log.info("campaign %s is not computed yet: %s", campaign.pk, no)


def close_due(at: datetime) -> int:
    """What the worker does: close what is due, each in a transaction of its own; how many that were. A faulty one is logged and left."""
    count = 0
    for one in closing.due(at):
        try:
            count += close(one, by=None, why="", at=at) is not None
        except Error:
            raise  # the database is away: the next round comes back to it
        except Exception:
            log.exception("campaign %s could not be closed", one)
    return count


def remind_due(at: datetime) -> int:
    """Remind, once, of campaigns that end within two days; how many people."""
    return sum(remind(one, by=None, at=at) for one in planning.ending(at))


@transaction.atomic
def open_envelope(slip: Slip, pem: bytes, passphrase: str, *, reason: str, by: Account, at: datetime) -> str:
    """Who handed a slip in, for the audit role alone, with a reason, recorded. Raises Refused. The caller has checked the role."""
    organ = slip.subject.campaign.organ
    if by.cadre_id == slip.subject.cadre_id:
        raise Refused("被评价人无论担任什么职务，都不得查看评价人。", way_out="由其他审计人员办理。", rule=links.RULE)
    if len(reason.strip()) < 10:
        raise Refused("启封须写明理由（不少于10个字）。", way_out="写明核查的事项。", rule=links.RULE, field="reason")
    if not slip.envelope:
        raise Refused("这份评价没有封存评价人。", way_out="匿名链接和未设审计公钥时的评价，任何人都无法查知评价人。", rule=links.RULE)
    try:
        name = sealed.name_in(bytes(slip.envelope), pem, passphrase)
    except (ValueError, TypeError) as wrong:
        raise Refused(
            "私钥或者口令不对，没有启封。", way_out="使用与公钥成对的私钥文件和它的口令。", rule=links.RULE, field="pem"
        ) from wrong
    _record(organ, "unsealed", by=by, at=at, facts={"slip": str(slip.key), "reason": reason.strip()})
    return name


def add_audit_key(public: bytes, organ: Unit, *, by: Account | None, at: datetime) -> AuditKey:
    """Set the public key to which raters are sealed from now on."""
    with transaction.atomic():
        made = AuditKey.objects.create(public=public, fingerprint=sealed.fingerprint(public), added_by=by, added_at=at)
        _record(organ, "audit_key", by=by, at=at, facts={"fingerprint": made.fingerprint})
    return made


def printed(feedback: Feedback, by: Account | None, at: datetime, which: Iterable[str] = Point.List.values) -> list[lists.Printed]:
    """The papers of the lists, rendered. Without a signer: a preview. Raises documents.RenderingFailed."""
    return [_paper(feedback, one, by, at) for one in which]


def _paper(feedback: Feedback, which: str, by: Account | None, at: datetime) -> lists.Printed:
    content, local = wording.content_of(feedback, which), at.astimezone(TZ)
    number = f"考反〔{local.year}〕{feedback.pk}-{1 + Point.List.values.index(which)}号"
    signed = [{"title": SIGNS, "name": by.display_name, "time": f"{local:%Y-%m-%d %H:%M}"}] if by else []
    title, organ = wording.title_of(which), feedback.organ.organ_name or feedback.organ.name
    envelope = {
        "title": title, "title_lines": [title], "number": number if by else documents.PREVIEWED, "organ": organ, "case_no": number, "code": "三单",
        "issued_on": dateformat(local, "Y年n月j日") if by else "", "dated": str(local.date()) if by else "", "addressee": feedback.cadre.name,
        "signatures": signed, "formal": False, "verify": None, "demo": settings.DEMO,
    }  # fmt: skip
    made = documents.render(envelope, content, TEMPLATE, watermark=by is None)
    frozen = {"paper": envelope, "content": content}
    digest = hashlib.sha256(ledger.canonical(content).encode()).hexdigest()
    return lists.Printed(which, number, frozen, digest, patterns.version_of(TEMPLATE), made.pdf, made.sha256)


def sign_lists(feedback: Feedback, *, by: Account, at: datetime) -> None:
    """Print, sign and serve the three lists: the person is told and finds them in the portal. Raises Refused or RenderingFailed."""
    lists.check_signer(feedback, by)
    patterns.keep(TEMPLATE, at=at)
    papers = printed(feedback, by, at)
    with transaction.atomic():
        found = lists.sign(feedback, papers, by=by, at=at)
        facts = {
            "feedback": found.pk,
            "papers": {one.number: one.sha256 for one in papers},
            "content": {one.list: one.content_hash for one in papers},
        }
        _record(found.organ, "lists", by=by, at=at, facts=facts)
        account = Account.objects.filter(cadre=found.cadre_id, is_active=True).first()
        if account is not None:
            url = reverse("my_feedback", args=[found.pk])
            tell([Told(account.pk, f"lists:{found.pk}", "PAPER", "您的考核反馈（成绩、问题、整改清单）已经签发", url)], at)


@transaction.atomic
def receive(feedback: Feedback, *, by: Account, at: datetime) -> None:
    """The person has the lists. Raises Refused."""
    lists.receive(feedback, by=by, at=at)
    _record(feedback.organ, "received", by=by, at=at, facts={"feedback": feedback.pk})


@transaction.atomic
def answer(point: Point, stance: str, text: str, *, by: Account, at: datetime) -> PointAnswer:
    """What the person says to a point; who drafted the lists is told where it is more than agreement. Raises Refused."""
    made = lists.answer(point, stance, text, by=by, at=at)
    feedback = point.feedback
    _record(feedback.organ, "answered", by=by, at=at, facts={"point": point.pk, "stance": made.stance, "text": made.text})
    if made.stance != PointAnswer.Stance.AGREE:
        title = f"{feedback.cadre.name}对{point}{made.get_stance_display()}"
        tell([Told(feedback.drafted_by_id, f"answer:{made.pk}", "ITEM", title, reverse("three_lists", args=[feedback.subject_id]))], at)
    return made


@transaction.atomic
def prove(point: Point, text: str, upload: Upload | None, *, by: Account, at: datetime) -> MendingProof:
    """What was done about a point that was to be mended. Raises Refused."""
    made = lists.prove(point, text, upload, by=by, at=at)
    facts = {"point": point.pk, "text": made.text, "file": upload.pk if upload else None}
    _record(point.feedback.organ, "proved", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def look_back(point: Point, result: str, findings: str, next_on: date | None, *, by: Account, at: datetime) -> LookBack:
    """Note a check of something that was to be mended. Raises Refused."""
    made = lists.look_back(point, result, findings, next_on, by=by, at=at)
    facts = {"point": point.pk, "result": made.result, "findings": made.findings, "next_on": str(next_on or "")}
    _record(point.feedback.organ, "look_back", by=by, at=at, facts=facts)
    raise_unmended(at)
    return made


@transaction.atomic
def raise_unmended(at: datetime) -> int:
    """T-09 from every check that found nothing mended and was not judged yet; how many findings. Its guards decide whether a lead follows."""
    judged = {f"T-09:P{key}" for key in Finding.objects.filter(rule_id="T-09").values_list("facts__look_back", flat=True) if key}
    found = [one for one in lists.not_mended() if f"T-09:P{one.pk}" not in judged]
    for one in found:
        feedback = one.point.feedback
        told = {**lists.unmended(one), "look_back": one.pk}
        entry = Entry("T-09", feedback.cadre, told, f"整改清单第{one.point.number}项回头看", told["checked_on"], f"T-09:P{one.pk}")
        assessed.enter_finding(entry, unit=feedback.organ, by=one.by, at=at)
    return len(found)
