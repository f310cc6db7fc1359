"""What the web process orders from the press, and what comes back: plain values, so that they travel between processes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one order may use up: seconds of processor, seconds of waiting, bytes of memory; and when a worker is replaced."""

    processor: int = 60
    waiting: int = 90
    memory: int = 2 << 30
    orders: int = 300
    workers: int = 1


@dataclass(frozen=True)
class Order:
    """A paper to be printed. `data` is attached as JSON when given; `dated` is an ISO day, the only time the file knows."""

    html: str
    css: str
    data: str = ""
    dated: str = ""
    # Not for a picture that goes into another file: its tags would belong to nobody there.
    tagged: bool = True


@dataclass(frozen=True)
class Place:
    """Where the seal goes: page from 0, left and bottom of its square in points."""

    page: int
    left: float
    bottom: float


@dataclass(frozen=True)
class Printed:
    """The answer of the press: a PDF, or the fault in words."""

    pdf: bytes = b""
    pages: int = 0
    seal: Place | None = None
    fault: str = ""
    # The worker is no longer fit for use after this order.
    worn: bool = False
