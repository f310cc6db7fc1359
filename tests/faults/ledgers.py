"""What a drill starts from, and what must hold after it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from tests.conftest import build_town
from tests.story import Town, act, facts_for, item_of, open_case
from workflow_app import clock, seals, verification
from workflow_app.models import Account, Cadre, Case, Deadline, Document, Outgoing, Record, Rendering, WorkItem

BACKEND = "django.contrib.auth.backends.ModelBackend"


def move(to: str) -> str:
    """Set the office's clock."""
    place = Path(settings.FIXED_NOW[1:])
    new = place.with_suffix(".new")
    new.write_text(to)
    new.replace(place)
    return to


def _quick() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off" if connection.vendor == "postgresql" else "PRAGMA synchronous = OFF")


def _town() -> Town:
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_law", stdout=nowhere)
    _quick()
    return build_town()


def _people(town: Town, count: int) -> list[Cadre]:
    return Cadre.objects.bulk_create(
        Cadre(number=f"DRILL{n:05}", name="何志远", sex="男", unit=town.wang.unit, post=town.wang.post) for n in range(count)
    )


def open_cases(count: int) -> dict[str, Any]:
    """`count` cases that wait for the answer to an inquiry; the hour at which all of them are silent."""
    town = _town()
    for person in _people(town, count):
        town.wang = person
        case = open_case(town, outcome="inquire")
        act(town, case, "inquire")
    # The papers so far are not what is drilled: their rows go, as if they had been worked off long ago.
    Outgoing.objects.all().delete()
    last = Deadline.objects.filter(rule_id="DN-INQ-REPLY").latest("fires_at")
    return {"cases": count, "over": last.fires_at.isoformat()}


def open_claims(count: int) -> dict[str, Any]:
    """`count` cases with an item on the leaders' desk, four signed-in leaders, and what one writes into the form."""
    town = _town()
    items = []
    for person in _people(town, count):
        town.wang = person
        items.append(item_of(open_case(town), "approve_opening").pk)
    Outgoing.objects.all().delete()
    sessions = [_session(town.people[f"org_leader{n}"]) for n in (1, 2, 3, 4)]
    return {"items": items, "sessions": sessions, "fields": _typed(facts_for(town, "approve_opening")), "at": town.at.isoformat()}


def _typed(facts: dict[str, Any]) -> list[list[str]]:
    """Facts as a browser sends them."""
    pairs = [(name, one) for name, value in facts.items() for one in (value if isinstance(value, list) else [value])]
    return [[name, "on" if value is True else str(value)] for name, value in pairs if value is not False]


def _session(account: Account) -> str:
    store = SessionStore()
    store.update({SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: account.get_session_auth_hash()})
    store.create()
    return str(store.session_key)


def audit() -> dict[str, Any]:
    """The figures that must agree, and every fault found."""
    faults = [*_books(), *_timers(), *_papers(), *_chains()]
    acts = Record.objects.filter(kind="ACT").count()
    silent = Record.objects.filter(kind="ACT", step="answer_inquiry", outcome="silent").count()
    return {
        "cases": Case.objects.count(), "acts": acts, "silent": silent, "steps": WorkItem.objects.filter(status="DONE").count(),
        "documents": Document.objects.count(), "printed": Rendering.objects.count(), "records": Record.objects.count(),
        "dead": Outgoing.objects.exclude(dead_at=None).count(), "faults": faults[:20],
        "keys": sorted(Record.objects.exclude(key=None).filter(key__startswith="drill-").values_list("key", flat=True)),
    }  # fmt: skip


def _books() -> list[str]:
    steps = Counter(WorkItem.objects.filter(status="DONE").values_list("process_id", flat=True))
    acts = Counter(Record.objects.filter(kind="ACT").values_list("case_id", flat=True))
    papers = Counter(Document.objects.values_list("case_id", flat=True))
    return [
        f"case {c}: {steps[c]} steps, {acts[c]} acts, {papers[c]} papers"
        for c in steps | acts | papers
        if not steps[c] == acts[c] == papers[c]
    ]


def _timers() -> list[str]:
    now = clock.now()
    faults = [f"timer {pk} forgotten" for pk in Deadline.objects.filter(fires_at__lte=now).values_list("pk", flat=True)]
    due = Deadline.objects.filter(fired_at__isnull=False).values("case").annotate(n=Count("id"))
    fired = dict(due.values_list("case_id", "n"))
    noted = Counter(Record.objects.filter(actor=None, kind__in=("ACT", "TIMER")).values_list("case_id", flat=True))
    noted += Counter(Record.objects.filter(kind="ESCALATE", actor=None).values_list("case_id", flat=True))
    return faults + [f"case {case}: {n} timers fired, {noted[case]} noted" for case, n in fired.items() if noted[case] != n]


def _papers() -> list[str]:
    made = Counter(Record.objects.filter(kind="PAPER").values_list("case_id", flat=True))
    kept = Counter(Rendering.objects.values_list("document__case_id", flat=True))
    faults = [f"case {case}: {kept[case]} papers kept, {made[case]} recorded" for case in made | kept if made[case] != kept[case]]
    undone = Outgoing.objects.filter(kind="RENDER", done_at__isnull=False).exclude(target__in=Rendering.objects.values("document_id"))
    return faults + [f"row {row.pk} is done and its paper is missing" for row in undone]


def _chains() -> list[str]:
    """Chains, parts, papers, leaves and seals, all of them."""
    seals.seal(clock.now(), everything=True)
    return verification.verify_all().findings
