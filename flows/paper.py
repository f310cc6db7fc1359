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
    """A titled table; `widths` are percent."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """Passages in the order of print: addressee, text, rows of label and value, sections, tables, rights."""

    to: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    rights: tuple[str, ...] = ()


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
