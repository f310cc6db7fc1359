"""Until when a cadre who came down is barred from rising (configured months; a span, which never rolls)."""

from datetime import date

from workflow_app.clock import add_months


def ends_on(*, effective_on: date, months: int) -> date:
    """The last day of the restriction."""
    return add_months(effective_on, months)


def is_over(*, effective_on: date, months: int, today: date) -> bool:
    """Whether the restriction is over on `today`: it ends at 24:00 of its last day."""
    return today > ends_on(effective_on=effective_on, months=months)


def bar_of(kind: str) -> str:
    """The rule of the restriction that a kind of adjustment brings."""
    return "DN-BAR-DEMOTE" if kind == "DEMOTE" else "DN-BAR-REMOVE"
