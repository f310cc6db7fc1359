"""What a plan would change in the roster, row by row, with what was there before."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Change:
    """One row that is new, or one field that becomes another."""

    what: str
    whose: str
    before: str
    after: str


@dataclass
class Changes:
    """Everything that a plan changes; empty when the roster says so already."""

    new: dict[str, int] = field(default_factory=dict)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0

    def add(self, what: str) -> None:
        """A new row."""
        self.new[what] = self.new.get(what, 0) + 1

    def compare(self, what: str, row: Any, values: dict[str, Any]) -> bool:
        """Set the fields that differ, and note them. Returns whether there were any."""
        before = len(self.changed)
        for name, value in values.items():
            had = getattr(row, name)
            if had != value:
                label = str(row._meta.get_field(name).verbose_name)
                self.changed.append(Change(f"{what}：{label}", str(row), _shown(had), _shown(value)))
                setattr(row, name, value)
        if len(self.changed) == before:
            self.unchanged += 1
        return len(self.changed) > before

    @property
    def any(self) -> bool:
        """Whether anything changes."""
        return bool(self.new or self.changed)

    def told(self) -> dict[str, Any]:
        """For the journal."""
        return {"new": self.new, "changed": [asdict(one) for one in self.changed], "unchanged": self.unchanged}


def _shown(value: Any) -> str:
    return {True: "是", False: "否", None: ""}.get(value, str(value)) if isinstance(value, bool | None) else str(value)
