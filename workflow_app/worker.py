"""The worker: fires what is due, works off what was ordered, tells people, seals the record, and shows that it is alive.

Any number may run. A timer is fired under its case's lock and looked at again there, so it fires once; an ordered row
is leased, and a lease taken over by another worker is no longer ours to finish.
"""

from __future__ import annotations

import logging
import random
import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error
from django.db.models import F, Q

from workflow_app import assessing, conduct, documents, linking, noting, outbox, piloting, ruling, seals, surveying, verifying
from workflow_app.models import Beat, Deadline, Outgoing
from workflow_app.refusing import Refused
from workflow_app.telling import chasing, outside, redating, watching

__all__ = ["Worker", "outside", "redating"]  # importing the last two names what is done with mails, texts and dates
log = logging.getLogger(__name__)
PORTION = 50  # timers, and rows, of one round
BEAT, SEAL, CHASE = timedelta(seconds=10), timedelta(seconds=5), timedelta(minutes=5)  # how often these duties are looked at
ASSESS = timedelta(seconds=30)  # and campaigns whose time has come
REVIEW = timedelta(hours=1)  # and rules whose review is due, milestones that are overdue
FORGOTTEN = timedelta(days=7)  # a worker that showed no life for so long is no longer listed


@dataclass
class Worker:
    """One worker; its name is the fence."""

    name: str = field(default_factory=lambda: uuid.uuid4().hex)
    looked: dict[str, datetime] = field(default_factory=dict)
    fired: int = 0
    worked: int = 0

    def round(self, at: datetime) -> int:
        """Do what there is to do; how much it was. Raises django.db.Error when the database is away."""
        fired = self.fire_due(at)
        worked = self.work_off(at) + watching.follow(at) + (chasing.chase(at) if self._look("chase", at, CHASE) else 0)
        self.fired, self.worked = self.fired + fired, self.worked + worked
        closed = self.assess(at) if self._look("assess", at, ASSESS) else 0
        closed += ruling.remind_due(at) + piloting.remind_late(at) if self._look("review", at, REVIEW) else 0
        sealed = seals.seal(at) if self._look("seal", at, SEAL) and seals.due(at) else 0
        if self._look("beat", at, BEAT):
            self.beat(at)
        return fired + worked + sealed + closed

    def _look(self, duty: str, at: datetime, pause: timedelta) -> bool:
        last = self.looked.get(duty)
        if last is not None and last <= at < last + pause:
            return False
        self.looked[duty] = at
        return True

    def fire_due(self, at: datetime, limit: int = PORTION) -> int:
        """Fire deadlines that are due, those of one case in their order; the door re-reads each under the case's lock."""
        wanted = Deadline.objects.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=at), fires_at__lte=at).order_by("fires_at", "id")
        cases: dict[int, list[int]] = {}
        for pk, case in wanted.values_list("pk", "case_id")[:limit]:
            cases.setdefault(case, []).append(pk)
        order = list(cases)
        random.shuffle(order)  # so that several workers do not queue at the same case
        return sum(self._fire(pk, at) for case in order for pk in cases[case])

    def _fire(self, pk: int, at: datetime) -> int:
        try:
            return int(bool(conduct.expire(pk, at=at)))
        except Error:
            raise
        except Exception as fault:  # one bad case must not stop the clock of all the others
            log.exception("deadline %s could not be fired", pk)
            tries = (Deadline.objects.filter(pk=pk).values_list("tries", flat=True).first() or 0) + 1
            pause = timedelta(seconds=min(2**tries, 3600))
            Deadline.objects.filter(pk=pk, fired_at__isnull=True).update(tries=F("tries") + 1, fault=str(fault)[:2000], retry_at=at + pause)
            return 0

    def work_off(self, at: datetime, limit: int = PORTION) -> int:
        """Work off due rows in their order; the papers of the next ones are printed meanwhile, outside of any transaction."""
        done, taken = 0, deque[Outgoing]()
        try:
            while done < limit:
                self._take(taken, min(settings.RENDERERS, limit - done), at)
                if not taken:
                    break
                self._work(taken.popleft(), at)
                done += 1
        finally:
            documents.printshop().forget()
        return done

    def _take(self, taken: deque[Outgoing], many: int, at: datetime) -> None:
        """Lease rows until there are `many`. A row that a worker did not bring back is taken last: it endangers no other."""
        while len(taken) < many and not (taken and taken[-1].attempts > 1):
            row = outbox.take(self.name, at)
            if row is None:
                return
            if taken and row.attempts == 1:
                outbox.begin(row)
            taken.append(row)

    def _work(self, row: Outgoing, at: datetime) -> None:
        if outbox.worn_out(row, at):
            return
        try:
            self._handle(row, at)
        except Error:
            raise  # the database is away: the lease runs out and the row comes back
        except Exception as fault:
            log.log(logging.INFO if isinstance(fault, outbox.Away) else logging.WARNING, "outgoing %s: %s", row.pk, fault)
            outbox.failed(row, fault, at)
        else:
            outbox.finished(row, at)

    def _handle(self, row: Outgoing, at: datetime) -> None:
        outbox.HANDLERS[row.kind](row, at)

    def assess(self, at: datetime) -> int:
        """Close campaigns and surveys that are due; remind of those that end soon, of weeks not written, of days to look at an account."""
        closed = assessing.close_due(at) + surveying.close_due(at) + noting.remind_due(at) + linking.remind_due(at)
        try:
            return closed + verifying.remind_due(at) + assessing.remind_due(at)
        except Refused as done:  # another worker was faster
            log.info("nobody was reminded: %s", done)
            return closed

    def beat(self, at: datetime) -> None:
        """Show that this worker is alive."""
        done = {"seen_at": at, "fired": self.fired, "worked": self.worked}
        Beat.objects.update_or_create(name=self.name, defaults=done, create_defaults={**done, "started_at": at})
        Beat.objects.filter(seen_at__lt=at - FORGOTTEN).delete()
