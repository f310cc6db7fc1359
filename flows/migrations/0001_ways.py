"""The cases of the three ways, and the separation of duties in the database."""

from django.db import migrations

import flows.anywhere.case
import flows.down.overturned
import flows.down.rounds
from flows.migrations import _separation


class Migration(migrations.Migration):
    replaces = [("flows", "0001_initial"), ("flows", "0002_up_case"), ("flows", "0003_remedycase"), ("flows", "0004_separation")]

    initial = True

    dependencies = [
        ("workflow_app", "0002_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="DownCase",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=(
                flows.down.overturned.OverturnedTransitions,
                flows.anywhere.case.AnywhereTransitions,
                flows.down.rounds.Rounds,
                "workflow_app.case",
            ),
        ),
        migrations.CreateModel(
            name="RemedyCase",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=(flows.anywhere.case.AnywhereTransitions, "workflow_app.case"),
        ),
        migrations.CreateModel(
            name="UpCase",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=(flows.anywhere.case.AnywhereTransitions, "workflow_app.case"),
        ),
        migrations.RunPython(_separation.install, migrations.RunPython.noop),
    ]
