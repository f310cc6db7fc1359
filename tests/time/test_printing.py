"""The worker prints several papers at once: each once, in its order, and under the same leases and fences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.story import TO_MEETING, Town, open_case, run
from workflow_app import documents, outbox
from workflow_app.models import Outgoing, Record, Rendering
from workflow_app.orders import Limits, Order, Printed
from workflow_app.printshop import Printshop
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db


class Watched(Printshop):
    """The real press, and how many of its orders were under way at once."""

    now = most = 0
    orders: list[Order] = []

    def _order(self, order: Order) -> Printed:
        self.now, self.orders = self.now + 1, [*self.orders, order]
        self.most = max(self.most, self.now)
        try:
            return super()._order(order)
        finally:
            self.now -= 1


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Watched]:
    settings.RENDERERS = 3
    shop = Watched(Path(settings.FONT_DIR), settings.BASE_DIR, Limits(workers=3))
    monkeypatch.setattr(documents, "printshop", lambda: shop)
    yield shop
    shop.close()


def test_the_next_papers_are_printed_while_the_first_is_worked_off_and_each_once(town: Town, watched: Watched) -> None:
    case = run(town, open_case(town), *TO_MEETING)
    rows = Outgoing.objects.filter(case=case, kind="RENDER").count()
    assert Worker().work_off(town.at) >= rows
    assert Rendering.objects.filter(document__case=case).count() == rows
    assert (watched.most, len(watched.orders), watched.begun) == (3, len(set(watched.orders)), {})
    for made in Rendering.objects.select_related("document"):
        again = documents.render(made.document.content["paper"], made.document.content["content"], made.document.template)
        assert again.sha256 == made.sha256


def test_a_row_that_was_not_brought_back_is_worked_off_alone(town: Town, watched: Watched) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    Outgoing.objects.filter(case=case).update(attempts=1)
    Worker().work_off(town.at)
    assert watched.most == 1, "what takes its worker down with it takes no other row along"
    assert not Outgoing.objects.filter(case=case, done_at=None).exists()


def test_what_is_printed_ahead_is_still_fenced(town: Town, watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    slow, later = Worker(), town.at + outbox.LEASE
    whole = outbox.HANDLERS["RENDER"]

    def overtaken(row: Outgoing, at: Any) -> None:
        monkeypatch.setitem(outbox.HANDLERS, "RENDER", whole)
        Worker().work_off(later)  # the leases of the slow one have run out
        whole(row, at)

    monkeypatch.setitem(outbox.HANDLERS, "RENDER", overtaken)
    slow.work_off(town.at)
    assert set(Outgoing.objects.filter(case=case).values_list("done_at", flat=True)) == {later}, "the quick one finished them all"
    assert Rendering.objects.filter(document__case=case).count() == Record.objects.filter(case=case, kind="PAPER").count()
