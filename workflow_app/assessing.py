"""Acts of assessment that leave a record: each is one transaction of what the room does and a line in the organ's journal.

The rooms (workflow_app/assessment/) stand below the ledger and cannot write there; pages and the worker come through here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db import Error, transaction
from django.db.models import Count
from django.urls import reverse

from workflow_app import ledger, outbox
from workflow_app.assessment.campaigns import closing, links, paper, planning, sealed, spot
from workflow_app.assessment.library import keeping, workbook
from workflow_app.assessment.results import computing
from workflow_app.assessment.schemes import drafting
from workflow_app.clock import TZ
from workflow_app.law import current_edition
from workflow_app.models import (
    Account,
    AuditKey,
    Campaign,
    Library,
    LibraryReview,
    Outgoing,
    PaperEntry,
    SchemeVersion,
    Slip,
    Subject,
    Unit,
)
from workflow_app.refusing import Refused
from workflow_app.telling import assessed
from workflow_app.telling.messages import Told, tell

log = logging.getLogger(__name__)


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


@transaction.atomic
def issue_forms(subject: Subject, group: str, count: int, *, by: Account, at: datetime) -> list[str]:
    """Serial numbers of forms on paper; recorded by number, never by serial. Raises Refused."""
    serials = paper.issue(subject, group, count, by=by, at=at)
    _record(subject.campaign.organ, "forms", by=by, at=at, facts={"subject": subject.pk, "group": group, "count": count})
    return serials


@transaction.atomic
def enter_form(campaign: Campaign, serial: str, given: Mapping[str, str], *, anew: bool = False, by: Account, at: datetime) -> bool:
    """Type a form on paper in; whether it counts now (a second person typed the same). Raises Refused; then nothing is kept."""
    sheet, counted = paper.enter(campaign, serial, given, anew=anew, by=by, at=at)
    facts = {"subject": sheet.subject.pk, "group": sheet.ticket.group, "counted": counted, "anew": anew}
    _record(campaign.organ, "typed", by=by, at=at, facts=facts)
    return counted


@transaction.atomic
def take_in_ratings(campaign: Campaign, name: str, source: IO[bytes], *, by: Account, at: datetime) -> int:
    """Ratings of another service system; recorded by number. Raises BadSheet or Refused; then nothing is kept."""
    count = spot.take_in(campaign, name, source, by=by, at=at)
    _record(campaign.organ, "ratings", by=by, at=at, facts={"campaign": campaign.pk, "file": name, "rows": count})
    return count


@transaction.atomic
def close(campaign: int, *, by: Account | None, why: str, at: datetime) -> int | None:
    """Close a campaign and order the computing of its scores, part by part; how many slips, or None when it was closed already. Raises Refused."""
    once = PaperEntry.objects.filter(subject__campaign=campaign).count()
    count = closing.close(campaign, by=by, why=why, at=at)
    if count is not None:
        found = Campaign.objects.select_related("organ").get(pk=campaign)
        _tell_few(found, found.organ, at)
        _record(found.organ, "closed", by=by, at=at, facts={"campaign": campaign, "slips": count, "why": why.strip(), "typed_once": once})
        _order_scores(found, at)
    return count


def _tell_few(campaign: Campaign, organ: Unit, at: datetime) -> None:
    """Fewer than 30 valid ratings in a half-year: the organization is reminded (001)."""
    few = [one.subject.name for one in spot.results(campaign) if not one.enough] if campaign.kind == Campaign.Kind.SPOT else []
    if few:
        words = f"{campaign.name}：{len(few)}人不足{spot.ENOUGH}份有效评价（{'、'.join(few[:5])}{'等' if len(few) > 5 else ''}）"
        seats = Account.objects.filter(seats__desk__role__in=("assessment_office", "org_leader"), seats__desk__unit=organ, is_active=True)
        url = reverse("campaign", args=[campaign.pk])
        tell([Told(one, f"few:{campaign.pk}", "WARN", words, url) for one in set(seats.values_list("pk", flat=True))], at)


def _order_scores(campaign: Campaign, at: datetime) -> None:
    """One ordered row a like group: each is leased, computed and stored by itself, and a worker that dies leaves the others as they are."""
    groups = computing.groups_of(campaign) if campaign.kind == Campaign.Kind.ROUND else []
    Outgoing.objects.bulk_create(
        Outgoing(
            kind=Outgoing.Kind.SCORES,
            target=campaign.pk,
            payload={"group": one},
            created_at=at,
            next_at=at,
            key=f"scores:{campaign.pk}:{n}",
        )
        for n, one in enumerate(groups)
    )


def score_part(row: Outgoing, at: datetime) -> None:
    """First scores of one like group. A round that cannot be computed yet stays closed, and whoever runs it computes when figures are in."""
    campaign = Campaign.objects.select_related("organ", "version__scheme").get(pk=row.target)
    try:
        assessed.compute_scores(campaign, by=None, at=at, groups=[row.payload["group"]])
    except Refused as no:
        log.info("campaign %s is not computed yet: %s", campaign.pk, no)


outbox.HANDLERS[Outgoing.Kind.SCORES] = score_part


@dataclass(frozen=True)
class Computing:
    """How far the computing of a closed round has come, in like groups."""

    all: int
    done: int
    dead: int  # put aside after too many tries: an administrator sees why

    @property
    def running(self) -> bool:
        """Whether a worker still has something to do."""
        return self.done + self.dead < self.all


def computing_of(campaign: Campaign) -> Computing:
    """How far the workers have come with the scores of a campaign."""
    rows = Outgoing.objects.filter(kind=Outgoing.Kind.SCORES, target=campaign.pk)
    counted = rows.aggregate(all=Count("pk"), done=Count("done_at"), dead=Count("dead_at"))
    return Computing(**counted)


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
    if slip.subject.concerns(by):
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
