"""Messages: told once each, counted while unread, and hinted at outside the system as the person wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from workflow_app import events
from workflow_app.models import Account, Case, Message, Outgoing, Wish

CAP = 100


@dataclass(frozen=True)
class Told:
    """Something that one person is to be told."""

    account: int
    key: str
    kind: str
    title: str
    url: str
    case: int | None = None


@transaction.atomic
def tell(what: Iterable[Told], at: datetime) -> int:
    """Tell those who were not told yet; how many messages that made. Their pages look again after commit."""
    wanted = {(one.account, one.key): one for one in _but_kept_out(list(what))}
    known = set(Message.objects.filter(account__in={a for a, _ in wanted}, key__in={k for _, k in wanted}).values_list("account_id", "key"))
    new = [one for place, one in wanted.items() if place not in known]
    if not new:
        return 0
    Message.objects.bulk_create(
        [Message(account_id=o.account, key=o.key, kind=o.kind, title=o.title[:200], url=o.url, case_id=o.case, created_at=at) for o in new],
        ignore_conflicts=True, batch_size=300,
    )  # fmt: skip
    events.happen({f"account:{one.account}" for one in new}, at)
    _hint(Counter(one.account for one in new), new[0].key, at)
    return len(new)


def _but_kept_out(told: list[Told]) -> list[Told]:
    """Nobody is told of a case that they keep out of, while that is asked or after it was granted (SD-14)."""
    cases = Case.objects.filter(pk__in={one.case for one in told if one.case is not None}, recused__isnull=False)
    out = {case.pk: set(case.kept_out) for case in cases.only("recused") if case.kept_out}
    if not out:
        return told
    cadres = dict(Account.objects.filter(pk__in={one.account for one in told}).values_list("pk", "cadre_id"))
    return [one for one in told if str(cadres.get(one.account)) not in out.get(one.case or 0, ())]


def _hint(counts: Counter[int], key: str, at: datetime) -> None:
    """Order mails and texts for those who want one at once. They say how many, and nothing of what."""
    rows = []
    for wish in Wish.objects.filter(account__in=counts):
        payload = {"n": counts[wish.account_id]}
        for kind, wanted in (("MAIL", wish.mail == Wish.Mail.EACH and wish.address), ("SMS", wish.texts and wish.phone)):
            if wanted:
                rows.append(
                    Outgoing(
                        kind=kind,
                        target=wish.account_id,
                        payload=payload,
                        created_at=at,
                        next_at=at,
                        key=f"{kind}:{wish.account_id}:{key}"[:80],
                    )
                )
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)


def unread(account: Account) -> int:
    """How many messages somebody has not read, up to a hundred."""
    return len(Message.objects.filter(account=account, read_at__isnull=True).order_by().values_list("pk")[:CAP])


def read(account: Account, at: datetime, *, only: int | None = None) -> None:
    """Somebody has read one message, or all of them."""
    rows = Message.objects.filter(account=account, read_at__isnull=True)
    (rows.filter(pk=only) if only is not None else rows).update(read_at=at)
