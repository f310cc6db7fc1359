"""The history of posts: its constraints, and what no hand changes in it."""

from django.db import migrations, models
from django.db.models import Q

from workflow_app.append_only import guarded

# What names the stretch never changes; the end of one, only while no act has set it; of an act's own stretch, only its end.
CHANGED = " OR ".join(
    f'NEW."{name}" IS DISTINCT FROM OLD."{name}"'
    for name in ("id", "cadre_id", "unit_id", "unit_name", "title", "first", "kind", "case_id", "record_seq", "follows_id", "entered_at")
)
OF_ACTS = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in ("post_id", "rank", "since", "ground", "batch_id"))
ENDED = "EXISTS (SELECT 1 FROM workflow_app_tenure t WHERE t.follows_id = OLD.id AND t.case_id IS NOT NULL)"
FROZEN = (
    f'{CHANGED} OR (OLD.case_id IS NOT NULL AND ({OF_ACTS} OR (OLD."last" IS NOT NULL AND NEW."last" IS DISTINCT FROM OLD."last")))'
    f' OR (NEW."last" IS DISTINCT FROM OLD."last" AND {ENDED})'
)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0004_one_history_of_posts"),
    ]

    operations = [
        migrations.DeleteModel("PostChange"),
        migrations.AddConstraint(
            "tenure",
            models.UniqueConstraint(
                fields=("cadre", "unit", "title", "first"), condition=Q(case__isnull=True), name="one_tenure_a_beginning"
            ),
        ),
        migrations.AddConstraint("tenure", models.UniqueConstraint(fields=("case", "record_seq"), name="one_tenure_an_act")),
        migrations.AddConstraint(
            "tenure",
            models.CheckConstraint(
                condition=Q(case__isnull=True, record_seq__isnull=True) | Q(case__isnull=False, record_seq__isnull=False),
                name="a_tenure_by_an_act_names_it",
            ),
        ),
        guarded(("tenure", "UPDATE", FROZEN), ("tenure", "DELETE", "1 = 1")),
    ]
