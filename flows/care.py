"""What care and return has to know of the procedure (named to the machinery in apps.py)."""

from datetime import date

from flows.down.steps import SuggestReturn
from flows.rules.restriction import ends_on
from flows.up.bars import RESTRICTIONS
from workflow_app.care.procedure import Procedure
from workflow_app.models import Case


def restricted_until(case: Case) -> date | None:
    """The last day of what the case's decision restricts; None where it decided nothing."""
    decided = case.settled.get("decide")
    if not decided:
        return None
    return ends_on(effective_on=date.fromisoformat(str(decided["effective_on"])[:10]), months=int(decided["months"]))


def visits(case: Case) -> list[str]:
    """What the visits (D15) found, in their order."""
    return [str(one) for one in case.settled.get("follow_up", {}).get("visits", [])]


def procedure() -> Procedure:
    """The restrictions on rising, the step that proposes a return (D16), and what the visits found."""
    return Procedure(RESTRICTIONS, SuggestReturn.name, restricted_until, visits)
