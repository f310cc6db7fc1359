"""Posts of the people data that a paper's words mean. A post is registered by the system administrator; no step makes one up."""

from django import forms
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from workflow_app.models import Post
from workflow_app.steps import Situation

MOST = 200


class PostField(forms.TypedChoiceField):
    """One registered post out of choices that `arrange` fills in; the value is its key, None when none is chosen."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=required, coerce=int, empty_value=None)


def _kept(situation: Situation) -> Q:
    return Q(unit__path__startswith=situation.case.organ.path)


def meant(situation: Situation, words: str) -> list[Post]:
    """Registered posts of the organ's units that `words` name: unit and title, with or without the names of units above."""
    named = Post.objects.filter(_kept(situation)).alias(full=Concat("unit__name", "title"), words=Value(words))
    found = named.filter(Q(full__endswith=words) | Q(words__endswith=F("full"))) if words else named.none()
    return list(found.select_related("unit").order_by("unit__code", "id")[:MOST])


def of_level(situation: Situation, post: int | None) -> list[Post]:
    """Registered posts of the organ's units on the same level as `post`, itself first; none when there was no post."""
    former = Post.objects.filter(pk=post).select_related("unit").first() if post else None
    if former is None:
        return []
    alike = Post.objects.filter(_kept(situation), level=former.level).exclude(pk=former.pk).select_related("unit")
    return [former, *alike.order_by("unit__code", "id")[:MOST]]


def choices_of(posts: list[Post]) -> list[tuple[str, str]]:
    """For a field."""
    return [(str(post.pk), f"{post}（{post.get_level_display()}）") for post in posts]
