"""Vacant posts and what speaks for and against each, for one person. Nothing is scored; all posts are shown in a stated order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from workflow_app.care import procedure
from workflow_app.models import Cadre, Case, ClassResult, Participant, Post, Tenure, Tie, TrainingResult, Unit
from workflow_app.vacancies import PREFIX

LEVELS = list(Post.Level.values)  # from the highest
MOST = 300


@dataclass(frozen=True)
class Profile:
    """What the records say of a person: level, where they served, what training they completed, what still restricts them."""

    level: str
    held: tuple[str, ...]
    units: frozenset[int]
    kinds: frozenset[str]
    trained: tuple[str, ...]
    restrictions: tuple[procedure.Restriction, ...]
    # Unit -> names of people there with whom the person has a declared tie.
    tied: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """A vacant post with the reasons."""

    post: Post
    favour: tuple[str, ...]
    against: tuple[str, ...]
    # The stated order: level (same, lower, higher), unit served in, kind of unit, code of the unit, key.
    place: tuple[int, int, int, str, int]


def profile_of(cadre: Cadre, today: date) -> Profile:
    """The person's profile from the roster, the acts of cases and the plans of help."""
    tenures = list(Tenure.objects.filter(cadre=cadre).select_related("unit"))
    units: list[Unit] = [cadre.unit, *(one.unit for one in tenures)]
    held = [cadre.post_title, *(one.place for one in tenures if one.title)]
    done = (
        TrainingResult.objects.filter(training__plan__cadre=cadre, training__corrected__isnull=True)
        .select_related("training")
        .order_by("id")
    )
    last = {one.training_id: one for one in done}
    trained = [one.training.course for one in last.values() if one.outcome == TrainingResult.Outcome.COMPLETED] + _classes(cadre)
    return Profile(
        cadre.post.level if cadre.post else Post.Level.STAFF.value, tuple(dict.fromkeys(held)), frozenset(one.pk for one in units),
        frozenset(one.kind for one in units), tuple(trained), tuple(procedure.running(cadre.pk, today)), _tied(cadre),
    )  # fmt: skip


def _classes(cadre: Cadre) -> list[str]:
    """Topics of classes that the person completed, by the newest result of each."""
    rows = Participant.objects.filter(cadre=cadre, training_class__called_off__isnull=True).order_by("id")
    found = []
    for one in rows.prefetch_related("training_class__terms", "results"):
        result = max(one.results.all(), key=lambda row: row.pk, default=None)
        if result is not None and result.outcome == ClassResult.Outcome.COMPLETED:
            found.append(max(one.training_class.terms.all(), key=lambda row: row.pk).topic)
    return found


def _tied(cadre: Cadre) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for tie in Tie.objects.filter(one=cadre).select_related("other") | Tie.objects.filter(other=cadre).select_related("one"):
        other = tie.other if tie.one_id == cadre.pk else tie.one
        if other.active:
            found.setdefault(other.unit_id, []).append(other.name)
    return {unit: "、".join(sorted(set(names))) for unit, names in found.items()}


def vacant(units: QuerySet[Unit]) -> list[Post]:
    """Posts of the units that nobody in office holds."""
    holders = Cadre.objects.filter(post=OuterRef("pk"), active=True)
    return list(Post.objects.filter(~Exists(holders), unit__in=units).select_related("unit").order_by("unit__code", "id")[:MOST])


def competing(posts: list[Post]) -> dict[int, str]:
    """Posts about which a competition is open: post -> number of its case."""
    names = {f"{PREFIX}{one.pk}": one.pk for one in posts}
    rows = Case.objects.filter(cadre__number__in=names, finished__isnull=True).values_list("cadre__number", "number")
    return {names[number]: case for number, case in rows}


def matches(profile: Profile, posts: list[Post], competitions: Mapping[int, str]) -> list[Match]:
    """Every post with its reasons, in the stated order."""
    return sorted((_match(profile, post, competitions) for post in posts), key=lambda one: one.place)


def _match(profile: Profile, post: Post, competitions: Mapping[int, str]) -> Match:
    higher = LEVELS.index(profile.level) - LEVELS.index(post.level)  # above 0: the post is higher
    favour, against = [], []
    if higher == 0:
        favour.append(_("与现职务同一层次（%(level)s）") % {"level": _(post.get_level_display())})
    elif higher < 0:
        against.append(_("低于现职务层次（%(level)s）") % {"level": _(post.get_level_display())})
    else:
        against.append(_("高于现职务层次（%(level)s），须按选拔任用程序办理") % {"level": _(post.get_level_display())})
    served, alike = post.unit_id in profile.units, post.unit.kind in profile.kinds
    if served:
        favour.append(_("在这个单位任过职"))
    elif alike:
        favour.append(_("在同类单位（%(kind)s）任过职") % {"kind": _(post.unit.get_kind_display())})
    else:
        against.append(_("没有同类单位（%(kind)s）任职经历的记录") % {"kind": _(post.unit.get_kind_display())})
    against += _barring(profile, post, higher)
    if post.pk in competitions:
        against.append(_("正在竞争上岗（%(case)s）") % {"case": competitions[post.pk]})
    level = 0 if higher == 0 else 1 if higher < 0 else 2
    return Match(post, tuple(favour), tuple(against), (level, 0 if served else 1, 0 if alike else 1, post.unit.code, post.pk))


def _barring(profile: Profile, post: Post, higher: int) -> list[str]:
    """Restriction periods against a higher post, and declared ties with people of the unit (CSL 74)."""
    found = []
    if higher > 0:
        found += [
            _("%(what)s至%(d)s，期满前不得提拔（%(source)s）") % {"what": one.words, "d": one.last_day, "source": one.source}
            for one in profile.restrictions
        ]
    if post.unit_id in profile.tied:
        found.append(_("与该单位%(names)s有申报的回避关系，须审查任职回避") % {"names": profile.tied[post.unit_id]})
    return found
