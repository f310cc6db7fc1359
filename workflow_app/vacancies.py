"""A post whose holder is not known yet: a competition is opened about it, and its winner takes the place of the vacancy."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from workflow_app.models import Cadre, Post

PREFIX = "ZW-"  # of the numbers that stand for posts, not people
SUFFIX = "人选（待定）"
MOST = 20


def matching(units: Iterable[str], text: str) -> list[Post]:
    """Leadership posts of the units (by path) whose title or unit matches."""
    within = Q(pk__in=[])
    for path in units:
        within |= Q(unit__path__startswith=path)
    found = Post.objects.filter(within, leadership_post=True).filter(Q(title__contains=text) | Q(unit__name__contains=text))
    return list(found.select_related("unit").order_by("unit__code", "id")[:MOST])


def of(post: Post) -> Cadre:
    """The row that stands for whoever will hold `post`; one for each post, made when it is first needed."""
    name = f"{post.unit.name}{post.title}"[: 40 - len(SUFFIX)] + SUFFIX
    found, _new = Cadre.objects.get_or_create(
        number=f"{PREFIX}{post.pk}", defaults={"name": name, "sex": "", "unit": post.unit, "active": False}
    )
    return found


def is_vacancy(cadre: Cadre) -> bool:
    """Whether the row stands for a post."""
    return cadre.number.startswith(PREFIX)
