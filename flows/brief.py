"""How what has been established is said beside a form, alike on all ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow_app.plain_words import Line


def say(head: str, text: object) -> list[Line]:
    """One line, or none where there is nothing to say."""
    return [Line(head, str(text))] if text else []


def day(value: object) -> str:
    """A settled date as written in lists."""
    return str(value)[:10]


def opinions(settled: Mapping[str, Any]) -> str:
    """The answers of the organs that were asked, one a line."""
    given = settled.get("opinions", [])
    return "\n".join(f"{one['organ']}：{one['opinion']}{'，' + one['reason'] if one.get('reason') else ''}" for one in given)


def votes(tally: Mapping[str, int]) -> str:
    """The count of a vote."""
    return f"应到{tally['due']}人，实到{tally['present']}人；同意{tally['agree']}，不同意{tally['disagree']}，缓议{tally['postpone']}"
