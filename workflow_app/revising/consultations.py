"""Experts are asked about one thing: drawn among those of a field by a seed that was fixed before, or by name with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from workflow_app import sealing
from workflow_app.models import (
    Account,
    Assessor,
    AssessorField,
    Consultation,
    ExpertDraw,
    ExpertDrawn,
    ExpertInvitation,
    ExpertOpinion,
    ExpertWord,
    IndicatorVersion,
    Library,
    Scheme,
    SchemeVersion,
    Unit,
    Upload,
)
from workflow_app.refusing import Refused
from workflow_app.revising.experts import kept_out, live, register, type_matter
from workflow_app.revising.rules import EXPERTS as RULE
from workflow_app.revising.rules import day, one_of, said


@dataclass(frozen=True)
class Asking:
    """What experts of which field are asked, and until when."""

    matter: type_matter
    field: AssessorField
    question: str
    due_on: date


def chosen(seed: str, among: Collection[int], count: int) -> list[int]:
    """The first `count` of the numbers in the order of SHA-256("seed:number"): anybody can compute it again."""
    return sorted(among, key=lambda one: (sha256(f"{seed}:{one}".encode()).hexdigest(), one))[:count]


def commitment(seed: str) -> str:
    """What is written down before the draw."""
    return sha256(seed.encode()).hexdigest()


@transaction.atomic
def ask(organ: Unit, asking: Asking, *, by: Account, at: datetime) -> Consultation:
    """Put a question. Nobody is invited by it. Raises Refused."""
    question = said(asking.question, _("征求意见的问题"), "question", 10, rule=RULE)
    if asking.due_on <= day(at):
        raise Refused(_("答复期限太早。"), way_out=_("填写今天以后的日期。"), rule=RULE, field="due_on")
    matter = asking.matter
    return Consultation.objects.create(
        organ=organ, field=asking.field, question=question, due_on=asking.due_on, by=by, at=at,
        indicator=matter if isinstance(matter, IndicatorVersion) else None, library=matter if isinstance(matter, Library) else None,
        version=matter if isinstance(matter, SchemeVersion) else None,
    )  # fmt: skip


def candidates(asked: Consultation, today: date) -> list[tuple[Assessor, str]]:
    """Those of the field who are in the register and were not asked yet, each with why they are kept out (empty: they are not)."""
    already = set(asked.invitations.values_list("assessor_id", flat=True))
    rows = register(asked.organ).filter(specialties__field=asked.field).exclude(pk__in=already)
    return [(one, kept_out(one, asked.matter)) for one in rows if live(one, today)]


@transaction.atomic
def announce(asked: Consultation, count: int, *, by: Account, at: datetime) -> ExpertDraw:
    """Fix a seed that nobody has seen, and among whom is drawn. Raises Refused."""
    Consultation.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if asked.draws.filter(drawn__isnull=True).exists():
        raise Refused(_("已经公布了一次抽取，还没有抽。"), way_out=_("先完成已经公布的抽取。"), rule=RULE)
    among = [one.pk for one, why in candidates(asked, day(at)) if not why]
    if not 1 <= count < len(among):
        raise Refused(
            _("可以抽取的有%(n)s人，抽取人数须在1人以上并少于这个人数。") % {"n": len(among)},
            way_out=_("减少人数、补充名册，或者写明理由点名邀请。"), rule=RULE, field="count",
        )  # fmt: skip
    seed = secrets.token_hex(32)
    return ExpertDraw.objects.create(
        consultation=asked,
        count=count,
        among=among,
        commitment=commitment(seed),
        sealed=_cipher(asked).encrypt(seed.encode()),
        by=by,
        at=at,
    )


def _cipher(asked: Consultation) -> Any:
    return sealing.fernet(f"seed of consultation {asked.pk}")


@transaction.atomic
def draw(announced: ExpertDraw, *, by: Account, at: datetime) -> ExpertDrawn:
    """Open the seed and invite whom it chooses. Another than who announced it does that. Raises Refused."""
    found = ExpertDraw.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=announced.pk)
    if ExpertDrawn.objects.filter(draw=found).exists():
        raise Refused(_("这次抽取已经完成。"), way_out=_("需要再抽的，另行公布。"), rule=RULE)
    if found.by_id == by.pk:
        raise Refused(_("公布抽取的人不能自己抽。"), way_out=_("由另一名人员抽取，两人互相见证。"), rule="SD-19")
    seed = _cipher(found.consultation).decrypt(bytes(found.sealed)).decode()
    drawn = chosen(seed, found.among, found.count)
    made = ExpertDrawn.objects.create(draw=found, seed=seed, chosen=drawn, by=by, at=at)
    for one in drawn:
        ExpertInvitation.objects.create(consultation=found.consultation, assessor_id=one, draw=found, by=by, at=at)
    return made


def right(made: ExpertDrawn) -> bool:
    """Whether the draw computed again gives the same: the seed is the one announced, and chooses these people."""
    announced = made.draw
    return commitment(made.seed) == announced.commitment and chosen(made.seed, announced.among, announced.count) == made.chosen


@transaction.atomic
def name(asked: Consultation, one: Assessor, reason: str, *, by: Account, at: datetime) -> ExpertInvitation:
    """Invite somebody by name, with a reason. Raises Refused."""
    Consultation.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    found = {person.pk: why for person, why in candidates(asked, day(at))}
    if one.pk not in found:
        raise Refused(_("这个人不在该领域的名册中，聘期已过，或者已经邀请。"), way_out=_("先入册。"), rule=RULE, field="assessor")
    if found[one.pk]:
        raise Refused(
            _("%(who)s应当回避：%(why)s。") % {"who": one.name, "why": found[one.pk]},
            way_out=_("邀请其他人。"),
            rule="SD-10",
            field="assessor",
        )
    words = said(reason, _("点名邀请的理由"), "reason", rule=RULE)
    return ExpertInvitation.objects.create(consultation=asked, assessor=one, reason=words, by=by, at=at)


def _entered_rightly(invitation: ExpertInvitation, letter: Upload | None, by: Account) -> None:
    """Who has an account answers themself; for who has none the office enters it, with the letter. Raises Refused."""
    own = invitation.assessor.account_id
    if own is not None and own != by.pk:
        raise Refused(_("有账号的专家只能由本人答复。"), way_out=_("请专家登录后在“征求我的意见”中办理。"), rule=RULE)
    if own is None and letter is None:
        raise Refused(_("登记来函须附来函。"), way_out=_("上传专家来函的扫描件。"), rule=RULE, field="letter")


@transaction.atomic
def answer(invitation: ExpertInvitation, word: str, reason: str, letter: Upload | None, *, by: Account, at: datetime) -> ExpertWord:
    """Take the invitation, or say why not. Raises Refused."""
    found = ExpertInvitation.objects.select_for_update(of=("self",)).select_related("assessor").get(pk=invitation.pk)
    _entered_rightly(found, letter, by)
    one_of(word, ExpertWord.Word.values, "word", rule=RULE)
    if ExpertWord.objects.filter(invitation=found).exists():
        raise Refused(_("已经答复过是否接受。"), way_out=_("需要改变的，与考核办公室联系。"), rule=RULE)
    why = "" if word == ExpertWord.Word.ACCEPTED else said(reason, _("理由"), "reason", rule=RULE)
    return ExpertWord.objects.create(invitation=found, word=word, reason=why, letter=letter, by=by, at=at)


@transaction.atomic
def give(invitation: ExpertInvitation, view: str, text: str, letter: Upload | None, *, by: Account, at: datetime) -> ExpertOpinion:
    """Give an opinion, once, after taking the invitation. Raises Refused."""
    found = ExpertInvitation.objects.select_for_update(of=("self",)).select_related("assessor").get(pk=invitation.pk)
    _entered_rightly(found, letter, by)
    one_of(view, ExpertOpinion.View.values, "view", rule=RULE)
    word = ExpertWord.objects.filter(invitation=found).first()
    if word is None or word.word != ExpertWord.Word.ACCEPTED:
        raise Refused(_("还没有接受邀请，或者已经谢绝、回避。"), way_out=_("先答复接受邀请。"), rule=RULE)
    if ExpertOpinion.objects.filter(invitation=found).exists():
        raise Refused(_("已经提出过意见。"), way_out=_("意见提出以后不能改；有补充的，请办公室另行征求。"), rule=RULE)
    words = said(text, _("具体意见"), "text", 10, rule=RULE)
    return ExpertOpinion.objects.create(invitation=found, view=view, text=words, letter=letter, by=by, at=at)


def _opinions(about: Q) -> list[ExpertOpinion]:
    rows = ExpertOpinion.objects.filter(about)
    wanted = ("indicator", "library", "version__scheme")
    return list(rows.select_related("invitation__assessor", *(f"invitation__consultation__{one}" for one in wanted)).order_by("id"))


def about_library(library: Library) -> list[ExpertOpinion]:
    """Opinions on a library and on versions of its indicators, to stand beside its reviews."""
    whole = Q(invitation__consultation__library=library) | Q(invitation__consultation__indicator__indicator__library=library)
    return _opinions(whole)


def about_scheme(scheme: Scheme) -> list[ExpertOpinion]:
    """Opinions on the versions of a scheme."""
    return _opinions(Q(invitation__consultation__version__scheme=scheme))
