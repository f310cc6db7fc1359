"""What a paper says, in words: plain values, so that it can be printed again years later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A titled passage."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A titled table; `widths` are percent of the columns, worked out from what stands in them when they are not given."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Freeze the widths with the rest: a paper that is printed again must not depend on how they are worked out."""
        if not self.widths:
            object.__setattr__(self, "widths", column_widths(self.head, self.rows))


@dataclass(frozen=True)
class Sheet:
    """Passages in the order of print: addressee, text, rows of label and value, sections, tables, rights.

    Of a 公文 besides: `attachments` (附件说明), `copies` (抄送), `signer` (签发人, of a paper to a superior organ), `urgency`
    (紧急程度). `page_signer`: who signs every page of 笔录 by hand, being nobody who signs in the system.
    """

    to: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    rights: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer: str = ""
    urgency: str = ""
    page_signer: str = ""


def column_widths(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """Percent of each column: a short column keeps its words on one line, long ones share what is left."""
    spans = [max([_span(title), *(_span(row[n]) for row in rows if n < len(row))]) for n, title in enumerate(head)]
    # Percent that a character of 12 pt takes, and the padding of a cell.
    wanted = [min(span, 9) * 2.75 + 3.5 for span in spans]
    over = [max(span - 9, 0) ** 0.5 for span in spans]
    rest = 100 - sum(wanted)
    if rest < 0:  # the long ones give way, as far as four characters
        least = [14.5 if more else need for need, more in zip(wanted, over, strict=True)]
        give = sum(wanted) - sum(least)
        wanted = [need + (low - need) * min(-rest / give, 1) if give else need for need, low in zip(wanted, least, strict=True)]
        rest = max(100 - sum(wanted), 0)
    share = [rest * (more / sum(over) if any(over) else 1 / len(head)) for more in over]
    total = sum(wanted) + sum(share)
    found = [round(100 * (need + more) / total) for need, more in zip(wanted, share, strict=True)]
    found[found.index(max(found))] += 100 - sum(found)
    return tuple(found)


def _span(text: str) -> float:
    """Width of the longest line, in Chinese characters."""
    return max((sum(1 if ord(c) > 0x2E80 else 0.55 for c in line) for line in text.splitlines()), default=0)


def lines(text: str) -> tuple[str, ...]:
    """Paragraphs of a typed text."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def yes(value: object) -> str:
    """是 or 否."""
    return "是" if value else "否"


def day(value: object) -> str:
    """2026年11月21日."""
    if not value:
        return "——"
    year, month, number = str(value)[:10].split("-")
    return f"{year}年{int(month)}月{int(number)}日"
