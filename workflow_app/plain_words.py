"""What the person concerned is told and asked: sentences that a frightened reader understands, one thing a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """One state in plain words: a short title, what is going on now, and what comes next.

    `quiet`: said instead of a state that is not for the person's ears (a matter handed to another organ).
    """

    title: str
    now: str
    next: str


@dataclass(frozen=True)
class Line:
    """A head and what has been established under it, for those who handle the case. Pages translate the head."""

    head: str
    text: str


UNKNOWN = Told("正在办理", "承办机关正在办理。", "有需要您知晓或者答复的事项时，会送达书面通知，也会显示在这里。")


@dataclass(frozen=True)
class Page:
    """One page of a guided form: what it asks, and the fields (or rows) that it asks for.

    `when`: only for these values of an earlier field; `hint` is said under the title.
    """

    title: str
    fields: tuple[str, ...]
    hint: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
