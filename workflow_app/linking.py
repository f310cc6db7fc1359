"""Acts of objectives, of the long-term account and of the board of tasks: what the room does, a line in the journal, and the way into a campaign.

A campaign takes these as it takes everything else, as measured figures and established matters (measuring.py): linked, not scored twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger, measuring
from workflow_app.assessment.measuring.facts import Fact
from workflow_app.assessment.measuring.figures import Figure
from workflow_app.clock import TZ
from workflow_app.models import (
    Account,
    Cadre,
    Challenge,
    ChallengeBid,
    ChallengeChoice,
    ChallengeResult,
    ChallengeUse,
    EffectWord,
    Established,
    Groundwork,
    GroundworkUse,
    KeyProgress,
    KeyResult,
    KeyUse,
    Objective,
    ObjectiveEnd,
    Observation,
    ProgressCheck,
    SchemeIndicator,
    Subject,
    Unit,
)
from workflow_app.noting import note, tell_person
from workflow_app.refusing import Refused
from workflow_app.telling.messages import Told, tell
from workflow_app.worklog import challenges, groundworks, objectives
from workflow_app.worklog.rules import BOARD, GOALS, LONG


@transaction.atomic
def set_objective(cadre: Cadre, title: str, first: date, last: date, *, by: Account, at: datetime) -> Objective:
    """An objective; the person is told. Raises Refused."""
    made = objectives.set_objective(cadre, title, first, last, by=by, at=at)
    note(cadre, "objective", by=by, at=at, objective=made.pk, title=made.title, first=str(first), last=str(last))
    tell_person(cadre, f"objective:{made.pk}", "为您设定了岗位目标", "my_objectives", at)
    return made


@transaction.atomic
def add_key(objective: Objective, one: objectives.Key, *, by: Account, at: datetime) -> KeyResult:
    """A key result. Raises Refused."""
    made = objectives.add_key(objective, one, by=by, at=at)
    note(objective.cadre, "key_result", by=by, at=at, key=made.pk, text=made.text, target=str(made.target), weight=made.weight)
    return made


@transaction.atomic
def end_objective(objective: Objective, reason: str, *, by: Account, at: datetime) -> ObjectiveEnd:
    """An objective no longer holds; the person is told. Raises Refused."""
    made = objectives.end(objective, reason, by=by, at=at)
    note(objective.cadre, "objective_ended", by=by, at=at, objective=objective.pk, reason=made.reason)
    tell_person(objective.cadre, f"objective:{objective.pk}:end", "您的一项岗位目标已经终止", "my_objectives", at)
    return made


@transaction.atomic
def report(result: KeyResult, one: objectives.Done, *, by: Account, at: datetime) -> KeyProgress:
    """A progress; who set the key result is told. Raises Refused."""
    made = objectives.report(result, one, by=by, at=at)
    cadre = result.objective.cadre
    note(cadre, "progress", by=by, at=at, key=result.pk, value=str(made.value), reached_on=str(made.reached_on))
    tell(
        [
            Told(
                result.by_id,
                f"progress:{made.pk}",
                "ITEM",
                f"{cadre.name}登记了目标进度，等待核对",
                reverse("objectives_of", args=[cadre.pk]),
            )
        ],
        at,
    )
    return made


@transaction.atomic
def check(progress: KeyProgress, *, holds: bool, reason: str, by: Account, at: datetime) -> ProgressCheck:
    """Whether a progress holds; the person is told. Raises Refused."""
    made = objectives.check(progress, holds=holds, reason=reason, by=by, at=at)
    cadre = progress.key_result.objective.cadre
    note(cadre, "progress_checked", by=by, at=at, progress=progress.pk, holds=holds, reason=made.reason)
    tell_person(cadre, f"progress:{progress.pk}:checked", "您登记的目标进度已经核对", "my_objectives", at)
    return made


@transaction.atomic
def use_progress(progress: KeyProgress, subject: Subject, indicator: SchemeIndicator, why: str, *, by: Account, at: datetime) -> KeyUse:
    """Enter a checked progress as the measured figure of an indicator, out of 100. Raises Refused."""
    result = progress.key_result
    if not ProgressCheck.objects.filter(progress=progress, holds=True).exists():
        raise Refused("这一进度还没有核对属实。", way_out="由另一人核对以后再登入测评。", rule=GOALS)
    if subject.cadre_id != result.objective.cadre_id or indicator.version_id != subject.campaign.version_id:
        raise Refused("测评不是关于这名干部的，或者指标不在它的方案中。", way_out="选择本人参加的测评和它的定量指标。", rule=GOALS)
    source = f"岗位目标“{result.text}”：{progress.value}／{result.target}（{progress.reached_on}）"[:200]
    figure = Figure(subject, indicator, objectives.share(progress.value, result.target), Decimal(100), source, why)
    made = measuring.enter_figure(figure, by=by, at=at)
    if made is None:
        raise Refused("这一进度已经登入这次测评。", way_out="有新的进度时再登入。", rule=GOALS)
    return KeyUse.objects.create(progress=progress, measured=made)


@transaction.atomic
def enter_groundwork(cadre: Cadre, one: groundworks.Matter, dates: Iterable[date], *, by: Account, at: datetime) -> Groundwork:
    """A matter of the long-term account; the person is told. Raises Refused."""
    made = groundworks.enter(cadre, one, dates, by=by, at=at)
    note(cadre, "groundwork", by=by, at=at, matter=made.pk, title=made.title, document=made.document, last=str(made.last))
    tell_person(cadre, f"groundwork:{made.pk}:in", "您的长期账目登记了一个事项", "portal_archive", at)
    return made


@transaction.atomic
def observe(one: Groundwork, seen_on: date, found: str, document: str, *, by: Account, at: datetime) -> Observation:
    """What was found. Raises Refused."""
    made = groundworks.observe(one, seen_on, found, document, by=by, at=at)
    note(one.cadre, "observed", by=by, at=at, matter=one.pk, seen_on=str(seen_on), document=made.document)
    return made


@transaction.atomic
def judge(one: Groundwork, outcome: str, reason: str, *, by: Account, at: datetime) -> EffectWord:
    """Whether the effect came; the person is told. Raises Refused."""
    made = groundworks.judge(one, outcome, reason, by=by, at=at)
    note(one.cadre, "effect", by=by, at=at, matter=one.pk, outcome=made.outcome, reason=made.reason)
    tell_person(one.cadre, f"groundwork:{one.pk}:{made.pk}", "您的长期账目有了成效认定", "portal_archive", at)
    return made


@transaction.atomic
def use_groundwork(one: Groundwork, subject: Subject, points: Decimal, *, by: Account, at: datetime) -> GroundworkUse:
    """Enter a confirmed effect as an established matter of a campaign; how many points, a person says. Raises Refused."""
    word = groundworks.word_of(one)
    if word is None or word.outcome != EffectWord.Outcome.CONFIRMED:
        raise Refused("成效还没有认定。", way_out="观察并由另一人认定以后再登入测评。", rule=LONG)
    if subject.cadre_id != one.cadre_id:
        raise Refused("测评不是关于这名干部的。", way_out="选择本人参加的测评。", rule=LONG)
    why = f"{one.get_account_display()}：{one.title}，{word.reason}"
    made = _established(subject, points, why, one.organ, one.document, word.at.astimezone(TZ).date(), by=by, at=at)
    return GroundworkUse.objects.create(groundwork=one, established=made)


def _established(
    subject: Subject, points: Decimal, why: str, organ: Unit, document: str, on: date, *, by: Account, at: datetime
) -> Established:
    name = organ.organ_name or organ.name
    return measuring.establish(Fact(subject, "BONUS", points, None, why[:300], name[:80], document, on), by=by, at=at)


def _board(organ: Unit, what: str, by: Account, at: datetime, **facts: Any) -> None:
    ledger.journal(organ, ledger.Entry(kind="WORK", at=at, actor=by, outcome=what, parts={"facts": facts}))


@transaction.atomic
def post(organ: Unit, one: challenges.Task, *, by: Account, at: datetime) -> Challenge:
    """A task on the board. Raises Refused."""
    made = challenges.post(organ, one, by=by, at=at)
    _board(organ, "challenge", by, at, challenge=made.pk, title=made.title, criteria=made.criteria, points=str(made.points))
    return made


@transaction.atomic
def bid(challenge: Challenge, cadre: Cadre, plan: str, *, for_unit: bool, by: Account, at: datetime) -> ChallengeBid:
    """A bid. Raises Refused."""
    made = challenges.bid(challenge, cadre, plan, for_unit=for_unit, by=by, at=at)
    _board(challenge.organ, "bid", by, at, challenge=challenge.pk, cadre=cadre.number, for_unit=for_unit)
    return made


@transaction.atomic
def choose(one: ChallengeBid, reason: str, *, by: Account, at: datetime) -> ChallengeChoice:
    """Whom a leader chose; everybody who bid is told. Raises Refused."""
    made = challenges.choose(one, reason, by=by, at=at)
    _board(one.challenge.organ, "chosen", by, at, challenge=one.challenge_id, cadre=one.cadre.number, reason=made.reason)
    title, url = f"揭榜任务“{one.challenge.title}”已选定揭榜人", reverse("my_challenges")
    tell([Told(row.by_id, f"challenge:{one.challenge_id}", "ITEM", title, url) for row in one.challenge.bids.all()], at)
    return made


@transaction.atomic
def verify(challenge: Challenge, outcome: str, found: str, document: str, on: date, *, by: Account, at: datetime) -> ChallengeResult:
    """What came of it; the chosen one is told. Raises Refused."""
    made = challenges.verify(challenge, outcome, found, document, on, by=by, at=at)
    _board(challenge.organ, "verified", by, at, challenge=challenge.pk, outcome=made.outcome, document=made.document)
    tell_person(challenge.choice.bid.cadre, f"challenge:{challenge.pk}:done", "您揭榜的任务已经核验", "my_challenges", at)
    return made


@transaction.atomic
def use_challenge(result: ChallengeResult, subject: Subject, *, by: Account, at: datetime) -> ChallengeUse:
    """Enter the special points of a met challenge in a campaign: exactly those that were posted. Raises Refused."""
    challenge, chosen = result.challenge, result.challenge.choice.bid
    if result.outcome != ChallengeResult.Outcome.MET:
        raise Refused("没有达到完成标准，不加分。", way_out="加分只给核验达标的任务。", rule=BOARD)
    if subject.cadre_id != chosen.cadre_id:
        raise Refused("测评不是关于揭榜人的。", way_out="选择揭榜人参加的测评。", rule=BOARD)
    if ChallengeUse.objects.filter(result=result).exists():
        raise Refused("这张榜的加分已经登入测评。", way_out="一张榜只加一次分。", rule=BOARD)
    why = f"揭榜破难：{challenge.title}，核验达标"
    made = _established(subject, challenge.points, why, challenge.organ, result.document, result.verified_on, by=by, at=at)
    return ChallengeUse.objects.create(result=result, established=made)


def remind_due(at: datetime) -> int:
    """Once a day of observation: who entered the matter is reminded to look. How many messages that made."""
    told = [
        Told(
            one.groundwork.by_id, f"groundwork:{one.pk}", "ITEM", f"到了观察日期：{one.groundwork.cadre.name}，{one.groundwork.title}", url
        )
        for one in groundworks.due(at.astimezone(TZ).date())
        for url in [reverse("groundwork_of", args=[one.groundwork.cadre_id])]
    ]
    return tell(told, at)
