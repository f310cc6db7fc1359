"""Who calls: a token stands for one seat, and for nothing else that its holder may be."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from ninja.security import HttpBearer

from workflow_app import clock
from workflow_app.models import Seat, SeatToken, WorkItem
from workflow_app.pages.frame import SUBJECT, Place

LONGEST = 90  # days


def make_token(seat: Seat, *, purpose: str, days: int, at: datetime) -> str:
    """A new token for `seat`; this text is not kept anywhere. Raises ValueError beyond 90 days or for a seat of persons concerned."""
    if not 0 < days <= LONGEST:
        raise ValueError(f"令牌有效期应为1至{LONGEST}天。")
    if seat.desk.role == SUBJECT:
        raise ValueError("当事人席位不设接口令牌。")
    text = secrets.token_urlsafe(32)
    SeatToken.objects.create(
        seat=seat, digest=sha256(text.encode()).hexdigest(), purpose=purpose, made_at=at, expires_at=at + timedelta(days=days)
    )
    return text


@dataclass
class SeatPlace(Place):
    """The place of a program: one seat's desk, and the cases that reached it."""

    seat: Seat

    @property
    def seats(self) -> list[Seat]:  # type: ignore[override]
        """The one seat."""
        return [self.seat]

    def cases(self) -> Any:
        """Cases that the holder may see and that reached this very desk."""
        reached = WorkItem.objects.filter(process=OuterRef("pk"), desk=self.seat.desk_id)
        return super().cases().filter(Exists(reached)).exclude(cadre=self.account.cadre_id or 0)


class SeatBearer(HttpBearer):
    """`Authorization: Bearer …`. A seat that has ended, or an account that is closed, ends its tokens with it."""

    openapi_description = "席位令牌：由安全管理员生成，只能办理这一席位岗位上的事项"

    def authenticate(self, request: HttpRequest, token: str) -> SeatPlace | None:
        """The caller, or None (401)."""
        now = clock.now()
        today = now.astimezone(clock.TZ).date()
        found = SeatToken.objects.filter(
            Q(seat__valid_to__isnull=True) | Q(seat__valid_to__gte=today), digest=sha256(token.encode()).hexdigest(), ended_at__isnull=True,
            expires_at__gt=now, seat__valid_from__lte=today, seat__account__is_active=True,
        ).select_related("seat__account__cadre", "seat__desk__unit").first()  # fmt: skip
        if found is None:
            return None
        place = SeatPlace(found.seat.account, now, found.seat)
        request.user = found.seat.account
        request.place = place  # type: ignore[attr-defined]
        return place
