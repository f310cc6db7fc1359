"""How often somebody outside sends something, counted without keeping who.

The sender's address is never stored: it goes through a keyed hash whose key is drawn when the process starts, is replaced every hour and
stands nowhere but in memory. So nothing that is kept, printed or backed up ties an anonymous report to an address, and yet nobody floods
the desk that verifies. Each web process counts for itself: the limit is a brake, not a rule of the procedure.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from django.http import HttpRequest

from workflow_app.steps import Refused

AT_MOST, WINDOW = 6, timedelta(minutes=10)  # tries of one sender (P)
KEPT = 20_000  # senders remembered at once, the latest ones
NEW_KEY = timedelta(hours=1)


class TooOften(Refused):
    """One sender has sent too much in a short time."""

    rule = "提交频率"


class Counter:
    """Tries by sender, in memory only."""

    def __init__(self) -> None:
        self._tries: OrderedDict[bytes, list[datetime]] = OrderedDict()
        self.forget()

    def forget(self) -> None:
        """Draw a new key, so that nobody is known any more."""
        self._key, self._since = secrets.token_bytes(32), datetime.min.replace(tzinfo=UTC)
        self._tries.clear()

    def count(self, address: str, at: datetime) -> None:
        """Count a try. Raises TooOften."""
        if not timedelta() <= at - self._since < NEW_KEY:
            self.forget()
            self._since = at
        who = blake2b(address.encode(), key=self._key, digest_size=16).digest()
        recent = [one for one in self._tries.pop(who, []) if at - one < WINDOW]
        if len(recent) >= AT_MOST:
            self._tries[who] = recent
            wait = max(1, -(-int((WINDOW - (at - recent[0])).total_seconds()) // 60))
            raise TooOften(f"短时间内提交过于频繁，请{wait}分钟后再试。", way_out="填写的内容还在本页；也可以按公示所列电话和地址反映。")
        self._tries[who] = [*recent, at]
        while len(self._tries) > KEPT:
            self._tries.popitem(last=False)


REPORTS = Counter()


def check(request: HttpRequest, at: datetime) -> None:
    """Count a report that somebody tries to send. Raises TooOften."""
    REPORTS.count(request.META.get("REMOTE_ADDR") or "", at)
