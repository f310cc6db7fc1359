"""The organ's rules, how they stand to each other and to the rules of this system, and their reviews every two years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from workflow_app.assessment.triggers.register import TRIGGERS
from workflow_app.clock import add_months
from workflow_app.law import current_edition
from workflow_app.models import (
    Account,
    Campaign,
    Case,
    RuleLesson,
    RuleLessonWord,
    Ruling,
    RulingEnd,
    RulingLink,
    RulingLinkEnd,
    RulingReview,
    Unit,
    Upload,
)
from workflow_app.refusing import Refused
from workflow_app.revising.rules import RULINGS as RULE
from workflow_app.revising.rules import by_today, day, one_of, said

MONTHS = 24  # between two reviews (000, local practice)
# Tables of flows/law and the column by which a rule of them is named, with its title.
NAMED = {"deadlines": ("rule_id", "step"), "situations": ("code", "title"), "kinds": ("code", "title"), "tracks": ("code", "title")}


@dataclass(frozen=True)
class Known:
    """A rule that this system follows."""

    key: str
    title: str
    source: str


def product_rules() -> dict[str, Known]:
    """Every rule by its id: the figures of the law tables and the triggers, each with its source."""
    figures = current_edition().figures
    found = {
        row[key]: Known(row[key], row[title], row.get("source", ""))
        for table, (key, title) in NAMED.items() for row in figures.get(table, [])
    }  # fmt: skip
    return found | {key: Known(key, str(one.title), str(one.source)) for key, one in TRIGGERS.items()}


def rulings(organ: Unit) -> QuerySet[Ruling]:
    """The organ's rules with what their standing is worked out from."""
    rows = Ruling.objects.filter(organ=organ).select_related("ended", "by__cadre", "document")
    return rows.prefetch_related("reviews__by__cadre")


def in_force(one: Ruling, today: date) -> bool:
    """From its first day to the end of its last."""
    ended = getattr(one, "ended", None)
    return one.first <= today and (ended is None or today <= ended.last)


def next_review(one: Ruling) -> date:
    """Two years after the last review, or after it came into force."""
    last = max((row.held_on for row in one.reviews.all()), default=one.first)
    return add_months(last, MONTHS)


def overdue(organ: Unit, today: date) -> list[Ruling]:
    """Rules in force whose review is due today or was before."""
    return [one for one in rulings(organ) if in_force(one, today) and next_review(one) <= today]


@dataclass(frozen=True)
class Text:
    """What a rule is."""

    title: str
    issuer: str
    number: str
    first: date
    document: Upload | None = None


@transaction.atomic
def enter(organ: Unit, text: Text, *, by: Account, at: datetime) -> Ruling:
    """Enter a rule. Raises Refused."""
    title, issuer = said(text.title, _("名称"), "title", 4, rule=RULE), said(text.issuer, _("制定机关"), "issuer", 2, rule=RULE)
    if Ruling.objects.filter(organ=organ, title=title, first=text.first).exists():
        raise Refused(_("已经登记过同名、同日施行的制度。"), way_out=_("打开已有的制度。"), rule=RULE, field="title")
    return Ruling.objects.create(
        organ=organ, title=title, issuer=issuer, number=text.number.strip(), first=text.first, document=text.document, by=by, at=at
    )


@transaction.atomic
def end(one: Ruling, last: date, reason: str, *, by: Account, at: datetime) -> RulingEnd:
    """A rule is repealed, with what repeals it. Raises Refused."""
    Ruling.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if RulingEnd.objects.filter(ruling=one).exists():
        raise Refused(_("这项制度已经登记废止。"), way_out=_("不用再登记。"), rule=RULE)
    if last < one.first:
        raise Refused(_("废止日期早于施行日期。"), way_out=_("更正日期。"), rule=RULE, field="last")
    return RulingEnd.objects.create(ruling=one, last=last, reason=said(reason, _("依据"), "reason", rule=RULE), by=by, at=at)


@transaction.atomic
def link(one: Ruling, other: Ruling | None, product_rule: str, kind: str, note: str, *, by: Account, at: datetime) -> RulingLink:
    """Say how a rule stands to another, or to a rule of this system. Raises Refused."""
    one_of(kind, RulingLink.Kind.values, "kind", rule=RULE)
    if (other is None) == (not product_rule):
        raise Refused(
            _("须选择另一项制度或者系统规则，只选一个。"), way_out=_("一条关系只连接两端，需要的另登记一条。"), rule=RULE, field="other"
        )
    if other is not None and (other.pk == one.pk or other.organ_id != one.organ_id):
        raise Refused(_("制度不能与自己或者其他机关名册中的制度建立关系。"), way_out=_("选择另一项制度。"), rule=RULE, field="other")
    if product_rule and product_rule not in product_rules():
        raise Refused(_("系统中没有这个规则编号。"), way_out=_("在所列的规则中选择。"), rule=RULE, field="product_rule")
    words = said(note, _("条款和说明"), "note", rule=RULE)
    same = RulingLink.objects.filter(ruling=one, other=other, product_rule=product_rule, kind=kind, ended__isnull=True)
    if same.exists():
        raise Refused(_("已经登记过这项关系。"), way_out=_("说明有变化的，先解除再登记。"), rule=RULE, field="kind")
    return RulingLink.objects.create(ruling=one, other=other, product_rule=product_rule, kind=kind, note=words, by=by, at=at)


@transaction.atomic
def unlink(one: RulingLink, reason: str, *, by: Account, at: datetime) -> RulingLinkEnd:
    """A link no longer holds. Raises Refused."""
    RulingLink.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if RulingLinkEnd.objects.filter(link=one).exists():
        raise Refused(_("这项关系已经解除。"), way_out=_("不用再办理。"), rule=RULE)
    return RulingLinkEnd.objects.create(link=one, reason=said(reason, _("理由"), "reason", rule=RULE), by=by, at=at)


def links(organ: Unit) -> list[RulingLink]:
    """Links that hold, of and to the organ's rules."""
    rows = RulingLink.objects.filter(ruling__organ=organ, ended__isnull=True)
    return list(rows.select_related("ruling", "other", "by__cadre").order_by("ruling", "id"))


@dataclass(frozen=True)
class Matrix:
    """Rules by rules: cells are the links from the row to the column, in the order of the rules."""

    heads: list[Ruling]
    rows: list[tuple[Ruling, list[list[RulingLink] | None]]]


def matrix(organ: Unit, today: date) -> Matrix:
    """The rules in force against each other; None is a rule against itself."""
    heads = [one for one in rulings(organ) if in_force(one, today)]
    found: dict[tuple[int, int], list[RulingLink]] = {(row.pk, head.pk): [] for row, head in product(heads, heads)}
    for one in links(organ):
        if one.other_id is not None and (one.ruling_id, one.other_id) in found:
            found[one.ruling_id, one.other_id].append(one)
    return Matrix(heads, [(row, [None if row.pk == head.pk else found[row.pk, head.pk] for head in heads]) for row in heads])


@transaction.atomic
def review(one: Ruling, held_on: date, finding: str, text: str, *, by: Account, at: datetime) -> RulingReview:
    """Note a review: agree, gap or conflict, in words. No figure. Raises Refused."""
    by_today(held_on, day(at), "held_on", rule=RULE)
    one_of(finding, RulingReview.Finding.values, "finding", rule=RULE)
    words = said(text, _("评估情况和建议"), "text", 10, rule=RULE)
    known = [row for row in links(one.organ) if one.pk in (row.ruling_id, row.other_id) and row.kind == RulingLink.Kind.CONFLICTS]
    if finding == RulingReview.Finding.AGREE and known:
        raise Refused(
            _("登记的关系中还有冲突，不能认定为协调一致。"),
            way_out=_("先解除已经解决的冲突，或者选择“存在冲突”。"),
            rule=RULE,
            field="finding",
        )
    return RulingReview.objects.create(ruling=one, held_on=held_on, finding=finding, text=words, by=by, at=at)


@dataclass(frozen=True)
class Lesson:
    """A lesson from one place, and what should be written where."""

    lesson: str
    proposal: str
    case: Case | None = None
    campaign: Campaign | None = None
    ruling: Ruling | None = None


@transaction.atomic
def learn(organ: Unit, what: Lesson, *, by: Account, at: datetime) -> RuleLesson:
    """Propose to write a lesson into the rules. Only of what is over. Raises Refused."""
    if (what.case is None) == (what.campaign is None):
        raise Refused(_("须选择一个已办结的案件或者一次已结束的测评。"), way_out=_("选择来源。"), rule=RULE, field="source")
    if (what.case and what.case.finished is None) or (what.campaign and what.campaign.closed_at is None):
        raise Refused(_("案件还没有办结，或者测评还没有结束。"), way_out=_("结束以后再总结。"), rule=RULE, field="source")
    return RuleLesson.objects.create(
        organ=organ, case=what.case, campaign=what.campaign, ruling=what.ruling, lesson=said(what.lesson, _("经验教训"), "lesson", 10, rule=RULE),
        proposal=said(what.proposal, _("立改废建议"), "proposal", 10, rule=RULE), by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def decide(one: RuleLesson, outcome: str, reason: str, *, by: Account, at: datetime) -> RuleLessonWord:
    """Take a proposal or not, by another than who made it. Raises Refused."""
    RuleLesson.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if RuleLessonWord.objects.filter(lesson=one).exists():
        raise Refused(_("这项建议已经处理。"), way_out=_("有新情况的另提建议。"), rule=RULE)
    if one.by_id == by.pk:
        raise Refused(_("提出人不能处理自己的建议。"), way_out=_("由另一名人员处理。"), rule="SD-19")
    one_of(outcome, RuleLessonWord.Outcome.values, "outcome", rule=RULE)
    return RuleLessonWord.objects.create(lesson=one, outcome=outcome, reason=said(reason, _("理由"), "reason", rule=RULE), by=by, at=at)


def between(one: Ruling) -> list[RulingLink]:
    """Links of and to one rule that hold."""
    rows = RulingLink.objects.filter(Q(ruling=one) | Q(other=one), ended__isnull=True)
    return list(rows.select_related("ruling", "other", "by__cadre").order_by("id"))
