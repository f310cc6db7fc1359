"""What acts changed and what the roster told become one history: who held which post, from when to when, on what ground."""

from datetime import date, timedelta
from typing import Any

from django.db import migrations
from django.db.models import F

DAY = timedelta(days=1)
ROSTER = "ROSTER"


def fill(apps: Any, schema_editor: Any) -> None:
    """Names and posts of what the roster told; then the acts' changes, oldest first, each as a stretch that follows the one before."""
    tenures, posts = apps.get_model("workflow_app", "Tenure"), apps.get_model("workflow_app", "Post")
    for row in tenures.objects.select_related("unit").iterator():
        row.unit_name, row.since = row.unit.name, row.first
        row.post = posts.objects.filter(unit=row.unit_id, title=row.title).first() if row.title else None
        row.save()
    for change in apps.get_model("workflow_app", "PostChange").objects.order_by("id").select_related("unit_before", "unit_after"):
        _carry(tenures, change)


def _carry(tenures: Any, change: Any) -> None:
    before = _ended(tenures, change)
    names = _names(change.after, change.unit_after)
    told = tenures.objects.filter(
        cadre=change.cadre_id, unit=change.unit_after_id, title=names["title"], case__isnull=True, follows__isnull=True,
        first__in=[day for day in (change.since_after, change.effective_on) if day],
    ).exclude(pk=before.pk).first()  # fmt: skip
    # A later workbook may have told the same stretch, because it did not see the act's.
    row = told or tenures(cadre_id=change.cadre_id, unit_id=change.unit_after_id, **names, entered_at=change.entered_at)
    row.kind, row.first, row.since, row.post_id, row.rank = (
        change.kind, change.effective_on, change.since_after, change.post_after_id, change.rank_after,
    )  # fmt: skip
    row.case_id, row.record_seq, row.follows_id = change.case_id, change.record_seq, before.pk
    row.save()


def _ended(tenures: Any, change: Any) -> Any:
    names = _names(change.before, change.unit_before)
    found = tenures.objects.filter(cadre=change.cadre_id, unit=change.unit_before_id, title=names["title"], followed_by__isnull=True)
    row = found.order_by(F("case_id").desc(nulls_last=True), F("first").desc(nulls_last=True)).first()
    if row is None:
        row = tenures(
            cadre_id=change.cadre_id, kind=ROSTER, unit_id=change.unit_before_id, post_id=change.post_before_id, **names,
            rank=change.rank_before, first=change.since_before, since=change.since_before, entered_at=change.entered_at,
        )  # fmt: skip
    if row.last is None:
        row.last = max(change.effective_on - DAY, row.first or date.min)
    row.save()
    return row


def _names(words: str, unit: Any) -> dict[str, str]:
    """The title as it was; the unit's name too, unless it was renamed since: then the words are kept whole."""
    title = words.removeprefix(unit.name)
    return {"unit_name": unit.name if title != words else "", "title": title[:60]}


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0003_room_for_acts_in_tenure"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
