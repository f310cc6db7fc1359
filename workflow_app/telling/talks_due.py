"""Talks that are due: the talker is reminded before, on and after the day; who planned the talk, where the talker has no account any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from workflow_app.learning.talks import set_of
from workflow_app.models import Account, Talk
from workflow_app.telling.messages import Told

AHEAD, EVERY = 3, 3  # days before the day, and between two reminders after it


def talks_due(today: date) -> Iterator[Told]:
    """Reminders of a local day, named so that each is sent once."""
    rows = Talk.objects.filter(held__isnull=True, dropped__isnull=True).select_related("cadre").prefetch_related("arrangements__talker")
    for talk in rows.order_by("id"):
        arranged = set_of(talk)
        left = (arranged.due_on - today).days
        if left > AHEAD:
            continue
        words = f"还剩{left}天" if left > 0 else "今天到期" if left == 0 else f"已逾期{-left}天"
        stage = "before" if left > 0 else "today" if left == 0 else f"over:{-left // EVERY}"
        account = Account.objects.filter(cadre=arranged.talker_id, is_active=True).first()
        url = reverse("portal_talks") if account is not None else reverse("talk", args=[talk.pk])
        title = f"催办：与{talk.cadre.name}谈话（{talk.get_kind_display()}），{words}"
        yield Told(account.pk if account is not None else talk.by_id, f"talk:{talk.pk}:due:{arranged.due_on}:{stage}", "CHASE", title, url)
