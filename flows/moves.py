"""A transition, declared the same way on every path: django-fsm names what may follow, the path's guards are asked first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db.models import TextChoices
from django_fsm import RETURN_VALUE, TransitionNotAllowed, transition

type_guard = Callable[[Any], bool]
type_guards = Mapping[str, Mapping[str, tuple[type_guard, ...]]]
type_transition = Callable[[Any, str], Any]


def unmet(guards: type_guards, case: Any, step: str, outcome: str) -> type_guard | None:
    """The first guard of `step` that does not hold for `outcome` ("*" = for any), or None."""
    wanted = guards.get(step, {})
    return next((guard for guard in (*wanted.get("*", ()), *wanted.get(outcome, ())) if not guard(case)), None)


def moves_among(
    states: type[TextChoices], guards: Callable[[], type_guards]
) -> Callable[..., Callable[[type_transition], type_transition]]:
    """`moves(*sources)` of a path: a transition whose outcome decides the next state.

    The guards are asked for at each call, so that the walk of every branch can take one away.
    """

    def moves(*sources: TextChoices) -> Callable[[type_transition], type_transition]:
        def declare(method: type_transition) -> type_transition:
            @transition(field="state", source=list(sources), target=RETURN_VALUE(*states))
            @wraps(method)
            def guarded(self: Any, outcome: str) -> Any:
                guard = unmet(guards(), self, method.__name__, outcome)
                if guard is not None:
                    raise TransitionNotAllowed(guard.__doc__, object=self, method=method)
                return method(self, outcome)

            return guarded  # type: ignore[no-any-return]

        return declare

    return moves
