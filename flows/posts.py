"""Posts of the people data that a paper's words mean. A post is registered by the system administrator; no step makes one up."""

from datetime import date

from django import forms
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from workflow_app import tenures
from workflow_app.models import Cadre, Post, Tenure, Unit
from workflow_app.steps import PostMove, Situation

MOST = 200
LEVELS = list(Post.Level.values)  # the highest first


class PostField(forms.TypedChoiceField):
    """One registered post out of choices that `arrange` fills in; the value is its key, None when none is chosen."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=required, coerce=int, empty_value=None)


def _kept(organ: Unit) -> Q:
    return Q(unit__path__startswith=organ.path)


def meant(situation: Situation, words: str) -> list[Post]:
    """Registered posts of the organ's units that `words` name: unit and title, with or without the names of units above."""
    named = Post.objects.filter(_kept(situation.case.organ)).alias(full=Concat("unit__name", "title"), words=Value(words))
    found = named.filter(Q(full__endswith=words) | Q(words__endswith=F("full"))) if words else named.none()
    return list(found.select_related("unit").order_by("unit__code", "id")[:MOST])


def names(words: str, post: Post) -> bool:
    """Whether `words` name the post, with or without the names of units above."""
    full = str(post)
    return bool(words) and (full.endswith(words) or words.endswith(full))


def of_level(organ: Unit, post: int | None, *, lower: int = 0) -> list[Post]:
    """Registered posts of the organ's units on the level of `post`, itself first, or so many levels lower; none when there was no post."""
    former = Post.objects.filter(pk=post).select_related("unit").first() if post else None
    if former is None or LEVELS.index(former.level) + lower >= len(LEVELS):
        return []
    alike = Post.objects.filter(_kept(organ), level=LEVELS[LEVELS.index(former.level) + lower]).exclude(pk=former.pk).select_related("unit")
    return [*([] if lower else [former]), *alike.order_by("unit__code", "id")[:MOST]]


def lower_by(post: Post, than: Post) -> int:
    """How many levels `post` is below `than`; less than nothing when it is above."""
    return LEVELS.index(post.level) - LEVELS.index(than.level)


def held_since(cadre: Cadre) -> date | None:
    """The day on which the present stretch of the people data began; no change is entered for a day before it."""
    newest = next(iter(tenures.history(cadre)), None)
    return newest.first if newest else cadre.post_since


def restored(kind: str, former: Tenure, post: int, *, on: date, with_rank: bool) -> PostMove:
    """The person is put back. The former post counts as never lost; another one counts from the day."""
    same = post == former.post_id
    return PostMove(kind, post, None, on, former.since if same else on, former.rank if with_rank or same else None)


def choices_of(posts: list[Post]) -> list[tuple[str, str]]:
    """For a field."""
    return [(str(post.pk), f"{post}（{post.get_level_display()}）") for post in posts]
