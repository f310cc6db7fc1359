"""王建国 at his phone, and others at theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.story import TO_MEETING, Town, item_of, open_case, run
from workflow_app.models import Account, Case, Draft

TO_HEARING = TO_MEETING[: TO_MEETING.index("answer")]


@dataclass
class Phone:
    """Somebody's signed-in browser."""

    client: Client
    account: Account

    def get(self, address: str, **more: Any) -> HttpResponse:
        """Open a page, following on."""
        return self.client.get(address, follow=True, **more)

    def post(self, address: str, data: dict[str, Any] | None = None, *, follow: bool = True) -> HttpResponse:
        """Press a button."""
        return self.client.post(address, data or {}, follow=follow)

    def begin(self, case: Case, step: str = "") -> Draft:
        """Begin the answer that is asked for, or something of one's own."""
        if step:
            self.post(f"/mine/{case.pk}/begin/{step}/")
        else:
            self.get(f"/mine/items/{item_of(case, 'answer').pk}/")
        return Draft.objects.filter(account=self.account).latest("id")

    def fill(self, draft: Draft, page: int, *, do: str = "next", **values: Any) -> HttpResponse:
        """Fill in one page."""
        return self.post(f"/mine/forms/{draft.token}/{page}/", {**values, "do": do})

    def write_statement(self, draft: Draft, text: str = "延期系汛期所致。", **more: Any) -> None:
        """All pages of a written statement."""
        self.fill(draft, 1, outcome="statement")
        self.fill(draft, 2, **point(text))
        self.fill(draft, 3, evidence="防汛值班记录", **more)
        self.fill(draft, 4)

    def send(self, draft: Draft) -> HttpResponse:
        """Check, then send what was seen."""
        seen = self.get(f"/mine/forms/{draft.token}/check/").context["seen"].content_hash
        return self.post(f"/mine/forms/{draft.token}/send/", {"seen": seen})


def point(text: str) -> dict[str, str]:
    """One point of a statement as the page posts it."""
    return {"points-TOTAL_FORMS": "1", "points-INITIAL_FORMS": "0", "points-0-text": text}


def phone(account: Account) -> Phone:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return Phone(client, account)


@pytest.fixture
def wang(town: Town) -> Phone:
    return phone(town.people["wang"])


@pytest.fixture
def hearing(town: Town) -> Case:
    """王建国 has been told, and may answer."""
    return run(town, open_case(town), *TO_HEARING)


@pytest.fixture(autouse=True)
def _now(settings: Any, town: Town) -> None:
    settings.FIXED_NOW = town.at.isoformat()
